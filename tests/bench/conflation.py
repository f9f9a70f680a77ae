"""How well `kashaf analyze --name-keys` groups the whole list of names in ../shared, of which the suite reads a third.

Each name is compared with all others, so that the whole list takes seven times as long.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.figures import Figure
from tests.quality.floors import FLOORS
from tests.quality.test_conflation import measured_conflation


def measure(rows: int) -> Iterator[Figure]:
    """B-cubed precision and F1 of all names, however many articles are asked for."""
    precision, _, f1 = measured_conflation(FLOORS["conflation"]["names"])
    yield Figure("name keys: precision", precision, "", at_least=0.890)
    yield Figure("name keys: F1", f1, "", at_least=0.873)
