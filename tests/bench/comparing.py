"""Which words only one of two long texts has, beside what rapidfuzz takes to count the edits between them.

The time must grow as that of rapidfuzz; difflib takes dozens of times as long for texts such as these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import thread_time

from rapidfuzz.distance import Levenshtein

from search.results.differences import differences
from tests.bench.figures import Figure

_WORDS = 6_000


def measure(rows: int) -> Iterator[Figure]:
    """By processor time, the least of three."""
    older, newer = ([f"ك{n % 977}" if n % 7 else f"{letter}{n}" for n in range(_WORDS)] for letter in "اب")
    texts = " ".join(older), " ".join(newer)
    assert differences(*texts).newer > 0
    counting = min(_seconds(lambda: Levenshtein.opcodes(older, newer)) for _ in range(3))
    comparing = min(_seconds(lambda: differences(*texts)) for _ in range(3))
    yield Figure(f"words of two texts of {_WORDS:,} words : counting edits", comparing / counting, at_most=6)


def _seconds(step: Callable[[], object]) -> float:
    began = thread_time()
    step()
    return thread_time() - began
