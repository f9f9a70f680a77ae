"""The file format of the table of further readings: a header and two tries, mapped into memory and read in place.

In: written words and folded forms with their readings. Out: the bytes of a file (`pack_readings`), and for a file its
tries (`open_readings`). Called by `table_readings.py` to read, by `building/build_lemma_table.py` to write.

    header  magic, and the length of each trie in bytes (the tries are 16-byte aligned)
    words   marisa trie of bytes: word → its readings, four bytes each; a folded form stands there behind FOLDED, and
            behind FORMS a lemma key, whose "readings" are terms at the level word that may be forms of it
    terms   marisa trie: lemma key or term ↔ number

A reading is a little-endian 32-bit integer: the number of its term, and in the last eight bits its probability in steps
of 1/255.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import marisa_trie

MAGIC: Final = b"kashaf-reading1\n"
FOLDED: Final = "="  # before a folded form, whose readings are those of all words that fold to it
FORMS: Final = "/"  # before a lemma key
STEPS: Final = 255  # of probability

Readings = tuple[tuple[str, float], ...]  # terms with their probabilities, likeliest first

_HEADER: Final = struct.Struct("<16s2Q")
_ALIGNMENT: Final = 16


class ReadingTries(NamedTuple):
    """The tries of a mapped table. `mapped` keeps the file mapped."""

    words: marisa_trie.BytesTrie
    terms: marisa_trie.Trie
    mapped: mmap.mmap

    def readings(self, word: str) -> Readings:
        """Return the readings of a word, of FOLDED and a folded form, or of FORMS and a lemma key, likeliest first."""
        found = self.words.get(word)
        if not found:
            return ()
        numbers = struct.unpack(f"<{len(found[0]) // 4}I", found[0])
        return tuple((self.terms.restore_key(number >> 8), (number & STEPS) / STEPS) for number in numbers)


def readings_path(lemmas: Path) -> Path:
    """Return where the table of further readings lies that belongs to this lemma table."""
    return lemmas.with_suffix(".readings")


def pack_readings(words: Mapping[str, Iterable[tuple[str, float]]]) -> bytes:
    """Return the bytes of a table; the same mapping gives the same bytes, whatever its order.

    words: word, FOLDED and a folded form, or FORMS and a lemma key → its terms and probabilities (above 0, at most 1).
    """
    rows = {word: tuple(readings) for word, readings in words.items()}
    terms = marisa_trie.Trie(sorted({term for readings in rows.values() for term, _ in readings}))
    packed = ((word, _packed(rows[word], terms)) for word in sorted(rows) if rows[word])
    bodies = [marisa_trie.BytesTrie(packed).tobytes(), terms.tobytes()]
    header = _HEADER.pack(MAGIC, *map(len, bodies))
    return b"".join(map(_aligned, (header, *bodies)))


def open_readings(path: Path) -> ReadingTries:
    """Map the file at `path`. Raises OSError if it cannot be opened, ValueError if it is no such table."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if len(mapped) < _HEADER.size or mapped[: len(MAGIC)] != MAGIC:
        raise ValueError("it does not begin like a table of further readings")
    _, *lengths = _HEADER.unpack_from(mapped)
    whole = sum(map(_padded, (_HEADER.size, *lengths)))
    if whole != len(mapped):
        raise ValueError(f"it is {len(mapped)} bytes long, not {whole}")
    view, start = memoryview(mapped), _padded(_HEADER.size)
    words, terms = marisa_trie.BytesTrie(), marisa_trie.Trie()
    for trie, length in zip((words, terms), lengths, strict=True):
        trie.map(view[start : start + length])
        start += _padded(length)
    return ReadingTries(words, terms, mapped)


def _packed(readings: Readings, terms: marisa_trie.Trie) -> bytes:
    numbers = (terms.key_id(term) << 8 | max(1, round(STEPS * probability)) for term, probability in readings)
    return struct.pack(f"<{len(readings)}I", *numbers)


def _aligned(body: bytes) -> bytes:
    return body.ljust(_padded(len(body)), b"\0")


def _padded(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT
