"""The commands as a user meets them: exit status, report on stdout, one line of error on stderr."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import signal
import struct
import subprocess
import termios
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage

import pytest
from click.testing import CliRunner, Result

from indexer.commands import index_command, reindex_command
from indexer.withdrawal_commands import delete_command
from search.errors import KashafError, RequestError
from search.index.directory import IndexDirectory
from tests.conftest import SHARED
from tests.indexer.archives import archive, command, count, kashaf, rows
from tests.indexer.stopping import Step, brought_to, stopped_at

_COMMANDS = {"index": index_command, "reindex": reindex_command, "delete": delete_command}


def run(name: str, *arguments: object, place: Path) -> Result:
    """Runs a command in this process."""
    return CliRunner().invoke(_COMMANDS[name], [*map(str, arguments), "--index", str(place)])


def error_of(*arguments: object) -> str:
    """The one line with which a command fails, in a process of its own."""
    done = kashaf(*arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("kashaf: ")
    return line


def test_the_report_is_data_on_stdout_and_nothing_is_on_stderr(place: Path, tmp_path: Path) -> None:
    done = kashaf("index", archive(tmp_path / "a.jsonl", rows(0, 3)), "--index", place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("added 3, updated 0, unchanged 0, skipped 0\n")


def test_the_report_as_json(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", [*rows(0, 3), {"id": "9", "title": "خبر", "views": "5", "date": "أمس الأول"}])
    made = json.loads(run("index", path, "--json", place=place).stdout)
    assert (made["added"], made["skipped"], made["articles"]) == (4, 0, 4)
    assert {(each["text"], *each["named"]) for each in made["remarks"]} == {
        ("unknown field left out", "views"),
        ("date that cannot be read, left out", f"{path}, article 4: أمس الأول; 9: خبر"),
    }


@pytest.mark.parametrize(("name", "left"), [("index", 4), ("reindex", 3)])
def test_strict_fails_when_something_was_skipped(place: Path, tmp_path: Path, name: str, left: int) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    assert run("index", path, place=place).exit_code == 0
    archive(path, rows(0, 4))
    path.write_text(path.read_text() + "{\n")
    result = run(name, path, "--strict", place=place)
    assert isinstance(result.exception, KashafError)
    assert "skipped: broken JSON [broken-json]: 1" in result.stdout
    assert count(place) == left


def test_broken_json_in_the_middle_costs_one_line(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    lines = path.read_text().splitlines()
    lines[5] = lines[5][:-9]
    path.write_text("\n".join(lines))
    result = run("index", path, place=place)
    assert result.stdout.startswith("added 9, updated 0, unchanged 0, skipped 1\n")
    assert "a.jsonl:6" in result.stdout


def test_of_a_truncated_gzip_the_articles_before_the_cut_are_indexed(place: Path, tmp_path: Path) -> None:
    packed = gzip.compress(archive(tmp_path / "a.jsonl", rows(0, 2000)).read_bytes())
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(packed[: len(packed) // 2])
    result = run("index", cut, place=place)
    assert result.exit_code == 0
    assert "truncated gzip [truncated]: 1" in result.stdout
    assert 500 < count(place) < 2000


def test_a_missing_path_is_one_line_that_names_it(place: Path) -> None:
    assert "/nowhere" in error_of("index", "/nowhere", "--index", place)
    assert not place.exists()


def test_a_directory_without_articles_is_one_line_that_names_it(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert str(tmp_path / "empty") in error_of("index", tmp_path / "empty", "--index", place)


def test_an_index_directory_of_something_else_is_one_line(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    assert "no Kashaf index" in error_of("index", path, "--index", tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.jsonl"]


def test_wrong_usage_is_status_2(place: Path) -> None:
    assert kashaf("index", "x", "--engine", "paper", "--index", place).returncode == 2
    refused = kashaf("index", "x", "--commit-every", "7", "--index", place)
    assert refused.returncode == 2 and "'7' is neither a number of articles from 1,000" in refused.stderr


def test_commits_come_as_often_as_they_are_wished(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 2_200))
    assert kashaf("index", path, "--index", place, "--commit-every", "1000").returncode == 0
    assert (IndexDirectory(place).read().commits, count(place)) == (3, 2_200)  # after batches of 256, and at the end


def test_a_directory_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    assert "cannot be written" in error_of("index", path, "--index", "/proc/kashaf-index")


def test_the_index_may_be_named_by_the_environment(place: Path, tmp_path: Path) -> None:
    done = kashaf("index", archive(tmp_path / "a.jsonl", rows(0, 3)), KASHAF_INDEX=str(place))
    assert (done.returncode, count(place)) == (0, 3)


def test_delete_reports_what_it_did(place: Path, tmp_path: Path) -> None:
    run("index", archive(tmp_path / "a.jsonl", rows(0, 3)), place=place)
    done = run("delete", "1", "7", place=place)
    assert done.stdout == "deleted 1\n" and isinstance(done.exception, RequestError)
    assert str(done.exception).startswith("not in the index: '7': ")
    done = run("delete", "1", "2", "--json", place=place)
    assert json.loads(done.stdout) == {"deleted": ["2"], "missing": [], "withdrawn": ["1"]} and done.exit_code == 0
    assert count(place) == 1


def test_progress_is_shown_on_a_terminal_only(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 300))
    leader, follower = os.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    done = subprocess.run(
        command("index", path, "--index", place), stdout=subprocess.PIPE, stderr=follower, check=True, timeout=120
    )
    os.close(follower)
    shown = os.read(leader, 100_000).decode()
    os.close(leader)
    assert "100%" in shown
    assert done.stdout.decode().startswith("added 300")


_COMMITTED = (
    "what was read up to its last commit is in the index, which holds {} articles now; the same command goes on"
)
_NOTHING = "nothing was committed, the index holds 3 articles as before; the same command begins again"
_ENDED = [  # command, article in whose taking in it is ended, articles in the index then, what it says
    ("index", 5, 3, _NOTHING),
    ("index", 39, 33, _COMMITTED.format(33)),
    ("reindex", 39, 3, "the index is as it was; the same command builds it anew from the beginning"),
    ("new", 5, None, "nothing was committed, and there is no index yet; the same command begins again"),
    ("new", 39, 30, _COMMITTED.format(30)),
]


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize(("name", "turn", "left", "said"), _ENDED)
def test_an_interrupted_run_says_in_one_line_what_is_committed(
    place: Path, tmp_path: Path, sent: signal.Signals, status: int, name: str, turn: int, left: int | None, said: str
) -> None:
    if name != "new":
        run("index", archive(tmp_path / "a.jsonl", rows(0, 3)), place=place)
    more = archive(tmp_path / "b.jsonl", rows(100, 160))
    asked = (name.replace("new", "index"), more, "--index", place, "--report", tmp_path / "cases.json")
    with brought_to(Step("indexer.intake", "Intake.add", "after", turn), *asked) as interrupted:
        os.kill(interrupted.pid, sent)
        assert interrupted.wait() == status
        assert interrupted.printed("stderr").splitlines() == [f"kashaf: interrupted: {said}"]
    assert (count(place) if left is not None else place.exists()) == (left or False)
    listed = json.loads((tmp_path / "cases.json").read_bytes())
    assert (listed["complete"], listed["error"], listed["report"]) == (False, "interrupted", None)


def test_a_backup_that_is_ended_leaves_nothing(place: Path, tmp_path: Path) -> None:
    run("index", archive(tmp_path / "a.jsonl", rows(0, 3)), place=place)
    asked = ("backup", tmp_path / "copies" / "backup", "--index", place)
    (tmp_path / "copies").mkdir()
    with brought_to(Step("indexer.backups.copying", "copy_file", "after", 2), *asked) as interrupted:
        os.kill(interrupted.pid, signal.SIGTERM)
        assert interrupted.wait() == 143
        assert interrupted.printed("stderr") == "kashaf: interrupted: no backup was made\n"
    assert not os.listdir(tmp_path / "copies")


def test_a_second_writer_is_one_line_while_the_first_goes_on(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    run("index", path, place=place)
    more = archive(tmp_path / "b.jsonl", rows(0, 50))
    with stopped_at(Step("indexer.intake", "Intake.add", "after", 5), "reindex", more, "--index", place):
        assert "another kashaf is writing" in error_of("index", path, "--index", place)
    assert count(place) == 3


@pytest.mark.parametrize("way", ["option", "variable"])
def test_another_lexicon_is_refused_however_it_is_given(place: Path, tmp_path: Path, way: str) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    assert kashaf("index", path, "--index", place).returncode == 0
    given, environ = (["--lexicon", "none"], {}) if way == "option" else ([], {"KASHAF_LEXICON": "none"})
    refused = kashaf("index", path, "--index", place, *given, **environ)
    assert refused.returncode == 1
    assert "made with the lexicon bundled, asked for is none" in refused.stderr
    assert "kashaf reindex --lexicon none" in refused.stderr
    assert kashaf("reindex", "--index", place, *given, **environ).returncode == 0
    assert kashaf("index", path, "--index", place).returncode == 0  # nothing asked for: that of the index


@pytest.mark.parametrize("work", ["index", "reindex"])
def test_a_full_disk_is_one_line_and_the_index_is_unharmed(small_disk: Path, tmp_path: Path, work: str) -> None:
    place = small_disk / "index"
    small = archive(tmp_path / "a.jsonl", rows(0, 20))
    # Few words and long ones, no two alike: they fill the disk and cost little to analyse.
    large = [
        {**row, "body": " ".join(sha256(f"{row['id']} {n}".encode()).hexdigest() for n in range(60))}
        for row in rows(0, 2000)
    ]
    path = archive(tmp_path / "b.jsonl", large)
    assert kashaf("index", small, "--index", place).returncode == 0
    line = error_of(work, path, "--index", place)
    assert "no space left" in line
    assert ("--discard-previous needs less room" in line) == (work == "reindex")
    assert count(place) == 20
    assert kashaf("index", archive(tmp_path / "c.jsonl", rows(20, 30)), "--index", place).returncode == 0
    assert count(place) == 30


def test_a_rebuild_without_room_for_three_finds_it_without_the_one_before(small_disk: Path, tmp_path: Path) -> None:
    place, filling = small_disk / "index", small_disk / "filling"
    assert kashaf("index", archive(tmp_path / "a.jsonl", rows(0, 2000)), "--index", place).returncode == 0
    assert kashaf("reindex", "--index", place).returncode == 0
    size = sum(path.stat().st_size for path in place.glob("generations/2/*"))
    filling.write_bytes(bytes(disk_usage(small_disk).free - size // 2))
    assert "--discard-previous" in error_of("reindex", "--index", place)
    assert (count(place), len(list(place.glob("generations/*")))) == (2000, 2)
    assert kashaf("reindex", "--discard-previous", "--index", place).returncode == 0
    assert kashaf("verify", "--index", place).returncode == 0
    assert (count(place), len(list(place.glob("generations/*")))) == (2000, 1)


@pytest.mark.shared
def test_the_seed_is_found_by_its_words_with_marks_and_particles_or_without(place: Path) -> None:
    assert run("index", SHARED / "seed", place=place).exit_code == 0
    for query in ("القوات العراقيه", "قوات عراقية", "لِلقُوَّاتِ العِراقِيَّة"):
        found = json.loads(kashaf("search", query, "--json", "--index", place).stdout)
        assert found["total"] == 1
        assert {"الجزيرة", "وكالة الأناضول"} == {row["value"] for row in found["facets"]["source"]}
