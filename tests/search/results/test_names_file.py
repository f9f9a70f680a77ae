"""The file of words that may be names: what it holds comes back, damage is seen, and it serves commits like its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis.names.name_words import lines
from search.article import Article
from search.engines.registry import EMBEDDED
from search.index.open_index import open_index
from search.pages.records import SearchRequest
from search.results.names_file import FILE, Stamp, is_sound, read_names, write_names
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

WORDS = {"غوتيريش": 7, "غوتيريس": 2, "ياهو": 1, "بوتين": 40}
STAMP = Stamp("fingerprint", 3, 1000)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_names(tmp_path, STAMP, lines(WORDS.items()))
    kept = read_names(tmp_path)
    assert kept and kept.stamp == STAMP and dict(kept.words.items()) == WORDS
    write_names(tmp_path, STAMP, lines(()))
    empty = read_names(tmp_path)
    assert empty and len(empty.words) == 0 and not empty.words.alike("41")


def test_any_changed_byte_is_seen(tmp_path: Path) -> None:
    write_names(tmp_path, STAMP, lines(WORDS.items()))
    content = (tmp_path / FILE).read_bytes()
    assert is_sound(content)
    for at in range(len(content)):
        damaged = content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]
        (tmp_path / FILE).write_bytes(damaged)
        assert not is_sound(damaged) and read_names(tmp_path) is None


def test_a_file_of_an_earlier_program_is_not_read(tmp_path: Path) -> None:
    assert read_names(tmp_path) is None
    (tmp_path / FILE).write_text("3\t5a0e8f5c\nبوتين\t40", encoding="utf-8")
    assert read_names(tmp_path) is None


@pytest.mark.parametrize(
    ("wanted", "serves"),
    [
        (STAMP, True),
        (Stamp("fingerprint", 9, 1020), True),
        (Stamp("fingerprint", 9, 981), True),
        (Stamp("fingerprint", 9, 1021), False),
        (Stamp("fingerprint", 9, 980), False),
        (Stamp("another", 3, 1000), False),
    ],
)
def test_words_serve_until_a_fiftieth_of_the_articles_is_new_or_gone(
    tmp_path: Path, wanted: Stamp, serves: bool
) -> None:
    write_names(tmp_path, STAMP, lines(WORDS.items()))
    kept = read_names(tmp_path)
    assert kept and kept.serves(wanted) is serves


@pytest.mark.parametrize("engine", EMBEDDED)
def test_names_of_a_commit_before_serve_a_search(tmp_path: Path, engine: str) -> None:
    articles = [Article("a", "", "قال غوتيريش اليوم"), Article("b", "", "وقال جوتيريش أمس")]
    place = build_index(tmp_path / "index", articles, engine=engine)
    opened = open_index(place)
    before = Stamp(opened.analyzer.fingerprint, 0, 2)
    write_names(place / "generations" / "1", before, lines([("غوتيريش", 1)]))
    service = SearchService.open(Settings(index=place))
    assert service.search(SearchRequest("غوتيريش", collapse=False)).total == 1
    assert service.search(SearchRequest("جوتيريش", collapse=False)).total == 2
    kept = read_names(place / "generations" / "1")
    assert kept and kept.stamp == before, "they were not collected anew"
