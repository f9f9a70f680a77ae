"""Repaired articles → how many each repair touched, and of which sources. Counted by `indexer/report.py`.

Memory is bounded: repairs are few, and of each the first hundred sources are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from indexer.findings import Finding

MOST_SOURCES: Final = 100
MOST_NAMED: Final = 3  # sources that the text names of each repair, the commonest
OTHERS: Final = "other"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repair, how many articles it touched, and how many of each source, those with most first."""

    about: Finding
    count: int
    sources: tuple[tuple[str, int], ...]


class RepairCounts:
    """Counts repairs. articles: how many articles were repaired at all."""

    def __init__(self) -> None:
        self.articles = 0
        self._by_repair: dict[Finding, Counter[str]] = {}

    def add(self, repairs: Sequence[Finding], source: str) -> None:
        """Count an article of this source that these repairs touched."""
        self.articles += 1
        for repair in repairs:
            sources = self._by_repair.setdefault(repair, Counter())
            sources[source if source in sources or len(sources) < MOST_SOURCES else OTHERS] += 1

    def repaired(self) -> tuple[Repaired, ...]:
        """Return the repairs, the commonest first."""
        found = (
            Repaired(about, sources.total(), tuple(sources.most_common())) for about, sources in self._by_repair.items()
        )
        return tuple(sorted(found, key=lambda repaired: -repaired.count))


def repairs_object(articles: int, repairs: Sequence[Repaired]) -> dict[str, Any]:
    """Return the counts as an object for JSON."""
    each = [
        {"kind": done.about.kind, "text": done.about.sentence, "count": done.count, "sources": dict(done.sources)}
        for done in repairs
    ]
    return {"articles": articles, "repairs": each}


def repairs_lines(articles: int, repairs: Sequence[Repaired]) -> Iterator[str]:
    """Give the counts as lines of text."""
    if articles:
        yield f"repaired {articles:,} article{'s' if articles > 1 else ''} (the files stay as they are)"
    for done in repairs:
        named = ", ".join(f"{source} {count:,}" for source, count in done.sources[:MOST_NAMED])
        named += ", …" if len(done.sources) > MOST_NAMED else ""
        yield f"    {done.about.sentence} [{done.about.kind}]: {done.count:,} ({named})"
