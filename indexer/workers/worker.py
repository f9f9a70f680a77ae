"""What a worker process does: it reads groups of files and sends the batches that `preparing.py` makes of them.

`processes.py` starts it. In: groups of files, over a connection. Out: batches over the same connection, in the order of
the groups; or the error that ended the work. A thread sends, so that the next batches are made while the process that
writes commits; how many bytes may wait is bounded. Another thread receives, so that the process that writes never waits
to hand over groups: it would not take batches meanwhile, and the two could wait for each other for ever.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NoReturn

from indexer.garbage_collection import collect_infrequently
from indexer.workers.messages import send_message
from indexer.workers.preparing import FilePart, Preparing
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.engines.registry import backend
from search.errors import KashafError
from search.worker_processes import become_worker

# Added to the niceness of a worker: the engine's thread must not wait for a core, since a run waits for it at the end.
_NICENESS: Final = 10


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must know.

    lexicon      of the index's analyser, as `Analyzer.default` takes it
    engine       of the index
    folder       the generation, to compare articles with; None: it is empty
    queue_bytes  of batches that may wait to be sent
    """

    lexicon: str | None
    engine: str
    folder: Path | None
    queue_bytes: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The error that ended a worker's work."""

    error: BaseException


def work(connection: Connection) -> None:
    """Prepare groups until none comes any more, as the setup says that comes first. What a worker process does."""
    become_worker()
    signal.signal(signal.SIGTERM, _leave)
    try:
        setup = connection.recv()
    except (EOFError, OSError):
        return  # there is nothing to do after all
    assert isinstance(setup, Setup)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    collect_infrequently()
    sender, groups = _Sender(connection, setup.queue_bytes), _Receiver(connection)
    try:
        digests = None if setup.folder is None else backend(setup.engine).open_digests(setup.folder)
        analyzer = BatchAnalyzer(Analyzer.default(setup.lexicon))
        with closing(Preparing(analyzer, digests, commits=lambda: 0)) as preparing:
            while (group := groups.next()) is not None:
                for batch in preparing.batches(group):
                    sender.send(batch)
    except MemoryError:
        os._exit(1)  # as if the system had ended this process
    except KashafError as error:
        sender.send(Failed(error))
    except BrokenPipeError:
        pass  # the process that writes is gone
    except Exception as error:
        sender.send(Failed(sendable(error)))
    sender.finish()


def sendable(error: Exception) -> Exception:
    """Return an error as another process can raise it, or one that says the same where pickle cannot take it."""
    error.add_note("in a process that reads and analyses files")
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _leave(*_: object) -> NoReturn:
    """End this process, removing temporary files on the way."""
    sys.exit(1)


class _Receiver:
    """Receives groups in a thread of its own; the process that writes bounds how many it gives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._groups: queue.SimpleQueue[Sequence[FilePart] | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="receiver", daemon=True).start()

    def next(self) -> Sequence[FilePart] | None:
        """Return the next group, when there is one; None where none comes any more."""
        return self._groups.get()

    def _run(self) -> None:
        try:
            while True:
                self._groups.put(self._connection.recv())
        except (EOFError, OSError):
            self._groups.put(None)


class _Sender:
    """Sends messages in a thread of its own."""

    def __init__(self, connection: Connection, most: int) -> None:
        self._connection = connection
        self._most = most
        self._waiting = deque[bytes]()
        self._bytes = 0
        self._state = threading.Condition()
        self._finished = self._broken = False
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)
        self._thread.start()

    def send(self, message: object) -> None:
        """Queue a message, when there is room. Raises BrokenPipeError where nobody takes it any more."""
        content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with self._state:
            while self._waiting and self._bytes + len(content) > self._most and not self._broken:
                self._state.wait()
            if self._broken:
                raise BrokenPipeError
            self._waiting.append(content)
            self._bytes += len(content)
            self._state.notify_all()

    def finish(self) -> None:
        """Wait until all is sent."""
        with self._state:
            self._finished = True
            self._state.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._state:
                while not self._waiting and not self._finished:
                    self._state.wait()
                if not self._waiting:
                    return
                content = self._waiting[0]
            try:
                send_message(self._connection, content)
            except OSError:
                content = b""
            with self._state:
                self._broken = not content
                self._bytes -= len(self._waiting.popleft())
                if self._broken:
                    self._waiting.clear()
                self._state.notify_all()
                if self._broken:
                    return
