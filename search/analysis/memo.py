"""A bounded memory of what was computed, made for millions of look-ups a second.

In: hashable keys and the function that computes a value. Out: the value, remembered. Called by the analyser.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(dict[Key, Value], Generic[Key, Value]):
    """A dictionary that fills itself. `map(memo.__getitem__, keys)` stays in C for every key already seen.

    Two generations bound it: when the young one holds `limit` keys it becomes the old one, and what nobody asked for
    since then is forgotten at the next turn. So common words stay, and nothing is tracked on a hit.
    """

    __slots__ = ("_compute", "_limit", "_old")

    def __init__(self, compute: Callable[[Key], Value], *, limit: int) -> None:
        super().__init__()
        self._compute = compute
        self._limit = limit
        self._old: dict[Key, Value] = {}

    def __missing__(self, key: Key) -> Value:
        """Compute or recall the value of a key that the young generation lacks. Safe in threads: at worst computed
        twice.
        """
        found = self._old.get(key) if self._old else None
        if found is None:
            found = self._compute(key)
        if len(self) >= self._limit:
            self._old = self.copy()
            self.clear()
        self[key] = found
        return found
