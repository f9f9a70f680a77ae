"""Aligns two spellings letter by letter: Wagner and Fischer's edit distance with a cost for each edit, plus clusters.

In: two folded words, and the costs. Out: the cheapest edits that turn one into the other. Called by `edits.py` for
every two words that the spelling index compares. A cluster is a group of letters that writes one foreign sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


EQUIVALENTS: Final = _both_ways()
_NONE: Final = frozenset[str]()

Labels = tuple[str, ...]
Edit = tuple[float, Labels]  # its cost in the alignment (the likelier the cheaper, never free) and its labels
Cell = tuple[int, int]  # how many letters of each word are aligned
_FREE: Final[Edit] = (0.0, ())


class Costs(Protocol):
    """What each edit costs, and its labels.

    swaps    by two letters or clusters, one written for the other, and the place in the word: "first", "inside", "last"
    drops    by a letter that one spelling lacks, the letter before it and that behind it, "" at an edge
    article  of leaving out a leading ال
    """

    @property
    def swaps(self) -> Mapping[tuple[str, str, str], Edit]: ...
    @property
    def drops(self) -> Mapping[tuple[str, str, str], Edit]: ...
    @property
    def article(self) -> Edit: ...


def align(a: str, b: str, *, costs: Costs, most_cost: float = MOST_COST) -> list[Labels] | None:
    """Return the cheapest edits between two spellings, last first, or None where it takes more than a few.

    Nineteen of twenty pairs take more, and a reader waits for thousands of pairs: so the steps to the three neighbours
    of a cell are written out, and what a cell does not need is not looked up.
    """
    first, end_a, end_b = _differing(a, b)
    swaps, drops = costs.swaps, costs.drops
    drops_b: dict[int, Edit] = {}
    reached: list[dict[int, float]] = [{} for _ in range(end_a + 1)]  # row → column → the least cost up to that cell
    reached[first][first] = 0.0
    came: dict[Cell, tuple[int, int, Labels]] = {}
    for i in range(first, end_a + 1):
        row, x = reached[i], a[i : i + 1] if i < end_a else ""
        below = reached[i + 1] if x else row
        of_two, of_one = EQUIVALENTS.get(a[i : i + 2], _NONE), EQUIVALENTS.get(x, _NONE)
        down, down_labels = drops[x, a[i - 1 : i], a[i + 1 : i + 2]] if row and x else _FREE
        for j in range(first, end_b + 1) if row else ():
            here = row.get(j)
            if here is None:
                continue
            y = b[j] if j < end_b else ""
            if x and y:
                if x == y:
                    edit = _FREE
                elif i and i + 1 < len(a):
                    edit = swaps[x, y, "inside"]
                else:
                    edit = swaps[x, y, _position(a, b, (i, j), (i + 1, j + 1))]
                if here + edit[0] < below.get(j + 1, most_cost):
                    below[j + 1] = here + edit[0]
                    came[i + 1, j + 1] = i, j, edit[1]
            two = b[j : j + 2]
            if two in of_one or two in of_two or y in of_two or not (i or j):
                for there, edit in _rare_steps(a, b, (i, j), (end_a, end_b), costs):
                    if here + edit[0] < reached[there[0]].get(there[1], most_cost):
                        reached[there[0]][there[1]] = here + edit[0]
                        came[there] = i, j, edit[1]
            if x and here + down < below.get(j, most_cost):
                below[j] = here + down
                came[i + 1, j] = i, j, down_labels
            if y:
                if j not in drops_b:
                    drops_b[j] = drops[y, b[j - 1 : j], b[j + 1 : j + 2]]
                edit = drops_b[j]
                if here + edit[0] < row.get(j + 1, most_cost):
                    row[j + 1] = here + edit[0]
                    came[i, j + 1] = i, j, edit[1]
    return _trace(came, (first, first), (end_a, end_b))


def _differing(a: str, b: str) -> tuple[int, int, int]:
    """Return from which letter on the words differ, and up to which letter of each, with one common letter more on
    either side, for the clusters."""
    left = min(len(a), len(b))
    head = tail = 0
    while head < left and a[head] == b[head]:
        head += 1
    left -= head
    while tail < left and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    head, tail = max(head - 1, 0), max(tail - 1, 0)
    return head, len(a) - tail, len(b) - tail


def _rare_steps(a: str, b: str, at: Cell, end: Cell, costs: Costs) -> Iterator[tuple[Cell, Edit]]:
    """Yield the cells to which the edit of a cluster or of a leading article leads, with that edit."""
    yield from _cluster_steps(a, b, at, end, costs)
    if at == (0, 0):
        yield from _article_steps(a, b, end, costs)


def _cluster_steps(a: str, b: str, at: Cell, end: Cell, costs: Costs) -> Iterator[tuple[Cell, Edit]]:
    i, j = at
    for la, lb in _CLUSTER_SHAPES:
        x, y, there = a[i : i + la], b[j : j + lb], (i + la, j + lb)
        if y in EQUIVALENTS.get(x, ()) and there[0] <= end[0] and there[1] <= end[1]:
            yield there, costs.swaps[x, y, _position(a, b, at, there)]


def _article_steps(a: str, b: str, end: Cell, costs: Costs) -> Iterator[tuple[Cell, Edit]]:
    size = len(ar.ARTICLE)
    if a.startswith(ar.ARTICLE) and end[0] >= size:
        yield (size, 0), costs.article
    if b.startswith(ar.ARTICLE) and end[1] >= size:
        yield (0, size), costs.article


def _position(a: str, b: str, at: Cell, there: Cell) -> str:
    if at == (0, 0):
        return "first"
    return "last" if there == (len(a), len(b)) else "inside"


def _trace(came: dict[Cell, tuple[int, int, Labels]], start: Cell, end: Cell) -> list[Labels] | None:
    at, edits = end, list[Labels]()
    while at != start:
        if at not in came:
            return None
        *cell, labels = came[at]
        at = cell[0], cell[1]
        if labels:
            edits.append(labels)
    return edits if len(edits) <= MOST_EDITS else None
