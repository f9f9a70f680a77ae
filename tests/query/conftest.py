"""The bundled sample as an open index of each engine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.registry import EMBEDDED
from search.index.directory import IndexDirectory


@pytest.fixture(scope="session", params=EMBEDDED)
def engine(request: pytest.FixtureRequest, sample_index: Callable[[str], Path]) -> Engine:
    return IndexDirectory(sample_index(request.param)).open_engine()[1]
