"""What an index had no answer to is not remembered: once it answers, pages are as if it always had."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from search import unanswered
from search.article import Article
from search.engines.base import Engine, Found, Stored
from search.errors import ClusterIncomplete
from search.index.searched_state import Fixed
from search.pages.as_json import page_object
from search.pages.records import SearchRequest
from search.query.clauses import Clause
from search.service import SearchService
from search.settings import Settings
from search.whole_answers import AskedTogether, answered, remembered
from tests.small_index import open_index

BODIES = (
    *("استقبل عبدالعزيز الوفد في مطار أبوظبي الدولي",) * 6,
    "قائد فيلق القدس قاسم سليماني يزور بغداد",
    *("معارك في الموصل منذ شهر، وسكان الموصل يعودون إلى المدينة",) * 4,
    *("ارتفع سعر القمح في الأسواق العربية اليوم",) * 8,
    "خطب حسن نصرالله والرئيس السيسي في القاهرة",
)
#: Words in Latin letters, slips, lost spaces, names that nobody has: what is looked up in the index to be read.
QUERIES = (
    "Mosul", "mosul qitar", "soleimani", "القمج", "الأسواك", "عبد العزيز", "أبو ظبي", "نصر الله", "source:رويتر",
    "source:وكالت", "author:سامي", "سعرالقمح", "الموصلل", "sisi", "القاهره", "hgl,wg", "الموصل -source:رويترز",
)  # fmt: skip
_WORKED_OUT = ("facts", "all_counts", "spellings", "completer")
TYPED = ("القم", "الموص", "سعر ال", "ارتفع س")


@dataclass(slots=True)
class Failing:
    """An engine that has nothing to say while `is_down`, where that is tolerated."""

    engine: Engine
    is_down: bool = False

    @property
    def documents(self) -> int:
        return self.engine.documents

    def _fails(self) -> bool:
        if self.is_down and not unanswered.tolerates():
            raise ClusterIncomplete("1 of 1 parts does not answer")
        unanswered.note(self.is_down)
        return self.is_down

    def search(self, clause: Clause, **asked: Any) -> Found:
        return Found(0, ()) if self._fails() else self.engine.search(clause, **asked)

    def load(self, refs: Sequence[object]) -> list[Stored]:
        return self.engine.load(refs)

    def ids(self, refs: Sequence[object]) -> list[str]:
        return self.engine.ids(refs)

    def counts(self, clause: Clause, fields: Sequence[str], **asked: Any) -> dict[str, dict[str | int, int]]:
        return {field: {} for field in fields} if self._fails() else self.engine.counts(clause, fields, **asked)

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        return [] if self._fails() else self.engine.terms(field, prefix, limit=limit)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        return [0] * len(texts) if self._fails() else self.engine.frequencies(field, texts)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [
        Article(str(number), body[:20], f"{body} {number}", ("رويترز",), author="سامية", published="2020-05-01")
        for number, body in enumerate(BODIES)
    ]
    return open_index(tmp_path_factory.mktemp("whole"), articles)


def over(service: SearchService, engine: Engine) -> SearchService:
    """A service over the same index that remembers nothing yet. What a site works out before is there."""
    index = replace(service.index, engine=engine)
    vars(index).update({name: getattr(service.index, name) for name in _WORKED_OUT})
    return SearchService(Settings(index=index.directory.path), Fixed(index))


def pages(service: SearchService) -> dict[str, object]:
    """What each query finds, and what is offered for each text that is typed."""
    with unanswered.tolerated():
        found: dict[str, object] = {}
        for query in QUERIES:
            page = page_object(service.search(SearchRequest(query, today=date(2020, 6, 1))))
            found[query] = {name: value for name, value in page.items() if name != "took_ms"}
        return {**found, **{typed: service.suggest(typed) for typed in TYPED}}


def test_pages_of_an_index_that_answers_again_are_as_if_it_always_had(whole: SearchService) -> None:
    expected = pages(over(whole, whole.index.engine))
    failing = Failing(whole.index.engine)
    service = over(whole, failing)
    failing.is_down = True
    pages(service)
    failing.is_down = False
    found = pages(service)
    assert {query for query in expected if found[query] != expected[query]} == set()


class Doubling:
    """Works something out, in part the first time."""

    def __init__(self) -> None:
        self.times = 0
        self.double = remembered(self._double, most=4)

    def _double(self, number: int) -> int:
        self.times += 1
        unanswered.note(self.times == 1)
        return 2 * number


def test_an_answer_in_part_is_given_and_told_and_only_a_whole_one_is_remembered() -> None:
    doubling = Doubling()
    with unanswered.tolerated():
        assert (doubling.double(2), unanswered.parts()) == (4, 1)
    with unanswered.tolerated():
        assert (doubling.double(2), doubling.double(2), unanswered.parts()) == (4, 4, 0)
    assert doubling.times == 2


def test_a_part_that_is_missing_counts_for_all_that_is_made_of_it() -> None:
    doubling = Doubling()
    with unanswered.tolerated():
        assert answered(lambda: doubling.double(doubling.double(1))) == (4, False)
        assert answered(lambda: doubling.double(2)) == (4, True)


def test_what_is_remembered_keeps_neither_its_object_nor_what_that_has_open() -> None:
    class Opened:
        def __init__(self) -> None:
            self.look_up = remembered(self._look_up, most=8)

        def _look_up(self, word: str) -> str:
            return word * 2

    gc.collect()
    gc.disable()
    try:
        opened = Opened()
        assert opened.look_up("ab") == opened.look_up("ab") == "abab"
        gone = weakref.ref(opened)
        del opened
        assert gone() is None
    finally:
        gc.enable()


class Lengths:
    """Tells how long strings are, of which it was asked together; nothing whole while `is_down`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.is_down = False

    def of(self, asked: Sequence[str]) -> list[int]:
        self.asked.append(tuple(asked))
        unanswered.note(self.is_down)
        return [0 if self.is_down else len(each) for each in asked]


def test_only_what_is_new_is_asked_for_and_all_of_it_together() -> None:
    lengths = Lengths()
    together = AskedTogether(lengths.of, most=2)
    assert together.of(["ا", "اب", "ا"]) == [1, 2, 1] and together.of([]) == []
    assert together.of(["اب", "ابت", "ا"]) == [2, 3, 1]
    assert lengths.asked == [("ا", "اب"), ("ابت",)]
    together.of(["ابتث"])  # more than is remembered: all before is forgotten
    assert together.of(["ابتث", "ا"]) == [4, 1] and lengths.asked[2:] == [("ابتث",), ("ا",)]


def test_answers_of_a_part_to_several_are_not_remembered() -> None:
    lengths = Lengths()
    together = AskedTogether(lengths.of, most=9)
    lengths.is_down = True
    with unanswered.tolerated():
        assert together.of(["اب"]) == [0]
    lengths.is_down = False
    assert together.of(["اب"]) == [2]
