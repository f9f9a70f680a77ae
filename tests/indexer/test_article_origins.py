"""Every article knows its origin: the name of the source, the file below it, its place; no path of the machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.build import Choices, index
from indexer.remembered_sources.registering import add_source, remembered_roots
from search.index.directory import IndexDirectory
from search.index.source_registry import fetched_folder
from search.pages.records import Origin
from search.service import SearchService
from search.settings import Settings
from tests.indexer.archives import archive, kashaf, rows
from tests.indexer.building import add, rebuild


def origins(place: Path, id: str) -> tuple[Origin, ...]:
    with SearchService.open(Settings(index=place)) as service:
        article = service.article(id)
        assert article
        return service.origins(article)


@pytest.fixture
def made(place: Path, tmp_path: Path, engine: str) -> Path:
    """An index of a folder, a file with an id of the folder, and a feed."""
    directory = IndexDirectory(place)
    archive(tmp_path / "الرياض" / "2017" / "a.jsonl", rows(0, 3))
    archive(tmp_path / "b.jsonl", rows(2, 4, "نبأ"))
    feed = add_source(directory, "https://c.example/feed", name="c", options={})
    archive(
        fetched_folder(place, feed) / "2026-11.jsonl", [{"id": "https://c.example/1", "title": "خبر", "body": "نص"}]
    )
    add(place, tmp_path / "الرياض", tmp_path / "b.jsonl", engine=engine)
    index(directory, remembered_roots(directory, all_there=True), Choices())
    return place


def test_every_article_knows_where_it_comes_from(made: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert origins(made, "2") == (Origin("الرياض", "2017/a.jsonl", 3),)
        assert origins(made, "b/2") == (Origin("b", "b.jsonl", 1),)
        assert origins(made, "https://c.example/1") == (Origin("c", "2026-11.jsonl", 1),)
        rebuild(made)
    archive(tmp_path / "الرياض" / "2018" / "copy.jsonl", rows(1, 2))
    add(made, tmp_path / "الرياض")
    assert origins(made, "1") == (Origin("الرياض", "2017/a.jsonl", 2), Origin("الرياض", "2018/copy.jsonl", 1))


def test_the_command_shows_it_and_no_path_of_the_machine(made: Path, tmp_path: Path) -> None:
    shown = kashaf("read", "2", "--lang", "en", "--index", made).stdout
    assert shown.splitlines()[-1] == "from: الرياض: 2017/a.jsonl, 3"
    found = json.loads(kashaf("read", "2", "--json", "--index", made).stdout)
    assert found["origins"] == [{"source": "الرياض", "file": "2017/a.jsonl", "place": 3}]
    assert str(tmp_path) not in json.dumps(found)


def test_an_index_that_knows_no_origins_or_cannot_read_them_says_nothing(made: Path) -> None:
    table = next((made / "generations").glob("*/origins.sqlite"))
    (made / "sources.json").unlink()
    assert origins(made, "2") == (Origin(None, "a.jsonl", 3),)
    table.write_bytes(b"x" * 5000)
    assert origins(made, "2") == ()
    table.unlink()
    assert origins(made, "2") == ()
