"""The table of word counts: how often a folded word occurs in news, how writers spell it, which particles it has.

In: `frequencies.marisa`, built by `building/count_words.py`, and folded words. Out: an approximate count, flags of its
usual spelling, and the number of the split that `particle_rules.py` decides on for that spelling. The rules for
particles, suffixes, verbs and plurals ask it whether what is left of a word is a word. Its commonest words stand in
`frequencies.common.txt` beside it, since the table can only be asked for single words.
"""

import hashlib
import math
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Self

import marisa_trie

from search.errors import LexiconError

BUNDLED: Final = Path(__file__).with_name("frequencies.marisa")
COMMON_WORDS: Final = ".common.txt"  # the end of the name of the file beside a table in which its common words stand
COMMON: Final = 10_000  # uses of each of them; no other word of the table has so many

# Spelling flags: how more than half of the uses of the folded word are spelt.
HAMZA_FIRST: Final = 1  # begins with أ إ آ: its ال is not the article (ألمانيا)
TEH_MARBUTA_LAST: Final = 2  # ends with ة, not with the pronoun ه
ALEF_MAKSURA_LAST: Final = 4  # ends with ى, not with ي
HAMZA_BELOW_FIRST: Final = 8  # begins with إ: no plural (أعلام) but a verbal noun (إعلام)

RECORD: Final = "<H"  # from the highest bit: the level of the count (7 bits), the number of a split (5), the flags (4)
_DECISION_SHIFT: Final = 4
_LEVEL_SHIFT: Final = 9
_STEP: Final = 1.125  # the count of a level is an eighth more than that of the level below
_COUNTS: Final = tuple(round(_STEP**level) for level in range(128))


def pack(count: int, flags: int, decision: int = 0) -> int:
    """Return the record of a word that occurs `count` times, at least once; decision: the number of its split."""
    return round(math.log(count, _STEP)) << _LEVEL_SHIFT | decision << _DECISION_SHIFT | flags


class FrequencyTable:
    """Approximate counts of folded words, within 6 %; a word too rare for the table counts 0."""

    def __init__(self, trie: "marisa_trie.RecordTrie", fingerprint: str, common_words: Path | None = None) -> None:
        self._trie = trie
        self._common_words = common_words
        self._get: Callable[[str], list[tuple[int]] | None] = trie.get
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Map the table at `path`, or the bundled one, into memory. Raises LexiconError if it cannot be read."""
        path = path or BUNDLED
        try:
            fingerprint = hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()
            trie = marisa_trie.RecordTrie(RECORD).mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise LexiconError(f"The word counts {path} cannot be read ({error}): reinstall Kashaf.") from error
        return cls(trie, fingerprint, path.with_suffix(COMMON_WORDS))

    @classmethod
    def of(cls, words: Iterable[tuple[str, int, int]]) -> Self:
        """Return a table of (folded word, count, spelling flags), without splits; for tests and programs."""
        records = [(word, (pack(count, flags),)) for word, count, flags in words]
        return cls(marisa_trie.RecordTrie(RECORD, records), "made")

    def count(self, folded: str) -> int:
        """Return how often the folded word occurs; 0 if it is rare or unknown."""
        row = self._get(folded)
        return _COUNTS[row[0][0] >> _LEVEL_SHIFT] if row else 0

    def spelling(self, folded: str) -> int:
        """Return the spelling flags of the folded word; 0 if unknown."""
        row = self._get(folded)
        return row[0][0] & (1 << _DECISION_SHIFT) - 1 if row else 0

    def decision(self, folded: str) -> int:
        """Return the number of the word's split (`particle_rules.decision_number`); 0 if the table has none."""
        row = self._get(folded)
        return row[0][0] >> _DECISION_SHIFT & 0b11111 if row else 0

    @cached_property
    def common(self) -> tuple[tuple[str, int], ...]:
        """The words that occur COMMON times or more, each with its count, the commonest first."""
        kept = self._common_words
        words = kept.read_text(encoding="utf-8").split() if kept and kept.exists() else self.words()
        found = [(word, count) for word in words if (count := self.count(word)) >= COMMON]
        return tuple(sorted(found, key=lambda row: (-row[1], row[0])))

    def words(self) -> list[str]:
        """Return every word of the table, sorted."""
        return sorted(self._trie.keys())


@cache
def bundled_table() -> FrequencyTable:
    """Return the bundled table, mapped once for all who only count words. Raises LexiconError."""
    return FrequencyTable.load()
