"""Only what changed is read: by size and times, then by the bytes; again, what was not read whole or by other rules."""

from __future__ import annotations

import ast
import builtins
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer import file_reading, file_state, reading_rules, sources
from indexer.build import Choices, index
from indexer.memory import Shares
from indexer.origins import unread
from indexer.report import Report
from indexer.run_options import RunOptions
from indexer.sources import Sources
from indexer.withdrawal import delete, restore
from search.index.directory import IndexDirectory
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

LONG_AGO = 1_500_000_000_000_000_000


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files of the archive that are opened, in order."""
    names: list[str] = []

    def spying(path: Any, *arguments: Any, **options: Any) -> Any:
        names.append(os.path.basename(os.fspath(path)))
        return open(path, *arguments, **options)

    for module in (file_reading, file_state):
        monkeypatch.setattr(module, "open", spying, raising=False)
    assert builtins.open is not spying
    yield names


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The time in nanoseconds: an hour ahead of the times of files, so that these are certain."""
    ahead = [3_600_000_000_000]
    now = file_state.time.time_ns
    monkeypatch.setattr(file_state.time, "time_ns", lambda: now() + ahead[0])
    return ahead


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.unread


def three_files(folder: Path) -> Path:
    for number in range(3):
        archive(folder / f"{number}.jsonl", rows(10 * number, 10 * number + 2))
    return folder


def test_an_unchanged_file_is_compared_once_in_a_run(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size of what is to be read is added up first, which decides how many processes read."""
    folder, compared, known = three_files(tmp_path / "a"), list[str](), unread.known_state
    add(place, folder)
    archive(folder / "9.jsonl", rows(90, 92))

    def comparing(table: sqlite3.Connection, path: str) -> Any:
        compared.append(os.path.basename(path))
        return known(table, path)

    monkeypatch.setattr(unread, "known_state", comparing)
    options = RunOptions(shares=Shares(1))
    report = index(IndexDirectory(place), Sources([folder]), Choices(), options=options)
    names = ["0.jsonl", "1.jsonl", "2.jsonl", "9.jsonl"]
    assert (counts(report), compared) == ((2, 0, 6, 3), [*names, "9.jsonl"])
    compared.clear()
    monkeypatch.setattr(sources, "_MOST_LOOKED_AT", 1)
    report = index(IndexDirectory(place), Sources([folder]), Choices(), options=options)
    assert (counts(report), compared) == ((0, 0, 8, 4), [*names, *names[1:]])


def test_a_file_that_did_not_change_is_not_opened(place: Path, tmp_path: Path, opened: list[str], engine: str) -> None:
    folder = three_files(tmp_path / "a")
    assert counts(add(place, folder, engine=engine)) == (6, 0, 0, 0)
    opened.clear()
    report = add(place, folder)
    assert (counts(report), report.unread_articles, report.read, opened) == ((0, 0, 6, 3), 6, 0, [])
    archive(folder / "1.jsonl", rows(10, 13, "نبأ"))
    assert counts(add(place, folder)) == (1, 2, 4, 2)
    assert (opened, count(place), count(place, "نبا")) == (["1.jsonl"], 7, 3)
    assert counts(add(place, folder, read_all=True)) == (0, 0, 7, 0)
    assert verified(place).sound


def test_the_report_says_what_was_not_read(place: Path, tmp_path: Path) -> None:
    folder = three_files(tmp_path / "a")
    for path in folder.iterdir():
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
    add(place, folder)
    done = kashaf("index", "--index", place).stdout.splitlines()
    assert done[:2] == [
        "added 0, updated 0, unchanged 6, skipped 0",
        "not read again: 3 files that did not change, with 6 articles",
    ]
    assert json.loads(kashaf("index", "--json", "--index", place).stdout)["unread"] == {"files": 3, "articles": 6}
    read = json.loads(kashaf("index", "--all", "--json", "--index", place).stdout)
    assert (read["unchanged"], read["unread"]) == (6, {"files": 0, "articles": 0})


def test_other_times_with_the_same_bytes_cost_a_look_at_the_bytes_once(
    place: Path, tmp_path: Path, opened: list[str]
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, path)
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    opened.clear()
    assert counts(add(place, path)) == counts(add(place, path)) == (0, 0, 2, 1)
    assert opened == ["a.jsonl"]


def test_other_bytes_of_the_same_size_and_time_are_seen(place: Path, tmp_path: Path) -> None:
    """As a program leaves a file that sets its time back: when its entry was changed cannot be set."""
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    before = path.stat()
    add(place, path)
    path.write_bytes(path.read_bytes().replace("خبر".encode(), "نبأ".encode()))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert counts(add(place, path)) == (0, 2, 0, 0)


@pytest.mark.parametrize("ahead", [0, -3_600_000_000_000])
def test_a_time_too_near_to_that_of_the_look_is_not_believed(
    place: Path, tmp_path: Path, opened: list[str], clock: list[int], ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a file is written twice within a tick of the clock, or the clock was set back."""
    clock[0] = ahead
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, path)
    states = {path: file_state.look(str(path))}
    path.write_bytes(path.read_bytes().replace("خبر".encode(), "نبأ".encode()))
    kept = states[path]
    monkeypatch.setattr("indexer.origins.unread.look", lambda _: kept)
    opened.clear()
    assert counts(add(place, path)) == (0, 2, 0, 0)
    assert opened == ["a.jsonl", "a.jsonl"]  # its hash, then all of it


def test_other_rules_have_all_files_read_again(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    folder = three_files(tmp_path / "a")
    add(place, folder)
    monkeypatch.setattr(reading_rules, "reading_rules", lambda: 7)
    assert counts(add(place, folder)) == (0, 0, 6, 0)
    assert counts(add(place, folder)) == (0, 0, 6, 3)


def test_the_rules_change_with_the_code_and_the_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rules = reading_rules.reading_rules.__wrapped__
    usual = rules()
    assert usual == rules() == reading_rules.reading_rules() and 0 <= usual < 2**63
    assert reading_rules.rules_for("اقتصاد") != usual == reading_rules.rules_for(None)
    with monkeypatch.context() as patched:
        patched.setattr(reading_rules.platform, "python_version", lambda: "3.99.1")
        assert rules() != usual
    with monkeypatch.context() as patched:
        patched.setattr(reading_rules, "version", lambda name: "9.9" if name == "trafilatura" else "1")
        assert rules() != usual
    for rule in reading_rules.RULES:
        (shutil.copytree if (reading_rules._ROOT / rule).is_dir() else _copy)(
            reading_rules._ROOT / rule, tmp_path / rule
        )
    monkeypatch.setattr(reading_rules, "_ROOT", tmp_path)
    assert rules() == usual
    with (tmp_path / "indexer" / "readers" / "rows.py").open("a", encoding="utf-8") as module:
        module.write("#")
    assert rules() != usual


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)


def test_the_rules_hold_all_that_reading_imports() -> None:
    """But analysis, whose own fingerprint has an index made anew, and what knows places and not contents."""
    root = reading_rules._ROOT
    apart = ("search.analysis", "search.index", "search.errors", "search.extras", "indexer.findings")
    apart += ("search.storage.temporary_folders",)
    modules = {path for rule in reading_rules.RULES for path in _modules(root / rule)}
    missing = {
        f"{path.relative_to(root)}: {name}"
        for path in modules
        for name in _imported(path)
        if not name.startswith(apart) and _file(name) not in modules
    }
    assert missing == set()


def _modules(path: Path) -> list[Path]:
    return list(path.rglob("*.py")) if path.is_dir() else [path]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("search", "indexer")):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if _file(name) else str(node.module)


def _file(name: str) -> Path | None:
    path = reading_rules._ROOT.joinpath(*name.split("."))
    return next((found for found in (path.with_suffix(".py"), path / "__init__.py") if found.exists()), None)


def test_a_folder_of_another_name_has_its_files_read_for_the_section(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "a" / "اقتصاد" / "1.txt"
    path.parent.mkdir(parents=True)
    path.write_text("خبر\n\nنص", encoding="utf-8")
    add(place, tmp_path / "a")
    assert counts(add(place, path)) == (0, 1, 0, 0)  # named alone, its folders tell no section
    assert counts(add(place, path)) == (0, 0, 1, 1)


def break_off(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "خبر\n\nنص")
        packed.writestr("b.zip", b"PK\x03\x04 damaged")


def grow(path: Path) -> None:
    """Nothing: it is made to grow while it is read."""
    archive(path, rows(0, 3))


def broken_row(path: Path) -> None:
    archive(path, rows(0, 2))
    with path.open("a", encoding="utf-8") as file:
        file.write("{no JSON}\n")


@pytest.mark.parametrize(("name", "make"), [("a.zip", break_off), ("b.jsonl", broken_row), ("c.jsonl", grow)])
def test_what_was_not_read_whole_is_read_again(
    place: Path, tmp_path: Path, name: str, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / name)
    if make is grow:
        monkeypatch.setattr(file_reading.FileReading, "state", lambda _: None)
    before = add(place, tmp_path / name)
    again = add(place, tmp_path / name)
    assert (again.unread, again.skipped, again.unchanged) == (0, before.skipped, before.added)


def test_an_article_that_was_left_out_is_told_again_without_reading(
    place: Path, tmp_path: Path, opened: list[str]
) -> None:
    path = archive(tmp_path / "a.jsonl", [*rows(0, 2), {"title": "", "body": ""}])
    before = add(place, path)
    opened.clear()
    again = add(place, path)
    assert (opened, again.unread, again.unchanged) == ([], 1, 2)
    assert (again.skipped, again.reasons) == (before.skipped, before.reasons) != (0, ())


def test_a_text_that_lost_its_letters_leaves_the_better_one_in_the_index_also_when_it_is_not_read_again(
    place: Path, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 20))
    add(place, path)
    archive(path, [*rows(0, 19), {"id": "19", "title": "???? ?????? ?????", "body": "?????? ????? ????? ??????? ????"}])
    assert [(report.skipped, report.articles) for report in (add(place, path), add(place, path))] == [(1, 20)] * 2


def test_a_file_that_changes_between_two_looks_at_it_is_read(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files are looked at before the workers of a run are started, and again in their turn."""
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, path)
    os.utime(path, ns=(LONG_AGO, LONG_AGO))  # so that its bytes are looked at
    looked = Sources.size_to_read

    def changing(self: Sources, most: int) -> int:
        size = looked(self, most)
        path.write_bytes(path.read_bytes().replace("خبر".encode(), "نبأ".encode()))
        return size

    monkeypatch.setattr(Sources, "size_to_read", changing)
    options = RunOptions(shares=Shares(1))
    report = index(IndexDirectory(place), Sources([path]), Choices(), options=options)
    assert counts(report) == (0, 2, 0, 0)


def test_a_file_that_changes_while_it_is_read_is_read_again(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    whole = sources.read_blob

    def changing(blob: Any) -> Iterator[Any]:
        yield from whole(blob)
        os.utime(path, ns=(LONG_AGO, LONG_AGO))

    with monkeypatch.context() as patched:
        patched.setattr(sources, "read_blob", changing)
        add(place, path)
    assert counts(add(place, path)) == (0, 0, 2, 0)
    assert counts(add(place, path)) == (0, 0, 2, 1)


def test_a_file_that_was_gone_and_is_back_is_read(place: Path, tmp_path: Path) -> None:
    folder = three_files(tmp_path / "a")
    add(place, folder)
    aside = (folder / "0.jsonl").rename(tmp_path / "0.jsonl")
    assert kashaf("index", "--prune", "--allow-shrink", "--index", place).returncode == 0
    assert count(place) == 4
    aside.rename(folder / "0.jsonl")
    assert (counts(add(place, folder))[0], count(place)) == (2, 6)


def test_what_is_deleted_and_restored_comes_back_from_a_file_that_did_not_change(place: Path, tmp_path: Path) -> None:
    folder = three_files(tmp_path / "a")
    add(place, folder)
    rebuild(place)  # which reads all, and keeps a generation with a table of its own
    assert counts(add(place, folder)) == (0, 0, 6, 3)
    delete(IndexDirectory(place), ["0", "11"])
    report = add(place, folder)
    assert (report.unchanged, report.withdrawn, report.unread) == (4, 2, 3)
    restore(IndexDirectory(place), ["0"])
    assert verified(place).sound
    report = add(place, folder)
    assert (report.added, report.withdrawn, report.unread, count(place)) == (1, 1, 2, 5)


def test_rows_that_repeat_a_deleted_id_are_counted_as_when_they_are_read(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", [*rows(0, 3), *rows(0, 1, "نبأ")])
    add(place, path)
    delete(IndexDirectory(place), ["0"])
    for read_all in (True, False):
        report = add(place, path, read_all=read_all)
        assert (report.unchanged, report.withdrawn, report.unread) == (2, 2, not read_all)


def test_the_text_of_another_file_with_the_same_id_comes_back_from_where_it_was_left_unread(
    place: Path, tmp_path: Path
) -> None:
    archive(tmp_path / "a" / "1.jsonl", rows(0, 20))
    later = archive(tmp_path / "a" / "2.jsonl", [*rows(5, 6, "نبأ"), *rows(30, 50)])
    add(place, tmp_path / "a")
    assert count(place, "نبا") == 1
    archive(later, rows(30, 50))
    assert add(place, tmp_path / "a").removed.count == 0
    assert counts(add(place, tmp_path / "a")) == (0, 1, 39, 1)
    assert (count(place, "نبا"), count(place)) == (0, 40)
    assert add(place, tmp_path / "a").unread == 2


def test_an_index_of_an_older_kashaf_reads_all_once(place: Path, tmp_path: Path, engine: str) -> None:
    folder = three_files(tmp_path / "a")
    add(place, folder, engine=engine)
    with closing(sqlite3.connect(place / "generations" / "1" / "origins.sqlite")) as table:
        table.execute("drop table states")
        table.commit()
    assert counts(add(place, folder)) == (0, 0, 6, 0)
    assert counts(add(place, folder)) == (0, 0, 6, 3)


STEPS = [
    Step("indexer.origins.origins", "Origins.note_read", "before"),
    Step("indexer.origins.origins", "Origins.note_read", "after"),
    Step("indexer.origins.origins", "Origins.commit", "before"),
    Step("indexer.origins.origins", "Origins.commit", "after"),
    Step("indexer.ingestion", "bring_up_to_date", "before"),
]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_killed_at_any_step_no_file_is_taken_for_read_that_is_not_in_the_index(
    place: Path, tmp_path: Path, step: Step
) -> None:
    folder = three_files(tmp_path / "a")
    add(place, folder)
    archive(folder / "1.jsonl", rows(10, 13, "نبأ"))
    archive(folder / "3.jsonl", rows(30, 32))
    with stopped_at(step, "index", folder, "--index", place):
        pass
    add(place, folder)
    assert (count(place), count(place, "نبا")) == (9, 3)
    assert add(place, folder).unread == 4


@pytest.mark.skipif(os.name != "posix", reason="names of other systems are Unicode")
def test_a_name_that_is_not_utf8_is_read_each_time(place: Path, tmp_path: Path) -> None:
    folder = three_files(tmp_path / "a")
    try:
        shutil.copy(folder / "0.jsonl", os.path.join(os.fsencode(folder), b"\xff.jsonl"))
    except OSError:
        pytest.skip("this file system takes no such names")
    add(place, folder)
    report = add(place, folder)
    assert (report.unread, report.articles) == (3, 6)


def test_a_file_that_a_folder_replaces(place: Path, tmp_path: Path) -> None:
    folder = three_files(tmp_path / "a")
    add(place, folder)
    (folder / "0.jsonl").rename(tmp_path / "0.jsonl")
    (folder / "0.jsonl").mkdir()
    (tmp_path / "0.jsonl").rename(folder / "0.jsonl" / "b.jsonl")
    report = add(place, folder)
    assert (counts(report), report.vanished.count) == ((0, 0, 6, 2), 0)
