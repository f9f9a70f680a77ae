"""One reader under atheris, in a process of its own. In: its name, and libFuzzer's options. Run by `__main__.py`."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Final

import atheris

_INSTRUMENTED: Final = (
    *("indexer.readers", "indexer.cleaning", "search.encodings", "search.query.dates"),
    *("email", "zipfile", "tarfile", "feedparser", "trafilatura", "py7zr"),
)
_MOST_ITEMS: Final = 10_000

with atheris.instrument_imports(include=list(_INSTRUMENTED), enable_loader_override=False):
    from indexer.cleaning.clean import Cleaned, Unfit, clean
    from indexer.readers.contract import Blob, Remark, Skipped
    from indexer.readers.findings import READER_FAILED
    from indexer.readers.registry import read_blob
    from search.article import Article
    from tests.fuzz.targets import TARGETS

TARGET = TARGETS[sys.argv.pop(1)]()


def read(data: bytes) -> None:
    """Reads a file; whatever the contract of a reader forbids is raised."""
    for item in islice(read_blob(Blob(TARGET.name, iter([TARGET.wrap(data)]))), _MOST_ITEMS):
        if isinstance(item, Article):
            assert isinstance(clean(item, lambda *_: None), Cleaned | Unfit)
        else:
            assert isinstance(item, Skipped | Remark)
            assert not isinstance(item, Skipped) or item.reason != READER_FAILED, item.detail


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
