"""What is counted by source, section or year, and the articles that have none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search import value_counts
from search.article import Article
from search.budget import Budget
from search.engines.registry import EMBEDDED
from search.index.open_index import OpenIndex
from search.index.remembering_engine import RememberingEngine
from search.pages.records import Filters, SearchRequest
from search.ranking.profile import load_profile
from search.value_counts import ValueCounts, count_by_value
from tests.search.test_article_highlights import Engine
from tests.small_index import open_index

ONE_EACH = [
    Article("1", "", "خبر النفط", ("الرياض",), "سياسة"),
    Article("2", "", "خبر القمح", ("الحياة",)),
    Article("3", "", "خبر النفط أمس"),
    Article("4", "", "صورة"),
]
TWO = Article("5", "", "خبر النفط اليوم", ("الرياض", "الحياة"), "اقتصاد")


def counted(index: OpenIndex, request: SearchRequest, by: str) -> ValueCounts:
    return count_by_value(index, request, load_profile("news"), by=by, budget=Budget())


@pytest.mark.parametrize("engine", EMBEDDED)
def test_articles_without_a_source_are_counted_where_none_has_two(tmp_path: Path, engine: str) -> None:
    service = open_index(tmp_path, ONE_EACH, engine=engine)
    found = counted(service.index, SearchRequest("خبر"), "source")
    assert (found.total, dict(found.values), found.none) == (3, {"الحياة": 1, "الرياض": 1}, 1)
    sections = counted(service.index, SearchRequest("خبر"), "section")
    assert (dict(sections.values), sections.none) == ({"سياسة": 1}, 2)
    nothing = counted(service.index, SearchRequest("صورة"), "source")
    assert (dict(nothing.values), nothing.none) == ({}, 1)


@pytest.mark.parametrize("engine", EMBEDDED)
def test_an_article_of_two_sources_counts_for_both_and_is_not_without_any(tmp_path: Path, engine: str) -> None:
    service = open_index(tmp_path, [*ONE_EACH, TWO], engine=engine)
    found = counted(service.index, SearchRequest("خبر"), "source")
    assert (found.total, dict(found.values), found.none) == (4, {"الحياة": 2, "الرياض": 2}, 1)
    chosen = counted(service.index, SearchRequest("خبر", filters=Filters(sources=("الرياض",))), "source")
    assert (chosen.total, dict(chosen.values), chosen.none) == (2, {"الرياض": 2}, 0)


@pytest.mark.parametrize(("most", "searches"), [(2, 1), (1, 2)])
def test_the_query_is_searched_once_more_only_where_very_many_sources_could_hide_an_article_of_two(
    tmp_path: Path, most: int, searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(value_counts, "_MOST_VALUES", most)
    service = open_index(tmp_path, ONE_EACH)
    asked = Engine(vars(service.index.engine)["_engine"])
    over = replace(service.index, engine=RememberingEngine(asked))
    counted(over, SearchRequest("صورة OR خبر"), "source")
    asked.asked.clear()
    assert counted(over, SearchRequest("خبر"), "source").none == 1
    assert len(asked.asked) == searches
