"""Fixtures that the tests of fetching share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexer.fetching.site import Fetching, Site, running_site


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    """The server of a file of tests."""
    with running_site() as site:
        yield site


@pytest.fixture
def site(server: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Site:
    """A site that has nothing yet."""
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    server.routes.clear()
    server.asked.clear()
    return server


@pytest.fixture
def fetching(site: Site, tmp_path: Path) -> Fetching:
    """Fetches from that site into an index directory of its own."""
    return Fetching(tmp_path / "index", site)
