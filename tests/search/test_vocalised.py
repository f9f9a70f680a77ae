"""A query word typed with harakat prefers, and with `=` requires, articles whose vocalisation agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchRequest
from search.service import SearchService
from tests.small_index import open_index

ARTICLES = [
    Article("science", "", "العِلْمُ نور في كل مكان"),
    Article("flag", "", "رُفِعَ العَلَمُ فوق المبنى"),
    Article("bare", "", "هذا العلم كبير جدا"),
    Article("both", "", "العَلَم هنا والعِلْم هناك"),
    Article("other", "", "لا شيء من ذلك"),
]


@pytest.fixture(scope="module", params=EMBEDDED)
def vocalised(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp("vocalised") / "index", ARTICLES, engine=request.param)


def found(service: SearchService, query: str) -> list[str]:
    return [hit.article.id for hit in service.search(SearchRequest(query, repair=False, collapse=False)).hits]


def test_exact_with_harakat_requires_that_they_do_not_contradict(vocalised: SearchService) -> None:
    assert set(found(vocalised, "=العِلْم")) == {"science", "bare"}
    assert set(found(vocalised, "=العَلَم")) == {"flag", "bare", "both"}


def test_exact_without_harakat_asks_for_letters_alone(vocalised: SearchService) -> None:
    assert set(found(vocalised, "=العلم")) == {"science", "flag", "bare", "both"}


def test_plain_words_with_harakat_prefer_those_that_agree(vocalised: SearchService) -> None:
    assert set(found(vocalised, "عِلْم")[:2]) == {"science", "both"}
    assert set(found(vocalised, "عَلَم")[:2]) == {"flag", "both"}


def test_only_the_agreeing_word_is_highlighted(vocalised: SearchService) -> None:
    page = vocalised.search(SearchRequest("=العَلَم", repair=False))
    highlighted = {
        segment.text for hit in page.hits for snippet in hit.snippets for segment in snippet if segment.highlighted
    }
    assert highlighted == {"العَلَم", "العَلَمُ", "العلم"}


def test_words_without_inner_harakat_take_no_room(tmp_path: Path) -> None:
    service = open_index(tmp_path / "i", [Article("a", "", "قرارًا كتابٌ الدولة")])
    assert service.index.engine.terms("marked", "", limit=10) == []
