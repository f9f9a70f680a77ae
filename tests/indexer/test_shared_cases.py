"""The small inputs of ../shared/cases: each row that concerns reading, with the right outcome."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.cleaning.clean import FAR_DATE, LOST_LETTERS, Cleaned, clean
from indexer.readers.contract import Remark, Skipped
from indexer.shared_ids import SHARED_ID
from indexer.sources import Sources
from search.article import Article
from tests.conftest import SHARED
from tests.indexer.archives import kashaf

CASES = SHARED / "cases"
pytestmark = pytest.mark.shared
TITLE = "وزير التعليم يفتتح مدرسة جديدة في الرياض"

# What is read; its title.
READ = {"a.md": "وزير التعليم"}
SKIPPED = {
    "a.7z": "7z archives",
    "a.atom": ".atom files",
    "a.csv": ".csv files",
    "a.doc": "old Office documents",
    "a.docx": ".docx files",
    "a.eml": ".eml files",
    "a.epub": ".epub files",
    "a.htm": ".htm files",
    "a.html": ".html files",
    "a.jsonl.zst": "zstd files",
    "a.log": ".log files",
    "a.mbox": ".mbox files",
    "a.parquet": "Parquet files",
    "a.pdf": "PDF files",
    "a.rar": "RAR archives",
    "a.rss": ".rss files",
    "a.rtf": ".rtf files",
    "a.sql": ".sql files",
    "a.sqlite": "SQLite files",
    "a.srt": ".srt files",
    "a.tar": "tar archives",
    "a.tar.gz": "tar archives",
    "a.tgz": "tar archives",
    "a.tsv": ".tsv files",
    "a.txt.bz2": "bzip2 files",
    "a.txt.xz": "xz files",
    "a.warc": ".warc files",
    "a.xlsx": ".xlsx files",
    "a.xml": ".xml files",
}


def found(path: Path) -> tuple[str | None, str | None]:
    """The title of the one article of a file, or why it is skipped."""
    (item,) = (item for item in Sources([path]).items() if not isinstance(item, Remark))
    return (None, item.reason) if isinstance(item, Skipped) else (item.title, None)


@pytest.mark.parametrize(("name", "title"), READ.items())
def test_formats_that_are_read(name: str, title: str) -> None:
    assert found(CASES / "formats" / name) == (title, None)


@pytest.mark.parametrize(("name", "what"), SKIPPED.items())
def test_formats_that_are_skipped_by_name(name: str, what: str) -> None:
    assert found(CASES / "formats" / name) == (None, f"no reader for {what}")


def test_every_file_of_formats_is_expected(tmp_path: Path) -> None:
    done = kashaf("index", CASES / "formats", "--json", "--index", tmp_path / "index")
    made = json.loads(done.stdout)
    assert {path.name for path in (CASES / "formats").iterdir()} == {*READ, *SKIPPED, "notes.docx~"}
    assert (made["added"], made["skipped"]) == (len(READ), len(SKIPPED) + 1)


@pytest.mark.parametrize("suffix", ["warc", "eml", "mbox", "atom", "srt", "html", "rtf", "docx", "epub"])
def test_the_reader_of_a_file_is_chosen_by_its_content_whatever_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "خبر.txt"
    path.write_bytes((CASES / "formats" / f"a.{suffix}").read_bytes())
    _, reason = found(path)
    assert reason is not None
    assert reason.startswith("no reader for ")


def test_a_text_called_like_a_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "خبر.doc"
    path.write_text("خبر\n\nنص الخبر", encoding="utf-8")
    assert found(path) == ("خبر", None)


@pytest.mark.parametrize("path", sorted((CASES / "enc").glob("*.txt")), ids=lambda path: path.stem)
def test_every_encoding_is_read_as_arabic_or_skipped(tmp_path: Path, path: Path) -> None:
    made = json.loads(kashaf("index", path, corpus_file(tmp_path), "--json", "--index", tmp_path / "index").stdout)
    if path.stem == "cp864":  # its letters were lost when it was written: it holds question marks
        assert (made["added"], [reason["text"] for reason in made["reasons"]]) == (1, [LOST_LETTERS])
    else:
        assert (made["added"], made["skipped"]) == (2, 0)
        assert found(path) == (f"{TITLE} {path.stem}", None)


def corpus_file(place: Path) -> Path:
    """An article beside, so that there is an index."""
    path = place / "خبر.txt"
    path.write_text("خبر\n\nنص", encoding="utf-8")
    return path


UNDATED = {"d24", "d25", "d26", "d27", "d33", "d34", "d35", "d36", "d38", "d39"}
OTHER_DATES = {"d28": "2017-01-01", "d29": "2017-07-01", "d21": "2017-06-10", "d22": "2017-06-15", "d23": "2017-06-15"}
OTHER_DATES |= {"d37": "1970-01-01", "d40": "1899-05-05", "d41": "2017-07-16"}


def test_fifty_dates() -> None:
    remarks: list[str] = []
    days = {}
    for item in Sources([CASES / "dates" / "d.jsonl"]).items():
        assert isinstance(item, Article), item
        cleaned = clean(item, lambda text, example: remarks.append(f"{text}: {example}"))
        assert isinstance(cleaned, Cleaned)
        days[item.id] = (cleaned.article.published or "")[:10]
    assert len(days) == 50
    assert {id for id, day in days.items() if not day} == UNDATED
    assert {id: day for id, day in days.items() if day not in ("", "2017-07-15")} == OTHER_DATES
    assert [remark for remark in remarks if remark.startswith(FAR_DATE)] == [
        f"{FAR_DATE}: 9999-12-31",
        f"{FAR_DATE}: 2099-01-01",
    ]
    assert len(remarks) == len(UNDATED - {"d34", "d36"})  # an absent date is nothing to remark on


@pytest.mark.parametrize("runs", ["ab", "a b", "b a"])
def test_an_id_that_two_sources_share_is_reported_with_both_sources(tmp_path: Path, runs: str) -> None:
    files = {name: CASES / "dup2" / f"{name}.jsonl" for name in "ab"}
    for run in runs.split():
        done = kashaf("index", *(files[name] for name in run), "--json", "--index", tmp_path / "index")
    first, second = (str(files[name]) for name in runs.replace(" ", ""))
    (remark,) = json.loads(done.stdout)["remarks"]
    assert (remark["text"], remark["named"]) == (SHARED_ID, [f"1: {first}; {second}"])
    again = kashaf("index", files["a"], "--json", "--index", tmp_path / "index")
    flipped = [remark["named"] for remark in json.loads(again.stdout)["remarks"]]
    assert flipped == ([[f"1: {files['b']}; {files['a']}"]] if second == str(files["b"]) else [])
