"""Spaces that a reader lost or typed too many, in searches of a small index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from search import unanswered
from search.analysis.analyzer import Analyzer
from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.query.spaces import Joined, with_spaces
from search.query.tree import And, Or, Phrase, Word
from search.service import SearchService
from tests.small_index import open_index

ONE = [Article(f"one{at}", f"الخبر {at}", f"وصل الوفد إلى طولكرم في اليوم {at}") for at in range(5)]
MONEY = [Article(f"money{at}", f"الخبر {at}", f"زيادة رأس المال في الشركة {at}") for at in range(5)]
ARTICLES = (
    *ONE,
    *MONEY,
    Article("two", "", "وصل الوفد إلى طول كرم أمس"),
    Article("scattered", "", "كرم الضيافة على طول الطريق"),
    Article("money-one", "", "رأسمال الشركة"),
    Article("ministry", "", "أعلنت وزارة الصحة النتائج"),
    Article("ministries", "", "الصحة العامة من شؤون الوزارة"),
    Article("joined-name", "", "زار عبدالفتاح المدينة"),
    Article("scattered-name", "", "عبد الحميد يقرأ سورة الفتاح"),
)


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    place: Path = tmp_path_factory.mktemp("spaces") / request.param
    return open_index(place, ARTICLES, engine=request.param)


def ask(service: SearchService, query: str, *, names: bool = True) -> SearchPage:
    return service.search(SearchRequest(query, names=names, repair=False, collapse=False, limit=50))


def found(service: SearchService, query: str, *, names: bool = True) -> set[str]:
    return {hit.article.id for hit in ask(service, query, names=names).hits}


def test_two_words_that_articles_write_as_one_are_that_one_or_a_phrase(service: SearchService) -> None:
    assert found(service, "طول كرم") == {article.id for article in ONE} | {"two"}
    assert found(service, "الوفد طول كرم اليوم") == {article.id for article in ONE}


def test_the_word_is_highlighted_in_both_spellings(service: SearchService) -> None:
    hits = ask(service, "طول كرم").hits
    lit = {part.text for hit in hits for snippet in hit.snippets for part in snippet if part.highlighted}
    assert lit == {"طولكرم", "طول كرم"}


def test_without_other_spellings_two_words_stay_two(service: SearchService) -> None:
    assert found(service, "طول كرم", names=False) == {"two", "scattered"}


def test_two_words_that_articles_mostly_write_apart_stay_two(service: SearchService) -> None:
    assert "money-one" not in found(service, "رأس مال")


def test_within_a_negation_the_one_word_is_left_out_too(service: SearchService) -> None:
    assert not found(service, "الوفد -(طول كرم)")


def test_a_lost_space_is_searched_like_words_typed_apart(service: SearchService) -> None:
    assert found(service, "وزارةالصحة") == found(service, "وزارة الصحة") == {"ministry", "ministries"}


def test_a_name_in_one_word_stays_one(service: SearchService) -> None:
    assert found(service, "عبدالفتاح") == {"joined-name"}


@pytest.mark.parametrize(("articles", "one"), [(1_000, True), (50_000, False)])
def test_two_words_that_are_both_very_common_are_not_looked_up(articles: int, one: bool) -> None:
    joined = Joined(lambda _: 0, lambda _, texts: [articles] * len(texts))
    assert joined.are_one("عند", "ذلك") is one


def test_words_of_a_query_are_looked_up_in_one_question_unless_articles_have_two_as_one() -> None:
    asked: list[Sequence[str]] = []

    def frequencies(_: str, texts: Sequence[str]) -> list[int]:
        asked.append(texts)
        return [9 if text == "طولكرم" else 0 for text in texts]

    words = And(tuple(Word(text) for text in ("الوفد", "طول", "كرم", "من", "الرياض")))
    made = with_spaces(words, Analyzer.default(), Joined(lambda _: 1, frequencies))
    assert made == And((Word("الوفد"), Or((Word("طولكرم"), Phrase("طول كرم"))), Word("من"), Word("الرياض")))
    assert asked == [("الوفدطول", "طولكرم", "منالرياض"), ("طولكرم", "طول", "كرم")]


def test_which_words_articles_have_as_one_is_asked_once_of_an_index_that_answers_as_a_whole() -> None:
    asked: list[Sequence[str]] = []
    missing = [1]

    def frequencies(_: str, texts: Sequence[str]) -> list[int]:
        unanswered.note(sum(missing))
        asked.append(texts)
        return [0 if missing else 9] * len(texts)

    joined = Joined(lambda _: 1, frequencies)
    with unanswered.tolerated():
        assert joined.may_be_one([("طول", "كرم")]) == [False]
    missing.clear()
    pairs = [("طول", "كرم"), ("في", "كل"), ("رأس", "مال")]
    assert joined.may_be_one(pairs[:1]) == [True]
    assert joined.may_be_one(pairs) == [True, False, True]  # of four letters, which are too few
    assert joined.may_be_one(pairs) == [True, False, True]
    assert asked == [("طولكرم",), ("طولكرم",), ("رأسمال",)]
