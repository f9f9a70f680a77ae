"""The lock of the one writer of an archive, across all machines that reach the cluster.

In: the archive's name. Out: a lock that is held until it is released, or IndexBusy, which says who holds it and since
when. It is a document that only one process can create. The holder renews it; a lock that was not renewed for a minute,
or whose process on this machine is gone, is taken over. Called by `writer.py`.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

import msgspec

from search.engines.opensearch import state
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.refusals import Conflict
from search.errors import EngineError, IndexBusy

_HELD: Final = timedelta(seconds=60)  # that a lock holds after it was renewed
_RENEWED: Final = 15.0  # seconds between two renewals
_TRIES: Final = 3


class Holder(msgspec.Struct, frozen=True):
    """Who holds a lock. machine: the running system and its processes, as pids are known there; since, until: UTC."""

    host: str
    machine: str
    pid: int
    started: str
    since: datetime
    until: datetime

    def is_same(self, other: Holder) -> bool:
        """Whether both are one lock, renewed or not."""
        return msgspec.structs.replace(self, until=other.until) == other

    @property
    def has_ended(self) -> bool:
        """Whether the lock need not be waited for: nobody renews it any more."""
        if self.until < datetime.now(UTC):
            return True
        return self.machine == _machine() and _started(self.pid) != self.started


@dataclass(frozen=True, slots=True)
class _Held:
    holder: Holder
    version: state.Version


class WriterLock:
    """The lock of one archive, held. Raises IndexBusy where another process holds it."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name
        self._document = f"{name}|lock"
        self._guard = Lock()
        self._held: _Held | None = self._taken()
        self._ended = Event()
        self._thread = Thread(target=self._renew_again, name="kashaf-lock", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Renew the lock. Raises IndexBusy if it was lost to another process, because this one stood still."""
        with self._guard:
            if self._held is None:
                raise self._lost()
            self._held = self._renewed(self._held)
            if self._held is None:
                raise self._lost()

    def _renewed(self, held: _Held) -> _Held | None:
        """The lock for another while; None if another process has taken it.

        A request that was sent twice, since no answer came, conflicts with itself: then the lock is still this one.
        """
        version: state.Version | None = held.version
        for _ in range(_TRIES):
            renewed = msgspec.structs.replace(held.holder, until=datetime.now(UTC) + _HELD)
            try:
                return _Held(renewed, state.write(self._cluster, self._document, _fields(renewed), after=version))
            except Conflict:
                kept = state.read(self._cluster, self._document)
                if kept is None or not held.holder.is_same(msgspec.convert(kept.content, Holder)):
                    return None
                version = kept.version
        return None

    def close(self) -> None:
        """See `release`."""
        self.release()

    def release(self) -> None:
        """Give the lock back, if it is still held."""
        self._ended.set()
        if self._thread.ident:
            self._thread.join()
        held, self._held = self._held, None
        if held:
            with suppress(EngineError):  # it expires by itself
                state.remove(self._cluster, self._document, after=held.version)

    def _taken(self) -> _Held:
        now = datetime.now(UTC)
        own = Holder(socket.gethostname(), _machine(), os.getpid(), _started(os.getpid()), now, now + _HELD)
        for _ in range(_TRIES):
            kept = state.read_patiently(self._cluster, self._document)
            holder = msgspec.convert(kept.content, Holder) if kept else None
            if kept and holder and own.is_same(holder):  # taken by a request whose answer was lost
                return _Held(own, kept.version)
            if holder and not holder.has_ended:
                raise self._busy(holder)
            with suppress(Conflict):
                after = kept.version if kept else None
                return _Held(
                    own, state.write(self._cluster, self._document, _fields(own), create=not kept, after=after)
                )
        raise IndexBusy(f"other processes are beginning to write to {self._name} at this moment: try again")

    def _renew_again(self) -> None:
        while not self._ended.wait(_RENEWED):
            with suppress(EngineError, IndexBusy):  # the next commit says what is wrong
                self.check()

    def _busy(self, holder: Holder) -> IndexBusy:
        since = holder.since.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
        return IndexBusy(
            f"another kashaf is writing to {self._name} on the cluster at {self._cluster.access.place}: "
            f"process {holder.pid} on {holder.host}, since {since}: wait until it is done"
        )

    def _lost(self) -> IndexBusy:
        return IndexBusy(
            f"this process stood still for more than a minute and lost the lock of {self._name} to another: "
            "what was not committed is not there, run it again"
        )


def _fields(holder: Holder) -> dict[str, object]:
    fields: dict[str, object] = msgspec.to_builtins(holder)
    return fields


def _machine() -> str:
    """What a number of a process means something in: the running system, and the container within it."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
    with suppress(OSError):
        parts.append(os.readlink("/proc/self/ns/pid"))
    return " ".join(parts)


def _started(pid: int) -> str:
    """When the process of this number was started, as the system tells it; "" if there is none, "?" if not told."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except FileNotFoundError:
        return "" if Path("/proc/self/stat").exists() else _alive(pid)
    except (OSError, IndexError):
        return "?"


def _alive(pid: int) -> str:
    """Where the system has no /proc: "?" for a process that is there, "" for one that is not."""
    if os.name == "nt":
        return "?"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "?"
    return "?"
