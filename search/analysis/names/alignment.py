"""Aligns two spellings letter by letter: Wagner and Fischer's edit distance with a cost for each edit, plus clusters.

In: two folded words, and the costs. Out: the cheapest edits that turn one into the other. Called by `edits.py` for
every two words that the spelling index compares. A cluster is a group of letters that writes one foreign sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from search.analysis import letters as ar

MOST_EDITS: Final = 4
MOST_COST: Final = 4.5  # spellings whose alignment costs more are hardly ever of one name
# Cluster of letters → what else is written for the same foreign sound.
_CLUSTERS: Final = (
    (ar.TEH + ar.SHEEN, (ar.KAF, ar.SHEEN, ar.JEEM, ar.SEEN)),  # ch, -ić: ميلوسوفيتش ميلوسيفيك, تشافيز شافيز
    (ar.TEH + ar.SEEN, (ar.SEEN, ar.ZAIN)),  # German z, Slavic c: ليبنتس ليبنيز
    (ar.DAL + ar.ZAIN, (ar.ZAIN,)),
    (ar.DAL + ar.JEEM, (ar.JEEM,)),  # dj: دجوكوفيتش جوكوفيتش
    (ar.KAF + ar.SEEN, (ar.SEEN, ar.ZAIN)),  # x: كزافييه
    (ar.KAF + ar.ZAIN, (ar.ZAIN,)),
    (ar.SHEEN + ar.TEH, (ar.SEEN + ar.TEH,)),  # German st: شتاين ستاين
    (ar.NOON + ar.GHAIN, (ar.NOON, ar.NOON + ar.KAF)),  # ng
    (ar.NOON + ar.JEEM, (ar.NOON, ar.NOON + ar.KAF)),
    (ar.ALEF + ar.YEH, (ar.YEH, ar.ALEF, ar.HAMZA + ar.YEH, ar.HEH)),  # ai, ei: اينشتاين, رايس ريس
    (ar.YEH + ar.ALEF, (ar.ALEF, ar.HAMZA + ar.ALEF, ar.YEH + ar.HEH)),  # ia: اوليفيا
    (ar.WAW + ar.ALEF, (ar.WAW, ar.ALEF, ar.HAMZA + ar.ALEF)),  # ua, wa
    (ar.YEH + ar.WAW, (ar.WAW,)),  # io, eu
    (ar.ALEF + ar.WAW, (ar.WAW, ar.HEH)),  # au, aw: لاوتون لوتون
    (ar.HAMZA + ar.YEH, (ar.YEH + ar.YEH,)),
    (ar.HAMZA + ar.ALEF, (ar.ALEF,)),
    (ar.ALEF + ar.HEH, (ar.ALEF,)),  # a silent h
    (ar.YEH + ar.HEH, (ar.YEH, ar.ALEF)),  # a final é: اندريه اندري
    (ar.WAW + ar.HEH, (ar.WAW,)),
    (ar.HEH + ar.YEH, (ar.YEH,)),
)
_CLUSTER_SHAPES: Final = ((2, 1), (1, 2), (2, 2))


def _both_ways() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for letters, others in _CLUSTERS:
        for other in others:
            found.setdefault(letters, set()).add(other)
            found.setdefault(other, set()).add(letters)
    return {letters: frozenset(others) for letters, others in found.items()}


_EQUIVALENTS: Final = _both_ways()

Labels = tuple[str, ...]
Edit = tuple[float, Labels]  # its cost in the alignment (the likelier the cheaper, never free) and its labels
Cell = tuple[int, int]  # how many letters of each word are aligned
_FREE: Final[Edit] = (0.0, ())


class Costs(Protocol):
    """What each edit costs, and its labels. position: "first", "inside" or "last" in the word."""

    def swap(self, x: str, y: str, position: str) -> Edit: ...
    def drop(self, letter: str, before: str, after: str) -> Edit: ...
    def article(self) -> Edit: ...


def align(a: str, b: str, *, costs: Costs, most_cost: float = MOST_COST) -> list[Labels] | None:
    """Return the cheapest edits between two spellings, last first, or None where it takes more than a few."""
    start, end = _differing(a, b)
    best: dict[Cell, float] = {start: 0.0}
    came: dict[Cell, tuple[Cell, Labels]] = {}
    for i in range(start[0], end[0] + 1):
        for j in range(start[1], end[1] + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for there, (cost, labels) in _steps(a, b, (i, j), end, costs):
                if here + cost < best.get(there, most_cost):
                    best[there] = here + cost
                    came[there] = ((i, j), labels)
    return _trace(came, start, end)


def _differing(a: str, b: str) -> tuple[Cell, Cell]:
    """Return the cells where the words begin and end to differ, each with one common letter more, for the clusters."""
    shortest = min(len(a), len(b))
    head = next((i for i in range(shortest) if a[i] != b[i]), shortest)
    tail = next((i for i in range(shortest - head) if a[-1 - i] != b[-1 - i]), shortest - head)
    head, tail = max(head - 1, 0), max(tail - 1, 0)
    return (head, head), (len(a) - tail, len(b) - tail)


def _steps(a: str, b: str, at: Cell, end: Cell, costs: Costs) -> Iterator[tuple[Cell, Edit]]:
    """Yield each cell to which one edit or one common letter leads, with that edit."""
    (i, j), (end_a, end_b) = at, end
    if i < end_a and j < end_b:
        x, y = a[i], b[j]
        if x == y:
            yield (i + 1, j + 1), _FREE
        else:
            yield (i + 1, j + 1), costs.swap(x, y, _position(a, b, at, (i + 1, j + 1)))
        if a[i : i + 2] in _EQUIVALENTS or b[j : j + 2] in _EQUIVALENTS:
            yield from _cluster_steps(a, b, at, end, costs)
    if i < end_a:
        yield (i + 1, j), costs.drop(a[i], a[i - 1 : i], a[i + 1 : i + 2])
    if j < end_b:
        yield (i, j + 1), costs.drop(b[j], b[j - 1 : j], b[j + 1 : j + 2])
    if i == j == 0:
        yield from _article_steps(a, b, end, costs)


def _cluster_steps(a: str, b: str, at: Cell, end: Cell, costs: Costs) -> Iterator[tuple[Cell, Edit]]:
    i, j = at
    for la, lb in _CLUSTER_SHAPES:
        x, y, there = a[i : i + la], b[j : j + lb], (i + la, j + lb)
        if y in _EQUIVALENTS.get(x, ()) and there[0] <= end[0] and there[1] <= end[1]:
            yield there, costs.swap(x, y, _position(a, b, at, there))


def _article_steps(a: str, b: str, end: Cell, costs: Costs) -> Iterator[tuple[Cell, Edit]]:
    size = len(ar.ARTICLE)
    if a.startswith(ar.ARTICLE) and end[0] >= size:
        yield (size, 0), costs.article()
    if b.startswith(ar.ARTICLE) and end[1] >= size:
        yield (0, size), costs.article()


def _position(a: str, b: str, at: Cell, there: Cell) -> str:
    if at == (0, 0):
        return "first"
    return "last" if there == (len(a), len(b)) else "inside"


def _trace(came: dict[Cell, tuple[Cell, Labels]], start: Cell, end: Cell) -> list[Labels] | None:
    at, edits = end, list[Labels]()
    while at != start:
        if at not in came:
            return None
        at, labels = came[at]
        if labels:
            edits.append(labels)
    return edits if len(edits) <= MOST_EDITS else None
