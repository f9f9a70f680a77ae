"""The list of `--report`: every case with its place, whatever becomes of the run, in bounded memory."""

from __future__ import annotations

import json
import os
import tracemalloc
import zipfile
from pathlib import Path
from shutil import disk_usage
from typing import Any

import pytest

from indexer.case_list import CaseList, ListedRun, case_list, case_object
from indexer.cleaning.findings import UNREAD_DATE
from indexer.readers.findings import BROKEN_JSON, CANNOT_BE_READ
from indexer.remembered_sources.registering import add_source
from indexer.report import MOST_NAMED, Case
from search.errors import SourceError
from search.index.directory import IndexDirectory
from tests.indexer.archives import archive, count, kashaf, rows

_RUN = ListedRun("index", Path("/index"), (Path("/archive"),))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Where the list is to appear."""
    return tmp_path / "cases.json"


def read(listed: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(listed.read_bytes())
    return found


def test_every_case_is_listed_with_its_file_line_and_kind(place: Path, tmp_path: Path, listed: Path) -> None:
    path = archive(tmp_path / "a" / "a.jsonl", rows(0, 3))
    broken = 2 * MOST_NAMED
    path.write_text(
        path.read_text(encoding="utf-8") + "{\n" * broken + '{"id": "9", "title": "خبر", "date": "أمس"}\n{"id": ""}\n'
    )
    with zipfile.ZipFile(tmp_path / "a" / "z.zip", "w") as packed:
        packed.writestr("in/b.jsonl", '{"\n')
    done = kashaf("index", tmp_path / "a", "--index", place, "--report", listed)
    assert (done.returncode, done.stderr) == (0, "")
    found = read(listed)
    lines = [(case["within"], case["line"]) for case in found["cases"] if case["kind"] == "broken-json"]
    assert lines == [*((None, 4 + n) for n in range(broken)), ("in/b.jsonl", 1)]
    (date,) = (case for case in found["cases"] if case["outcome"] == "remarked")
    assert (date["file"], date["article"], date["detail"], date["named"]) == (str(path), 4, "أمس", "9: خبر")
    (empty,) = (case for case in found["cases"] if case["reason"] == "neither title nor body nor address")
    assert (empty["file"], empty["article"]) == (str(path), 5)
    assert found["listed"] == {"skipped": broken + 2, "remarked": 1, "repaired": 0, "removed": 0, "vanished": 0}
    assert (found["complete"], found["error"], found["command"]) == (True, None, "index")
    assert found["report"]["skipped"] == broken + 2 and found["sources"] == [str(tmp_path / "a")]


def test_a_row_of_the_file_is_a_line_of_the_list(listed: Path) -> None:
    with case_list(listed, _RUN) as cases:
        for number in range(3):
            cases.add(Case("skipped", "/archive/a", f"/archive/a:{number}", BROKEN_JSON))
    rows_of_it = [line.rstrip(",") for line in listed.read_text(encoding="utf-8").splitlines() if '"outcome"' in line]
    assert [json.loads(line)["line"] for line in rows_of_it] == [0, 1, 2]


def test_vanished_articles_are_listed_by_id_and_file(place: Path, tmp_path: Path, listed: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 30))
    kashaf("index", path, "--index", place)
    archive(path, rows(0, 5))
    kashaf("index", path, "--index", place, "--report", listed)
    found = read(listed)["cases"]
    assert {(case["outcome"], case["file"]) for case in found} == {("vanished", str(path))}
    assert sorted(int(case["id"]) for case in found) == list(range(5, 30))


def test_a_run_that_fails_says_so_in_its_list(place: Path, tmp_path: Path, listed: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"\n')
    done = kashaf("index", path, "--index", place, "--report", listed)
    found = read(listed)
    assert (done.returncode, found["complete"], found["report"]) == (1, False, None)
    assert done.stderr == f"kashaf: {found['error']}\n"
    assert [case["line"] for case in found["cases"]] == [1]


def test_the_list_of_a_refused_swap_is_complete_and_has_the_reason(place: Path, tmp_path: Path, listed: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 30))
    kashaf("index", path, "--index", place)
    archive(path, rows(0, 3))
    done = kashaf("reindex", "--index", place, "--report", listed)
    found = read(listed)
    assert done.returncode == 1 and "--allow-shrink" in found["error"]
    assert (found["complete"], found["command"], found["report"]["articles"]) == (True, "reindex", 30)


def test_an_interrupted_run_leaves_what_was_listed_so_far(listed: Path) -> None:
    with pytest.raises(KeyboardInterrupt), case_list(listed, _RUN) as cases:
        cases.add(Case("skipped", "/archive/a", "/archive/a:7", BROKEN_JSON))
        raise KeyboardInterrupt
    found = read(listed)
    assert (found["complete"], found["error"], found["listed"]["skipped"]) == (False, "interrupted", 1)
    assert [path.name for path in listed.parent.iterdir()] == [listed.name]


def test_until_the_end_the_list_of_the_run_before_stays(listed: Path) -> None:
    listed.write_text("before")
    with case_list(listed, _RUN) as cases:
        cases.add(Case("skipped", "", "/archive/a", CANNOT_BE_READ))
        assert listed.read_text() == "before"
    assert read(listed)["complete"] is False


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("{a}/list.json", "below {a}, where articles are read"),
        ("{a}/../a/list.json", "below {a}, where articles are read"),
        ("{place}/list.json", "in the index directory"),
        ("{a}", "is a folder"),
        ("/dev/null", "is a device"),
        ("/nowhere/list.json", "cannot be written (No such file or directory)"),
        ("", "names no file"),
        ("/", "is a folder"),
        ("x" * 300, "cannot be written (File name too long)"),
    ],
)
def test_a_place_where_no_list_can_be_is_told_before_anything_is_read(
    place: Path, tmp_path: Path, path: str, said: str
) -> None:
    folder = archive(tmp_path / "a" / "a.jsonl", rows(0, 3)).parent
    given = path.format(a=folder, place=place)
    done = kashaf("index", folder, "--index", place, "--report", given)
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1 and said.format(a=folder) in line and "--report" in line
    assert not place.exists()


def test_a_list_within_a_remembered_source_is_refused_also_where_another_is_read(place: Path, tmp_path: Path) -> None:
    folder = archive(tmp_path / "a" / "a.jsonl", rows(0, 3)).parent
    other = archive(tmp_path / "b.jsonl", rows(3, 4))
    add_source(IndexDirectory(place), str(folder), options={})
    done = kashaf("index", other, "--index", place, "--report", folder / "list.json")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1 and f"would lie below {folder}, where articles are read" in line
    assert not (folder / "list.json").exists()


def test_a_list_that_fills_the_disk_does_not_cost_the_index(place: Path, tmp_path: Path, small_disk: Path) -> None:
    (small_disk / "filling").write_bytes(bytes(disk_usage(small_disk).free - 20_000))
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    path.write_text(path.read_text(encoding="utf-8") + "{\n" * 300)
    done = kashaf("index", path, "--index", place, "--report", small_disk / "cases.json")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1 and "cases.json cannot be written (No space left on device)" in line
    assert (count(place), os.listdir(small_disk)) == (3, ["filling"])


def test_a_list_without_end_takes_bounded_memory(tmp_path: Path) -> None:
    with (tmp_path / "cases").open("wb") as file:
        cases = CaseList(file, _RUN)
        tracemalloc.start()
        try:
            for number in range(5_000):
                cases.add(Case("skipped", "/archive/a", f"/archive/a:{number}", BROKEN_JSON, "x" * 10_000))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 300_000


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("/a/x.jsonl", ("/a/x.jsonl", None, None, None)),
        ("/a/x.jsonl:12", ("/a/x.jsonl", None, 12, None)),
        ("/a/x.jsonl#3", ("/a/x.jsonl", None, None, 3)),
        ("/a/x.jsonl/in/y.json:4", ("/a/x.jsonl", "in/y.json", 4, None)),
        ("/a/x.jsonl.bak", ("/a/x.jsonl.bak", None, None, None)),
        ("/b/link", ("/b/link", None, None, None)),
    ],
)
def test_where_a_case_stands(location: str, where: tuple[str, str | None, int | None, int | None]) -> None:
    made = case_object(Case("skipped", "/a/x.jsonl", location, BROKEN_JSON))
    assert tuple(made[name] for name in ("file", "within", "line", "record")) == where


def test_halves_of_characters_and_long_values_do_not_break_the_list() -> None:
    made = case_object(Case("remarked", "/a", "/a", UNREAD_DATE, "\ud800" + "x" * 5_000))
    assert len(made["detail"]) == 1_001 and made["detail"].startswith("?x")


def test_a_missing_folder_of_the_list_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="name another file"), case_list(tmp_path / "no" / "list.json", _RUN):
        pytest.fail("nothing may be read")
