"""Completions of a word that may be the beginning of a name in one word, and behind an open quote, on both engines."""

from __future__ import annotations

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchRequest
from search.service import SearchService
from tests.small_index import open_index

HEADLINES = (
    *["أماكن الترفيه في المدينة"] * 5,
    *["أمانة الرياض تفتح حديقة"] * 3,
    *["جامعة أم القرى", "أم الحمام تحتفل"] * 4,
    *["عبد الله وصل", "عبد العزيز سافر"] * 3,
    "عبد الله رحل",
    *["أبو ظبي تستضيف القمة"] * 3,
    *["المصنع الجديد ينتج القمح", "جديدة الوادي", "جديدة الوادي"],
    "عبداوي يغادر",
    "المحسن كريم",
)
AUTHORS = ("أماني حسن", "أم أحمد", "أحمد أمين")


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [Article(f"{at}", title, "نص") for at, title in enumerate(HEADLINES)]
    articles += [Article(f"by {name}", "", "نص", author=name) for name in AUTHORS]
    return open_index(tmp_path_factory.mktemp("begun"), articles, engine=request.param)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("أما", ("أماكن", "أمانة")),  # not أمالقرى, which is no name in one word
        ("عبدا", ("عبدالله", "عبدالعزيز", "عبداوي")),  # the commonest first
        ("أبوظ", ("أبوظبي",)),
        ("أما الترفيه أما", ("أما الترفيه أماكن", "أما الترفيه أمانة")),
        ("عنوان:أما", ("عنوان:أماكن", "عنوان:أمانة")),
    ],
)
def test_a_word_that_may_begin_a_name_is_completed_as_it_is_typed_and_as_the_name(
    service: SearchService, typed: str, first: tuple[str, ...]
) -> None:
    assert service.suggest(typed)[: len(first)] == first


@pytest.mark.parametrize("typed", ["أما", "عبدا", "عبدالم", "أبوظ", "عنوان:أما", '"المصنع ج', '"المصنع ا', '"جديدة ا'])
def test_nothing_is_offered_that_finds_nothing(service: SearchService, typed: str) -> None:
    found = service.suggest(typed)
    assert all(service.search(SearchRequest(query, repair=False)).total for query in found)
    assert bool(found) == (typed not in ("عبدالم", '"المصنع ج'))


def test_behind_an_open_quote_only_what_follows_all_its_words_is_offered(service: SearchService) -> None:
    assert service.suggest('"المصنع ا') == ('"المصنع الجديد',)
    assert service.suggest('"ينتج الجديد ي') == ()  # an article has الجديد ينتج, and none ينتج الجديد


def test_authors_are_completed_by_the_word_as_it_is_typed(service: SearchService) -> None:
    assert service.suggest("كاتب:أما")[0] == 'كاتب:"أماني حسن"'
