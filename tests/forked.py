"""Commands of Kashaf as processes of their own, without the third of a second that Python takes to start and load them.

One process loads the program and forks itself for each command. The fork runs `kashaf` as if it had been started: its
arguments, environment, folder, umask and user are its own, and so are its memory, its exit status and the signal that
ends it. A worker of the tests starts that process once, with the first command.
"""

from __future__ import annotations

import atexit
import gc
import os
import pwd
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name, walk_packages
from tempfile import TemporaryDirectory

import msgspec

import indexer
import search
from indexer import progress
from kashaf import COMMANDS, main
from search.analysis.analyzer import Analyzer
from search.engines.registry import EMBEDDED, backend
from search.storage import atomic_files

_ROOT = Path(__file__).resolve().parents[1]
_SECONDS = 120  # a command that takes longer is killed by SIGALRM
#: What a command loads late: another user may not be allowed to look where the interpreter lies.
_LOADED_LATE = (
    *("encodings.latin_1", "encodings.utf_16_le", "encodings.cp1256"),
    *sorted(set(COMMANDS.values())),
    *("web.app", "web.server.serving"),
)
#: What no command of another user loads, and what brings large libraries.
_LEFT_OUT = ("search.analysis.lexicon.building", "indexer.readers.")


class _Order(msgspec.Struct, frozen=True):
    """One command, with the parameters of `started`."""

    arguments: list[str]
    environ: dict[str, str]
    folder: str
    output: str
    umask: int
    user: int | None
    prepared: list[str]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that was started. output: the folder of its files `stdout` and `stderr`."""

    pid: int
    output: Path

    def wait(self) -> int:
        """Its exit status, or the negative number of the signal that ended it."""
        return int(_ask(f"{self.pid}".encode()))

    @property
    def ended(self) -> bool:
        return _ask(f"-{self.pid}".encode()) != b"\n"

    def printed(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")


@contextmanager
def started(
    *arguments: object,
    environ: Mapping[str, str] | None = None,
    umask: int = 0o022,
    user: int | None = None,
    prepared: tuple[object, ...] = (),
    piped: bool = False,
) -> Iterator[Command]:
    """`kashaf` with these arguments, and with these variables beside those of this process.

    prepared: a function by its full name and its arguments, called before the command begins. piped: its standard
    output is a named pipe, which is to be opened and read.
    """
    with TemporaryDirectory() as output:
        if piped:
            os.mkfifo(f"{output}/stdout")
        given = {**os.environ, **(environ or {})}
        order = _Order(list(map(str, arguments)), given, os.getcwd(), output, umask, user, list(map(str, prepared)))
        yield Command(int(_ask(msgspec.json.encode(order))), Path(output))


def run(
    *arguments: object,
    environ: Mapping[str, str] | None = None,
    umask: int = 0o022,
    user: int | None = None,
    prepared: tuple[object, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Runs `kashaf` from its start to its end; the parameters are those of `started`."""
    with started(*arguments, environ=environ, umask=umask, user=user, prepared=prepared) as command:
        status = command.wait()
        printed = (command.printed(name) for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(arguments, status, *printed)


def _ask(line: bytes) -> bytes:
    """What the process that forks answers to this line."""
    server = _server()
    assert server.stdin and server.stdout
    server.stdin.write(line + b"\n")
    server.stdin.flush()
    return server.stdout.readline()


@cache
def _server() -> subprocess.Popen[bytes]:
    """The process that forks; it ends with this one."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.forked"],
        cwd=_ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a process of several threads should not fork
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(started.communicate)
    return started


def _serve() -> bool:
    """Answers lines: an order with the number of its process, such a number with the status once that has ended, the
    number less than zero with the status or nothing. Returns True in a fork, whose command is to begin, and False when
    no more lines come.
    """
    ended: dict[int, int] = {}
    while line := sys.stdin.readline():
        if line.startswith("{"):
            child = os.fork()
            if child == 0:
                _become(msgspec.json.decode(line, type=_Order))
                return True
            ended.pop(child, None)  # an earlier command may have had that number
            answer = str(child)
        else:
            child = abs(int(line))
            if child not in ended:
                found, status = os.waitpid(child, os.WNOHANG if line.startswith("-") else 0)
                if found:
                    ended[child] = os.waitstatus_to_exitcode(status)
            answer = str(ended.get(child, ""))
        os.write(1, f"{answer}\n".encode())
    return False


def _become(order: _Order) -> None:
    """Makes of this fork the process that was ordered."""
    signal.alarm(_SECONDS)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests that run in the background ignore
    os.environ.clear()
    os.environ.update(order.environ)
    sys.argv = ["kashaf", *order.arguments]
    os.umask(order.umask)
    atomic_files._UMASK = order.umask  # which a command reads when it loads that module
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, f"{order.output}/stdout", os.O_WRONLY | os.O_CREAT),
        (2, f"{order.output}/stderr", os.O_WRONLY | os.O_CREAT),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(order.folder)
    if order.prepared:
        resolve_name(order.prepared[0])(*order.prepared[1:])
    if order.user is not None:
        pwd.getpwuid(order.user)
        os.setgroups([])
        os.setgid(order.user)
        os.setuid(order.user)


def _load() -> None:
    for name in _LOADED_LATE:
        import_module(name)
    for package in (search, indexer):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(_LEFT_OUT):
                import_module(module.name)
    progress._PAUSE = float(_SECONDS)  # so that a slow machine has no command say how far it is
    for name in EMBEDDED:
        backend(name)
    Analyzer.default()


def _run() -> None:
    """Runs the command and ends this process at once: taking the program apart would cost more than the command."""
    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    threading._shutdown()  # as Python does first: it waits for processes that analyse articles
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    _load()
    gc.freeze()
    if _serve():
        _run()
