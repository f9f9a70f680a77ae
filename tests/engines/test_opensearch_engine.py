"""The engine on OpenSearch fulfils the contract of engines, on a real node."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search import unanswered
from search.engines.base import Engine, Order, search_each
from search.engines.opensearch import counting, matching, view
from search.engines.opensearch.access import access
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.commits import Turn
from search.engines.opensearch.engine import OpenSearchEngine
from search.engines.opensearch.folder import opened
from search.engines.opensearch.mapping import index_body
from search.engines.opensearch.refusals import refusal
from search.engines.opensearch.view import View
from search.engines.opensearch.writer import OpenSearchWriter
from search.errors import ClusterIncomplete, ClusterUnreachable, EngineError, IndexDamaged, StorageFull
from search.query.clauses import Combine, Everything, Term
from tests.contracts.engine import EngineContract
from tests.contracts.engine_bench import article, everything, found, ranked
from tests.contracts.engine_failing import _DAMAGES
from tests.contracts.reference import commonest
from tests.contracts.reference_scores import Lengths
from tests.engines.own_archive import own_archive

_ROOT = Path(__file__).resolve().parents[2]
#: A process that opens the index of a folder, says by what name the cluster keeps its view, and ends.
_OPENED = """
import sys
from pathlib import Path
from search.engines.opensearch.engine import open_engine
engine = open_engine(Path(sys.argv[1]))
print(engine._view._seen.point)
"""


@pytest.fixture(autouse=True)
def archive(cluster: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of an archive of this test's own, whose indexes are removed in the end."""
    with own_archive(cluster, monkeypatch) as name:
        yield name


class TestOpenSearch(EngineContract):
    name = "opensearch"
    days_of_many = 330  # an article takes a cluster a millisecond
    lengths = Lengths(of_no_terms=1, distinct_presence=True)  # see search/engines/opensearch/mapping.py

    @pytest.mark.parametrize("damage", [*_DAMAGES, "index gone"])
    def test_files_that_cannot_be_read_are_index_damaged(self, folder: Path, damage: str) -> None:
        self.write(folder, article("أ", body_word="خبر عاجل"))
        place, cluster = opened(folder)
        if damage in ("index gone", "data files gone"):
            cluster.ask("DELETE", f"/{place.index}")
        else:
            _DAMAGES[damage](folder)
        with pytest.raises(IndexDamaged, match="reindex"):
            self.backend.open_engine(folder)
        with pytest.raises(IndexDamaged, match="reindex"):
            self.backend.open_writer(folder)

    def test_a_full_disk_is_storage_full_and_the_last_commit_stays(self, folder: Path) -> None:
        self.write(folder, article("أ", body_word="خبر"))
        place, cluster = opened(folder)
        settings = f"/{place.index}/_settings"
        writer = self.backend.open_writer(folder)
        try:  # what the server does at its flood stage
            cluster.ask("PUT", settings, {"index.blocks.read_only_allow_delete": True})
            writer.put(article("ب"))
            with pytest.raises(StorageFull, match="space"):
                writer.commit()
        finally:
            writer.close()
        assert everything(self.engine(folder)) == {"أ"}
        cluster.ask("PUT", settings, {"index.blocks.read_only_allow_delete": None})
        assert everything(self.engine(folder, article("ج"))) == {"أ", "ج"}

    def test_an_index_that_is_removed_while_it_is_written_is_an_error(self, folder: Path) -> None:
        place, cluster = opened(folder)
        writer = self.backend.open_writer(folder)
        cluster.ask("DELETE", f"/{place.index}")
        writer.put(article("أ"))
        with pytest.raises(EngineError, match="was removed while it was written"):
            writer.commit()
        with pytest.raises(EngineError, match="no such index"):
            writer.close()

    def test_an_answer_that_came_too_late_is_not_asked_for_again(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = self.engine(folder, article("أ"))
        assert isinstance(engine, OpenSearchEngine)
        asked, point = [], engine._view._seen.point
        ask = engine._view.cluster.ask

        def late(method: str, path: str, *rest: object, **named: Any) -> Any:
            asked.append(path)
            return {**ask(method, path, *rest, **named), "timed_out": True}

        monkeypatch.setattr(engine._view.cluster, "ask", late)
        with unanswered.tolerated():
            engine._view.count({"match_all": {}})
            assert unanswered.parts() == 1
        assert (asked, engine._view._seen.point) == (["/_search"], point)

    def test_an_index_that_was_removed_while_it_is_searched_is_not_an_error_of_the_request(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ"))
        place, cluster = opened(folder)
        _forget_view(cluster, engine)
        cluster.ask("DELETE", f"/{place.index}")
        with pytest.raises(ClusterUnreachable, match="was removed from the cluster while it was searched"):
            everything(engine)

    def test_a_process_gives_back_its_views_when_it_ends_and_no_others(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ"))
        assert isinstance(engine, OpenSearchEngine)
        _, cluster = opened(folder)

        def kept() -> set[str]:
            return {each["pit_id"] for each in cluster.ask("GET", "/_search/point_in_time/_all")["pits"]}

        point = engine._view._seen.point
        ended = subprocess.run(
            [sys.executable, "-c", _OPENED, str(folder)], check=True, cwd=_ROOT, stdout=subprocess.PIPE, text=True
        )
        after = kept()
        assert point in after and ended.stdout.strip() not in after

    def test_what_is_sent_while_a_view_is_taken_anew_is_not_found(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ"))
        place, cluster = opened(folder)
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("ب"))
            writer._bulk.finish()
            cluster.ask("POST", f"/{place.index}/_refresh")  # as the server does by itself when a shard moves
            _forget_view(cluster, engine)
            assert everything(engine) == everything(self.engine(folder)) == {"أ"}
        finally:
            writer.close()

    def test_a_part_that_is_on_no_node_is_told_and_missed_no_longer_than_it_is(
        self, folder: Path, archive: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """By a name that leads to an index of two shards, then to one of which a shard finds no node, and back."""
        monkeypatch.setattr(view, "_PAUSE", 0.0)
        _, cluster = opened(folder)
        body, name = index_body(replace(access(), shards=2)), f"{archive}-name"
        cluster.ask("PUT", f"/{archive}-whole", body)
        node = cluster.ask("GET", "/_nodes/_local")["nodes"].popitem()[1]["name"]
        body["settings"]["index"] |= {
            "routing.allocation.total_shards_per_node": 1,
            "routing.allocation.include._name": node,
        }
        cluster.ask("PUT", f"/{archive}-half", body, params={"wait_for_active_shards": "0"})

        def lead_to(index: str) -> None:
            to = {"add": {"index": f"{archive}-{index}", "alias": name}}
            cluster.ask("POST", "/_aliases", {"actions": [{"remove": {"index": "*", "alias": name}}, to]})
            cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [seen._seen.point]})

        cluster.ask("POST", "/_aliases", {"actions": [{"add": {"index": f"{archive}-whole", "alias": name}}]})
        seen = View(cluster, name)
        everything = {"match_all": {}}
        lead_to("half")
        with pytest.raises(ClusterIncomplete):
            seen.count(everything)
        with pytest.raises(ClusterIncomplete):
            View(cluster, name)
        with unanswered.tolerated():
            assert View(cluster, name).shards == 2
            assert unanswered.parts() == 1
        for _ in range(2):
            with unanswered.tolerated():
                seen.count(everything)
                assert unanswered.parts() == 1
        lead_to("whole")
        with unanswered.tolerated():
            seen.count(everything)
            assert unanswered.parts() == 0

    def test_what_a_crash_left_between_the_steps_of_a_commit_is_not_seen_and_is_cleared_away(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.write(folder, article("أ", body_word="قديم"), article("ب"))
        place, cluster = opened(folder)
        for step, expected in (("commit", "قديم"), ("_remove", "جديد")):
            writer = self.backend.open_writer(folder)
            with monkeypatch.context() as patch:
                patch.setattr(Turn if step == "commit" else OpenSearchWriter, step, _crash)
                writer.put(article("أ", body_word="جديد"))
                with pytest.raises(_Crash):
                    writer.commit()
            writer._lock.release()  # as if it had expired
            engine = self.engine(folder)
            assert (engine.documents, found(engine, Term("body_word", expected))) == (2, {"أ"})
            self.write(folder)
            assert found(self.engine(folder), Term("body_word", expected)) == {"أ"}
            assert cluster.ask("GET", f"/{place.index}/_count")["count"] == 2

    def test_searches_asked_at_once_are_as_asked_one_after_another(self, folder: Path) -> None:
        documents = [article(str(n), bands=f"أ{n % 7} ب{n % 5} ج", group=n) for n in range(40)]
        engine = self.engine(folder, *documents)
        clauses = [Combine(should=(Term("bands", f"أ{n % 7}"), Term("bands", f"ب{n % 6}")), least=2) for n in range(60)]
        expected = [engine.search(clause, limit=3, total=False) for clause in clauses]
        assert search_each(engine, clauses, limit=3) == expected
        assert search_each(engine, (), limit=3) == []
        _, cluster = opened(folder)
        _forget_view(cluster, engine)
        assert search_each(engine, clauses[:2], limit=3) == expected[:2]

    def test_a_view_that_the_cluster_forgot_is_taken_anew(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ"), article("ب"))
        _, cluster = opened(folder)
        _forget_view(cluster, engine)
        assert everything(engine) == {"أ", "ب"}
        self.write(folder, article("ج"))
        _forget_view(cluster, engine)
        assert everything(engine) == {"أ", "ب"}

    @pytest.mark.parametrize("status", [500, 503])
    def test_a_view_that_went_with_a_node_is_taken_anew_and_asked_for_until_others_know_that_it_is_gone(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, status: int
    ) -> None:
        engine = self.engine(folder, article("أ"))
        assert isinstance(engine, OpenSearchEngine)
        cluster, lost = engine._view.cluster, engine._view._seen.point
        ask, unnoticed = cluster.ask, ["once"]

        def without_a_node(method: str, path: str, body: Any = None, **named: Any) -> Any:
            if path == "/_search" and body["pit"]["id"] == lost:
                raise refusal(
                    status, _gone("illegal_state_exception", "no node found for id: fFaKQqMYQZu"), "", access()
                )
            if path.endswith("/point_in_time") and method == "POST" and unnoticed:
                unnoticed.pop()
                raise refusal(status, _gone("node_not_connected_exception", "Node not connected"), "", access())
            return ask(method, path, body, **named)

        monkeypatch.setattr(cluster, "ask", without_a_node)
        monkeypatch.setattr(view, "_WAITS", (0.0, 0.0))
        assert everything(engine) == {"أ"}
        assert engine._view._seen.point != lost and not unnoticed

    def test_a_search_that_no_node_answers_comes_to_an_end_and_may_be_asked_again_later(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = self.engine(folder, article("أ"))
        assert isinstance(engine, OpenSearchEngine)
        cluster = engine._view.cluster
        ask = cluster.ask

        def without_nodes(method: str, path: str, body: Any = None, **named: Any) -> Any:
            if path == "/_search":
                raise refusal(500, _gone("node_not_connected_exception", "Node not connected"), "", access())
            return ask(method, path, body, **named)

        monkeypatch.setattr(view, "_WAITS", (0.0, 0.0))
        with monkeypatch.context() as patched, pytest.raises(ClusterUnreachable, match="lost again and again"):
            patched.setattr(cluster, "ask", without_nodes)
            everything(engine)
        assert everything(engine) == {"أ"}

    def test_more_matches_than_one_answer_has_come_in_parts_in_the_same_order(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dates = [{"moment": number % 5} if number % 4 else {} for number in range(40)]
        engine = self.engine(folder, *(article(str(n), body_stem="أ", **date) for n, date in enumerate(dates)))
        whole = {order: ranked(engine, Everything(), order=order) for order in Order}
        monkeypatch.setattr(matching, "LARGEST", 7)
        assert {order: ranked(engine, Everything(), order=order) for order in Order} == whole

    def test_lists_of_more_terms_than_one_answer_has_come_in_parts(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        documents = [article(str(n), body_word=f"ك{n % 40} ل{n} لم م", body_stem=f"ك{n % 40} ل{n}") for n in range(60)]
        engine = self.engine(folder, *documents)
        expected = commonest(documents, "body_word", "", limit=500)
        monkeypatch.setattr(counting, "_MOST_BUCKETS", 30)
        assert engine.terms("body_word", "", limit=500) == expected
        for field, prefix in (("body_word", "ل"), ("body_word", "لم"), ("body_word", "غ"), ("body_stem", "")):
            assert engine.terms(field, prefix, limit=500) == commonest(documents, field, prefix, limit=500)
        assert len(engine.terms("id", "", limit=500)) == 60

    def test_frequencies_of_terms_are_asked_of_the_articles_that_have_one_of_them(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = self.engine(folder, *(article(str(n), body_word=f"ك{n % 5} م") for n in range(20)))
        asked: list[dict[str, Any]] = []
        ask = View.ask
        monkeypatch.setattr(View, "ask", lambda self, body: asked.append(body) or ask(self, body))
        monkeypatch.setattr(counting, "_AT_ONCE", 4)
        monkeypatch.setattr(counting, "_FEW", 3)
        monkeypatch.setattr(counting, "_TOGETHER", 2)
        assert engine.frequencies("body_word", ["غ", "ك1", "غغ", "غغغ", "ك3", "غ", "م"]) == [0, 4, 0, 0, 4, 0, 20]
        monkeypatch.undo()
        assert isinstance(engine, OpenSearchEngine)
        sizes = [len(body["aggs"]["groups"]["filters"]["filters"]) for body in asked]
        assert (sizes, [engine._view.count(body["query"]) for body in asked]) == ([2, 2, 2], [4, 4, 20])


def _forget_view(cluster: Cluster, engine: Engine) -> None:
    """Have the cluster lose what this engine sees, as when a node stops."""
    assert isinstance(engine, OpenSearchEngine)
    cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [engine._view._seen.point]})


def _gone(kind: str, reason: str) -> dict[str, Any]:
    """What a cluster says of a search when the nodes that it needs have gone, as version 3.4 says it."""
    error = {"type": "search_phase_execution_exception", "reason": "all shards failed"}
    return {"error": {**error, "root_cause": [{"type": kind, "reason": reason}]}}


class _Crash(BaseException):
    """What ends a run at once."""


def _crash(*_: object) -> None:
    raise _Crash
