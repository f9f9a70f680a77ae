"""How often a folded word occurs in news, and how writers usually spell its ends.

In: `frequencies.marisa`, built by `count_words`. Out: approximate counts (within a few per cent) and spelling flags.
The rules for particles and endings ask it whether what is left is a word; called where the analyser's memo misses.
"""

import hashlib
import math
from collections.abc import Callable, Iterable
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
_FLAGS: Final = (1 << _FLAG_BITS) - 1
_STEP: Final = 1.0625  # one level is 6 % more than the one below
_COUNTS: Final = tuple(round(_STEP**level) for level in range(400))


def pack(count: int, flags: int) -> int:
    """Return the record of a word that occurs `count` times (at least once)."""
    return round(math.log(count, _STEP)) << _FLAG_BITS | flags


class Trie(Protocol):
    """What a record trie does: a word's records, and all words with one record each."""

    def get(self, word: str, /) -> list[tuple[int]] | None: ...

    def items(self) -> Iterable[tuple[str, tuple[int]]]: ...


class FrequencyTable:
    """Approximate counts of folded words, within some 3 %; a word too rare for the table counts 0.

    `count` and `spelling` (the flags) are functions of a folded word, not methods: they run a dozen times a word,
    and `warm` replaces them. Look them up on the table each time.
    """

    count: Callable[[str], int]
    spelling: Callable[[str], int]

    def __init__(self, trie: Trie, fingerprint: str) -> None:
        self._trie = trie
        self._is_warm = False
        self.fingerprint = fingerprint
        get = trie.get

        def count(folded: str) -> int:
            row = get(folded)
            return _COUNTS[row[0][0] >> _FLAG_BITS] if row else 0

        def spelling(folded: str) -> int:
            row = get(folded)
            return row[0][0] & _FLAGS if row else 0

        self.count, self.spelling = count, spelling

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

    def warm(self) -> None:
        """Hold the counts in dictionaries (some 30 MB, a tenth of a second): look-ups take a third of the time.

        For whoever indexes an archive; a query does not need it.
        """
        if self._is_warm:
            return
        self._is_warm = True
        counts: dict[str, int] = {}
        flags: dict[str, int] = {}
        for word, (record,) in self._trie.items():
            counts[word] = _COUNTS[record >> _FLAG_BITS]
            if record & _FLAGS:
                flags[word] = record & _FLAGS
        count_of, flags_of = counts.get, flags.get
        self.count = lambda folded: count_of(folded, 0)
        self.spelling = lambda folded: flags_of(folded, 0)
