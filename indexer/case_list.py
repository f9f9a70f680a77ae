"""Every case of a run, one a line of a JSON file: what was skipped, remarked on, repaired, or is gone from its source.

In: the cases that a run's `Tally` counts. Out: the file of `--report`, which appears when the run ends, however it
ends. `indexer/commands.py` opens it before anything is read. Memory is bounded, for each case is written as it comes.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from indexer.report import Case, Refused, Report
from indexer.report_as_text import report_object
from search.errors import KashafError, SourceError
from search.storage.atomic_files import sweep_aside, writing_to

FORMAT: Final = 1
_LONGEST: Final = 1_000  # characters of a value in the list
_BEHIND: Final = ("", ":", "/", "#")  # what follows the path of a file where a location goes on inside it
_INSIDE: Final = re.compile(r"(?P<within>.*?)(?::(?P<line>[0-9]{1,18})|#(?P<record>[0-9]{1,18}))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ListedRun:
    """The run that a list is of: the command, the index directory, the absolute paths that it reads.

    later  those that are read by other runs, the remembered sources: a list among them would be read as articles
    """

    command: str
    index: Path
    sources: Sequence[Path]
    later: Sequence[Path] = ()


class CaseList:
    """Writes cases. What cannot be written is told at the end only: it must not end a run that writes an index.

    report  what the run did, to be set when it is done
    """

    def __init__(self, file: BinaryIO, run: ListedRun) -> None:
        self.report: Report | None = None
        self._file = file
        self._count = Counter[str]()
        self._failure: OSError | None = None
        head = {
            "format": FORMAT,
            "command": run.command,
            "index": _text(str(run.index)),
            "sources": [_text(str(path)) for path in run.sources],
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._write(msgspec.json.encode(head)[:-1] + b',\n"cases":[')

    def add(self, case: Case) -> None:
        """Write one case."""
        self._write((b",\n" if self._count.total() else b"\n") + msgspec.json.encode(case_object(case)))
        self._count[case.outcome] += 1

    def end(self, failure: BaseException | None) -> None:
        """Write what is known at the end of a run, which failed or did not. Raises the OSError that was met first."""
        report = failure.report if isinstance(failure, Refused) else self.report
        tail = {
            "listed": {
                outcome: self._count[outcome] for outcome in ("skipped", "remarked", "repaired", "removed", "vanished")
            },
            "complete": report is not None,
            "error": _sentence(failure),
            "report": report and report_object(report),
        }
        self._write(b"\n],\n" + msgspec.json.encode(tail)[1:] + b"\n")
        if self._failure:
            raise self._failure

    def _write(self, content: bytes) -> None:
        if self._failure is None:
            try:
                self._file.write(content)
            except OSError as error:
                self._failure = error


@contextmanager
def case_list(path: Path, run: ListedRun) -> Iterator[CaseList]:
    """Open a list, and have it appear at this path when the block ends or fails, in place of an earlier one.

    Raises SourceError before the block for a path that cannot be written or that lies where articles are read, and
    after it where the list could not be written.
    """
    stack = ExitStack()
    try:
        _require_place(path, run)
        listed = CaseList(stack.enter_context(writing_to(path)), run)
    except (OSError, ValueError) as error:  # a ValueError is a NUL byte in the path
        raise _unwritten(path, error) from error
    failure: BaseException | None = None
    try:
        yield listed
    except BaseException as error:
        failure = error
    try:
        with stack:
            listed.end(failure)
    except OSError as error:
        if failure is None:
            raise _unwritten(path, error) from error
    if failure:
        raise failure


@contextmanager
def case_list_if_named(path: str | None, run: ListedRun) -> Iterator[CaseList | None]:
    """The list as `case_list` has it; None where no path is given."""
    if path is None:
        yield None
        return
    with case_list(Path(path), run) as listed:
        yield listed


def case_object(case: Case) -> dict[str, Any]:
    """Return a case as an object for JSON.

    Inside its file it stands `within` another one (of an archive), at a line or record where a reader told that; an
    `article` is counted among those of its file.
    """
    inside = case.location[len(case.file) :]
    known = bool(case.file) and case.location.startswith(case.file) and inside[:1] in _BEHIND
    found = _INSIDE.fullmatch(inside if known else "")
    assert found is not None  # it matches everything
    line, record = found["line"], found["record"]
    return {
        "outcome": case.outcome,
        "file": _text(case.file if known else case.location) or None,
        "within": _text(found["within"].lstrip(":/#")) or None,
        "line": int(line) if line else None,
        "record": int(record) if record else None,
        "article": case.article,
        "id": _text(case.id) or None,
        "named": _text(case.named) or None,
        "kind": case.reason.kind,
        "reason": _text(case.reason.sentence),
        "detail": _text(case.detail) or None,
    }


def _text(text: str) -> str:
    """A value as JSON can hold it: the beginning of a long one, without halves of characters."""
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return text.encode("utf-8", "replace").decode()


def _sentence(failure: BaseException | None) -> str | None:
    if failure is None or isinstance(failure, KashafError):
        return str(failure) if failure else None
    return "interrupted" if isinstance(failure, KeyboardInterrupt) else type(failure).__name__


def _unwritten(path: Path, error: Exception) -> SourceError:
    reason = getattr(error, "strerror", None) or error
    return SourceError(f"report {path} cannot be written ({reason}): name another file with --report")


def _require_place(path: Path, run: ListedRun) -> None:
    """Raise SourceError or OSError where a list must not appear, and remove what killed runs left of it."""
    remedy = "name another file with --report"
    if path == Path():
        raise SourceError(f"an empty --report names no file: {remedy}")
    if path.exists() and not path.is_file():
        raise SourceError(f"report {path} is a {'folder' if path.is_dir() else 'device'}: {remedy}")
    place = Path(os.path.realpath(path))
    for read in (run.index, *run.sources, *run.later):
        if place.is_relative_to(os.path.realpath(read)):
            where = "in the index directory" if read == run.index else f"below {read}, where articles are read"
            raise SourceError(f"report {path} would lie {where}: {remedy}")
    with suppress(OSError):
        sweep_aside(path.parent, path.name)
