"""Unchanged parts of a page are not worked out again, and the answers are those of an engine without a memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import unanswered
from search.article import Article
from search.budget import Budget
from search.engines.base import MOST_COUNTED, Engine, Found, Order, Stored
from search.engines.registry import EMBEDDED
from search.index import remembering_engine as module
from search.index.remembering_engine import RememberingEngine
from search.pages.as_json import page_object
from search.pages.records import Filters, SearchRequest
from search.query.clauses import Boost, Clause, Combine, Constant, Everything, Term, TermSet
from search.service import SearchService
from tests.examples import examples
from tests.small_index import open_index

WORDS = ("النفط", "الحكومة", "الوزير", "أسعار النفط", "الوزير -الحكومة", "نيويورك", "")
REQUESTS = st.builds(
    SearchRequest,
    st.sampled_from(WORDS),
    page=st.integers(1, 3),
    limit=st.sampled_from((2, 10)),
    order=st.sampled_from(list(Order)),
    collapse=st.booleans(),
    filters=st.sampled_from((Filters(), Filters(sources=("س0",)), Filters(first=date(2016, 1, 5)))),
    today=st.just(date(2016, 2, 1)),
)


class Asked:
    """An engine that counts what it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.times: Counter[str] = Counter()

    @property
    def documents(self) -> int:
        return self._engine.documents

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        self.times["search"] += 1
        return self._engine.search(clause, limit=limit, order=order, total=total)

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        self.times["counts"] += 1
        return self._engine.counts(clause, fields, limit=limit, least=least)

    def load(self, refs: Sequence[object]) -> list[Stored]:
        return self._engine.load(refs)

    def ids(self, refs: Sequence[object]) -> list[str]:
        return self._engine.ids(refs)

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        self.times["terms"] += 1
        return self._engine.terms(field, prefix, limit=limit)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        return self._engine.frequencies(field, texts)


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    texts = (
        "ارتفعت أسعار النفط",
        "قال الوزير إن الحكومة تدرس أسعار النفط",
        "استقبل الوزير رئيس الحكومة",
        "زار نيويورك",
    )
    articles = [
        Article(f"{n}", texts[n % 4], f"{texts[n % 4]} {n // 2}", (f"س{n % 3}",), published=f"2016-01-{n % 9 + 1:02}")
        for n in range(60)
    ]
    return open_index(tmp_path_factory.mktemp("remembered"), articles, engine=request.param)


def asked(service: SearchService) -> tuple[SearchService, Asked]:
    """A service over the same index whose memory is empty, and what its engine is asked."""
    own = vars(service.index.engine)["_engine"]
    counting = Asked(own)
    index = replace(service.index, engine=RememberingEngine(counting))
    return _over(service, index), counting


def _over(service: SearchService, index: Any) -> SearchService:
    return SearchService(service._settings, _Only(index))


class _Only:
    prepares = False

    def __init__(self, index: Any) -> None:
        self.current = index

    def close(self) -> None:
        """Nothing to close."""


def shown(service: SearchService, request: SearchRequest) -> dict[str, Any]:
    page = page_object(service.search(request, Budget(1e9)))
    del page["took_ms"]
    return page


@examples(12)
@given(st.lists(REQUESTS, min_size=2, max_size=4))
def test_pages_are_the_same_with_and_without_a_memory(service: SearchService, requests: list[SearchRequest]) -> None:
    remembering, _ = asked(service)
    for request in (*requests, *requests):
        plain = _over(service, replace(service.index, engine=vars(service.index.engine)["_engine"]))
        assert shown(remembering, request) == shown(plain, request)


def test_what_a_page_shares_with_an_earlier_one_is_not_asked_again(service: SearchService) -> None:
    remembering, engine = asked(service)
    first = SearchRequest("أسعار النفط", limit=5, today=date(2016, 2, 1))
    shown(remembering, first)
    before = engine.times.copy()
    shown(remembering, replace(first, page=2))
    assert engine.times["counts"] == before["counts"] and engine.times["search"] <= before["search"] + 1
    before = engine.times.copy()
    shown(remembering, first)
    assert engine.times == before  # back
    shown(remembering, replace(first, order=Order.NEWEST))
    assert engine.times["counts"] == before["counts"] and engine.times["search"] > before["search"]


def test_a_commit_is_seen(tmp_path: Path) -> None:
    for number in (1, 2):
        articles = [Article(f"{n}", "", f"أسعار النفط {n}", ("س",)) for n in range(number)]
        service = open_index(tmp_path / str(number), articles)
        assert service.search(SearchRequest("النفط")).total == number


def test_only_so_many_answers_are_remembered_and_no_large_ones(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEARCHES", 3)
    monkeypatch.setattr(module, "_MOST_VALUES", 2)
    monkeypatch.setattr(module, "_MOST_MATCHES", 59)
    engine = Asked(vars(service.index.engine)["_engine"])
    remembering = RememberingEngine(engine)
    for number in (0, 1, 2, 3, 0):
        remembering.search(Term("id", str(number)), limit=1)
    assert engine.times["search"] == 5
    for _ in range(2):
        assert len(remembering.search(Everything(), limit=60).matches) == 60
        assert len(remembering.counts(Everything(), ("source",))["source"]) == 3
    assert (engine.times["search"], engine.times["counts"]) == (7, 2)
    for _ in range(2):
        assert (
            len(remembering.search(Term("id", "7"), limit=60).matches) == 1
        )  # few are kept, however many are asked for
    assert engine.times["search"] == 8


def test_the_terms_of_a_prefix_are_listed_once_and_very_many_each_time(service: SearchService) -> None:
    engine = Asked(vars(service.index.engine)["_engine"])
    remembering = RememberingEngine(engine)
    for _ in range(2):
        for field, prefix, limit in (("body_word", "=ا", 3), ("body_word", "=ا", 2), ("title_word", "=ا", 3)):
            found = remembering.terms(field, prefix, limit=limit)
            assert found == engine._engine.terms(field, prefix, limit=limit)
            found.clear()
        assert engine.times["terms"] == 3
    for times in (4, 5):
        assert remembering.terms("body_word", "", limit=1_001) and engine.times["terms"] == times
    remembering.forget()
    assert remembering.terms("body_word", "=ا", limit=3) and engine.times["terms"] == 6


def test_an_answer_that_is_changed_is_not_the_one_that_is_kept(service: SearchService) -> None:
    remembering = RememberingEngine(vars(service.index.engine)["_engine"])
    remembering.counts(Everything(), ("source",))["source"].clear()
    assert remembering.counts(Everything(), ("source",))["source"]


def test_what_a_question_of_very_many_terms_finds_is_not_remembered(service: SearchService) -> None:
    engine = Asked(vars(service.index.engine)["_engine"])
    remembering = RememberingEngine(engine)
    ids = TermSet("id", tuple(map(str, range(400))))
    for clause, times in ((Constant(ids), 1), (Combine(must=(Boost(ids, 2.0),), must_not=(ids,)), 2)):
        engine.times.clear()
        for _ in range(2):
            remembering.search(clause, limit=5)
            remembering.counts(clause, ("source",))
        assert engine.times == {"search": times, "counts": times}


def test_what_was_cut_short_or_lacks_parts_is_not_remembered(service: SearchService) -> None:
    class Cut(Asked):
        def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
            if not self.times["search"]:
                budget.cut_short()
            elif self.times["search"] == 1:
                unanswered.note(2)
            return super().search(clause, limit=limit, order=order, total=total)

    engine = Cut(vars(service.index.engine)["_engine"])
    remembering, budget = RememberingEngine(engine), Budget(1e9)
    with unanswered.tolerated():
        for times in (1, 2, 3, 3):
            budget.spend(lambda: remembering.search(Everything(), limit=3))
            assert engine.times["search"] == times
        assert unanswered.parts() == 2


def test_threads_share_it(service: SearchService) -> None:
    remembering, _ = asked(service)
    requests = [SearchRequest(word, limit=2, page=page, today=date(2016, 2, 1)) for word in WORDS for page in (1, 2)]
    expected = [shown(service, request) for request in requests]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda request: shown(remembering, request), requests)) == expected
