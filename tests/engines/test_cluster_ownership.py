"""Whose an archive on a cluster is, and where its name leads, also where another process changes that meanwhile: the
cluster here is a dictionary of this process."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from search.engines.opensearch import engine, state, writer
from search.engines.opensearch.access import Access
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.folder import Place
from search.engines.opensearch.lock import WriterLock
from search.engines.opensearch.published import publish, take_over
from search.engines.opensearch.refusals import Conflict, Missing, NodeGone
from search.errors import EngineError, IndexForeign

_PLACE = Place("kashaf-2", "kashaf", ("http://localhost:9",))
_FILES = {"kashaf.json": b"{}"}


class Remembering(Cluster):
    """A cluster that knows documents, indexes and where aliases lead. before: is done before aliases are moved."""

    def __init__(self, *indexes: str) -> None:
        super().__init__(Access(_PLACE.addresses))
        self.documents: dict[str, state.Kept] = {}
        self.indexes = set(indexes)
        self.alias: set[str] = set()
        self.before: Callable[[], None] = lambda: None

    def ask(self, method: str, path: str, body: Any = None, *, params: Any = None, **_: Any) -> Any:
        place = unquote(path).strip("/").split("/")
        if place[0] == state.STATE:
            return self._document(method, place[-1], body, params or {})
        if path == "/_aliases":
            return self._move(body["actions"])
        found = self.alias if place[0] == "_alias" else self.indexes & {place[0]}
        return self._present(dict.fromkeys(found), path)

    def _document(self, method: str, name: str, body: Any, params: dict[str, str]) -> Any:
        kept = self.documents.get(name)
        if method == "PUT" and name != state.STATE:
            known = kept.version.number if kept else 0
            if int(params.get("if_seq_no", known)) != known or (kept and params.get("op_type")):
                raise Conflict(name)
            kept = self.documents[name] = state.Kept(body, state.Version(known + 1, 1))
        elif method == "DELETE":
            self.documents.pop(name, None)
        elif method == "GET":
            self._present(kept, name)
        return kept and {"_source": kept.content, "_seq_no": kept.version.number, "_primary_term": 1}

    def _move(self, actions: list[dict[str, dict[str, str]]]) -> None:
        self.before()
        removed, added = ({each[kind]["index"] for each in actions if kind in each} for kind in ("remove", "add"))
        self._present(removed <= self.alias and added <= self.indexes, "alias")
        self.alias = self.alias - removed | added

    @staticmethod
    def _present(found: Any, what: str) -> Any:
        if not found:
            raise Missing(what)
        return found


def generation(directory: Path) -> Path:
    """The folder of a generation in this index directory."""
    return directory / "generations" / "1"


def test_an_archive_that_is_taken_over_before_its_writer_has_the_lock_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster, own, other = Remembering(_PLACE.index), generation(tmp_path / "own"), generation(tmp_path / "other")
    publish(cluster, _PLACE, own, _FILES)

    def late(*given: Any) -> WriterLock:
        take_over(cluster, _PLACE.name, other)
        return WriterLock(*given)

    monkeypatch.setattr(engine, "opened", lambda _: (_PLACE, cluster))
    monkeypatch.setattr(writer, "WriterLock", late)
    known = set(cluster.documents)
    with pytest.raises(IndexForeign, match="/other on"):
        engine.open_writer(own)
    assert set(cluster.documents) == known  # neither the lock nor a number of a commit


def test_the_name_of_an_archive_leads_to_its_new_index_where_the_former_is_removed_meanwhile(tmp_path: Path) -> None:
    cluster = Remembering("kashaf-1", _PLACE.index)
    cluster.alias = {"kashaf-1"}
    cluster.before = cluster.alias.clear
    publish(cluster, _PLACE, generation(tmp_path), _FILES)
    assert cluster.alias == {_PLACE.index}


def test_files_are_not_published_where_the_name_of_the_archive_cannot_be_led_to_its_index(tmp_path: Path) -> None:
    cluster = Remembering("kashaf-1", "kashaf-0", _PLACE.index)
    cluster.alias = {"kashaf-1"}
    cluster.before = lambda: setattr(cluster, "alias", {"kashaf-0", "kashaf-1"} - cluster.alias)
    with pytest.raises(EngineError):
        publish(cluster, _PLACE, generation(tmp_path), _FILES)
    assert not cluster.documents


def test_an_archive_of_which_the_index_was_removed_is_told_to_others_all_the_same(tmp_path: Path) -> None:
    cluster = Remembering("kashaf-1")
    cluster.alias = {"kashaf-1"}
    publish(cluster, _PLACE, generation(tmp_path), _FILES)
    assert (cluster.alias, set(cluster.documents)) == ({"kashaf-1"}, {"kashaf|file|kashaf.json"})


class TakingUp(Remembering):
    """A cluster whose node answers of the documents only after so many questions for its health, whatever that is."""

    def __init__(self, *, after: float) -> None:
        super().__init__()
        self.left = after

    def ask(self, method: str, path: str, body: Any = None, *, params: Any = None, **more: Any) -> Any:
        if path.startswith("/_cluster/health/"):
            self.left -= 1
            return {}
        if method == "GET" and self.left > 0:
            raise NodeGone("RECOVERING")
        return super().ask(method, path, body, params=params, **more)


@pytest.mark.parametrize("after", [1, 3])  # of a part that is called started a node may know a moment later
def test_a_lock_waits_for_its_index_which_another_program_has_just_made(after: int) -> None:
    cluster = TakingUp(after=after)
    WriterLock(cluster, "kashaf").close()
    assert cluster.left == 0


def test_a_lock_waits_for_its_index_for_some_seconds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "PATIENCE", 0.3)
    cluster = TakingUp(after=math.inf)
    with pytest.raises(NodeGone, match="RECOVERING"):
        WriterLock(cluster, "kashaf")
