"""Worker processes: started, fed with groups of files, listened to, ended.

`pool.py` holds some. Each has one connection, over which groups go one way and batches the other.
"""

from __future__ import annotations

import pickle
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from indexer.workers.prepared import Batch, Begins, Noticed, RepairsMade
from indexer.workers.preparing import FilePart
from indexer.workers.worker import Failed, Setup, work
from search.worker_processes import ctrl_c_deferred

AHEAD_BYTES: Final = 8_000_000  # of files that one worker is given before their batches have come
_PATIENCE: Final = 3.0  # seconds that a worker has to end, and to remove its temporary files


class Lost(Exception):
    """A worker has ended that was not told to."""


@dataclass(slots=True, eq=False)
class Group:
    """Files that one worker reads, and how much of them has come.

    size      of the files in bytes
    sent      whether the worker has it
    entry     which of the entries is being received, -1: none yet
    received  how many items of it came in batches
    """

    entries: list[FilePart]
    size: int
    sent: bool = False
    entry: int = -1
    received: int = 0

    def note(self, batch: Batch) -> None:
        """Count what has come."""
        for read in batch.read:
            if isinstance(read, Begins):
                self.entry, self.received = self.entry + 1, 0
            elif not isinstance(read, Noticed | RepairsMade):
                self.received += 1

    def rest(self) -> list[FilePart]:
        """What has not come yet, for another worker."""
        if self.entry < 0:
            return self.entries
        current, further = self.entries[self.entry], self.entries[self.entry + 1 :]
        return [FilePart(current.file, current.skip + self.received), *further]


@dataclass(slots=True, eq=False)
class Worker:
    """One worker process, and the groups that it is to read, in order.

    careful: it gets a group only when all before it have come, so that it is known which of them ends it.
    """

    process: SpawnProcess
    connection: Connection
    groups: deque[Group] = field(default_factory=deque)
    careful: bool = False

    @property
    def size(self) -> int:
        """Bytes of the files that it still has to read, as far as is known here."""
        return sum(group.size for group in self.groups)

    @property
    def takes_more(self) -> bool:
        """Whether it should be given another group."""
        return not self.groups or (not self.careful and self.size < AHEAD_BYTES)

    def give(self, group: Group) -> None:
        """Add a group behind those that it has."""
        self.groups.append(group)
        self._send()

    def receive(self) -> Batch:
        """Return the next batch of its first group. Raises Lost, and the error that ended its work."""
        try:
            message = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError) as error:
            raise Lost from error
        if isinstance(message, Failed):
            raise message.error
        assert isinstance(message, Batch)
        self.groups[0].note(message)
        if message.whole:
            self.groups.popleft()
            self._send()
        return message

    def end(self) -> None:
        """Have the process end now, whatever it does."""
        self.process.terminate()
        self.connection.close()

    def join(self) -> None:
        """Wait until it has ended."""
        self.process.join(_PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()

    def _send(self) -> None:
        for group in self.groups:
            if group.sent:
                continue
            if self.careful and group is not self.groups[0]:
                return
            with suppress(OSError):  # it is lost, which the next `receive` says
                self.connection.send(group.entries)
            group.sent = True


def start_worker(setup: Setup) -> Worker:
    """Start a process. Raises OSError, ImportError or NotImplementedError where the system cannot make it."""
    context = get_context("spawn")  # a fork would copy the locks of the engine's threads
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, setup), name="kashaf-worker", daemon=True)
    try:
        with ctrl_c_deferred():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()  # so that the end of the process is seen
    return Worker(process, ours)
