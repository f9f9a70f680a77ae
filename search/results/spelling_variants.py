"""Other spellings of a foreign name in one index: for غوتيريش also جوتيريس.

In: an open index and a word of a query. Out: the other spellings, which `search/query/rewrite.py` adds to the query
with a lower score. The words of the index that may be names are collected once for each commit and stored in a file
beside the engine's, so that commands need not collect them; if the file is missing or damaged, they are collected
again. Called by `search/index/open_index.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from search.analysis import letters as ar
from search.analysis.analyzer import AnalyzedToken
from search.analysis.names import NameFilter, SpellingIndex
from search.analysis.token_pairs import is_word_term
from search.analysis.weak_methods import weakly
from search.engines.base import Engine
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import crc32, hexadecimal
from search.unanswered import whole

FILE = "names.tsv"
_MOST_TERMS = 1_000_000  # terms of bodies, the commonest, among which names are looked for
_LEAST_ARTICLES = 2  # in a large archive a spelling of a single article is as likely a typing error
_LARGE = 5_000  # articles of a large archive
_MOST_SPELLINGS = 8  # spellings that are added to one word of a query
_RELATIVE = frozenset(("ي", "يه", "يا", "يي", "يين", "يون"))  # endings of relative adjectives, folded
_REMEMBERED = 4_096  # words of queries whose spellings are remembered

Names = list[tuple[str, int]]  # words that may be names, each with its document frequency


class SpellingVariants:
    """The spelling variants of one index; calling it with a word of a query gives its variants as word-level terms.

    name_filter: decides whether a word may be a foreign name. names: collects the words of the index that may be names;
    called once, when the variants of a word are first looked for.
    """

    def __init__(self, name_filter: NameFilter, names: Callable[[], Names]) -> None:
        self._name_filter = name_filter
        self._names = names
        self._found = lru_cache(maxsize=_REMEMBERED)(weakly(self._look_up))

    def may_be_name(self, token: AnalyzedToken) -> bool:
        """Return whether the word may be a foreign name, so that other spellings are looked for."""
        return not token.function and self._name_filter.accepts(token.word)

    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]:
        return self._found(token.word) if self.may_be_name(token) else ()

    def warm(self) -> None:
        """Collect the names now, so that no request waits for it."""
        len(self._index)

    def _look_up(self, word: str) -> tuple[str, ...]:
        """Look the variants up, which takes some milliseconds and is remembered: a query is planned several times."""
        found = (spelling.word for spelling in self._index.spellings(word))
        return tuple(islice((other for other in found if not _is_relative(other, word)), _MOST_SPELLINGS))

    @cached_property
    def _index(self) -> SpellingIndex:
        return SpellingIndex(self._names())


def _is_relative(other: str, word: str) -> bool:
    """Return whether another word is the relative adjective of a name, and no spelling: برشلوني of برشلونة."""
    names = (word, word.removesuffix(ar.HEH))
    return any(other.startswith(name) and other[len(name) :] in _RELATIVE for name in names)


def open_spellings(engine: Engine, name_filter: NameFilter, folder: Path, *, stamp: str) -> SpellingVariants:
    """Return the spelling variants of this index.

    name_filter: decides whether a word may be a foreign name
    folder: that of the generation, in which the file of names lies. stamp: identifies the commit; a file with another
    stamp is not used.
    """

    @whole()
    def names() -> Names:
        stored = _stored(folder / FILE, stamp)
        if stored is None:
            stored = list(_collected(engine, name_filter))
            _store(folder / FILE, stamp, stored)
        return stored

    return SpellingVariants(name_filter, names)


def _collected(engine: Engine, name_filter: NameFilter) -> Iterator[tuple[str, int]]:
    """Yield the terms of bodies that may be names, each with its document frequency, the commonest first."""
    least = _LEAST_ARTICLES if engine.documents >= _LARGE else 1
    for word, count in engine.terms("body_word", "", limit=_MOST_TERMS):
        if count < least:
            return
        if is_word_term(word) and name_filter.accepts(word):
            yield word, count


def is_sound(content: bytes) -> bool:
    """Return whether a file of names is undamaged.

    Its first line is the stamp, a tab and the CRC-32, in hexadecimal digits, of the stamp and the lines that follow.
    """
    first, _, rows = content.partition(b"\n")
    stamp, _, checksum = first.partition(b"\t")
    return checksum == _checksum(stamp, rows)


def _stored(path: Path, stamp: str) -> Names | None:
    """Return the names of the file; None if it cannot be read, is damaged or belongs to another commit."""
    try:
        content = path.read_bytes()
        first, *rows = content.decode().split("\n")
        if first.split("\t")[0] != stamp or not is_sound(content):
            return None
        pairs = (row.split("\t") for row in rows if row)
        return [(word, int(count)) for word, count in pairs]
    except (OSError, ValueError):
        return None


def _store(path: Path, stamp: str, names: Names) -> None:
    """Write the file of names if this user may write to the index; two processes at once write the same bytes."""
    rows = "\n".join(f"{word}\t{count}" for word, count in names).encode()
    with suppress(OSError):
        replace_file(path, b"%s\t%s\n%s" % (stamp.encode(), _checksum(stamp.encode(), rows), rows))


def _checksum(stamp: bytes, rows: bytes) -> bytes:
    return hexadecimal(crc32(rows, crc32(stamp))).encode()
