"""Writers of one archive on a cluster: one at a time, however long another stood still; what the cluster rejects."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import search.engines.opensearch.writer as writer_module
from search.engines.opensearch import state
from search.engines.opensearch.bulk import Bulk
from search.engines.opensearch.commits import Commit, last_commit
from search.engines.opensearch.folder import opened
from search.engines.opensearch.refusals import Conflict
from search.engines.opensearch.writer import refresh
from search.errors import IndexBusy
from search.query.clauses import Term
from tests.contracts.engine_bench import EngineBench, article, everything, found
from tests.engines.own_archive import own_archive


@pytest.fixture(autouse=True)
def archive(cluster: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of an archive of this test's own, whose indexes are removed in the end."""
    with own_archive(cluster, monkeypatch) as name:
        yield name


class TestOpenSearchWriters(EngineBench):
    name = "opensearch"

    def test_an_article_that_the_cluster_rejects_is_named_with_its_reason_and_the_version_before_stays(
        self, folder: Path
    ) -> None:
        self.write(folder, article("أ", body_word="قديم"), article("ب"))
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("أ", body_word="جديد", source=("س" * 20_000,)))  # more bytes than Lucene's terms have
            writer.put(article("ج", body_word="جديد"))
            writer.commit()
            ((id, reason),) = writer.take_rejected()
            assert (id, "immense term" in reason) == ("أ", True)
            assert writer.take_rejected() == []
        finally:
            writer.close()
        engine = self.engine(folder)
        assert everything(engine) == {"أ", "ب", "ج"}
        assert found(engine, Term("body_word", "قديم")) == {"أ"}

    def test_a_second_writer_is_told_who_writes_and_since_when(self, folder: Path) -> None:
        writer = self.backend.open_writer(folder)
        try:
            with pytest.raises(IndexBusy, match=rf"process {os.getpid()} on {socket.gethostname()}, since 20\d\d-"):
                self.backend.open_writer(folder)
        finally:
            writer.close()

    def test_a_writer_that_lost_its_lock_commits_nothing(self, folder: Path, archive: str) -> None:
        _, cluster = opened(folder)
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("أ"))
            state.remove(cluster, f"{archive}|lock")  # as if it had expired, and another had taken and released it
            with pytest.raises(IndexBusy, match="lost the lock"):
                writer.commit()
        finally:
            writer.close()
        assert everything(self.engine(folder)) == set()

    def test_a_writer_that_lost_its_lock_removes_nothing_of_the_writer_that_took_it(
        self, folder: Path, archive: str
    ) -> None:
        _, cluster = opened(folder)
        lost = self.backend.open_writer(folder)
        lost.put(article("أ"))
        state.remove(cluster, f"{archive}|lock")  # as if it had expired
        second = self.backend.open_writer(folder)
        try:
            second.put(article("ب"))
            second._bulk.finish()
            lost.close()
            second.commit()
        finally:
            second.close()
        assert everything(self.engine(folder)) == {"ب"}

    def test_a_renewal_that_was_sent_twice_loses_no_lock(self, folder: Path, archive: str) -> None:
        _, cluster = opened(folder)
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("أ"))
            kept = state.read(cluster, f"{archive}|lock")
            assert kept
            state.write(cluster, f"{archive}|lock", kept.content)  # applied, and its answer lost
            writer.commit()
        finally:
            writer.close()
        assert everything(self.engine(folder)) == {"أ"}
        assert state.read(cluster, f"{archive}|lock") is None

    def test_a_writer_that_stands_still_in_a_commit_while_another_commits_commits_nothing(
        self, folder: Path, archive: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.write(folder, article("ج", body_word="قديم"))
        place, cluster = opened(folder)
        still = self.backend.open_writer(folder)
        still.put(article("أ", body_word="جديد"))
        still.put(article("ج", body_word="جديد"))

        def stand_still(*_: object) -> None:
            """Between the check of the lock and the commit, the lock expires and another writer does its work."""
            monkeypatch.setattr(writer_module, "refresh", refresh)
            state.remove(cluster, f"{archive}|lock")
            self.write(folder, article("ب"))
            refresh(cluster, place.index)

        monkeypatch.setattr(writer_module, "refresh", stand_still)
        with pytest.raises(IndexBusy, match="stood still"):
            still.commit()
        still.put(article("د"))  # what it had under way may come at any time
        still._bulk.finish()
        refresh(cluster, place.index)
        assert everything(self.engine(folder)) == {"ب", "ج"}
        assert everything(self.engine(folder, article("ه"))) == {"ب", "ج", "ه"}
        assert found(self.engine(folder), Term("body_word", "قديم")) == {"ج"}
        still.close()
        assert cluster.ask("GET", f"/{place.index}/_count")["count"] == 3

    def test_what_comes_of_a_writer_that_stood_still_is_not_committed_by_the_next(
        self, folder: Path, archive: str
    ) -> None:
        place, cluster = opened(folder)
        still = self.backend.open_writer(folder)
        still.put(article("أ"))
        state.remove(cluster, f"{archive}|lock")
        second = self.backend.open_writer(folder)
        second.put(article("ب"))
        still._bulk.finish()
        second.commit()
        second.close()
        assert everything(self.engine(folder)) == {"ب"}
        still._bulk.close()
        self.write(folder)
        assert cluster.ask("GET", f"/{place.index}/_count")["count"] == 1

    def test_a_number_under_which_nothing_was_sent_is_given_back(self, folder: Path) -> None:
        place, cluster = opened(folder)
        for _ in range(2):
            self.write(folder)
        self.write(folder, article("أ"))
        assert last_commit(cluster, place.index) == Commit(number=1)

    def test_an_old_request_of_a_node_that_stood_still_changes_nothing(self, folder: Path) -> None:
        sent = []
        writer = self.backend.open_writer(folder)
        try:
            writer._bulk._deliver = lambda operations: sent.append(operations) or []
            writer.put(article("أ", body_word="قديم"))
            writer._bulk.finish()
            del writer._bulk._deliver
            writer.put(article("أ", body_word="جديد"))
            writer._bulk.finish()
            assert writer._bulk._deliver(sent[0]) == []
            writer.commit()
        finally:
            writer.close()
        assert found(self.engine(folder), Term("body_word", "جديد")) == {"أ"}
        self.write(folder, article("ب"), delete=["أ"])
        assert everything(self.engine(folder)) == {"ب"}

    def test_an_old_request_brings_no_version_back_that_was_replaced_within_the_hour(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place, cluster = opened(folder)
        late, deliver = [], Bulk._deliver
        with monkeypatch.context() as patch:
            patch.setattr(Bulk, "_deliver", lambda bulk, sent: late.extend(sent) or deliver(bulk, sent))
            self.write(folder, article("أ", body_word="قديم"))
        self.write(folder, article("أ", body_word="جديد"))
        again = Bulk(cluster, place.index, most=0)
        assert again._deliver(late) == []
        again.close()
        refresh(cluster, place.index)
        assert cluster.ask("GET", f"/{place.index}/_count")["count"] == 1
        settings = cluster.ask("GET", f"/{place.index}/_settings")[place.index]["settings"]
        assert settings["index"]["gc_deletes"] == "1h"

    def test_of_an_article_that_is_put_twice_the_one_that_the_cluster_takes_stays(self, folder: Path) -> None:
        self.write(folder, article("أ", body_word="قديم"), article("ب", body_word="قديم"))
        writer = self.backend.open_writer(folder)
        rejected = ("س" * 20_000,)
        try:
            writer.put(article("أ", body_word="جديد"))
            writer.put(article("أ", source=rejected))
            writer.delete("ب")
            writer.put(article("ب", source=rejected))
            writer.put(article("ج", source=rejected))
            writer.put(article("ج", body_word="جديد"))
            writer.commit()
            assert sorted(id for id, _ in writer.take_rejected()) == ["أ", "ب", "ج"]
        finally:
            writer.close()
        engine = self.engine(folder)
        assert everything(engine) == found(engine, Term("body_word", "جديد")) == {"أ", "ج"}

    def test_a_document_that_is_written_twice_by_one_request_is_no_conflict(self, folder: Path, archive: str) -> None:
        _, cluster = opened(folder)
        name = f"{archive}|lock"
        first = state.write(cluster, name, {"number": 1}, create=True)
        assert state.write(cluster, name, {"number": 1}, create=True) == first
        second = state.write(cluster, name, {"number": 2}, after=first)
        assert state.write(cluster, name, {"number": 2}, after=first) == second
        with pytest.raises(Conflict):
            state.write(cluster, name, {"number": 3}, after=first)
