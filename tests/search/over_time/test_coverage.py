"""What an index holds when, on every engine: each figure is what a search of that source and month finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.over_time import coverage
from search.over_time.coverage import gaps
from search.over_time.periods import months
from search.over_time.records import CompareRequest, Gap, SourceCoverage
from search.pages.records import Filters, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.search.over_time.test_comparison import ARTICLES, small
from tests.small_index import build_index

__all__ = ["small"]


def test_the_coverage_of_each_source_and_of_the_archive(small: SearchService) -> None:
    page = small.coverage()
    assert page.rest is None
    one, other = (2015 * 12 + 6, 2015 * 12 + 9)
    assert page.each == (
        SourceCoverage(
            "باء",
            1,
            3,
            1,
            date(2015, 7, 31),
            date(2015, 10, 2),
            {one: 1, other: 1},
            (Gap("2015-08", "2015-09", 2),),
        ),
        SourceCoverage("ألف", 1, 2, 0, date(2015, 7, 30), date(2015, 7, 31), {one: 2}, ()),
    )
    assert (page.all.articles, page.all.undated, page.all.sources) == (6, 2, 2)
    assert (page.all.first, page.all.last) == (date(2015, 7, 30), date(2017, 1, 5))
    assert page.all.gaps == (Gap("2015-08", "2015-09", 2), Gap("2015-11", "2016-12", 14))


def test_articles_without_a_source_have_a_row_of_their_own(small: SearchService) -> None:
    found = small.coverage().sourceless
    assert (found.articles, found.undated, found.first, found.months) == (2, 1, date(2017, 1, 5), {2017 * 12: 1})


def test_each_figure_is_what_the_search_of_its_source_and_month_finds(service: SearchService) -> None:
    page = service.coverage()
    assert len(page.each) > 2
    for each in page.each:
        assert each.name is not None
        for month, count in each.months.items():
            (period,) = months(month, month)
            filters = Filters(sources=(each.name,), first=period.first, last=period.last)
            assert service.search(SearchRequest("", filters=filters)).total == count


def test_the_sources_asked_for_have_rows_and_the_others_are_summed(small: SearchService) -> None:
    page = small.coverage(["ألف", "لا أحد", "ألف"])
    assert [(each.name, each.articles) for each in page.each] == [("ألف", 2), ("لا أحد", 0)]
    assert page.rest is not None
    assert (page.rest.sources, page.rest.articles, page.rest.undated) == (1, 3, 1)


def test_of_many_sources_the_commonest_have_rows(small: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "SOURCES_COVERED", 1)
    page = coverage.coverage_of(small.index)
    assert [each.name for each in page.each] == ["باء"]
    assert page.rest is not None and page.rest.articles == 2


@given(st.sets(st.integers(12, 400), max_size=40))
def test_gaps_are_the_months_that_are_missing(held: set[int]) -> None:
    found = gaps(dict.fromkeys(held, 1))
    between = len(set(range(min(held), max(held))) - held) if held else 0
    assert sum(gap.months for gap in found) == between
    assert all(gap.months >= 1 and gap.first <= gap.last for gap in found)


def test_sources_have_the_display_names_of_their_owner(tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    names.write_text('synonyms = [["قوات", "ثلج"]]\n\n[sources]\n"الصحيفة" = ["ألف", "باء"]\n', encoding="utf-8")
    place = build_index(tmp_path / "index", ARTICLES)
    service = SearchService.open(Settings(index=place, names=names))
    assert [(each.name, each.articles) for each in service.coverage(["ألف"]).each] == [("الصحيفة", 4)]
    page = service.compare(CompareRequest(("مصدر:الصحيفة", "ثلج"), today=date(2026, 8, 6)))
    within = CompareRequest(("نفط",), Filters(sources=("ألف",)), today=date(2026, 8, 6))
    assert [line.total for line in page.lines] == [4, 5]
    assert service.compare(within).articles == 4


def test_the_coverage_is_made_once_for_a_state_of_the_index(small: SearchService) -> None:
    assert small.coverage() is small.coverage()
    assert small.coverage(["باء"]) is not small.coverage()
