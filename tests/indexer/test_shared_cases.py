"""The small inputs of ../shared/cases: each row that concerns reading, with the right outcome."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.cleaning.clean import Cleaned, clean
from indexer.cleaning.findings import FAR_DATE, LOST_LETTERS
from indexer.findings import KEPT_APART, Finding
from indexer.readers.contract import Remark, Skipped
from indexer.sources import Sources
from search.article import Article
from tests.conftest import SHARED
from tests.indexer.archives import kashaf

CASES = SHARED / "cases"
pytestmark = pytest.mark.shared
TITLE = "وزير التعليم يفتتح مدرسة جديدة في الرياض"

# What is read; the titles of its articles. The epub and the xlsx hold a document of Word.
TAR = [f"{TITLE} tarone", f"{TITLE} tartwo"]
READ = {
    "a.xml": ["وزير"],
    "a.xlsx": ["وزير"],
    "a.epub": ["وزير"],
    "a.docx": ["وزير"],
    "a.mbox": ["x", "y"],
    "a.eml": ["وزير"],
    "a.rss": ["وزير"],
    "a.atom": ["وزير"],
    "a.csv": ["وزير التعليم"],
    "a.htm": ["وزير التعليم"],
    "a.html": ["وزير التعليم"],
    "a.md": ["وزير التعليم"],
    "a.tar": TAR,
    "a.tar.gz": TAR,
    "a.tgz": TAR,
    "a.tsv": ["وزير التعليم"],
    "a.txt.bz2": [TITLE],
    "a.txt.xz": [TITLE],
}
# What is skipped; the reason. The zst is noise behind the first letters of one, the warc tells a wrong length.
SKIPPED = {
    "a.7z": "damaged 7z",
    "a.doc": "no reader for old Office documents",
    "a.jsonl.zst": "damaged zstd",
    "a.log": "no reader for .log files",
    "a.parquet": "damaged Parquet file",
    "a.pdf": "damaged PDF",
    "a.rar": "no reader for RAR archives",
    "a.rtf": "no reader for RTF documents",
    "a.sql": "no reader for .sql files",
    "a.sqlite": "an SQLite file without a table whose columns are named as the fields of an article are",
    "a.srt": "no reader for subtitles",
    "a.warc": "damaged record of a web archive",
    "notes.docx~": None,
}


def found(path: Path) -> tuple[str | None, str | None]:
    """The title of the one article of a file, or why it is skipped."""
    (item,) = (item for item in Sources([path]).items() if not isinstance(item, Remark))
    return (None, item.reason.sentence) if isinstance(item, Skipped) else (item.title, None)


@pytest.mark.parametrize(("name", "titles"), READ.items())
def test_formats_that_are_read(name: str, titles: list[str]) -> None:
    items = [item for item in Sources([CASES / "formats" / name]).items() if not isinstance(item, Remark)]
    assert [item.title for item in items if isinstance(item, Article)] == titles
    assert len(items) == len(titles)


@pytest.mark.parametrize("name", sorted(SKIPPED))
def test_formats_that_are_skipped_by_name(name: str) -> None:
    if (reason := SKIPPED[name]) is not None:
        assert found(CASES / "formats" / name) == (None, reason)


def test_every_file_of_formats_is_expected(tmp_path: Path) -> None:
    done = kashaf("index", CASES / "formats", "--json", "--index", tmp_path / "index")
    made = json.loads(done.stdout)
    assert {path.name for path in (CASES / "formats").iterdir()} == {*READ, *SKIPPED}
    items = list(Sources([CASES / "formats"]).items())
    different = {(item.title, item.body) for item in items if isinstance(item, Article)}
    assert (made["added"], made["skipped"]) == (len(different), len(SKIPPED))


@pytest.mark.parametrize("name", sorted({*READ, *SKIPPED} - {"a.md", "a.log", "a.sql", "notes.docx~"}))
def test_the_reader_of_a_file_is_chosen_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "خبر.txt"
    path.write_bytes((CASES / "formats" / name).read_bytes())
    items = [item for item in Sources([path]).items() if not isinstance(item, Remark)]
    if name in READ:
        assert [item.title for item in items if isinstance(item, Article)] == READ[name]
    else:
        (skipped,) = items
        assert isinstance(skipped, Skipped)
        assert (
            skipped.reason.sentence.startswith(("no reader for ", "damaged "))
            or skipped.reason.sentence == SKIPPED[name]
        )


def test_a_text_called_like_a_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "خبر.doc"
    path.write_text("خبر\n\nنص الخبر", encoding="utf-8")
    assert found(path) == ("خبر", None)


@pytest.mark.parametrize("path", sorted((CASES / "enc").glob("*.txt")), ids=lambda path: path.stem)
def test_every_encoding_is_read_as_arabic_or_skipped(tmp_path: Path, path: Path) -> None:
    made = json.loads(kashaf("index", path, corpus_file(tmp_path), "--json", "--index", tmp_path / "index").stdout)
    if path.stem == "cp864":  # its letters were lost when it was written: it holds question marks
        assert (made["added"], [reason["text"] for reason in made["reasons"]]) == (1, [LOST_LETTERS.sentence])
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
    remarks: list[tuple[Finding, str]] = []
    days = {}
    for item in Sources([CASES / "dates" / "d.jsonl"]).items():
        assert isinstance(item, Article), item
        cleaned = clean(item, lambda about, example: remarks.append((about, example)))
        assert isinstance(cleaned, Cleaned)
        days[item.id] = (cleaned.article.published or "")[:10]
    assert len(days) == 50
    assert {id for id, day in days.items() if not day} == UNDATED
    assert {id: day for id, day in days.items() if day not in ("", "2017-07-15")} == OTHER_DATES
    assert [example for about, example in remarks if about == FAR_DATE] == ["9999-12-31", "2099-01-01"]
    assert len(remarks) == len(UNDATED - {"d34", "d36"})  # an absent date is nothing to remark on


@pytest.mark.parametrize("runs", ["ab", "a b", "b a"])
def test_two_papers_that_both_use_an_id_are_both_kept(tmp_path: Path, runs: str) -> None:
    files = {name: CASES / "dup2" / f"{name}.jsonl" for name in "ab"}
    for run in runs.split():
        done = kashaf("index", *(files[name] for name in run), "--json", "--index", tmp_path / "index")
    first, second = (str(files[name]) for name in runs.replace(" ", ""))
    (remark,) = json.loads(done.stdout)["remarks"]
    other = f"{Path(second).stem}/1"
    assert (remark["kind"], remark["named"]) == (KEPT_APART.kind, [f"1: {other}: {second}"])
    again = json.loads(kashaf("index", first, second, "--all", "--json", "--index", tmp_path / "index").stdout)
    assert (again["unchanged"], again["articles"], again["remarks"]) == (2, 2, [])
