"""The process that `apart.py` starts: reads the files that it is told of, one after another, until nothing more comes.

In: lines of JSON on standard input, each a reader and a file. Out: the items on standard output, behind them the sign
of the end. A file may take a minute, and more where it is large, and a bounded memory; else the system ends this
process.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from time import process_time
from typing import Any, Final

from indexer.readers.apart import END, write_item
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Unreadable

_SECONDS: Final = 60  # of a processor for a file, and as many more as it has of these bytes
_BYTES_A_SECOND: Final = 1_000_000
_LARGEST_MEMORY: Final = 1_500_000_000  # bytes


def main() -> None:
    """Reads files until standard input ends."""
    answers = sys.stdout.buffer
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _limit(request["path"])
        module, name = request["reader"].split(":")
        reader = getattr(import_module(f"indexer.readers.{module}"), name)
        blob = Blob(request["location"], _blocks(request["path"]), request["section"], path=request["path"])
        try:
            for item in reader(blob):
                write_item(answers, item)
        except Unreadable as error:
            write_item(answers, (error.reason, error.detail))
        answers.write(END)
        answers.flush()


def _blocks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield block


def _limit(path: str) -> None:
    """Has the system end this process if the file takes too much of a processor or of memory."""
    with suppress(ImportError, ValueError, OSError):  # a system that has no such limits
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = int(process_time() + _SECONDS + os.path.getsize(path) / _BYTES_A_SECOND)
        wanted: Any = (seconds if most == resource.RLIM_INFINITY else min(seconds, most), most)
        resource.setrlimit(resource.RLIMIT_CPU, wanted)
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        memory = _LARGEST_MEMORY if most == resource.RLIM_INFINITY else min(_LARGEST_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, most))
