"""Whether the bundled table of word counts is, byte for byte, what its program makes of ../shared/news."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from search.analysis.lexicon.building import count_words
from search.analysis.lexicon.frequencies import BUNDLED
from tests.bench.figures import Figure
from tests.bench.places import SHARED


def measure(rows: int) -> Iterator[Figure]:
    """How many bytes differ, and how long the program takes; it always reads the whole archive."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / BUNDLED.name
        began = process_time()
        assert count_words.main([str(SHARED / "news"), str(made)]) == 0
        yield Figure("counting the words of all news", process_time() - began, "s")
        there, now = BUNDLED.read_bytes(), made.read_bytes()
    differing = abs(len(there) - len(now)) + sum(one != other for one, other in zip(there, now, strict=False))
    yield Figure("bytes of the table of word counts that differ", differing, "bytes", at_most=0)
