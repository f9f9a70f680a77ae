"""The engine on OpenSearch fulfils the contract of engines, on a real node."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.opensearch.folder import opened
from search.errors import IndexDamaged, StorageFull
from tests.contracts.engine import EngineContract
from tests.contracts.engine_bench import article, everything
from tests.contracts.engine_failing import _DAMAGES
from tests.contracts.reference_scores import Lengths
from tests.engines.own_archive import own_archive


@pytest.fixture(autouse=True)
def archive(cluster: str) -> Iterator[str]:
    """The name of an archive of this test's own, whose indexes are removed in the end."""
    with own_archive(cluster) as name:
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
