"""kashaf export: files and pipes, the same hits as the pages, nothing lost and nothing half written."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kashaf
from search.errors import RequestError, SourceError
from search.export import formats
from search.pages.permalinks import permalink

ROOT = Path(kashaf.__file__).parent


@pytest.fixture(scope="module")
def place(sample: Path) -> str:
    return str(sample)


def run(place: str, *words: str) -> tuple[str, str]:
    result = CliRunner().invoke(kashaf.kashaf, ["export", "--index", place, *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_it_has_all_hits_of_all_pages_in_their_order(place: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(place, "قال", "--sort", "newest")[0], newline="")))
    found: list[str] = []
    for number in ("1", "2", "3", "4", "5", "6", "7", "8", "9"):
        words = ["search", "قال", "--index", place, "--sort", "newest", "--json", "--page", number]
        page = json.loads(CliRunner().invoke(kashaf.kashaf, words).stdout)
        found += [hit["id"] for hit in page["hits"]]
    assert [row["id"] for row in rows] == found and len(found) > 20


def test_it_takes_the_filters_and_switches_of_search(place: str) -> None:
    lines = run(place, "", "--section", "رياضة", "--date", "2024", "--format", "jsonl", "--limit", "3")[0].splitlines()
    assert len(lines) == 3 and {json.loads(line)["section"] for line in lines} == {"رياضة"}


def test_the_name_of_the_file_chooses_the_format(place: str, tmp_path: Path) -> None:
    for name, begin in (("a.ris", "TY  - NEWS"), ("a.BIB", "@article{"), ("a.jsonl", "{"), ("a.txt", "id,")):
        out, told = run(place, "القمح", "--output", str(tmp_path / name))
        assert out == "" and name in told
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)


def test_snippets_and_bodies_come_on_request(place: str) -> None:
    out, _ = run(place, "القمح", "--format", "csv", "--snippets", "--body", "--bom", "--limit", "1")
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
    assert "القمح" in row["snippet"] and len(row["body"]) > len(row["snippet"]) and out.startswith("\ufeff")


def test_each_article_has_its_page_where_the_site_is_told(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row["permalink"] for row in csv.DictReader(io.StringIO(run(place, "القمح", "--limit", "1")[0]))] == [""]
    monkeypatch.setenv("KASHAF_PUBLIC_ADDRESS", "https://news.example.org/archive/")
    (row,) = csv.DictReader(io.StringIO(run(place, "القمح", "--limit", "1")[0], newline=""))
    address = permalink("https://news.example.org/archive", row["id"])
    assert row["permalink"] == address
    assert f"UR  - {address}\n" in run(place, "القمح", "--limit", "1", "--format", "ris")[0].replace("\r\n", "\n")


def test_no_hits_give_an_empty_list_and_notes_on_stderr(place: str) -> None:
    assert run(place, "ققققققق", "--format", "ris") == ("", "")
    out, told = run(place, '"القمح', "--format", "csv", "--lang", "en")
    assert out.startswith("id,") and told.startswith("kashaf: The quotation mark")


def test_what_cannot_be_is_refused_before_anything_is_written(place: str, tmp_path: Path) -> None:
    output = tmp_path / "a.ris"
    output.write_text("before")
    for words, message in (
        (("--limit", "0"), "--limit 0"),
        (("--limit", "100001"), "1 to 100000"),
        (("--body",), "choose csv or jsonl"),
        (("--from", "xyz"), r"--from \(or --since\) 'xyz'"),
    ):
        with pytest.raises(RequestError, match=message):
            run(place, "القمح", "--output", str(output), *words)
    with pytest.raises(SourceError, match="cannot be written"):
        run(place, "القمح", "--output", str(tmp_path / "none" / "a.csv"))
    assert output.read_text() == "before"


def test_a_file_is_whole_or_as_it_was(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "a.csv"
    output.write_text("before")

    def fails(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formats, "_HITS_A_PART", 5)
    monkeypatch.setattr(formats, "_cells", fails)
    with pytest.raises(SourceError, match="No space left"):
        run(place, "قال", "--output", str(output))
    assert output.read_text() == "before" and [file.name for file in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="pipes of POSIX")
def test_a_reader_who_goes_away_is_no_error(place: str) -> None:
    """As in `kashaf export … | head -1`."""
    command = [sys.executable, "-m", "kashaf", "export", "", "--index", place, "--body", "--format", "jsonl"]
    reading, writing = os.pipe()
    with subprocess.Popen(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(reading)
        os.close(writing)
        assert process.stderr is not None and process.stderr.read() == b""
    assert process.returncode == 141
