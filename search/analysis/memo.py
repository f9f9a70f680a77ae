"""A bounded memory of what was computed, made for millions of look-ups a second.

In: strings and the function that computes a value of one. Out: the value, remembered. Called by the analyser.
"""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

LONGEST: Final = 100  # letters: what is longer is no word, seldom comes again, and a few of them would fill the memory


class Memo(dict[str, Value], Generic[Value]):
    """A dictionary that fills itself. `map(memo.__getitem__, keys)` stays in C for every key already seen.

    Two generations bound it: when the young one holds `limit` keys it becomes the old one, and what nobody asked for
    since then is forgotten at the next turn. So common words stay, and nothing is tracked on a hit.
    """

    __slots__ = ("_compute", "_limit", "_old")

    def __init__(self, compute: Callable[[str], Value], *, limit: int) -> None:
        super().__init__()
        self._compute = compute
        self._limit = limit
        self._old: dict[str, Value] = {}

    def __missing__(self, key: str) -> Value:
        """Compute or recall the value of a key that the young generation lacks. In threads: at worst computed twice."""
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
