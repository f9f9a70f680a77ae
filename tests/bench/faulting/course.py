"""What a fault did: the answers that readers got, when all parts were whole again, what was lost, what was wrong.

Made by `place.py`, filled by the faults of `faults.py`, printed by `tests/bench/cluster_faults.py` as rows of a table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from tests.bench.faulting.archive import Ended
from tests.bench.faulting.readers import Answer
from tests.bench.figures import percentile

HEAD: Final = (
    "| fault | searches | errors | of a part | median, ms | longest, s | last error after, s | whole again after, s "
    "| the run | articles lost |\n|---|--:|--:|--:|--:|--:|--:|--:|---|--:|"
)


@dataclass
class Course:
    """The course of a fault.

    at      its moment, on `time.monotonic`
    met     the share of the work of a run that was done at that moment; None where nobody wrote
    green   seconds until all parts were there twice again
    ended   the run that it met
    lost    acknowledged articles that are gone; wrong: a line for each other thing that should not be
    """

    name: str
    at: float = 0.0
    met: float | None = None
    green: float = 0.0
    ended: Ended | None = None
    answers: list[Answer] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Answer]:
        return [each for each in self.answers if each.failed]

    @property
    def share(self) -> float:
        """Of the searches, those without an answer."""
        return len(self.failed) / max(1, len(self.answers))

    @property
    def last_failure(self) -> float:
        """Seconds from the fault to the beginning of the last search that failed; 0 where none did."""
        return max([0.0, *(each.at - self.at for each in self.failed)])

    def judge(self, rate: float) -> None:
        """Add to `wrong` what the answers say. rate: searches a second that were to be asked."""
        if early := [each for each in self.failed if each.at + each.seconds < self.at]:
            self.wrong.append(f"{len(early)} searches failed before the fault: {early[0].told}")
        if traced := [each for each in self.answers if each.traceback]:
            self.wrong.append(f"{len(traced)} answers have a traceback: {traced[0].told}")
        if broken := [each for each in self.failed if each.status == 500]:
            self.wrong.append(f"{len(broken)} answers say that the fault is ours: {broken[0].told}")
        times = [each.at for each in self.answers]
        asked, seconds = len(times), max(times, default=0.0) - min(times, default=0.0)
        if asked < 0.95 * rate * seconds or not any(each.at > self.at for each in self.answers):
            self.wrong.append(f"{asked} searches in {seconds:.0f} s: less than {rate:.0f} a second")
        if not any(each.found for each in self.answers):
            self.wrong.append("no search found anything")

    def told(self) -> list[str]:
        """A line for each kind of error, and each thing that was wrong."""
        kinds = Counter(f"{each.status or 'no answer'}: {each.told[:160]}" for each in self.failed)
        lines = [f"  {count} × {kind}" for kind, count in kinds.most_common(5)]
        if self.ended and self.ended.status:
            lines.append(f"  the run said: {self.ended.said.strip()[-300:]}")
        return lines + [f"  WRONG {each}" for each in self.wrong]

    def __str__(self) -> str:
        seconds = [each.seconds for each in self.answers]
        run = "none" if self.ended is None else "went through" if not self.ended.status else "ended with one line"
        figures = (
            *(len(self.answers), len(self.failed), sum(each.part for each in self.answers)),
            *(f"{1000 * percentile(seconds, 0.5):.0f}", f"{max(seconds):.1f}"),
            *(f"{self.last_failure:.1f}", f"{self.green:.0f}"),
            *(run if self.met is None else f"{run}, {self.met:.0%} done at the fault", len(self.lost)),
        )
        return f"| {self.name} | {' | '.join(map(str, figures))} |"
