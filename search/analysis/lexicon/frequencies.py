"""How often a folded word occurs in news, and how writers usually spell its ends.

In: `frequencies.marisa`, built by `count_words`. Out: approximate counts (within a few per cent) and spelling flags.
The rules for particles and endings ask it whether what is left is a word; called where the analyser's memo misses.
"""

import hashlib
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

import marisa_trie

from search.errors import LexiconError

BUNDLED: Final = Path(__file__).with_name("frequencies.marisa")

# Spelling flags: how most writers of the folded word spell it.
HAMZA_FIRST: Final = 1  # begins with أ إ آ: its ال is not the article (ألمانيا)
TEH_MARBUTA_LAST: Final = 2  # ends with ة, not with the pronoun ه
ALEF_MAKSURA_LAST: Final = 4  # ends with ى, not with ي
HAMZA_BELOW_FIRST: Final = 8  # begins with إ: no plural (أعلام) but a verbal noun (إعلام)

RECORD: Final = "<H"  # a count level, then the spelling flags
_FLAG_BITS: Final = 4
_STEP: Final = 1.0625  # one level is 6 % more than the one below
_COUNTS: Final = tuple(round(_STEP**level) for level in range(400))


def pack(count: int, flags: int) -> int:
    """Return the record of a word that occurs `count` times (at least once)."""
    return round(math.log(count, _STEP)) << _FLAG_BITS | flags


class Rows(Protocol):
    """What a record trie does: a word's records, and all words with one record each."""

    def get(self, word: str, /) -> list[tuple[int]] | None: ...

    def items(self) -> Iterable[tuple[str, tuple[int]]]: ...


class FrequencyTable:
    """Approximate counts of folded words; a word too rare for the table counts 0."""

    def __init__(self, rows: Rows, fingerprint: str) -> None:
        self._rows: Rows | dict[str, list[tuple[int]]] = rows
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, path: Path | None = None) -> "FrequencyTable":
        """Map the table at `path`, or the bundled one. Raises LexiconError if it cannot be read."""
        path = path or BUNDLED
        try:
            fingerprint = hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()
            trie = marisa_trie.RecordTrie(RECORD).mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise LexiconError(f"The word counts {path} cannot be read ({error}): reinstall Kashaf.") from error
        return cls(trie, fingerprint)

    @classmethod
    def of(cls, words: Iterable[tuple[str, int, int]]) -> "FrequencyTable":
        """Make a table from (folded word, count, spelling flags); for tests and table-building programs."""
        records = [(word, (pack(count, flags),)) for word, count, flags in words]
        return cls(marisa_trie.RecordTrie(RECORD, records), "made")

    def count(self, folded: str) -> int:
        """Return how often the folded word occurs, within some 3 %; 0 if it is rare or unknown."""
        row = self._rows.get(folded)
        return _COUNTS[row[0][0] >> _FLAG_BITS] if row else 0

    def spelling(self, folded: str) -> int:
        """Return the spelling flags of the folded word; 0 if unknown."""
        row = self._rows.get(folded)
        return row[0][0] & (1 << _FLAG_BITS) - 1 if row else 0

    def warm(self) -> None:
        """Hold the rows in a dictionary (some 25 MB): look-ups take a third of the time. For whoever indexes an
        archive.
        """
        if not isinstance(self._rows, dict):
            shared: dict[tuple[int], list[tuple[int]]] = {}
            self._rows = {word: shared.setdefault(record, [record]) for word, record in self._rows.items()}
