"""`kashaf compare` and `kashaf coverage`: lines, JSON and CSV of the same figures."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kashaf
from search.over_time.as_json import comparison_csv, comparison_object
from search.over_time.as_text import comparison_lines, coverage_lines
from search.over_time.periods import months
from search.over_time.records import ComparedQuery, CompareRequest, Comparison, Coverage, PeriodCounts, SourceCoverage
from search.pages.records import Note
from search.pages.text_style import TextStyle

PLAIN = TextStyle()
JULY, AUGUST = months(2015 * 12 + 6, 2015 * 12 + 7)
PAGE = Comparison(
    CompareRequest(("قوات", "=نفط")),
    (ComparedQuery("قوات", 9, 2, (Note("cut-length", (("limit", 1000),)),)), ComparedQuery("=نفط", 3, 0)),
    ("ثلج",),
    1,
    "month",
    (PeriodCounts(JULY, 10, (4, 3)), PeriodCounts(AUGUST, 0, (0, 0))),
    12,
    2,
    1.0,
)


@pytest.fixture(scope="module")
def place(sample: Path) -> Path:
    return sample


def run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(kashaf.kashaf, [words[0], "--index", str(place), *words[1:]], catch_exceptions=False)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_json_has_counts_and_shares() -> None:
    found = comparison_object(PAGE)
    assert [line["undated"] for line in found["queries"]] == [2, 0]
    assert found["queries"][0]["notes"][0]["kind"] == "cut-length"
    assert found["periods"][0] == {
        "key": "2015-07",
        "first": "2015-07-01",
        "last": "2015-07-31",
        "all": 10,
        "counts": [4, 3],
        "shares": [0.4, 0.3],
    }
    assert found["periods"][1]["shares"] == [None, None]
    assert (found["uncounted"], found["dropped"]) == (["ثلج"], 1)
    assert (found["step"], found["articles"]) == ("month", 12)


def test_csv_has_a_column_a_query_and_no_formula() -> None:
    assert rows(comparison_csv(PAGE, share=False)) == [
        ["period", "first", "last", "قوات", "'=نفط", "all"],
        ["2015-07", "2015-07-01", "2015-07-31", "4", "3", "10"],
        ["2015-08", "2015-08-01", "2015-08-31", "0", "0", "0"],
        ["undated", "", "", "2", "0", "2"],
    ]
    shares = rows(comparison_csv(PAGE, share=True))
    assert [row[3:] for row in shares[1:]] == [["0.4", "0.3", "10"], ["", "", "0"], ["1.0", "0.0", "2"]]


def test_lines_name_the_queries_and_what_was_left_out() -> None:
    lines = list(comparison_lines(PAGE, PLAIN, share=True))
    assert "left out: 1" in lines[0]
    assert "ثلج" in lines.pop(1)
    assert lines[1] == "1. قوات  articles 9, undated 2" and "we read its beginning" in lines[2]
    assert lines[-2:] == ["2015-07\t40.00%\t30.00%\t10", "2015-08\t\t\t0"]
    assert "2015-07\t4\t3\t10" in comparison_lines(PAGE, PLAIN, share=False)


def test_compare_prints_lines_json_and_csv_of_the_same_figures(place: Path) -> None:
    found = json.loads(run(place, "compare", "وزير", "أسعار", "--json").stdout)
    assert [line["query"] for line in found["queries"]] == ["وزير", "أسعار"] and found["periods"]
    table = rows(run(place, "compare", "وزير", "أسعار", "--csv").stdout)
    assert [[int(cell) for cell in row[3:5]] for row in table[1:-1]] == [each["counts"] for each in found["periods"]]
    shares = rows(run(place, "compare", "وزير", "أسعار", "--csv", "--share").stdout)
    assert len(shares) == len(table) and shares != table
    assert f"1. وزير  articles {found['queries'][0]['total']}" in run(place, "compare", "وزير", "أسعار").stdout


def test_compare_takes_a_query_that_begins_like_an_option(place: Path) -> None:
    assert json.loads(run(place, "compare", "--json", "--", "-قوات").stdout)["queries"][0]["query"] == "-قوات"


def test_coverage_prints_lines_json_and_csv_of_the_same_figures(place: Path) -> None:
    found = json.loads(run(place, "coverage", "--json").stdout)
    assert found["articles"] == 88 and found["undated"] == found["all"]["undated"]
    table = rows(run(place, "coverage", "--csv").stdout)
    told = {(row[0], row[1]): int(row[2]) for row in table[1:]}
    assert all(told[each["source"], month] == n for each in found["sources"] for month, n in each["months"].items())
    text = run(place, "coverage").stdout
    first = found["sources"][0]
    assert f"{first['source']}  {first['articles']}  {first['first']} to {first['last']}" in text


def test_coverage_of_one_source(place: Path) -> None:
    name = json.loads(run(place, "coverage", "--json").stdout)["sources"][1]["source"]
    found = json.loads(run(place, "coverage", "--json", "--source", name).stdout)
    assert [each["source"] for each in found["sources"]] == [name]
    assert "sources more" in run(place, "coverage", "--source", name).stdout


@pytest.mark.parametrize("command", [("compare", "قوات"), ("coverage",)])
def test_two_forms_at_once_are_wrong_usage(place: Path, command: tuple[str, ...]) -> None:
    result = run(place, *command, "--json", "--csv")
    assert result.exit_code == 2 and "--json and --csv" in result.output


def test_long_coverage_is_printed_by_year() -> None:
    held = {year * 12 + month: 1 for year in range(1900, 1920) for month in (0, 5)}
    covered = SourceCoverage("قديم", 1, 40, 0, date(1900, 1, 1), date(1919, 6, 1), held, ())
    lines = list(coverage_lines(Coverage(covered, (covered,), None, covered, None), PLAIN))
    assert "  1905  2" in lines
