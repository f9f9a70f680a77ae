"""An index of format 3 keeps no numbers of ids: it is searched, in the order of its files, and not added to."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import tantivy

from indexer.build import Choices, Safeguards, index, reindex
from indexer.sources import Sources
from indexer.withdrawal import delete
from search import schema
from search.article import Article
from search.engines.base import Order
from search.engines.tantivy import engine as tantivy_engine
from search.errors import IndexOutdated
from search.index.directory import IndexDirectory
from search.pages.records import SearchRequest
from search.query.clauses import Everything
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

_BUILDER = tantivy.SchemaBuilder


class _Unnumbered:
    """A builder of schemas that leaves the numbers of ids out."""

    def __init__(self) -> None:
        self._builder = _BUILDER()
        self.add_text_field, self.add_bytes_field = self._builder.add_text_field, self._builder.add_bytes_field
        self.build = self._builder.build

    def add_integer_field(self, name: str, *, indexed: bool = False, fast: bool = False) -> None:
        if name != tantivy_engine.ID_NUMBER:
            self._builder.add_integer_field(name, indexed=indexed, fast=fast)


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of three articles of one day, as format 3 kept them."""
    with monkeypatch.context() as patched:
        patched.setattr(tantivy_engine.tantivy, "SchemaBuilder", _Unnumbered)
        place = build_index(
            tmp_path / "index", [Article(id, "", f"القمح {id}", published="2020-01-01") for id in "cab"]
        )
    directory = IndexDirectory(place)
    directory.write(msgspec.structs.replace(directory.read(), format=3))
    return place


@pytest.mark.parametrize("order", list(Order))
def test_an_older_index_is_searched_in_every_order(older: Path, order: Order) -> None:
    found = SearchService.open(Settings(index=older)).search(SearchRequest("القمح", order=order))
    assert sorted(hit.article.id for hit in found.hits) == ["a", "b", "c"]


def test_ids_of_an_older_index_are_read_from_the_store(older: Path) -> None:
    _, engine = IndexDirectory(older).open_engine()
    refs = [match.ref for match in engine.search(Everything(), limit=3).matches]
    for _ in range(2):
        assert sorted(engine.ids(refs)) == ["a", "b", "c"]


def test_nothing_is_added_to_an_older_index_and_a_rebuilt_one_is_new(older: Path, tmp_path: Path) -> None:
    text = tmp_path / "new.txt"
    text.write_text("عنوان جديد\n\nالقمح في المخازن", encoding="utf-8")
    for change in (
        lambda: index(IndexDirectory(older), Sources([text]), Choices()),
        lambda: delete(IndexDirectory(older), ["a"]),
    ):
        with pytest.raises(IndexOutdated, match=r"\(format 3\).*kashaf reindex"):
            change()
    assert SearchService.open(Settings(index=older)).facts().articles == 3
    rebuilt = reindex(IndexDirectory(older), Sources([text]), Choices(), safeguards=Safeguards(allow_shrink=True))
    assert rebuilt.articles == 1
    assert IndexDirectory(older).read().format == schema.FORMAT
