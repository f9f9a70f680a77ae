"""Other spellings of foreign names in one index: غوتيريش also as جوتيريس.

In: an open index. Out: for a word of a query the spellings that the rewriter adds below the literal word. The words
that may be names are found once for each commit and kept in a file beside the engine's own, so that a command starts
at once; where that file cannot be written or is damaged, they are found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.names import NameFilter, SpellingIndex
from search.analysis.token_pairs import is_word_term
from search.engines.base import Engine
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import crc32, hexadecimal

FILE = "names.tsv"
_MOST_TERMS = 1_000_000  # the commonest terms of bodies, among which words are looked for
_LEAST_ARTICLES = 2  # a spelling that one article of a large archive has is as often a typing error
_LARGE = 5_000  # articles
_MOST_SPELLINGS = 8  # added to one word of a query
_REMEMBERED = 4_096  # words of queries

Names = list[tuple[str, int]]


class SpellingVariants:
    """The spellings of one index: called with a word of a query, gives its other spellings as word-level terms.

    names: finds the words of the index that may be names; called once, when a word first passes the gate.
    """

    def __init__(self, gate: NameFilter, names: Callable[[], Names]) -> None:
        self._gate = gate
        self._names = names
        self._found = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def may_be_name(self, token: AnalyzedToken) -> bool:
        """Whether other spellings of the word are worth looking for."""
        return not token.function and self._gate.accepts(token.word)

    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]:
        return self._found(token.word) if self.may_be_name(token) else ()

    def warm(self) -> None:
        """Finds the names now, so that no reader waits for it."""
        len(self._index)

    def _look_up(self, word: str) -> tuple[str, ...]:
        """What takes some milliseconds: a query is planned several times, for each way to read it."""
        return tuple(spelling.word for spelling in self._index.spellings(word)[:_MOST_SPELLINGS])

    @cached_property
    def _index(self) -> SpellingIndex:
        return SpellingIndex(self._names())


def open_spellings(engine: Engine, analyzer: Analyzer, folder: Path, *, stamp: str) -> SpellingVariants:
    """The spellings of this index. `stamp` names its commit: the kept file of another is not used."""
    gate = NameFilter.load(analyzer.lemmas, analyzer.frequencies)

    def names() -> Names:
        kept = _kept(folder / FILE, stamp)
        if kept is None:
            kept = list(_found(engine, gate))
            _keep(folder / FILE, stamp, kept)
        return kept

    return SpellingVariants(gate, names)


def _found(engine: Engine, gate: NameFilter) -> Iterator[tuple[str, int]]:
    least = _LEAST_ARTICLES if engine.documents >= _LARGE else 1
    for word, count in engine.terms("body_word", "", limit=_MOST_TERMS):
        if count < least:
            return
        if is_word_term(word) and gate.accepts(word):
            yield word, count


def is_sound(content: bytes) -> bool:
    """Whether a file of names is as it was written: its first line is the stamp and a checksum of all but that line."""
    first, _, rows = content.partition(b"\n")
    stamp, _, checksum = first.partition(b"\t")
    return checksum == _checksum(stamp, rows)


def _kept(path: Path, stamp: str) -> Names | None:
    try:
        content = path.read_bytes()
        first, *rows = content.decode().split("\n")
        if first.split("\t")[0] != stamp or not is_sound(content):
            return None
        pairs = (row.split("\t") for row in rows if row)
        return [(word, int(count)) for word, count in pairs]
    except (OSError, ValueError):
        return None


def _keep(path: Path, stamp: str, names: Names) -> None:
    """Keeps the names if the index may be written to by whoever searches it; two at once write the same."""
    rows = "\n".join(f"{word}\t{count}" for word, count in names).encode()
    with suppress(OSError):
        replace_file(path, b"%s\t%s\n%s" % (stamp.encode(), _checksum(stamp.encode(), rows), rows))


def _checksum(stamp: bytes, rows: bytes) -> bytes:
    return hexadecimal(crc32(rows, crc32(stamp))).encode()
