"""A file on disk → its bytes in full blocks, whatever the system gives at a time.

Called where a file of the sources is opened, by `indexer/file_reading.py` and `dividing.py`. File systems over a
network may give fewer bytes than they were asked for. Several processes that read one file tell its parts apart by the
block in which a line begins (`json_lines.py`), so each must find the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO


def full_blocks(file: IO[bytes], size: int, *, most: int | None = None) -> Iterator[bytes]:
    """Give the bytes of a file in blocks of `size`; the last one may be shorter.

    file: as it was opened without a buffer. most: how many bytes are read at most; None: all. Raises OSError, behind
    what could be read before it.
    """
    left = most
    while wanted := size if left is None else min(left, size):
        parts, failure = list[bytes](), None
        try:
            while wanted and (part := file.read(wanted)):
                parts.append(part)
                wanted -= len(part)
        except OSError as error:
            failure = error
        if parts:
            block = parts[0] if len(parts) == 1 else b"".join(parts)
            left = None if left is None else left - len(block)
            yield block
        if failure:
            raise failure
        if wanted:
            return
