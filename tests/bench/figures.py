"""A measured number and its limit, and the few statistics that benchmarks need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TypeVar

_Input = TypeVar("_Input")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a report. at_most, at_least: the limit, where there is one."""

    what: str
    value: float
    unit: str = "×"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the value is within its limit."""
        over = self.at_most is not None and self.value > self.at_most
        return not over and not (self.at_least is not None and self.value < self.at_least)

    def __str__(self) -> str:
        bound, sign = (self.at_most, "≤") if self.at_most is not None else (self.at_least, "≥")
        limit = "" if bound is None else f"   ({sign} {bound:g}{'' if self.kept else ': OVER THE LIMIT'})"
        return f"  {self.what:<62} {self.value:>10.3f} {self.unit}{limit}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def milliseconds(work: Callable[[_Input], object], inputs: Sequence[_Input]) -> list[float]:
    """What each call took."""
    taken = []
    for each in inputs:
        started = perf_counter()
        work(each)
        taken.append((perf_counter() - started) * 1000)
    return taken


def paired_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of first / second over runs taken in turn: a busy moment slows both halves of a pair."""
    return median(first / second for first, second in pairs)
