"""Sites for the crawl, served in process over indexes that `kashaf index` made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.article import encode_article
from search.service import SearchService
from search.settings import Settings
from tests.bench.processes import kashaf
from tests.crawl.archive import articles
from web.app import create_app


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes the index of a generated archive of so many articles."""

    def make(count: int, *, engine: str = "tantivy") -> Path:
        folder = tmp_path_factory.mktemp("archive")
        with (folder / "news.jsonl").open("wb") as lines:
            lines.writelines(encode_article(article) + b"\n" for article in articles(count))
        kashaf("index", "--engine", engine, "--index", folder / "index", folder / "news.jsonl")
        return folder / "index"

    return make


@pytest.fixture(scope="module")
def reader() -> Iterator[Callable[[Path], FlaskClient]]:
    """Opens the site of an index."""

    def visit(index: Path) -> FlaskClient:
        settings = Settings(index=index)
        return create_app(settings, SearchService.open(settings)).test_client()

    yield visit
