"""The command `kashaf` as a whole: its help in sections, the examples of each command, and what help loads."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import corpus
import kashaf
from search.article import Article
from search.console.help import Command
from search.engines.registry import EMBEDDED
from tests.small_index import build_index

UNNEEDED = (
    *("numpy", "rapidfuzz", "filelock", "sqlite3", "tomllib", "logging", "flask", "indexer", "web", "search.over_time"),
    *("search.examples", "search.analysis.batch", "search.analysis.explanation", "search.results.completion"),
)
HEAVY = ("tantivy", "whoosh", "numpy", "msgspec", "flask", "rapidfuzz", "search.service", "indexer.build")
#: Those that run until they are stopped: of their examples the options are read.
ENDLESS = ("serve", "demo", "mcp", "watch")
#: In the order in which they work on one index.
IN_ORDER = ("index", *(name for name in kashaf.COMMANDS if name != "index"))
FINDS_NOTHING = re.compile(r"^0 results|^kashaf: 0 results", re.MULTILINE)
#: The commands of docs/command-line.md.
PAGE = [
    line
    for line in (Path(kashaf.__file__).parent / "docs" / "command-line.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("kashaf ")
]
EVERY = [(name, line) for name in IN_ORDER for line in getattr(kashaf.kashaf.get_command(None, name), "examples", ())]


def run(*words: str) -> Result:
    return CliRunner().invoke(kashaf.kashaf, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder as the examples have it: the sample in ~/archive, its topics and judgments, a list, an index."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "archive").mkdir()
    shutil.copy(corpus.ARTICLES, folder / "archive")
    shutil.copy(corpus.TOPICS, folder)
    shutil.copy(corpus.QRELS, folder)
    (folder / "alerts.toml").write_text('[[alert]]\nname = "x"\nquery = "القمح"\n', encoding="utf-8")
    (folder / "names.csv").write_text("الاسم,المصدر\nغوتيريش,\nالقمح,وكالة مرسى\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(folder))
        patched.setenv("LC_ALL", "C.UTF-8")
        patched.delenv("KASHAF_INDEX", raising=False)
        patched.chdir(folder)
        run("index", str(folder / "archive"))
        run("reindex")  # so that there is something to roll back to
        yield folder


def test_help_has_each_command_once_in_its_section() -> None:
    lines = run("--help").stdout.splitlines()
    places = [lines.index(f"{heading}:") for heading in kashaf.SECTIONS]
    assert places == sorted(places)
    for name in kashaf.COMMANDS:
        assert sum(line.startswith(f"  {name} ") for line in lines) == 1


@pytest.mark.parametrize("name", kashaf.COMMANDS)
def test_each_command_has_a_description_options_with_help_and_examples(name: str) -> None:
    found = kashaf.kashaf.get_command(None, name)
    assert isinstance(found, Command) and found.examples and found.help
    assert len(found.get_short_help_str(200)) <= 60, "one line of the list of commands"
    assert [o.name for o in found.params if isinstance(o, click.Option) and not o.help] == []
    shown = run(name, "--help").stdout
    assert shown.startswith(f"Usage: kashaf {name}") and all(line in shown for line in found.examples)
    assert all(line.startswith(f"kashaf {name}") for line in found.examples)


@pytest.mark.parametrize(("name", "line"), EVERY)
@pytest.mark.usefixtures("desk")
def test_the_examples_of_the_help_work(name: str, line: str) -> None:
    words = [word.replace("~", str(Path.home()), 1) for word in shlex.split(line.partition(" > ")[0])[1:]]
    if name in ENDLESS:
        found = kashaf.kashaf.get_command(None, name)
        assert found and found.make_context(name, words[1:])
        return
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert result.stdout or name in ("batch", "alerts", "export")
    assert not FINDS_NOTHING.search(result.output)


@pytest.mark.parametrize("line", PAGE)
@pytest.mark.usefixtures("desk")
def test_the_commands_of_the_page_work(line: str) -> None:
    result = run(*shlex.split(line)[1:])
    assert result.exit_code == 0 and result.stdout, result.output
    assert not FINDS_NOTHING.search(result.output)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("serch", "x"), "kashaf: No such command 'serch'. Did you mean search? (kashaf --help shows the usage)"),
        (
            ("search", "x", "--limit", "abc"),
            "kashaf search: Invalid value for '--limit': 'abc' is not a valid integer.",
        ),
        (("search",), "kashaf search: Missing argument 'QUERY'."),
        (("search", "x", "--json", "--format", "jsonl"), "kashaf search: --json and --format jsonl: give one of them"),
    ],
)
def test_wrong_usage_is_one_line_and_status_two(
    words: tuple[str, ...], line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kashaf", *words])
    with pytest.raises(SystemExit) as stopped:
        kashaf.main()
    (said,) = capsys.readouterr().err.splitlines()
    assert stopped.value.code == 2 and said.startswith(line) and said.endswith("--help shows the usage)")


def test_help_loads_no_engine_and_no_array_library() -> None:
    """Of any command: what it needs is imported when it runs."""
    script = (
        "import sys, importlib, kashaf\n"
        "for module in set(kashaf.COMMANDS.values()): importlib.import_module(module)\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    root = Path(kashaf.__file__).parent
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_search_loads_nothing_that_only_other_commands_need(tmp_path: Path, engine: str) -> None:
    """Half of the time of a command was importing; `tests/bench/starting.py` measures it."""
    place = build_index(tmp_path / "index", [Article("a", "أسعار القمح", "ارتفعت أسعار القمح")], engine=engine)
    script = (
        "import sys, kashaf\n"
        f"sys.argv = ['kashaf', 'search', 'أسعار القمح', '--index', {str(place)!r}]\n"
        "try: kashaf.main()\n"
        f"finally: print([name for name in {UNNEEDED} if name in sys.modules])"
    )
    root = Path(kashaf.__file__).parent
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, encoding="utf-8", check=True)
    *found, loaded = done.stdout.splitlines()
    assert any("أسعار القمح" in line for line in found) and loaded == "[]"


def test_indexing_files_loads_nothing_that_asks_hosts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "title": "أسعار القمح", "body": "ارتفعت"}', encoding="utf-8")
    script = (
        "import sys, kashaf\n"
        f"sys.argv = ['kashaf', 'index', {str(tmp_path / 'a.jsonl')!r}, '--index', {str(tmp_path / 'index')!r}]\n"
        "try: kashaf.main()\n"
        "finally: print([name for name in ('indexer.fetching', 'urllib3', 'feedparser') if name in sys.modules])"
    )
    root = Path(kashaf.__file__).parent
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, encoding="utf-8", check=True)
    *said, loaded = done.stdout.splitlines()
    assert any("1 article" in line for line in said) and loaded == "[]"


def test_ctrl_c_ends_a_command_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("search.opening.open_service", interrupted)
    monkeypatch.setattr(sys, "argv", ["kashaf", "search", "x"])
    with pytest.raises(SystemExit) as stopped:
        kashaf.main()
    assert stopped.value.code == 130 and capfd.readouterr().err.strip() == ""


def test_a_reader_that_closes_the_pipe_ends_a_command_without_a_word() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as closed:
        done = started("analyze", "سفينة", stdout=closed)
    assert (done.wait(), done.communicate()[1]) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with open("/dev/full", "wb") as full:
        done = started("analyze", "سفينة", stdout=full)
    said = done.communicate()[1].decode()
    assert done.returncode == 1 and said.startswith("kashaf: the output cannot be written (") and said.count("\n") == 1


def test_a_terminal_gets_colours_directions_and_its_width(desk: Path) -> None:
    """Run in a pseudo-terminal of 60 columns and 200 lines."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 60, 0, 0))
    environ = {"LC_ALL": "ar_EG.UTF-8", "TERM": "xterm", "KASHAF_INDEX": str(desk / "kashaf-index"), "PYTHONUTF8": "1"}
    done = started("search", "أسعار القمح", "--limit", "2", stdin=inner, stdout=inner, environ=environ)
    os.close(inner)
    shown = b""
    with contextlib.suppress(OSError):  # which says on Linux that the other side is closed
        while part := os.read(outer, 65_536):
            shown += part
    os.close(outer)
    assert (done.wait(), done.communicate()[1]) == (0, b"")
    lines = shown.decode("utf-8").splitlines()
    assert lines[0].startswith("\u200f4 نتائج — الصفحة 1 من 2")
    assert "\x1b[33m\x1b[1mالقمح\x1b[0m" in shown.decode("utf-8")
    assert any("\u2068صحيفة الميناء\u2069" in line for line in lines)
    assert max(len(re.sub("\x1b\\[[0-9;]*m|[\u2068\u2069\u200f]", "", line)) for line in lines) < 60


def started(
    *words: str, stdout: Any, stdin: Any = subprocess.DEVNULL, environ: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "kashaf", *words]
    root = Path(kashaf.__file__).parent
    known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    return subprocess.Popen(
        command, cwd=root, env=known | (environ or {}), stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
    )
