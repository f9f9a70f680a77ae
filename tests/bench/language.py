"""How many of the word lists of ../shared/language are searched as a careful reader wants.

splits   two forms of one word: searching either finds an article that has the other
merges   two words: searching either does not find an article that has the other, or ranks it below the form typed
typos    slips and the right spelling, by occurrences: searching either finds an article that has the other

Each form is the whole body of an article of one index, so that only analysis and the reading of queries decide.
`KASHAF_MISSES=1` prints the rows that fail.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import SHARED
from tests.bench.processes import kashaf

_LANGUAGE = SHARED / "language"
_SHOWN = bool(os.environ.get("KASHAF_MISSES"))


def measure(rows: int) -> Iterator[Figure]:
    """The rows of each list that are as they should be; typos as a share of their occurrences."""
    splits, merges, typos = (_rows(name) for name in ("splits", "merges", "typos"))
    forms = dict.fromkeys(form for row in (*splits, *merges, *typos) for form in row[:2])
    with TemporaryDirectory() as folder:
        searches = _Searches(Path(folder), list(forms))
        yield Figure("splits found, either way", _counted("split", splits, searches.meet), "rows", at_least=34)
        yield Figure(
            "merges apart, or the typed form first", _counted("merge", merges, searches.part), "rows", at_least=32
        )
        occurrences = sum(int(count) for _, _, count in typos)
        met = sum(int(count) for one, other, count in typos if _holds("typo", searches.meet, one, other))
        yield Figure("typos that meet, of occurrences", met / occurrences, "", at_least=0.94)


def _rows(name: str) -> list[list[str]]:
    lines = (_LANGUAGE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [row for row in (line.split("\t") for line in lines) if row[1] != "?"]


def _counted(kind: str, rows: list[list[str]], rule: Callable[[str, str], bool]) -> int:
    """How many rows the rule holds for."""
    return sum(_holds(kind, rule, *row[:2]) for row in rows)


def _holds(kind: str, rule: Callable[[str, str], bool], one: str, other: str) -> bool:
    """Whether the rule holds for a pair; with KASHAF_MISSES a pair for which it does not is printed."""
    holds = rule(one, other)
    if _SHOWN and not holds:
        print(f"  {kind} fails: {one} {other}")
    return holds


class _Searches:
    """Searches over an index with an article for each form."""

    def __init__(self, folder: Path, forms: list[str]) -> None:
        source = folder / "forms.jsonl"
        lines = (json.dumps({"id": str(at), "title": "", "body": form}) for at, form in enumerate(forms))
        source.write_text("\n".join(lines), encoding="utf-8")
        kashaf("index", "--index", folder / "index", source)
        self._service = SearchService.open(Settings(index=folder / "index"))
        self._numbers = {form: str(at) for at, form in enumerate(forms)}
        self._known: dict[str, dict[str, float]] = {}

    def meet(self, one: str, other: str) -> bool:
        """Whether searching either finds the other."""
        return self._numbers[other] in self._scores(one) and self._numbers[one] in self._scores(other)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether searching neither finds the other."""
        return self._numbers[other] not in self._scores(one) and self._numbers[one] not in self._scores(other)

    def part(self, one: str, other: str) -> bool:
        """Whether searching either does not find the other, or ranks it below the form typed."""
        return self._first(one, other) and self._first(other, one)

    def _first(self, typed: str, other: str) -> bool:
        scores = self._scores(typed)
        return scores.get(self._numbers[typed], 0.0) > scores.get(self._numbers[other], 0.0)

    def _scores(self, query: str) -> dict[str, float]:
        """Article → score, of those that have all words of the query."""
        if query not in self._known:
            request = SearchRequest(query, limit=100, repair=False, collapse=False, facets=False)
            page = self._service.search(request)
            assert page.total <= 100 or any(note.kind == "relaxed" for note in page.notes), query
            relaxed = any(note.kind == "relaxed" for note in page.notes)
            self._known[query] = {} if relaxed else {hit.article.id: hit.score for hit in page.hits}
        return self._known[query]
