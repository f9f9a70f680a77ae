"""The subcommands that search: data on stdout, one clear line for what cannot be done."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import corpus
import kashaf
from search.errors import KashafError, RequestError


@pytest.fixture(scope="module")
def place(sample: Path) -> str:
    return str(sample)


def run(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(kashaf.kashaf, list(words), input=typed, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_search_prints_hits_and_json(place: str) -> None:
    assert "القمح" in run("search", "أسعار القمح", "--index", place)
    page = json.loads(run("search", "أسعار القمح", "--index", place, "--json", "--explain", "--limit", "2"))
    assert page["total"] > 0 and len(page["hits"]) == 2 and page["hits"][0]["reasons"]


def test_search_takes_the_filters_of_the_page(place: str) -> None:
    page = json.loads(
        run("search", "", "--index", place, "--json", "--section", "رياضة", "--from", "2024", "--to", "2024")
    )
    assert page["hits"] and {hit["section"] for hit in page["hits"]} == {"رياضة"}
    assert {hit["published"][:4] for hit in page["hits"]} == {"2024"}


def test_a_date_that_is_none_is_named(place: str) -> None:
    with pytest.raises(RequestError, match=r"--from \(or --since\) 'xyz'"):
        run("search", "x", "--index", place, "--from", "xyz")


def test_days_are_given_as_people_write_them_and_in_any_order(place: str) -> None:
    named = ("search", "", "--index", place, "--json", "--from", "كانون الأول 2024", "--to", "٢٠٢٤")
    assert json.loads(run(*named))["hits"] == json.loads(run(*named[:-1], "2024-12-31"))["hits"]
    turned = json.loads(run("search", "", "--index", place, "--json", "--from", "2024", "--to", "2023"))
    assert [note["kind"] for note in turned["notes"]] == ["swapped-days"]
    assert {hit["published"][:4] for hit in turned["hits"]} <= {"2023", "2024"}


def test_suggest_and_related(place: str) -> None:
    assert json.loads(run("suggest", "أسعار ال", "--index", place, "--json"))
    found = json.loads(run("related", "sample-011", "--index", place, "--json"))
    assert found and "sample-011" not in {article["id"] for article in found}
    assert run("related", "sample-011", "--index", place).startswith(found[0]["id"])
    with pytest.raises(RequestError, match="no article 'none'"):
        run("related", "none", "--index", place)


def test_batch_writes_a_run_and_evaluate_scores_it(place: str, tmp_path: Path) -> None:
    output = tmp_path / "run.txt"
    run("batch", str(corpus.TOPICS), "--output", str(output), "--limit", "5", "--index", place)
    rows = [line.split() for line in output.read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {6} and max(int(row[3]) for row in rows) == 5
    wanted = ["--topics", str(corpus.TOPICS), "--qrels", str(corpus.QRELS), "--index", place]
    assert json.loads(run("evaluate", *wanted, "--json"))["nDCG@10"] > 0.8
    assert "nDCG@10" in run("evaluate", *wanted)


def test_evaluate_compares_two_profiles(place: str, tmp_path: Path) -> None:
    other = tmp_path / "flat.toml"
    other.write_text("lead = 0.0\npresence = 0.0\n", encoding="utf-8")
    wanted = ["--topics", str(corpus.TOPICS), "--qrels", str(corpus.QRELS), "--index", place]
    assert "flat" in run("evaluate", *wanted, "--compare", str(other))


@pytest.mark.parametrize("content", ["speed = 1", "stem = -1", 'stem = "x"', "stem ="])
def test_a_bad_profile_is_named(place: str, tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KashafError, match=r"bad\.toml"):
        run("search", "x", "--index", place, "--profile", str(file))


def test_analyze_explains_and_prints_keys() -> None:
    assert "وزير" in run("analyze", "وللوزير")
    assert run("analyze", "--keys", typed="الوزير\nوزراء\n").count("waziyr/N") == 2
    assert run("analyze", "--keys", "--lexicon", "none", typed="الوزير\n") == "الوزير\tوزير\n"
    names = [line.split("\t") for line in run("analyze", "--name-keys", typed="كلينتون\nكلنتون\nشارع\n").splitlines()]
    assert set(names[0][1:]) & set(names[1][1:]) and not set(names[2][1:]) & set(names[0][1:])


def test_info_prints_what_is_in_the_index(place: str) -> None:
    assert json.loads(run("info", "--index", place, "--json"))["articles"] == 88
    assert "articles   88" in run("info", "--index", place)


def test_an_error_is_one_line_and_status_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["kashaf", "search", "x", "--index", str(tmp_path / "none")])
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(SystemExit) as stopped:
        kashaf.main()
    assert stopped.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("kashaf: no index at") and "kashaf index" in line


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(kashaf.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert not [name for name in kashaf.COMMANDS if f"`kashaf {name}" not in readme]


def test_hits_as_json_lines_are_those_of_the_page(place: str) -> None:
    named = ("search", "القمح", "--index", place, "--limit", "3")
    lines = [json.loads(line) for line in run(*named, "--format", "jsonl").splitlines()]
    assert lines == json.loads(run(*named, "--json"))["hits"]


def test_hits_as_csv_are_those_of_the_page_and_no_formula(place: str) -> None:
    named = ("search", "القمح", "--index", place, "--limit", "3")
    found = json.loads(run(*named, "--json"))["hits"]
    head, *rows = csv.reader(io.StringIO(run(*named, "--format", "csv")))
    assert [dict(zip(head, row, strict=True))["id"] for row in rows] == [hit["id"] for hit in found]
    assert all("القمح" in row[head.index("snippet")] and "<" not in row[head.index("snippet")] for row in rows)


def test_counts_and_notes_are_in_the_language_that_is_asked_for(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    named = ("search", "سفينة", "--index", place)
    assert " نتائج" in run(*named) and " results" in run(*named, "--lang", "en")
    assert "المقالات" in run("info", "--index", place)
    monkeypatch.setenv("KASHAF_LANG", "en")
    assert " results" in run(*named)


def test_an_id_that_is_no_utf_8_is_named(place: str) -> None:
    with pytest.raises(RequestError, match=r"no article '\\udcff'"):
        run("related", "\udcff", "--index", place)


def test_nothing_found_is_said_beside_the_output(place: str) -> None:
    result = CliRunner().invoke(kashaf.kashaf, ["suggest", "غغغغغغ", "--index", place, "--lang", "ar"])
    assert (result.exit_code, result.stdout) == (0, "") and "لا تكملة" in result.stderr


def test_analyze_takes_the_lexicon_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASHAF_LEXICON", "none")
    assert run("analyze", "--keys", typed="الوزير\n") == "الوزير\tوزير\n"


def test_read_shows_an_article_with_its_paragraphs_and_what_was_searched(place: str) -> None:
    lines = run("read", "sample-011", "--query", "القمح", "--index", place).splitlines()
    found = json.loads(run("read", "sample-011", "--query", "القمح", "--index", place, "--json"))
    assert lines[0] == found["title"] and "sample-011" in lines[1]
    assert lines[2] == found["url"]
    assert [line for line in lines[3:] if line] == [line for line in found["body"].split("\n") if line]
    assert "<mark>القمح</mark>" in found["title_html"] and "<mark>القمح</mark>" in found["body_html"]
    with pytest.raises(RequestError, match="no article 'none'"):
        run("read", "none", "--index", place)
