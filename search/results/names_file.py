"""The file of a generation in which the words of its index stand that may be foreign names.

In: the folder of a generation and what identifies a commit of it. Out: the words that are kept for this commit, or for
one that has nearly as many articles. Called by `spelling_variants.py`, and by the indexer, which writes and checks it.

    first line   the stamp, a tab and the CRC-32, in hexadecimal digits, of the stamp and the lines that follow
    other lines  those of `search/analysis/names/name_words.py`, in UTF-8
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis.names.name_words import StoredWords
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import crc32, hexadecimal

FILE: Final = "names.tsv"
_FORM: Final = "2"  # of the file, and of what is taken for a name where the analyser's fingerprint does not say it
_ENOUGH: Final = 50  # the words of a commit serve until one of so many articles is new or gone


class Stamp(NamedTuple):
    """What words were collected: by which analyser, from which commit of the generation, of how many articles."""

    fingerprint: str
    commit: int
    articles: int

    def __str__(self) -> str:
        return f"{_FORM} {self.fingerprint} {self.commit} {self.articles}"


class Kept(NamedTuple):
    """The words of the file, and what they were collected from."""

    stamp: Stamp
    words: StoredWords

    def serves(self, wanted: Stamp) -> bool:
        """Return whether they are those of this commit, or of one that has nearly as many articles."""
        near = abs(self.stamp.articles - wanted.articles) * _ENOUGH <= wanted.articles
        return self.stamp == wanted or (self.stamp.fingerprint == wanted.fingerprint and near and wanted.articles > 0)


def read_names(folder: Path) -> Kept | None:
    """Return the words of the file; None where there is none, or it is damaged or of another form."""
    with suppress(OSError, ValueError):
        content = (folder / FILE).read_bytes()
        first, _, rows = content.partition(b"\n")
        form, fingerprint, commit, articles = first.split(b"\t")[0].decode().split(" ")
        if form == _FORM and is_sound(content):
            return Kept(Stamp(fingerprint, int(commit), int(articles)), StoredWords(rows.decode()))
    return None


def write_names(folder: Path, stamp: Stamp, lines: str) -> None:
    """Replace the file. Two processes that do so at once write the same bytes. Raises OSError."""
    rows, stamped = lines.encode(), str(stamp).encode()
    replace_file(folder / FILE, b"%s\t%s\n%s" % (stamped, _checksum(stamped, rows), rows))


def is_sound(content: bytes) -> bool:
    """Return whether a file of names is undamaged."""
    first, _, rows = content.partition(b"\n")
    stamp, _, checksum = first.partition(b"\t")
    return checksum == _checksum(stamp, rows)


def _checksum(stamp: bytes, rows: bytes) -> bytes:
    return hexadecimal(crc32(rows, crc32(stamp))).encode()
