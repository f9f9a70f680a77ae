"""The file format of the lemma table: a header and six sections, made to be mapped into memory and read in place.

In: words with their lemma keys. Out: the bytes of a file (`pack`, `stamp`); and for a file its sections as views into
the mapped memory (`open_sections`), nothing of which is decoded before it is asked for.

    header   magic, fingerprint, the rules of the stamps, and the length of each section (16-byte aligned)
    words    marisa trie: written word → word id
    folded   marisa trie: folded form → folded id, only where the form is not itself a word with these readings
    keys     marisa trie: lemma key ↔ key id
    entries  a 32-bit integer a word, then one a folded form: number of a reading set, a stamp, and the flag COMMON
    sets     two 32-bit integers a reading set: key ids, best first (NO_KEY: there is no second)
    hashes   a 64-bit integer a word, by which many words are looked up at once; written with the stamps

A word is stamped if its terms are its letters, folded one by one, and the keys of its reading set. The stamp says how
many letters the particles in front of it take up, so that no rule need run. Stamps are valid only for the rules and
word counts that the header names; the fingerprint does not depend on them.

Called by `lemmas.py` to read, by `building/build_lemma_table.py` and `building/stamp_lemma_table.py` to write.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import marisa_trie

MAGIC = b"kashaf-lemmas-3\n"
SECTIONS = 6
NO_KEY = 0xFFFFFFFF
# Parts of an entry.
COMMON = 1 << 31  # some plausible reading of the word is not a proper noun
STAMP_SHIFT = 28
STAMP_MASK = 0b111 << STAMP_SHIFT  # one more than the letters of the particles; 0: not stamped
SET_MASK = (1 << STAMP_SHIFT) - 1
MOST_STAMPED = (STAMP_MASK >> STAMP_SHIFT) - 1

_HEADER = struct.Struct(f"<16s16s32s{SECTIONS}Q")
_ALIGNMENT = 16


@dataclass(frozen=True, slots=True)
class LemmaEntry:
    """What the table holds for a written word.

    keys: one or two lemma keys, likeliest first. common: whether some plausible reading is not a proper noun.
    """

    keys: tuple[str, ...]
    common: bool


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a mapped table. The views point into the file."""

    fingerprint: str
    rules: str
    words: marisa_trie.Trie
    folded: marisa_trie.Trie
    keys: marisa_trie.Trie
    entries: memoryview
    sets: memoryview
    hashes: memoryview


def pack(words: Mapping[str, LemmaEntry], folded: Mapping[str, LemmaEntry]) -> bytes:
    """Return the bytes of a table without stamps; the same mappings give the same bytes, whatever their order."""
    word_trie, folded_trie = marisa_trie.Trie(sorted(words)), marisa_trie.Trie(sorted(folded))
    key_trie = marisa_trie.Trie(sorted({key for table in (words, folded) for r in table.values() for key in r.keys}))
    sets: dict[tuple[int, int], int] = {}
    entries: list[int] = []
    for trie, table in ((word_trie, words), (folded_trie, folded)):
        by_id = sorted((trie.key_id(word), reading) for word, reading in table.items()) if table else []
        for _, reading in by_id:
            ids = [key_trie.key_id(key) for key in reading.keys] + [NO_KEY]
            number = sets.setdefault((ids[0], ids[1]), len(sets))
            entries.append(number | (COMMON if reading.common else 0))
    bodies = [
        word_trie.tobytes(),
        folded_trie.tobytes(),
        key_trie.tobytes(),
        struct.pack(f"<{len(entries)}I", *entries),
        struct.pack(f"<{2 * len(sets)}I", *(key for pair in sets for key in pair)),
    ]
    payload = b"".join(map(_aligned, bodies))
    digest = hashlib.sha256(payload).hexdigest()[:16].encode("ascii")
    return _headed(digest, b"", [*map(len, bodies), 0], payload)


def stamp(
    table: bytes, letters: Callable[[str], int | None], hashes: Callable[[Sequence[str]], bytes], *, rules: str
) -> bytes:
    """Return the table with each word stamped and hashed.

    letters  function: word → how many of its letters its particles take up; None if it is not to be stamped
    hashes   function: words → the section `hashes` for them
    rules    the name of the rules and word counts behind `letters`, at most 32 ASCII characters
    """
    _, digest, _, *lengths = _HEADER.unpack_from(table)
    starts = list(accumulate(map(_padded, lengths), initial=0))
    payload = bytearray(table[_body_start() :][: starts[-2]])
    word_trie = marisa_trie.Trie()
    word_trie.frombytes(bytes(payload[: lengths[0]]))
    words = list(map(word_trie.restore_key, range(len(word_trie))))
    entries = memoryview(payload)[starts[3] : starts[3] + lengths[3]].cast("I")
    for number, word in enumerate(words):
        count = letters(word)
        stamped = count + 1 if count is not None and count <= MOST_STAMPED else 0
        entries[number] = entries[number] & ~STAMP_MASK | stamped << STAMP_SHIFT
    entries.release()
    hashed = hashes(words)
    return _headed(digest, rules.encode("ascii"), [*lengths[:-1], len(hashed)], bytes(payload) + _aligned(hashed))


def _aligned(body: bytes) -> bytes:
    return body.ljust(_padded(len(body)), b"\0")


def _padded(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT


def _headed(digest: bytes, rules: bytes, lengths: list[int], payload: bytes) -> bytes:
    header = _HEADER.pack(MAGIC, digest, rules, *lengths)
    return header.ljust(_body_start(), b"\0") + payload


def _body_start() -> int:
    return _padded(_HEADER.size)


def open_sections(path: Path) -> Sections:
    """Map the file at `path`. Raises OSError if it cannot be opened, ValueError if it is no lemma table."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if len(mapped) < _HEADER.size or mapped[: len(MAGIC)] != MAGIC:
        raise ValueError("it does not begin like a lemma table")
    _, digest, rules, *lengths = _HEADER.unpack_from(mapped)
    view, start, views = memoryview(mapped), _body_start(), []
    for length in lengths:
        views.append(view[start : start + length])
        start += _padded(length)
    if start != len(mapped):
        raise ValueError(f"it is {len(mapped)} bytes long, not {start}")
    tries = []
    for body in views[:3]:
        trie = marisa_trie.Trie()
        trie.map(body)
        tries.append(trie)
    words, folded, keys = tries
    numbers = views[3].cast("I"), views[4].cast("I"), views[5].cast("Q")
    return Sections(digest.decode("ascii"), rules.rstrip(b"\0").decode("ascii"), words, folded, keys, *numbers)
