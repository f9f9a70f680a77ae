"""A run over a list: it says what single searches say, and an interruption changes nothing of what it writes."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kashaf
from search import list_commands
from search.article import Article
from search.engines.registry import EMBEDDED
from search.errors import RequestError, SourceError
from search.lists import running
from search.lists.rows import ListOptions, read_list
from search.lists.running import RunFiles, run_list
from search.lists.searching import RowOptions
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from search.value_counts import COUNTED
from tests.indexer.stopping import Step, stopped_at
from tests.small_index import build_index

LIST = """\ufeffالاسم;المصدر;من
أسعار القمح;;
القمح;;2024
في;;
"صندوق النقد";;
;صحيفة;
قمة المياه;;مارسس
أسعار القمح;;
كلمة"غيرمغلقة;;
زززززز;;
=القمح;;
هيلكوبتر;;
"""


@pytest.fixture(scope="module")
def place(sample: Path) -> Path:
    return sample


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_the_command_offers_all_that_can_be_counted_by() -> None:
    assert list_commands._COUNTED == COUNTED


def run(place: Path, *words: object) -> Result:
    asked = ["batch", "--index", str(place), *map(str, words)]
    return CliRunner().invoke(kashaf.kashaf, asked, catch_exceptions=False)


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def outputs(listed: Path) -> tuple[bytes, bytes]:
    return listed.with_suffix(".hits.csv").read_bytes(), listed.with_suffix(".counts.csv").read_bytes()


@pytest.mark.parametrize("engine", EMBEDDED)
def test_the_tables_say_what_single_searches_say(
    engine: str, listed: Path, sample_index: Callable[[str], Path]
) -> None:
    place = sample_index(engine)
    result = run(place, listed, "--limit", "3", "--json")
    assert result.exit_code == 0, result.output
    service = SearchService.open(Settings(index=place))
    rows = read_list(LIST.encode(), "names.csv", ListOptions(date.today())).rows
    hits, counts = defaultdict(list), defaultdict(list)
    for row in table(listed.with_suffix(".hits.csv")):
        hits[int(row["line"])].append(row)
    for row in table(listed.with_suffix(".counts.csv")):
        counts[int(row["line"])].append(row)
    for each in rows:
        if each.request is None:
            assert [row["total"] for row in counts[each.line]] == [""] and counts[each.line][0]["notes"]
            continue
        page = service.search(replace(each.request, facets=True, limit=3))
        assert {row["total"] for row in counts[each.line]} == {str(page.total)}
        named = {
            row["source"]: int(row["articles"]) for row in counts[each.line] if row["source"] not in ("", "(none)")
        }
        assert named == dict(page.facets["source"])
        assert [row["id"] for row in hits[each.line]] == [hit.article.id for hit in page.hits]
        assert [row["rank"] for row in hits[each.line]] == [str(n) for n in range(1, len(page.hits) + 1)]
    report = json.loads(result.stdout)
    assert (report["rows"], [problem["line"] for problem in report["problems"]]) == (11, [6, 7])
    assert "line 7: " in result.stderr and "مارسس" in result.stderr


def test_no_cell_is_a_formula(place: Path, listed: Path) -> None:
    assert run(place, listed).exit_code == 0
    (row,) = [row for row in table(listed.with_suffix(".counts.csv")) if row["line"] == "11"][:1]
    assert row["query"] == "'=القمح"


def test_a_hit_links_to_its_publisher_else_to_its_page_in_the_archive(
    tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Article("a/1", body="أسعار القمح في ازدياد", url="https://example.org/1")
    unpublished = Article("ب 2", body="أسعار القمح في انخفاض كبير")
    place = build_index(tmp_path / "index", [published, unpublished])

    def links(*words: str) -> dict[str, str]:
        assert run(place, listed, *words).exit_code == 0
        return {row["id"]: row["link"] for row in table(listed.with_suffix(".hits.csv"))}

    assert links() == {"a/1": "https://example.org/1", "ب 2": ""}
    monkeypatch.setenv("KASHAF_PUBLIC_ADDRESS", "https://news.example.org/archive/")
    site = "https://news.example.org/archive"
    expected = {"a/1": "https://example.org/1", "ب 2": f"{site}/article/%D8%A8%202"}
    assert links() == links("--jobs", "2") == expected


def test_the_mark_of_excel_is_written_where_it_is_asked_for(place: Path, listed: Path) -> None:
    assert run(place, listed, "--bom", "--limit", "0").exit_code == 0
    hits, counts = outputs(listed)
    assert hits.startswith(b"\xef\xbb\xbfline,") and counts.startswith(b"\xef\xbb\xbfline,") and hits.count(b"\n") == 1


def test_counts_by_year_add_up_with_the_undated(place: Path, listed: Path) -> None:
    assert run(place, listed, "--counts-by", "year", "--no-names").exit_code == 0
    rows = [row for row in table(listed.with_suffix(".counts.csv")) if row["line"] == "2"]
    assert [row["year"] for row in rows if row["year"] != "undated"] == sorted(row["year"] for row in rows)[: len(rows)]
    assert sum(int(row["articles"]) for row in rows) == int(rows[0]["total"]) > 0


def test_a_run_that_was_interrupted_anywhere_ends_with_the_same_bytes(
    place: Path, listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_SAVED_SECONDS", 0.0)
    settings = Settings(index=place)
    service = SearchService.open(settings).fixed()
    rows = read_list(LIST.encode(), "names.csv", ListOptions(date.today()))
    states: list[Path] = []

    def go(folder: Path, *, watched: bool = False) -> int:
        def told(done: int, _: int) -> None:
            if watched:  # what is on the disk now is what a killed process leaves
                states.append(shutil.copytree(folder, tmp_path / f"state{len(states)}"))

        files = RunFiles(folder / "h.csv", folder / "c.csv", {"list": "1"}, date.today())
        return run_list(rows, service, settings, files, RowOptions(3, "source"), jobs=1, told=told).resumed

    whole = tmp_path / "whole"
    whole.mkdir()
    go(whole, watched=True)
    expected = [(whole / name).read_bytes() for name in ("h.csv", "c.csv")]
    assert sorted(path.name for path in whole.iterdir()) == ["c.csv", "h.csv"]
    for state in states[::3]:
        with (state / "h.csv.part").open("ab") as part:
            part.write("نصف سطر".encode()[:5])
        resumed = go(state)
        assert [(state / name).read_bytes() for name in ("h.csv", "c.csv")] == expected
        assert resumed > 0 or state == states[0]


@pytest.mark.parametrize(
    "step",
    [
        Step("search.lists.outputs", "Outputs.write", "after", 5),
        Step("search.lists.outputs", "Outputs.save", "after", 2),
        Step("search.lists.outputs", "sync_folder", "before", 1),
        Step("search.lists.outputs", "remove_file", "before", 1),
    ],
    ids=str,
)
def test_a_command_that_was_killed_goes_on(place: Path, listed: Path, step: Step) -> None:
    assert run(place, listed).exit_code == 0
    whole = outputs(listed)
    for path in (listed.with_suffix(".hits.csv"), listed.with_suffix(".counts.csv")):
        path.unlink()
    with stopped_at(step, "batch", "--index", place, listed):
        pass
    assert run(place, listed).exit_code == 0
    assert outputs(listed) == whole
    assert sorted(path.suffix for path in listed.parent.iterdir()) == [".csv"] * 3


def test_an_unfinished_run_of_another_list_or_other_options_is_not_given_up_unasked(place: Path, listed: Path) -> None:
    begun = Step("search.lists.outputs", "Outputs.save", "after")
    with (
        stopped_at(begun, "batch", "--index", place, listed),
        pytest.raises(SourceError, match="another run is writing"),
    ):
        run(place, listed)
    with pytest.raises(SourceError, match=r"another choice of options: .* --restart"):
        run(place, listed, "--phrase")
    listed.write_text(LIST + "نفط;;\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"another list: .* --restart"):
        run(place, listed)
    assert run(place, listed, "--restart", "--phrase").exit_code == 0
    assert len({row["line"] for row in table(listed.with_suffix(".counts.csv"))}) == 12


def test_several_processes_write_the_same(place: Path, listed: Path) -> None:
    assert run(place, listed, "--jobs", "1").exit_code == 0
    alone = outputs(listed)
    assert run(place, listed, "--jobs", "2").exit_code == 0
    assert outputs(listed) == alone


def test_more_hits_than_a_page_has(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text("من\n", encoding="utf-8")
    total = SearchService.open(Settings(index=place)).search(SearchRequest("من", collapse=False)).total
    assert run(place, path, "--limit", "5000", "--no-collapse").exit_code == 0
    assert len(table(path.with_suffix(".hits.csv"))) == total


def test_what_cannot_be_is_one_clear_line(place: Path, listed: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for words, match in (
        ((tmp_path / "none.csv",), "cannot be read"),
        ((listed, "--limit", "-1"), "--limit -1"),
        ((listed, "--hits", listed), "name two files"),
        ((listed, "--hits", tmp_path / "none" / "h.csv"), "cannot be written"),
        ((listed, "--counts", tmp_path / "pipe"), "it is no file"),
        ((listed, "--column", "لا"), "no column 'لا'"),
        ((listed, "--since", "مارسس"), "'مارسس' is no date"),
    ):
        with pytest.raises((RequestError, SourceError), match=match):
            run(place, *words)
    assert run(place, listed, "--phrase", "--near", "2").exit_code == 2
    assert run(place, listed, "--output", tmp_path / "run.txt", "--phrase").exit_code == 2
