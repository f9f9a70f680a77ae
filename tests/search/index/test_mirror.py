"""A machine that does not see the index directory searches what another one publishes on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.withdrawal import delete
from search.errors import IndexDamaged, IndexForbidden, IndexMissing
from search.index import mirror
from search.index.directory import IndexDirectory
from search.index.following import Followed
from search.index.searched_state import Newest
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.engines.own_archive import own_archive
from tests.indexer.archives import archive, rows
from tests.indexer.building import add, generations, rebuild


@pytest.fixture(autouse=True)
def name(cluster: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(mirror, "_PAUSE", 0.0)
    with own_archive(cluster, monkeypatch, CLUSTER_REPLICAS="0") as name:
        yield name


def test_a_copy_follows_commits_and_swaps_and_is_written_by_nobody(tmp_path: Path) -> None:
    own, copy, source = tmp_path / "own", tmp_path / "copy", archive(tmp_path / "a.jsonl", rows(0, 12))
    with pytest.raises(IndexMissing, match="kashaf index --engine opensearch"):
        SearchService.open(Settings(index=copy))
    assert not copy.exists()
    add(own, source, engine="opensearch")
    service = SearchService.open(Settings(index=copy))

    def total() -> int:
        return service.search(SearchRequest("خبر", collapse=False)).total

    assert total() == 12
    archive(source, rows(0, 15))
    add(own, source)
    assert total() == 15
    delete(IndexDirectory(own), ["3"])
    assert total() == 14
    for _ in range(3):
        rebuild(own)
        assert total() == 14
    assert generations(copy) == ["3", "4"]
    with pytest.raises(IndexForbidden, match="where the archive is indexed"):
        add(copy, source)
    assert IndexDirectory(copy).read() == IndexDirectory(own).read()
    service.close()


def test_a_site_sees_what_was_committed_elsewhere(tmp_path: Path) -> None:
    own, copy, source = tmp_path / "own", tmp_path / "copy", archive(tmp_path / "a.jsonl", rows(0, 2))
    add(own, source, engine="opensearch")
    followed = Followed(copy)
    archive(source, rows(0, 3))
    add(own, source)
    followed.look()
    assert followed.current.engine.documents == 3
    followed.close()


@pytest.mark.parametrize(
    "path", ["../outside", "/dev/null/outside", "generations/../../outside", "C:outside", "a\\..\\..\\b", ""]
)
def test_a_file_outside_the_directory_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Whoever may write to the cluster must not write to any file of the machines that search."""
    files = {"kashaf.json": b"{}", path: b"strange"}
    monkeypatch.setattr(mirror, "shared", lambda: SimpleNamespace(published_files=lambda _: ("state", files)))
    with pytest.raises(IndexDamaged, match="outside the index directory"):
        mirror.begin_or_update(tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_serves_on_while_nothing_newer_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, copy = tmp_path / "own", tmp_path / "copy"
    add(own, archive(tmp_path / "a.jsonl", rows(0, 2)), engine="opensearch")
    newest = Newest(copy)
    monkeypatch.setenv("KASHAF_CLUSTER", "http://127.0.0.1:9")
    assert newest.current.engine.documents == 2
    newest.close()
