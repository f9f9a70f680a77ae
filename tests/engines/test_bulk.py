"""Articles are sent to a cluster again as long as it may take them, and no longer: by a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from search.engines.opensearch.access import Access
from search.engines.opensearch.bulk import Bulk
from search.engines.opensearch.cluster import Cluster
from search.errors import ClusterUnreachable

_BUSY = {"index": {"status": 429, "error": {"type": "rejected", "reason": "busy"}}}
_TAKEN: dict[str, Any] = {"index": {"status": 201}}


class Slow(Cluster):
    """A cluster whose requests take some seconds each. answers: the items of an answer, or None where none comes."""

    def __init__(self, seconds: float, answers: Callable[[int], list[dict[str, Any]] | None]) -> None:
        super().__init__(Access(("http://localhost:9",)))
        self.now, self.asked = 0.0, 0
        self._seconds, self._answers = seconds, answers

    def ask(self, *_: Any, **__: Any) -> Any:
        self.now += self._seconds
        self.asked += 1
        items = self._answers(self.asked)
        if items is None:
            raise ClusterUnreachable("it did not answer")
        return {"errors": any("error" in item["index"] for item in items), "items": items}

    def pause(self, seconds: float) -> None:
        self.now += seconds


def sent(cluster: Slow, articles: int = 1) -> None:
    bulk = Bulk(cluster, "index", most=0, pause=cluster.pause, clock=lambda: cluster.now)
    try:
        for number in range(articles):
            bulk.index(str(number), str(number), {})
        bulk.finish()
    finally:
        bulk.close()


def test_the_time_of_requests_counts_against_the_patience() -> None:
    cluster = Slow(120, lambda _: None)
    with pytest.raises(ClusterUnreachable, match=r"took no articles for 3\d\d s \(it did not answer\)"):
        sent(cluster)
    assert cluster.asked == 3 and cluster.now < 400


def test_requests_that_are_refused_at_once_are_sent_for_as_long() -> None:
    cluster = Slow(0, lambda _: [_BUSY])
    with pytest.raises(ClusterUnreachable, match="too much to do"):
        sent(cluster)
    assert 300 <= cluster.now < 340


def test_a_cluster_that_takes_some_articles_of_each_request_is_given_all_the_time_it_takes() -> None:
    left = 12

    def one_more(asked: int) -> list[dict[str, Any]]:
        return [_TAKEN] + [_BUSY] * (left - asked)

    cluster = Slow(100, one_more)
    sent(cluster, articles=left)
    assert cluster.asked == left and cluster.now > 1_000


def test_a_request_that_took_longer_than_the_patience_is_sent_once_more() -> None:
    """As after a machine was paused."""
    cluster = Slow(1_000, lambda asked: [_TAKEN] if asked == 2 else None)
    sent(cluster)
    assert cluster.asked == 2
