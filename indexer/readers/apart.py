"""Reads a file in a process apart, for a library that damage can make to end the whole process.

In: the reader, as `module:name` within this folder, and a blob. Out: its items. Called by `formats.py`. pyarrow ends
its process where a Parquet file contradicts itself, and pdfium unpacks pages without a bound; no `except` helps against
that. The process stays for further files of this one, so its start is paid once for some hundred files, and ends with
it. It is given as much processor time and memory as a file may take. Where one that has read other files ends before it
gives anything of a file, another process reads that: the system may have ended the first for want of memory.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from typing import IO, Any, Final

import msgspec

from indexer.findings import Finding
from indexer.readers.as_file import as_path
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.findings import DAMAGED
from search.article import Article

_SIZE_BYTES: Final = 4
_MOST_FILES: Final = 200  # of one process, which may hold memory of all that it read
END: Final = b"."
UNREADABLE: Final = b"u"
_KINDS: Final[dict[bytes, Any]] = {
    b"a": msgspec.json.Decoder(Article),
    b"s": msgspec.json.Decoder(Skipped),
    b"r": msgspec.json.Decoder(Remark),
    UNREADABLE: msgspec.json.Decoder(tuple[Finding, str]),
}
_TYPES: Final[dict[type, bytes]] = {Article: b"a", Skipped: b"s", Remark: b"r", tuple: UNREADABLE}
_idle: list[_Child] = []


class _Ended(Unreadable):
    """The process ended before the file did."""


class _Child:
    """A process that reads files."""

    def __init__(self) -> None:
        program = f"import sys; sys.path[:] = {sys.path!r}\nfrom indexer.readers.read_apart import main; main()"
        self.parent = os.getpid()
        self.ready = True
        self.files = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def items(self, request: dict[str, str | None], what: str) -> Iterator[Item]:
        """The items of one file. Raises Unreadable, also where the process ends; then it is not `ready` any more."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self.ready, self.files = False, self.files + 1
        unreadable: Unreadable | None = None
        with self._talking(what):
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        while True:
            with self._talking(what):
                kind, framed = _answer(self._process.stdout)
            if kind == END:
                break
            content = _KINDS[kind].decode(framed)
            if kind == UNREADABLE:
                unreadable = Unreadable(*content)
            else:
                yield content
        self.ready = True
        if unreadable:
            raise unreadable

    @contextmanager
    def _talking(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:  # Windows says of a pipe whose other end is gone that the argument is invalid
            raise _Ended(DAMAGED.of(what), f"its library gave up on it ({self._end()})") from error

    def _end(self) -> str:
        code = self._process.wait()
        return f"signal {-code}" if code < 0 else f"status {code}"

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent cannot be sent any more
                    pipe.close()
        self._process.wait()


def read_apart(reader: str, blob: Blob, what: str) -> Iterator[Item]:
    """The items of a file of this kind («Parquet file»). Raises Unreadable."""
    with as_path(blob, f"a {what}") as path:
        request = {"reader": reader, "path": path, "location": blob.location, "section": blob.section}
        if _idle and _idle[-1].parent == os.getpid():
            with closing(_items(_idle.pop(), request, what)) as items:
                try:
                    first = next(items, None)
                except _Ended:
                    pass
                else:
                    if first is not None:
                        yield first
                        yield from items
                    return
        yield from _items(_Child(), request, what)


def _items(child: _Child, request: dict[str, str | None], what: str) -> Generator[Item, None, None]:
    try:
        yield from child.items(request, what)
    finally:
        if child.ready and child.files < _MOST_FILES:
            _idle.append(child)
        else:  # it is ended, or has more to say of a file that nobody wants to hear
            child.close()


def write_item(pipe: IO[bytes], item: Item | tuple[Finding, str]) -> None:
    """Write an item, or why there are no more, as the other process reads it."""
    content = msgspec.json.encode(item)
    pipe.write(_TYPES[type(item)] + len(content).to_bytes(_SIZE_BYTES, "big") + content)


def _answer(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    """The kind and the content of an item, or END. Raises OSError where the other process ended."""
    kind = pipe.read(1)
    if kind == END:
        return kind, b""
    size = int.from_bytes(pipe.read(_SIZE_BYTES), "big")
    content = pipe.read(size)
    if not kind or len(content) < size:
        raise BrokenPipeError
    return kind, content


@atexit.register
def _close_all() -> None:
    while _idle:
        child = _idle.pop()
        if child.parent == os.getpid():
            child.close()
