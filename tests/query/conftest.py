"""The bundled sample, indexed once with each engine."""

import json
from collections.abc import Mapping

import msgspec
import pytest

from corpus import ARTICLES
from indexer.cleaning.clean import Cleaned, clean
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.engines.base import Engine
from search.engines.registry import NAMES, backend
from tests.small_index import drawn


@pytest.fixture(scope="session", params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    made = backend(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    made.create(folder)
    writer = made.open_writer(folder, fresh=True)
    for line in ARTICLES.read_text("utf-8").splitlines():
        writer.put(drawn(_article(json.loads(line)), BatchAnalyzer(Analyzer.default()))[0])
    writer.commit()
    writer.close()
    return made.open_engine(folder)


def _article(row: Mapping[str, str | None]) -> Article:
    known = {name: value for name, value in row.items() if value is not None}
    article = msgspec.convert(known | {"source": [known["source"]] if "source" in known else []}, Article)
    cleaned = clean(article, lambda *_: None)
    assert isinstance(cleaned, Cleaned)
    return cleaned.article
