"""Searching by who wrote it: persons, agencies and places of bylines and datelines, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import Choices, index
from indexer.sources import Sources
from search.engines.registry import EMBEDDED
from search.index.directory import IndexDirectory
from search.pages.as_json import page_object
from search.pages.records import Filters, SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.indexer.archives import archive

ROWS = [
    {"id": "spa", "title": "وصول الوفد", "body": "وصل الوفد إلى المطار أمس", "author": "الرياض - واس"},
    {"id": "spa-2", "title": "عودة الوفد", "body": "واس - جدة:\nعاد الوفد من سفره"},
    {"id": "reuters", "title": "الوفد في القاهرة", "body": "القاهرة (رويترز) - زار الوفد المتحف"},
    {"id": "ali", "title": "الوفد والصحافة", "body": "تحدث الوفد للصحافة", "author": "جدة - أحمد علي"},
    {"id": "ali-2", "title": "الوفد والشباب", "body": "دبي: أحمد علي كشف رئيس الوفد عن خطته"},
    {"id": "word", "title": "كلمة", "body": "رأي في الوفد وزيارته", "author": "كلمة اليوم"},
]


@pytest.fixture(scope="module", params=EMBEDDED)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    made = IndexDirectory(folder / "index")
    index(made, Sources([archive(folder / "a.jsonl", ROWS)]), Choices(engine=request.param))
    return made.path


def search(place: Path, query: str, filters: Filters | None = None, names: Path | None = None) -> SearchPage:
    service = SearchService.open(Settings(index=place, names=names))
    return service.search(SearchRequest(query, filters=filters or Filters(), repair=False))


def found(place: Path, query: str, filters: Filters | None = None, names: Path | None = None) -> set[str]:
    return {hit.article.id for hit in search(place, query, filters, names).hits}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("وكالة:واس", {"spa", "spa-2"}),
        ("agency:رويترز", {"reuters"}),
        ("وكالة:(واس أو رويترز)", {"spa", "spa-2", "reuters"}),
        ("مكان:جدة", {"spa-2", "ali"}),
        ("place:القاهرة", {"reuters"}),
        ("كاتب:أحمد", {"ali", "ali-2"}),
        ('كاتب:"أحمد علي" مكان:دبي', {"ali-2"}),
        ("كاتب:واس", set()),
        ("كاتب:كلمة", {"word"}),
        ("الوفد -وكالة:واس -كاتب:أحمد", {"reuters", "word"}),
        ("وكالة:روي*", {"reuters"}),
    ],
)
def test_persons_agencies_and_places_are_fields(place: Path, query: str, ids: set[str]) -> None:
    assert found(place, query) == ids


def test_a_headline_that_quotes_an_agency_is_no_field(place: Path) -> None:
    assert found(place, "وكالة: الوفد") == found(place, "وكالة الوفد")


def test_persons_and_agencies_are_counted_beside_the_hits(place: Path) -> None:
    facets = search(place, "الوفد").facets
    assert facets["agency"] == (("واس", 2), ("رويترز", 1))
    assert facets["author"] == (("أحمد علي", 2), ("كلمة اليوم", 1))
    assert "place" not in facets
    chosen = search(place, "الوفد", Filters(places=("جدة",))).facets
    assert chosen["place"] == (("جدة", 2), ("الرياض", 1), ("القاهرة", 1), ("دبي", 1))
    assert chosen["agency"] == (("واس", 1),)


def test_persons_agencies_and_places_narrow_a_search(place: Path) -> None:
    assert found(place, "الوفد", Filters(agencies=("واس",))) == {"spa", "spa-2"}
    assert found(place, "الوفد", Filters(places=("جدة",), authors=("أحمد علي",))) == {"ali"}


def test_json_has_the_byline_as_written_and_what_it_names(place: Path) -> None:
    (hit,) = page_object(search(place, "مكان:الرياض"))["hits"]
    assert hit["author"] == "الرياض - واس"
    assert (hit["persons"], hit["agencies"], hit["places"]) == ([], ["واس"], ["الرياض"])


def test_an_unknown_agency_is_said_and_the_nearest_offered(place: Path) -> None:
    (note,) = search(place, "وكالة:رويتر").notes
    assert (note.kind, note.query) == ("unknown-agency", "وكالة:رويترز")


def test_names_are_completed(place: Path) -> None:
    service = SearchService.open(Settings(index=place))
    assert service.suggest("وكالة:رو") == ("وكالة:رويترز",)
    assert service.suggest("مكان:الري") == ("مكان:الرياض",)


def test_the_owner_names_agencies_authors_and_places(place: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    names.write_text(
        '[agencies]\n"وكالة الأنباء السعودية" = ["واس"]\n'
        '[authors]\n"أ. علي" = ["أحمد علي"]\n[places]\n"الحجاز" = ["جدة"]\n',
        "utf-8",
    )
    page = search(place, "الوفد", names=names)
    assert page.facets["agency"] == (("وكالة الأنباء السعودية", 2), ("رويترز", 1))
    assert page.facets["author"] == (("أ. علي", 2), ("كلمة اليوم", 1))
    assert found(place, "مكان:الحجاز", names=names) == {"spa-2", "ali"}
    assert found(place, "الوفد", Filters(agencies=("وكالة الأنباء السعودية",)), names) == {"spa", "spa-2"}
    (hit,) = search(place, "مكان:الرياض", names=names).hits
    assert (hit.article.author, hit.article.agencies) == ("الرياض - واس", ("وكالة الأنباء السعودية",))
