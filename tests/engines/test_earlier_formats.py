"""An index of format 4 has no agencies and places: it is searched on every engine, and finds none of them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from search import schema
from search.article import Article
from search.engines.registry import EMBEDDED
from search.engines.whoosh import engine as whoosh_engine
from search.engines.whoosh import writer as whoosh_writer
from search.engines.whoosh.fields import whoosh_schema
from search.index.directory import IndexDirectory
from search.pages.records import Filters, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

_LATER = {"agency_word", "place_word", "agency", "place"}


@pytest.fixture(params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchService:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "FIELDS", tuple(field for field in schema.FIELDS if field.name not in _LATER))
        for module in (whoosh_engine, whoosh_writer):
            patched.setattr(module, "SCHEMA", whoosh_schema())
        articles = [Article("a", "القمح", "ارتفع سعر القمح", ("القنديل",), author="أحمد علي", published="2020-01-01")]
        place = build_index(tmp_path / "index", articles, engine=request.param)
    directory = IndexDirectory(place)
    directory.write(msgspec.structs.replace(directory.read(), format=4))
    return SearchService.open(Settings(index=place))


@pytest.mark.parametrize("query", ["القمح", "كاتب:أحمد", "مصدر:القنديل القمح", "القمح -وكالة:واس", "قمح أو مكان:جدة"])
def test_an_index_without_agencies_is_searched(service: SearchService, query: str) -> None:
    page = service.search(SearchRequest(query))
    assert [hit.article.id for hit in page.hits] == ["a"]
    assert page.facets["author"] == (("أحمد علي", 1),)
    assert page.facets["agency"] == ()


@pytest.mark.parametrize("query", ["وكالة:واس", "مكان:جد*", "وكالة:واص~"])
def test_nothing_is_of_an_agency_there(service: SearchService, query: str) -> None:
    assert service.search(SearchRequest(query, repair=False)).total == 0
    assert service.search(SearchRequest("القمح", filters=Filters(agencies=("واس",), places=("جدة",)))).total == 0


def test_names_of_agencies_are_completed_and_compared_in_vain(service: SearchService) -> None:
    assert service.suggest("وكالة:و") == ()
    assert service.index.nearest.nearest("agency", "واس") is None
