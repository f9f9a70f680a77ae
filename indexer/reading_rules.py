"""A number that changes with whatever decides which articles a file gives: the code that reads and cleans, libraries.

In: the program and the libraries that it finds. Out: the number, which `origins/unread.py` compares with that of the
run that read a file last. It is made of the code itself, so that no one has to remember to raise it.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

#: Folders and modules that decide what a file gives; the tests hold them to what these import.
RULES: Final = (
    "indexer/readers",
    "indexer/cleaning",
    "indexer/repairs",
    "search/encodings",
    "search/query/dates",
    "search/pages/agencies.py",
    "search/pages/dateline.py",
    "search/pages/dateline_words.py",
    "search/pages/unmarked_datelines.py",
    "search/article.py",
    "search/limits.py",
)
#: Libraries of which other versions may read files otherwise, beside Python's own: mail, tables, zip.
LIBRARIES: Final = (
    "backports.zstd",
    "brotli",
    "feedparser",
    "ftfy",
    "hijridate",
    "lxml",
    "msgspec",
    "py7zr",
    "pyarrow",
    "pypdfium2",
    "trafilatura",
)
_ROOT: Final = Path(__file__).resolve().parents[1]
_BITS: Final = 63  # SQLite's integers are signed


@lru_cache(maxsize=1)
def reading_rules() -> int:
    """The number, computed once a run."""
    hashed = hashlib.blake2b(digest_size=8)
    for path in _modules():
        hashed.update(f"{path.relative_to(_ROOT)}\0".encode())
        hashed.update(path.read_bytes())
    hashed.update(f"\0python {platform.python_version()}".encode())
    for name in LIBRARIES:
        hashed.update(f"\0{name} {_version(name)}".encode())
    return int.from_bytes(hashed.digest()) >> (64 - _BITS)


def rules_for(section: str | None) -> int:
    """The number for a file whose folders tell this section, which its articles get."""
    return reading_rules() if section is None else _with_section(reading_rules(), section)


@lru_cache(maxsize=1024)
def _with_section(rules: int, section: str) -> int:
    digest = hashlib.blake2b(section.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return rules ^ (int.from_bytes(digest) >> (64 - _BITS))


def _modules() -> Iterator[Path]:
    for rule in RULES:
        path = _ROOT / rule
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
