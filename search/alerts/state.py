"""What the runs of `kashaf alerts` remember: which articles the index has had, and up to which run each alert has told.

In: the file of the state. Out: an `AlertState`; written in one step, with a checksum. An article is known by the number
of its id and that of its near-duplicate group (`search/engines/id_order.py`), each with the number of the run that saw
it first: 12 bytes for each. So an article that is indexed again, corrected, deleted and brought back, or in an index
that was rebuilt or rolled back, is no news, whatever its date. Numbers that the index has no more are kept as long as
there are not many more of them than of the others. Called by `search/alert_commands.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from search.errors import SettingsError
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import crc32, hexadecimal
from search.storage.run_lock import run_lock

Numbers = npt.NDArray[np.int64]
_MARK: Final = b"kashaf alerts 1 "  # then eight digits of a checksum
_LEAST_ABSENT: Final = 200_000  # numbers without an article that are kept in any case
_MOST_FORGOTTEN: Final = 1_000  # alerts that are no longer in their file and are remembered all the same


class Told(msgspec.Struct, frozen=True):
    """What is remembered of one alert. searched: what it searches for; run: the last run whose articles it has told."""

    searched: str
    run: int


class AlertState(msgspec.Struct, frozen=True):
    """The state after a run.

    place    the path of the index directory
    commit   the commit of the index that the run has seen
    run      the number of the run
    numbers  known numbers of ids and groups, sorted, as little-endian 64-bit integers
    runs     the run that saw each of them first, 32-bit
    told     name of an alert → what is remembered of it
    """

    place: str
    commit: str = ""
    run: int = 0
    numbers: bytes = b""
    runs: bytes = b""
    told: dict[str, Told] = msgspec.field(default_factory=dict)

    def first_seen(self, numbers: Numbers) -> npt.NDArray[np.int64]:
        """Return the run that saw each number first; of a number that none has seen, the run after this one."""
        known, runs = np.frombuffer(self.numbers, "<i8"), np.frombuffer(self.runs, "<u4")
        if not len(known):
            return np.full(len(numbers), self.run + 1, np.int64)
        at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        return np.where(known[at] == numbers, runs[at].astype(np.int64), self.run + 1)

    def with_seen(self, numbers: Numbers, commit: str) -> AlertState:
        """Return the state after another run, which has seen these numbers in this commit of the index."""
        present = np.unique(numbers)
        seen = self.first_seen(present)
        absent, absent_runs = self._absent(present)
        every, runs = np.concatenate([present, absent]), np.concatenate([seen, absent_runs])
        order = np.argsort(every, kind="stable")
        return msgspec.structs.replace(
            self,
            commit=commit,
            run=self.run + 1,
            numbers=every[order].astype("<i8").tobytes(),
            runs=runs[order].astype("<u4").tobytes(),
        )

    def with_told(self, told: dict[str, Told]) -> AlertState:
        """Return the state in which these alerts have told what they had to."""
        others = {name: each for name, each in self.told.items() if name not in told}
        latest = sorted(others.items(), key=lambda item: -item[1].run)[:_MOST_FORGOTTEN]
        return msgspec.structs.replace(self, told=dict(latest) | told)

    def _absent(self, present: Numbers) -> tuple[Numbers, npt.NDArray[np.int64]]:
        """Return the known numbers that the index has no more, those seen last, and the run of each."""
        known, runs = np.frombuffer(self.numbers, "<i8").astype(np.int64), np.frombuffer(self.runs, "<u4")
        gone = ~np.isin(known, present, assume_unique=True)
        numbers, seen = known[gone], runs[gone].astype(np.int64)
        most = max(_LEAST_ABSENT, len(present))
        latest = np.argsort(-seen, kind="stable")[:most]
        return numbers[latest], seen[latest]


def read_state(path: Path, place: str) -> AlertState:
    """Return the state of the file, or that of a first run where there is none. place: the path of the index.

    Raises SettingsError if the file is not what was written, or of another index.
    """
    remedy = "name another with --state, or remove it: then the alerts begin anew"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return AlertState(place)
    except (OSError, ValueError) as error:
        raise SettingsError(f"state {path} cannot be read ({getattr(error, 'strerror', None) or error})") from error
    body = content[len(_MARK) + 8 :]
    if content[: len(_MARK)] != _MARK or content[len(_MARK) : len(_MARK) + 8] != _checksum(body):
        raise SettingsError(f"state {path} is damaged or none: {remedy}")
    state = msgspec.msgpack.decode(body, type=AlertState)
    if state.place != place:
        raise SettingsError(f"state {path} is of the index {state.place}, not of {place}: {remedy}")
    return state


def write_state(path: Path, state: AlertState) -> None:
    """Write the state in one step. Raises SettingsError."""
    body = msgspec.msgpack.encode(state)
    try:
        replace_file(path, _MARK + _checksum(body) + body)
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the state while it is worked on. Raises SettingsError at once if another run does."""
    if not path.parent.is_dir():
        raise SettingsError(f"state {path} cannot be written (there is no folder {path.parent}): name another")
    busy = SettingsError(f"another run of kashaf alerts has {path}: wait until it is done")
    with ExitStack() as held:
        try:
            held.enter_context(run_lock(path, busy=busy))
        except OSError as error:
            raise _unwritable(path, error) from error
        yield


def _unwritable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(f"state {path} cannot be written ({error.strerror}): name another with --state")


def _checksum(body: bytes) -> bytes:
    return hexadecimal(crc32(body)).encode()
