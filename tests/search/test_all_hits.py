"""All hits of a search, one after another, on every engine: the order of the pages, and going on behind a position."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from search import all_hits as listing
from search import answering
from search.article import Article
from search.engines.base import Order
from search.engines.registry import EMBEDDED
from search.errors import RequestError
from search.limits import LISTS_KEPT
from search.pages.positions import Position, read_position
from search.pages.records import Filters, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.examples import examples
from tests.search.index.test_following import swap
from tests.small_index import build_index, open_index

TODAY = date(2026, 1, 15)
QUERIES = ("قال", "في", "", "وزارة الصحة", "القمح OR النفط", "ققققق", "سعر القمحح", '"وزارة الصحة"', "before:2025")


def asked(query: str, **options: object) -> SearchRequest:
    return replace(SearchRequest(query, today=TODAY), **options)  # type: ignore[arg-type]


def of_all_pages(service: SearchService, request: SearchRequest) -> list[tuple[str, float, int]]:
    first = service.search(request)
    pages = [first] + [service.search(replace(request, page=number)) for number in range(2, first.pages + 1)]
    return [(hit.article.id, hit.score, hit.copies) for page in pages for hit in page.hits]


def listed(service: SearchService, request: SearchRequest, **options: object) -> list[str]:
    return [row.hit.article.id for row in service.all_hits(request, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("collapse", (True, False))
def test_a_list_is_that_of_the_pages(service: SearchService, order: Order, collapse: bool) -> None:
    for query in QUERIES:
        request = asked(query, order=order, collapse=collapse, facets=False, limit=17)
        found = service.all_hits(request)
        rows = [(row.hit.article.id, row.hit.score, row.hit.copies) for row in found]
        assert rows == of_all_pages(service, request)
        assert (len(rows), found.total) == (len(found), service.search(request).total)
        assert not (found.truncated or found.cut or found.moved)


def test_it_is_longer_than_the_pages_and_loads_a_chunk_at_a_time(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[int] = []
    load = type(service.index.engine).load

    def counted(engine: object, refs: list[object]) -> object:
        loaded.append(len(refs))
        return load(engine, refs)  # type: ignore[arg-type]

    monkeypatch.setattr(type(service.index.engine), "load", counted)
    monkeypatch.setattr(listing, "_CHUNK", 7)
    found = service.all_hits(asked("", collapse=False))
    assert loaded == []
    rows = iter(found)
    next(rows)
    assert loaded == [7]
    assert len(list(rows)) == service.index.engine.documents - 1 and set(loaded[:-1]) == {7}
    assert len(list(found)) == len(found)  # it can be read again


def test_copies_are_counted_whether_all_matches_were_read_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(f"كلمة{n} طويلة" for n in range(60))
    articles = [Article(f"c{n}", "عنوان", text, published=f"2020-01-{n + 1:02}") for n in range(5)]
    articles += [Article(f"d{n}", "", f"كلمة{n} وحدها {n * 7} طويلة") for n in range(30)]
    monkeypatch.setattr(answering, "_FETCHED", 1)
    for engine in EMBEDDED:
        service = open_index(tmp_path / engine, articles, engine=engine)
        request = asked("طويلة", order=Order.OLDEST)
        whole = [(row.hit.article.id, row.hit.copies) for row in service.all_hits(request)]
        assert whole[0] == ("c0", 4) and len(whole) == 31
        assert [(row.hit.article.id, row.hit.copies) for row in service.all_hits(request, limit=1)] == whole[:1]


def test_snippets_and_marks_are_those_of_the_page(service: SearchService) -> None:
    request = asked("أسعار القمح", limit=100)
    shown = [(hit.title, hit.snippets) for hit in service.search(request).hits]
    assert shown == [(row.hit.title, row.hit.snippets) for row in service.all_hits(request, snippets=True)]
    plain = list(service.all_hits(request))
    assert all(row.hit.snippets == () for row in plain)
    assert ["".join(piece.text for piece in row.hit.title) for row in plain] == [r.hit.article.title for r in plain]


@given(query=st.sampled_from(QUERIES), order=st.sampled_from(Order), sizes=st.lists(st.integers(1, 40), min_size=1))
@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_going_on_neither_repeats_nor_misses_a_hit(
    service: SearchService, query: str, order: Order, sizes: list[int]
) -> None:
    request = asked(query, order=order)
    whole = listed(service, request)
    found: list[str] = []
    after: Position | None = None
    for size in [*sizes, len(whole) + 1]:
        part = service.all_hits(request, after=after, limit=size)
        rows = list(part)
        assert (part.moved, part.first, len(rows)) == (False, len(found) + 1, len(part))
        found += [row.hit.article.id for row in rows]
        assert part.truncated == (len(found) < len(whole))
        after = read_position(str(rows[-1].position)) if rows else after
    assert found == whole


def test_a_list_ends_where_lists_end_and_says_so(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked("في")
    whole = listed(service, request)
    monkeypatch.setattr(listing, "MOST_LISTED", 12)
    found = service.all_hits(request)
    assert [row.hit.article.id for row in found] == whole[:12] and found.truncated
    *_, last = found
    behind = service.all_hits(request, after=last.position)
    assert (list(behind), len(behind), behind.truncated) == ([], 0, True)


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_list_stays_that_of_its_index_and_goes_on_in_the_next(tmp_path: Path, engine: str) -> None:
    def article(number: int) -> Article:
        return Article(f"a{number:02}", "", f"القمح {number}", published=f"2020-01-{number:02}")

    old = open_index(tmp_path / "old", map(article, range(1, 21)), engine=engine)
    request = asked("القمح", order=Order.OLDEST, collapse=False)
    rows = [row for row, _ in zip(old.all_hits(request), range(10), strict=False)]
    later = [article(number) for number in range(3, 29)]
    new = open_index(tmp_path / "new", later, engine=engine)
    place = replace(rows[-1].position, commit="0.0.0")  # another commit
    going_on = new.all_hits(request, after=place)
    assert going_on.moved and going_on.first == 9  # two articles before it are gone
    assert [row.hit.article.id for row in going_on] == [f"a{number}" for number in range(11, 29)]
    gone = new.all_hits(request, after=replace(place, id="none", rank=20))
    assert gone.moved and [row.hit.article.id for row in gone] == [f"a{number}" for number in range(23, 29)]
    assert list(new.all_hits(request, after=replace(place, rank=1000))) == list(going_on)


def test_another_commit_is_seen_while_the_list_is_read(tmp_path: Path) -> None:
    place = build_index(tmp_path / "index", [Article(f"a{n}", "", "القمح") for n in range(3)])
    service = SearchService.open(Settings(index=place))
    rows = iter(service.all_hits(asked("القمح", collapse=False)))
    first = next(rows)
    commit = service.index.commit
    swap(place, [Article("b", "", "الشعير")])
    assert service.search(asked("القمح")).total == 0 and service.index.commit != commit
    assert len([first, *rows]) == 3


def test_a_position_of_another_search_is_refused(service: SearchService) -> None:
    request = asked("قال")
    position = next(iter(service.all_hits(request))).position
    others = (asked("في"), replace(request, order=Order.NEWEST), replace(request, collapse=False))
    for other in (*others, replace(request, filters=Filters(undated=True))):
        with pytest.raises(RequestError, match="another search"):
            service.all_hits(other, after=position)
    assert service.all_hits(replace(request, page=2, limit=3, facets=False), after=position).first == 2
    with pytest.raises(RequestError, match="limit 0"):
        service.all_hits(request, limit=0)


@given(st.text(max_size=30) | st.from_regex(r"[A-Za-z0-9_-]{0,60}"))
@examples(40)
def test_a_text_that_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="cursor"):
        read_position(text)


def test_a_position_survives_its_text_form() -> None:
    position = Position("abc", "2.17", 99_999, "https://مثال.com/خبر?a=1")
    assert read_position(str(position)) == position
    for rank in (0, -1, 100_001):
        with pytest.raises(RequestError, match="cursor"):
            read_position(str(replace(position, rank=rank)))


def test_who_reads_on_far_behind_the_beginning_has_the_rest_searched_once(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_DEEP", 12)
    service.index.lists.clear()
    answered: list[int] = []
    answer = listing.answer_or_repair
    monkeypatch.setattr(listing, "answer_or_repair", lambda *given: answered.append(1) or answer(*given))
    request, after, found = asked("قال"), None, list[str]()
    while rows := list(service.all_hits(request, after=after, limit=5)):
        found += [row.hit.article.id for row in rows]
        after = rows[-1].position
    assert found == listed(service, request) and len(found) > 30
    assert len(answered) == 3  # two from the beginning, one for the rest
    for query in ("في", "من", "على", "إلى"):
        list(service.all_hits(asked(query), limit=13))
    assert len(service.index.lists) <= LISTS_KEPT
