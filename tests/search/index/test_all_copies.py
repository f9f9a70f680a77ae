"""All copies of an index: counted in parts, once enough lists were asked for; enough to know that a list is full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search import extent
from search.article import Article
from search.engines.registry import EMBEDDED
from search.index import all_copies
from search.index.all_copies import AllCopies
from search.index.open_index import OpenIndex
from tests.small_index import open_index

WORDS = " ".join(f"كلمة{number}" for number in range(40))


@pytest.fixture(scope="module", params=EMBEDDED)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """Twelve stories: one in four articles, one in three, ten in one each; and an article without a text to compare."""
    copies = {0: 4, 1: 3}
    rows = [(story, copy) for story in range(12) for copy in range(copies.get(story, 1))]
    stories = [f"القصة {story} {WORDS.replace('كلمة', f'قصة{story}و')}" for story in range(12)]
    articles = [Article(f"{story}-{copy}", "", stories[story]) for story, copy in rows]
    articles.append(Article("short", "عنوان", "نص"))
    return open_index(tmp_path_factory.mktemp("copies"), articles, engine=request.param).index


@pytest.mark.parametrize("part", [3, 7, 100])
def test_copies_are_the_articles_beside_one_of_each_story(
    index: OpenIndex, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_copies, "_A_PART", part)
    copies = AllCopies(index.engine, countable=True)
    copies.count()
    assert copies.known() == 5


def test_they_are_counted_when_many_long_lists_were_asked_for(
    index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_copies, "_WORTH", 2)
    here, elsewhere = (AllCopies(index.engine, countable=countable) for countable in (True, False))
    assert [here.known() for _ in range(4)] == [None, None, 5, 5]
    assert [elsewhere.known() for _ in range(4)] == [None] * 4


def test_they_are_counted_before_a_site_serves(index: OpenIndex) -> None:
    fresh = replace(index)
    fresh.warm()
    assert fresh.copies.known() == 5


@pytest.mark.parametrize(("matches", "full"), [(16, True), (15, False), (10, False)])
def test_a_list_is_full_if_matches_less_all_copies_are_more_than_it_shows(
    index: OpenIndex, matches: int, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extent, "DEEPEST_HIT", 10)
    index.copies.count()
    assert extent._surely_fills_a_list(index, matches) is full
