"""The file that a command writes where --output names one.

In: its path. Out: a file to write to. Called by the commands that have --output.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from search.errors import SourceError, shown


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file that appears when all is written, and stays as it was until then; see `writing_to`.

    Raises SourceError, also for an OSError of the block.
    """
    from search.storage.atomic_files import writing_to

    if "\0" in str(path):
        raise SourceError(
            f"{shown(str(path))} cannot be written (no path has a NUL byte): name another file with --output"
        )
    try:
        with writing_to(path) as file:
            yield file
    except OSError as error:
        raise SourceError(
            f"{path} cannot be written ({error.strerror or error}): name another file with --output"
        ) from error
