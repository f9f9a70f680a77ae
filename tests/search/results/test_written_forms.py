"""Words that readers are shown are spelled as articles spell them, never as the index folds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import Note, SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, open_index

BODIES = (
    "وقال مسؤول في الرئاسة إن المؤتمر بدأ أمس في الأردن",
    "وأكد المسؤول الأميركي أن المستشفى مُغلق، والمسؤولون في الأردن",
    "مسئول آخر يزور المستشفى والمؤتمر مع أوباما",
    "مَسؤُول يتحدث عن المؤتمرات وأوبـاما والأردن في المستشفى",
)


@pytest.fixture(params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> SearchService:
    articles = [Article(f"{n}-{copy}", "", f"{body} {copy}") for n, body in enumerate(BODIES) for copy in range(5)]
    return open_index(tmp_path, articles, engine=request.param)


def test_where_the_first_articles_agree_no_others_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index(tmp_path, [Article(str(n), f"قال أوباما {n}", "قال") for n in range(30)]).index
    loaded, load = list[object](), index.engine.load
    monkeypatch.setattr(index.engine, "load", lambda refs: loaded.extend(refs) or load(refs))
    assert index.written("اوباما") == "أوباما" and len(loaded) == 12


def ask(service: SearchService, query: str) -> SearchPage:
    return service.search(SearchRequest(query, collapse=False))


@pytest.mark.parametrize(
    ("folded", "written"),
    [("مسءول", "مسؤول"), ("اردن", "أردن"), ("مستشفي", "مستشفى"), ("اوباما", "أوباما"), ("غاءب", "غاءب"), ("", "")],
)
def test_a_folded_word_is_written_as_in_most_articles_without_particles(
    service: SearchService, folded: str, written: str
) -> None:
    assert service.index.written(folded) == written


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("مسؤلل", "مسؤول"),
        ("المسؤوول", "المسؤول"),
        ("المؤتمرر في الأردنن", "المؤتمر في الأردن"),
        ("المستشففى", "المستشفى"),
        ("مؤتمرأمس", "مؤتمر أمس"),
    ],
)
def test_a_repaired_word_is_spelled_as_articles_spell_it(service: SearchService, typed: str, read: str) -> None:
    (note,) = (note for note in ask(service, typed).notes if note.kind in {"spelling", "particles"})
    assert note.values == (("found", read),)


def test_an_offered_query_is_spelled_as_articles_spell_it(tmp_path: Path) -> None:
    common = [Article(f"c{n}", "", f"وقال مسؤول إن البند {n} من الميزانية أُقر") for n in range(40)]
    place = build_index(tmp_path, [*common, Article("t", "", "قال المسعول أمس")])
    assert ask(SearchService.open(Settings(index=place)), "المسعول").suggestion == "المسؤول"


def test_other_spellings_of_a_name_are_shown_as_articles_write_them(tmp_path: Path) -> None:
    articles = [Article("a", "", "وقال إنغلاند اليوم"), Article("b", "", "وقال إنجلاند أمس")]
    service = open_index(tmp_path, articles)
    assert ask(service, "إنغلاند").notes == (Note("names", (("names", ("إنجلاند",)),), "إنغلاند", "names"),)
