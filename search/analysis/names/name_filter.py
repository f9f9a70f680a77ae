"""Decides which words may be foreign names, and so may have other spellings.

In: a folded word without particles. Out: whether it may be one. Called for the words of a query, and for the words of
an archive when its spelling index is filled.

It may be one if the lemma table has no ordinary reading of it (بوتين, غوتيريش), or if it has but the news uses the word
as a foreign name (كيري, ميسي: `lexicon/known_names.txt`). Ordinary words, rare forms of them, months and Arabic names
may not: the words that are spelt nearly like an Arabic name are other names (محمد, محمود).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

from search.analysis import letters as ar
from search.analysis.fold import PLAIN_ARABIC
from search.analysis.months import CANONICAL_MONTH, HIJRI_MONTHS
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).parent.parent / "lexicon" / "known_names.txt"
_OUTSIDE: Final = "/U"  # the end of the lemma keys of words that are in no lexicon
LEAST_LETTERS: Final = 4  # a word of three letters is one edit away from too many names
COMMONER: Final = 10  # a word is a form of an ordinary word if that is this many times as common
_LEAST_REST: Final = 3
_MONTHS: Final = CANONICAL_MONTH.keys() | HIJRI_MONTHS.keys()  # مايو is no misspelt محيو
_ARABIC_NAME: Final = "-"  # before the Arabic names in the list of known names
_ABD: Final = ar.AIN + ar.BEH + ar.DAL  # عبدالله, عبدالرحمن in one word
# What may stand before and behind an ordinary word in a form that the lemma table lacks.
_STARTS: Final = ("", *ar.WITH_ARTICLE, *ar.CONJUNCTIONS, *ar.PREPOSITIONS, ar.FUTURE, ar.YEH, ar.TEH, ar.NOON)
_SUFFIXES: Final = (
    "تهما تكما هما كما تها تهم تكم تك اتها ات اتي تي يه يا يين يون ون ين ان تين تان ها هم هن نا وا ه ي ك ا ت"
)
_ENDINGS: Final = ("", *_SUFFIXES.split())


def _by_length(edges: Iterable[str]) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return each length with the edges that have it."""
    lengths = sorted(set(map(len, edges)))
    return tuple((length, frozenset(edge for edge in edges if len(edge) == length)) for length in lengths)


_STARTS_OF: Final = _by_length(_STARTS)
_ENDINGS_OF: Final = _by_length(_ENDINGS)


class Lexicon(Protocol):
    """The methods of the lemma table that the filter calls."""

    def lookup_folded(self, folded: str) -> tuple[str, ...]: ...
    def has_common_reading_folded(self, folded: str) -> bool: ...


class WordCounts(Protocol):
    """The method of the word counts that the filter calls."""

    def count(self, folded: str) -> int: ...


class NameFilter:
    """Decides by the lemma table, word counts and a list of known names; without a table it accepts only that list."""

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

    def lists(self, word: str) -> bool:
        """Return whether a folded word is in the list of names, foreign or Arabic."""
        return word in self._names or word in self._arabic_names

    def accepts(self, word: str) -> bool:
        """Return whether a folded, particle-free word may be a foreign name."""
        if word in self._names:
            return True
        if len(word) < LEAST_LETTERS or word in _MONTHS or word in self._arabic_names or word.startswith(_ABD):
            return False
        return self._lexicon is not None and is_no_ordinary_word(word, self._lexicon, self._counts)


def is_no_ordinary_word(word: str, lexicon: Lexicon, counts: WordCounts) -> bool:
    """Return whether the lexicon has the word as a proper noun only, or has neither it nor a commoner word of which
    it is a form.
    """
    if not PLAIN_ARABIC.fullmatch(word) or lexicon.has_common_reading_folded(word):
        return False
    if any(not key.endswith(_OUTSIDE) for key in lexicon.lookup_folded(word)):
        return True
    least = COMMONER * max(counts.count(word), 1)
    return not any(counts.count(rest) > least and lexicon.has_common_reading_folded(rest) for rest in _rests(word))


def _rests(word: str) -> Iterator[str]:
    """Yield the word without a particle, without an ending or without both; without an ending also with ه for ة."""
    length = len(word)
    begins = [n for n, starts in _STARTS_OF if word[:n] in starts]
    ends = [n for n, endings in _ENDINGS_OF if word[length - n :] in endings]
    for begin in begins:
        for end in ends:
            if (begin or end) and length - begin - end >= _LEAST_REST:
                rest = word[begin : length - end]
                yield rest
                if end:
                    yield rest + ar.HEH
