"""Live examples: what the help page offers is answered by the index, with the number it says, on both engines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from search.answering import Answerer
from search.article import Article
from search.errors import IndexDamaged
from search.examples.index_examples import MOST_SHOWCASED, MOST_SHOWN, SHOWCASE, IndexExamples
from search.pages.records import SearchRequest
from search.query.guide.sections import SECTIONS
from search.query.parser import parse
from search.service import SearchService
from tests.small_index import open_index

FORMS = {row.form for section in SECTIONS for row in section.rows}
TODAY = date(2025, 12, 10)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_example_finds_as_many_articles_as_it_promises(service: SearchService, language: str) -> None:
    found = service.examples(language)
    assert found.keys() == FORMS
    assert sum(bool(examples) for examples in found.values()) >= len(FORMS) - 3
    for examples in found.values():
        assert len(examples) <= MOST_SHOWN
        for example in examples:
            assert service.search(SearchRequest(example.query, repair=False)).total == example.articles > 0
            assert not parse(example.query, today=TODAY).remarks


def test_names_are_in_the_language_of_the_page(service: SearchService) -> None:
    assert service.examples("ar")["`مصدر:` `source:`"][0].query.startswith("مصدر:")
    assert service.examples("en")["`مصدر:` `source:`"][0].query.startswith("source:")


def test_they_are_made_once_for_an_index(service: SearchService) -> None:
    assert service.examples("ar") is service.examples("ar")


def test_an_index_without_headlines_dates_and_names_has_examples_of_words(tmp_path: Path) -> None:
    article = Article("a", body="أعلنت وزارة التعليم نتائج الامتحانات النهائية للعام الدراسي")
    service = open_index(tmp_path, [article])
    found = service.examples("ar")
    assert found["`كلمة كلمة`"]
    assert found['`"…"`']
    assert found["`مصدر:` `source:`"] == found["`تاريخ:` `date:`"] == ()


def test_an_empty_index_has_none(tmp_path: Path) -> None:
    service = open_index(tmp_path, [])
    assert set(service.examples("en").values()) == {()}
    assert service.showcase() == ()


def test_the_home_page_is_offered_the_first_searches_that_find_something(tmp_path: Path) -> None:
    articles = [Article("a", "أسعار النفط ترتفع"), Article("b", "غوتيريش في بغداد"), Article("c", "COVID-19")]
    service = open_index(tmp_path, articles)
    assert service.showcase() == ("أسعار النفط", "COVID-19", "غوتيريش")


def test_no_more_of_them_are_looked_for_than_are_shown(service: SearchService) -> None:
    asked = list[str]()

    def count(query: str) -> int:
        asked.append(query)
        return 1

    index = service.index
    examples = IndexExamples(index.engine, index.analyzer, index.facts)  # others may have been asked
    assert examples.showcase(count) == tuple(asked) == SHOWCASE[:MOST_SHOWCASED] == examples.showcase(count)


def test_an_example_that_meets_damaged_files_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = open_index(tmp_path, [Article("a", "أسعار النفط ترتفع")])

    def damaged(*_: object) -> int:
        raise IndexDamaged("bytes")

    monkeypatch.setattr(Answerer, "count", damaged)
    assert service.showcase() == ()
    assert set(service.examples("ar").values()) == {()}
