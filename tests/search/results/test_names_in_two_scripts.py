"""A source or section that is asked for in the other script than that in which the archive has it, on every engine."""

from __future__ import annotations

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchRequest
from search.service import SearchService
from tests.small_index import open_index

SOURCES = ("almasry", "annahar", "assafir", "3arab", "الوسط", "المغرب اليوم", "نسيم")


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [
        Article(id=str(number), title="", body=f"خبر {number}", source=(source,))
        for number, source in enumerate(SOURCES)
    ]
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("النهار", "annahar"), ("السفير", "assafir"), ("عرب", "3arab"), ("wasat", "الوسط"), ("naseem", "نسيم")],
)
def test_the_name_in_the_other_script_is_offered(service: SearchService, typed: str, nearest: str) -> None:
    (note,) = service.search(SearchRequest(f"مصدر:{typed}")).notes
    assert note.kind == "unknown-source" and dict(note.values)["nearest"] == nearest


@pytest.mark.parametrize("typed", ["الشروق", "القبس", "الحياة", "guardian"])
def test_no_other_name_is_offered(service: SearchService, typed: str) -> None:
    (note,) = service.search(SearchRequest(f"مصدر:{typed}")).notes
    assert note.kind == "unknown-source" and "nearest" not in dict(note.values)
