"""Which words may be foreign names: the gate before their spellings, so that no ordinary word gains strangers.

In: folded, particle-free words. Out: yes or no. Called by the query rewriter for the words of a query, and by whoever
fills a spelling index for the words of the archive.

Yes: no lexicon knows an ordinary reading (بوتين, غوتيريش), or the news uses it as a foreign name for all its reading
(كيري, ميسي). No: ordinary words, rare forms of them, and Arabic names, whose neighbours are other names (محمد, محمود).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from search.analysis import letters as ar
from search.analysis.fold import PLAIN_ARABIC
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).parent.parent / "lexicon" / "known_names.txt"
_OUTSIDE: Final = "/U"  # the part of speech of words that no lexicon holds
LEAST_LETTERS: Final = 4  # three letters are within one edit of too many names
COMMONER: Final = 10  # a rare form is an ordinary word inflected if that word is this many times commoner
_LEAST_REST: Final = 3
_ARABIC_NAME: Final = "-"
_SERVANT: Final = ar.AIN + ar.BEH + ar.DAL  # عبدالله, عبدالرحمن in one word
# What may stand before and after a form that no table holds.
_STARTS: Final = ("", *ar.WITH_ARTICLE, *ar.CONJUNCTIONS, *ar.PREPOSITIONS, ar.FUTURE, ar.YEH, ar.TEH, ar.NOON)
_SUFFIXES: Final = (
    "تهما تكما هما كما تها تهم تكم تك اتها ات اتي تي يه يا يين يون ون ين ان تين تان ها هم هن نا وا ه ي ك ا ت"
)
_ENDINGS: Final = ("", *_SUFFIXES.split())
_EDGES: Final = tuple((start, ending) for start in _STARTS for ending in _ENDINGS if start or ending)


class Lexicon(Protocol):
    """What the gate asks of the lemma table."""

    def lookup_folded(self, folded: str) -> tuple[str, ...]: ...
    def has_common_reading_folded(self, folded: str) -> bool: ...


class WordCounts(Protocol):
    """What the gate asks of the word counts."""

    def count(self, folded: str) -> int: ...


class NameFilter:
    """Decides by a lexicon, word counts and a list of known names. Without a lexicon only the list's names pass."""

    def __init__(
        self, lexicon: Lexicon | None, counts: WordCounts, *, names: frozenset[str], arabic_names: frozenset[str]
    ) -> None:
        self._lexicon, self._counts = lexicon, counts
        self._names, self._arabic_names = names, arabic_names

    @classmethod
    def load(cls, lexicon: Lexicon | None, counts: WordCounts, *, path: Path | None = None) -> NameFilter:
        """Read the list at `path`, or the bundled one. Raises LexiconError."""
        path = path or BUNDLED
        try:
            rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row[:1] != "#"]
        except (OSError, ValueError) as error:
            raise LexiconError(f"The known names {path} cannot be read ({error}): reinstall Kashaf.") from error
        arabic = frozenset(row[1:] for row in rows if row.startswith(_ARABIC_NAME))
        foreign = frozenset(row for row in rows if not row.startswith(_ARABIC_NAME))
        return cls(lexicon, counts, names=foreign, arabic_names=arabic)

    def accepts(self, word: str) -> bool:
        """Return whether a folded, particle-free word may be a foreign name."""
        if word in self._names:
            return True
        if len(word) < LEAST_LETTERS or word in self._arabic_names or word.startswith(_SERVANT):
            return False
        return self._lexicon is not None and is_no_ordinary_word(word, self._lexicon, self._counts)


def is_no_ordinary_word(word: str, lexicon: Lexicon, counts: WordCounts) -> bool:
    """Return whether the word is a proper noun of the lexicon, or neither in it nor a form of a commoner word there."""
    if not PLAIN_ARABIC.fullmatch(word) or lexicon.has_common_reading_folded(word):
        return False
    if any(not key.endswith(_OUTSIDE) for key in lexicon.lookup_folded(word)):
        return True
    least = COMMONER * max(counts.count(word), 1)
    return not any(counts.count(rest) > least and lexicon.has_common_reading_folded(rest) for rest in _rests(word))


def _rests(word: str) -> Iterator[str]:
    """Yield what is left of a word without a particle, an ending or both; without an ending also with ه (ة)."""
    for start, ending in _EDGES:
        if word.startswith(start) and word.endswith(ending):
            rest = word[len(start) : len(word) - len(ending)]
            if len(rest) >= _LEAST_REST:
                yield rest
                if ending:
                    yield rest + ar.HEH
