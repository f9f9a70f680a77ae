"""What a request leaves out when it has no time left, and that it says so: on the bundled sample, on every engine."""

from __future__ import annotations

from datetime import date
from itertools import count, pairwise
from math import inf

import pytest
from msgspec import structs

from search.answering import Answerer
from search.budget import Budget
from search.pages.as_json import page_object
from search.pages.records import Filters, Note, SearchRequest
from search.query.clauses import Combine, filtered
from search.query.parser import parse
from search.ranking.profile import NEWS
from search.service import SearchService
from search.settings import Settings
from tests.small_index import sample_articles
from web.app import create_app

TODAY = date(2026, 1, 15)
MANY = " ".join(f"سفين{a}{b}~2" for a in "ابتث" for b in "رزسش")


def late() -> Budget:
    """A budget that every step exceeds."""
    ticks = count(step=10)
    return Budget(1.0, clock=lambda: next(ticks))


def kinds(notes: tuple[Note, ...]) -> list[str]:
    return [note.kind for note in notes]


def test_a_slow_search_has_its_hits_without_the_counts_and_a_note(service: SearchService) -> None:
    request = SearchRequest("القمح", today=TODAY)
    whole, cut = service.search(request), service.search(request, late())
    assert kinds(whole.notes) == []
    assert whole.facets and whole.timeline
    assert kinds(cut.notes) == ["budget-counts"]
    assert not cut.facets and not cut.timeline
    assert [hit.article.id for hit in cut.hits] == [hit.article.id for hit in whole.hits]
    assert cut.total == whole.total > 0


def test_the_pages_of_a_slow_search_are_those_that_are_known_to_have_hits(service: SearchService) -> None:
    request = SearchRequest("", limit=10, today=TODAY)  # one hundred matches are read at first, and there are fewer
    assert service.search(request, late()).pages == service.search(request).pages > 1
    single = SearchRequest("", limit=10, collapse=False, today=TODAY)
    assert service.search(single, late()).pages == service.search(single).pages > 1


def test_of_a_long_page_of_a_slow_search_the_first_hits_are_highlighted(service: SearchService) -> None:
    request = SearchRequest("في", limit=40, explain=True, today=TODAY)
    whole, cut = service.search(request), service.search(request, late())
    assert kinds(whole.notes) == []
    assert kinds(cut.notes) == ["budget-counts", "budget-marks"]
    assert cut.hits[:10] == tuple(
        structs.replace(hit, copies=mine.copies) for hit, mine in zip(whole.hits[:10], cut.hits[:10], strict=True)
    )
    assert len(cut.hits) == len(whole.hits) > 20
    assert all(hit.snippets for hit in cut.hits[10:])
    assert not any(segment.highlighted for hit in cut.hits[10:] for snippet in hit.snippets for segment in snippet)
    assert any(segment.highlighted for hit in whole.hits[10:] for snippet in hit.snippets for segment in snippet)


def test_a_slow_search_without_hits_is_not_read_in_other_ways(service: SearchService) -> None:
    request = SearchRequest("القمخ", today=TODAY)
    assert kinds(service.search(request).notes) == ["spelling"]
    cut = service.search(request, late())
    assert (cut.total, kinds(cut.notes)) == (0, ["budget-attempts", "budget-counts"])


def test_a_slow_search_offers_no_arabic_letters(service: SearchService) -> None:
    request = SearchRequest("7alab", today=TODAY)
    assert "arabizi" in kinds(service.search(request).notes)
    assert "arabizi" not in kinds(service.search(request, late()).notes)


def test_a_slow_search_without_hits_is_not_relaxed(service: SearchService) -> None:
    request = SearchRequest("القمح الهيدروكربونيات الشطرنجيون", today=TODAY)
    assert "relaxed" in kinds(service.search(request).notes)
    assert kinds(service.search(request, late()).notes) == ["budget-attempts", "budget-counts"]


def test_an_answer_that_was_cut_has_cut_in_json(service: SearchService) -> None:
    found = page_object(service.search(SearchRequest(MANY, today=TODAY)))
    cut = [note for note in found["notes"] if note["kind"] == "budget-similar"]
    assert len(cut) == 3
    assert "سفين" in cut[0]["text"] and "كما كُتبت" in cut[0]["text"]


def test_an_answer_that_was_cut_has_a_note_on_the_page_and_in_the_api(service: SearchService) -> None:
    client = create_app(Settings(), service).test_client()
    assert "البحث عما يشبه كلمات كثيرة يطول" in client.get("/search", query_string={"q": MANY}).text
    answer = client.get("/api/search", query_string={"q": MANY}).json
    assert answer is not None
    assert "budget-similar" in [note["kind"] for note in answer["notes"]]


def test_ordinary_queries_are_within_the_budget(service: SearchService) -> None:
    for article in sample_articles()[::4]:
        one, *others = (article.title or article.body).split()[:6]
        query = f'{one}~2 {" ".join(others)} "{" ".join(others[:2])}" ="{one} {others[0]}"~5 {one[:3]}*'
        notes = service.search(SearchRequest(query, today=TODAY)).notes
        assert not [kind for kind in kinds(notes) if kind.startswith("budget")], query


def answerer(service: SearchService, request: SearchRequest) -> Answerer:
    return Answerer(service.index, request, NEWS, TODAY, Budget(inf))


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(sources=sample_articles()[0].source), Filters(first=date(2023, 6, 1))]
)
def test_most_of_the_words_are_as_many_as_can_be(service: SearchService, filters: Filters) -> None:
    """Searched for at once, they are as many as searches for each number of words find, one after another."""
    words = [word for article in sample_articles() for word in article.body.split()[3:5]]
    found = 0
    for number, (one, other) in enumerate(pairwise(words)):
        query = f"{one} {other} {words[-number]} {words[number // 2]} -{words[number - 7]}"
        asked = answerer(service, SearchRequest(query, filters=filters, collapse=False, today=TODAY))
        tree = parse(query, today=TODAY).tree
        strict = asked.answer(tree)
        if strict.total:
            continue
        plan = strict.plan
        totals = {
            least: asked._answer(plan, filtered(Combine(should=plan.wanted, least=least), *plan.kept), tree, ()).total
            for least in range(1, len(plan.wanted))
        }
        most = max((least for least, total in totals.items() if total), default=0)
        relaxed = asked.relaxed(strict, tree)
        assert relaxed.total == totals.get(most, 0)
        said = [dict(note.values) for note in relaxed.notes if note.kind == "relaxed"]
        assert said == ([{"least": most, "wanted": len(plan.wanted)}] if most else [])
        found += bool(most)
    assert found > 10
