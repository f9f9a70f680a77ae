"""Names of months that mean something else too, in queries and articles: a year or a day beside them settles it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.search.shown import highlighted, ids
from tests.small_index import build_index, open_index, untitled

TEXTS = {
    "june": "ارتفعت الأسعار في جوان 2016 مقارنة بالشهر السابق",
    "june-15": "يفتتح المعرض يوم 15 جوان بالعاصمة",
    "yunyu": "تراجعت الصادرات في يونيو 2016 قليلا",
    "last-may": "استقر الدينار في ماي الماضي",
    "january": "عقد المؤتمر في كانون الثاني 2016 بجنيف",
    "canon": "طرحت شركة كانون الكاميرا الثانية",
    "car": "باع الرجل سيارة نيسان 2015 بثمن بخس",
    "april": "بدأت الحملة في نيسان 2015 بالموصل",
    "minister": "فازت تيريزا ماي 2017 بالأغلبية",
    "joan": "بدأت مباراة كأس جوان غامبر",
}


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp(request.param), untitled(TEXTS), engine=request.param)


def page(service: SearchService, query: str) -> SearchPage:
    return service.search(SearchRequest(query, repair=False))


def found(service: SearchService, query: str) -> set[str]:
    return set(ids(page(service, query)))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("جوان 2016", {"june", "yunyu"}),
        ("يونيو 2016", {"june", "yunyu"}),
        ("15 جوان", {"june-15"}),
        ("15 يونيو", {"june-15"}),
        ("ماي الماضي", {"last-may"}),
        ("مايو الماضي", {"last-may"}),
        ("كانون الثاني", {"january"}),
        ("يناير 2016", {"january"}),
        ("أبريل 2015", {"april"}),
        ("سيارة نيسان 2015", {"car"}),
        ("عنوان:غزة أو (جوان 2016)", {"june", "yunyu"}),
        ("الأسعار -(جوان 2016)", set()),
        ("مايو 2017", set()),
        ("تيريزا ماي 2017", {"minister"}),
        ("جوان غامبر", {"joan"}),
    ],
)
def test_queries_and_articles_agree_on_what_is_a_month(service: SearchService, query: str, ids: set[str]) -> None:
    assert found(service, query) == ids


def test_an_exact_word_stays_as_it_is_typed(service: SearchService) -> None:
    assert found(service, "=جوان 2016") == {"june"}
    assert found(service, "=يونيو 2016") == {"yunyu"}


def test_the_month_is_highlighted_under_each_of_its_names_and_the_car_is_not(service: SearchService) -> None:
    assert {hit.article.id: highlighted(hit) for hit in page(service, "يونيو 2016").hits} == {
        "june": ["جوان", "2016"],
        "yunyu": ["يونيو", "2016"],
    }
    (hit,) = page(service, "سيارة نيسان 2015").hits
    assert highlighted(hit) == ["سيارة", "نيسان", "2015"]


@pytest.mark.parametrize("query", ["مايو", "يوليو", "رمضان 1436", "أكتوبر"])
def test_a_month_is_not_taken_for_a_foreign_name(service: SearchService, query: str) -> None:
    assert "names" not in {note.kind for note in page(service, query).notes}


def test_phrases_are_highlighted_in_texts_with_words_that_neighbours_decide(tmp_path: Path) -> None:
    body = "قال وزير المالية إن النمو بلغ 5 في المئة في جوان 2016، وإن رئيس الوزراء زار بلدة ماي"
    place = build_index(tmp_path / "index", [Article(id="1", title="", body=body)])
    service = SearchService.open(Settings(index=place))
    for query, lit in (
        ('"وزير المالية"', ["وزير المالية"]),
        ('"يونيو 2016"', ["جوان 2016"]),
        ('"5 بالمئة"', ["5 في المئة"]),
        ('"بلدة ماي"', ["بلدة ماي"]),
        ('="رئيس الوزراء"', ["رئيس الوزراء"]),
        ("ماي", ["ماي"]),
        ("يونيو", ["جوان"]),
    ):
        (hit,) = page(service, query).hits
        assert highlighted(hit) == lit, query
