"""Worker processes: started, fed with groups of files, listened to, ended.

`pool.py` holds some. Each has one connection, over which groups go one way and batches the other.
"""

from __future__ import annotations

import pickle
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from indexer.workers.beginning import Begun, begin
from indexer.workers.messages import receive_message
from indexer.workers.prepared import Batch, Begins, Noticed, RepairsMade
from indexer.workers.preparing import FilePart
from indexer.workers.worker import Failed, Setup

AHEAD_BYTES: Final = 12_000_000  # of files that a worker is given before their batches have come: enough for a commit


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
        return [replace(current, skip=current.skip + self.received), *further]


@dataclass(slots=True, eq=False)
class Worker:
    """One worker process, and the groups that it is to read, in order.

    begun    the process, which knows its setup
    careful: it gets a group only when all before it have come, so that it is known which of them ends it.
    """

    begun: Begun
    groups: deque[Group] = field(default_factory=deque)
    careful: bool = False
    _room: bytearray = field(default_factory=bytearray)  # for messages, one after another

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

    def has_sent(self, seconds: float) -> bool:
        """Whether something of it has come, a batch or its end, within so many seconds."""
        try:
            return self.begun.connection.poll(seconds)
        except OSError:
            return True  # which the next `receive` says

    def receive(self) -> Batch:
        """Return the next batch of its first group. Raises Lost, and the error that ended its work."""
        try:
            message = pickle.loads(receive_message(self.begun.connection, self._room))
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
        self.begun.end()

    def join(self) -> None:
        """Wait until it has ended."""
        self.begun.join()

    def _send(self) -> None:
        for group in self.groups:
            if group.sent:
                continue
            if self.careful and group is not self.groups[0]:
                return
            with suppress(OSError):  # it is lost, which the next `receive` says
                self.begun.connection.send(group.entries)
            group.sent = True


def start_worker(setup: Setup, begun: Begun | None = None) -> Worker:
    """Start a process, or give one that has begun its work.

    Raises OSError, ImportError or NotImplementedError where the system cannot make it.
    """
    worker = Worker(begun or begin())
    with suppress(OSError):  # it is lost, which `receive` says
        worker.begun.connection.send(setup)
    return worker
