"""The page of an article, on every engine: the offsets of its highlighted words, its portions, its copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.portions import LONGEST
from search.pages.records import Filters, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

COPY = (
    "افتتح وزير الصحة صباح أمس مستشفى جديدا في المدينة بحضور عدد كبير من المسؤولين والأطباء والأهالي، وقال الوزير إن "
    "المستشفى يخدم الآلاف من سكان المنطقة كل عام وإن العمل فيه بدأ قبل سنتين"
)
ARTICLES = (
    Article("late", "المستشفى", f"{COPY} تقريبا", ("الرياض",), published="2015-07-23"),
    Article("early", "مستشفى جديد", COPY, ("عكاظ",), published="2015-07-21"),
    Article("middle", "مستشفى", f"{COPY} كما أضاف", ("الجزيرة",), published="2015-07-22"),
    Article("alone", "الموانئ", "استقبلت الموانئ الموسم وقالت الهيئة إن الموانئ الكبرى جاهزة", ("واس",)),
    Article("long", "طويل", "كلمة عادية " * 8_000 + "ثم زرافة وحيدة", ("واس",)),
)


@pytest.fixture(scope="module", params=EMBEDDED)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    place: Path = build_index(tmp_path_factory.mktemp("reading"), ARTICLES, engine=request.param)
    return SearchService.open(Settings(index=place))


@pytest.mark.parametrize("query", ["الموانئ", '"الموانئ الكبرى"', "=الموانئ", "موان*"])
def test_a_snippet_and_the_article_agree_on_where_a_highlighted_word_stands(reader: SearchService, query: str) -> None:
    request = SearchRequest(query)
    (hit,) = reader.search(request).hits
    page = reader.read("alone", request, at=0)
    assert page is not None
    places = [segment.offset for segment in page.body if segment.highlighted]
    shown = [segment.offset for snippet in hit.snippets for segment in snippet if segment.highlighted]
    assert places and set(shown) <= set(places)
    body = hit.article.body
    assert all(body.startswith(segment.text, segment.offset) for segment in page.body if segment.offset is not None)


def test_an_article_is_highlighted_as_the_search_with_its_filters_highlighted_it(reader: SearchService) -> None:
    request = SearchRequest("الموانئ زرافة", filters=Filters(sources=("واس",)), repair=True)
    (hit, *_) = reader.search(request).hits
    page = reader.read(hit.article.id, request, at=0)
    assert page is not None
    shown = {s.text for snippet in hit.snippets for s in snippet if s.highlighted}
    assert shown and shown <= {s.text for s in page.body if s.highlighted}


def test_the_portion_of_a_long_article_holds_the_place_that_was_asked_for(reader: SearchService) -> None:
    request = SearchRequest("زرافة")
    (hit,) = reader.search(request).hits
    (at,) = (segment.offset for snippet in hit.snippets for segment in snippet if segment.highlighted)
    page = reader.read("long", request, at=at)
    assert page is not None and page.portion is not None and at is not None
    assert page.portion.start <= at < page.portion.end
    assert page.portion.end - page.portion.start <= LONGEST
    assert [segment.offset for segment in page.body if segment.highlighted] == [at]
    whole = reader.read("long", request)
    assert whole is not None and whole.portion is None
    assert "".join(segment.text for segment in whole.body) == ARTICLES[-1].body


def test_copies_are_a_chain_from_the_oldest_on(reader: SearchService) -> None:
    for id in ("early", "middle", "late"):
        page = reader.read(id)
        assert page is not None
        assert [article.id for article in page.copies.articles] == ["early", "middle", "late"]
        assert page.copies.total == 3
        assert not {"early", "middle", "late"} & {article.id for article in page.related}


def test_an_article_that_stands_alone_has_no_copies(reader: SearchService) -> None:
    page = reader.read("alone")
    assert page is not None
    assert page.copies.articles == ()


def test_an_article_can_be_had_as_it_is_stored(reader: SearchService) -> None:
    assert reader.article("alone") == ARTICLES[3]
    assert reader.article("nothing") is None
