"""A bounded cache of the values of a function of one string, made for millions of look-ups a second.

In: the function, and strings. Out: the value of each string, computed once while it is remembered. Called by the
analyser and the highlighter.
"""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

LONGEST: Final = 100  # characters; a longer string is no word, seldom comes again, and a few would fill the memory


class Memo(dict[str, Value], Generic[Value]):
    """A dictionary that computes the values it lacks. For keys that it has, `map(memo.__getitem__, keys)` runs no
    Python code.

    Two generations bound it: when the young one has `limit` keys it becomes the old one, and the old one is dropped
    with every key that was not asked for since then. So common words stay, and a hit needs no bookkeeping.
    """

    __slots__ = ("_compute", "_limit", "_old")

    def __init__(self, compute: Callable[[str], Value], *, limit: int) -> None:
        super().__init__()
        self._compute = compute
        self._limit = limit
        self._old: dict[str, Value] = {}

    def __missing__(self, key: str) -> Value:
        """Return the value of a key that the young generation lacks, and keep it. Two threads may both compute it."""
        found = self._old.get(key) if self._old else None
        if found is None:
            found = self._compute(key)
            if len(key) > LONGEST:
                return found
        if len(self) >= self._limit:
            self._old = self.copy()
            self.clear()
        self[key] = found
        return found
