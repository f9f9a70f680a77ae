"""Runs a list of queries to its end: what an earlier run has written stays, the rest is searched and written.

In: a `QueryList`, a service and the files to write. Out: a `RunReport`. Called by `search/list_commands.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from search.export.table import BYTE_ORDER_MARK
from search.lists.as_csv import counts_header, hits_header
from search.lists.outputs import Outputs, open_outputs
from search.lists.rows import ListRow, QueryList
from search.lists.searching import RowOptions, RowResult, row_search
from search.service import SearchService
from search.settings import Settings

_SAVED_SECONDS: Final = 3.0  # between two moments at which what was written is brought to the disk
Told = Callable[[int, int], None]  # takes the rows that are done, and how many there are


@dataclass(frozen=True, slots=True)
class RunFiles:
    """What a run writes.

    made_of  name → what its results depend on
    restart  whether to give up an unfinished run
    bom      whether the tables begin with the mark by which Excel knows UTF-8
    """

    hits: Path
    counts: Path
    made_of: Mapping[str, str]
    today: date
    restart: bool = False
    bom: bool = False


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended. resumed: rows that an earlier run had written. found: rows with a matching article."""

    rows: int
    resumed: int
    found: int
    problems: tuple[ListRow, ...]

    @property
    def searched(self) -> int:
        """How many rows were searched: all but those with a problem."""
        return self.rows - len(self.problems)


def run_list(
    listed: QueryList,
    service: SearchService,
    settings: Settings,
    files: RunFiles,
    options: RowOptions,
    *,
    jobs: int,
    told: Told,
) -> RunReport:
    """Search the rows that no earlier run has written, in `jobs` processes, and write them.

    service: over one open index, whose settings are `settings`. Raises SourceError, WorkerLost and what searching does.
    """
    mark = BYTE_ORDER_MARK if files.bom else ""
    heads = (mark + hits_header(), mark + counts_header(options.by))
    rows = listed.rows
    with open_outputs(
        files.hits, files.counts, heads, files.made_of, today=files.today, restart=files.restart
    ) as outputs:
        resumed = outputs.done
        told(resumed, len(rows))
        with row_search(service, settings, options, jobs=min(jobs, len(rows) - resumed)) as search:
            _write_all(outputs, search(islice(rows, resumed, None)), lambda: told(outputs.done, len(rows)))
        outputs.finish()
    problems = tuple(row for row in rows if row.problem)
    return RunReport(len(rows), resumed, outputs.found, problems)


def _write_all(outputs: Outputs, results: Iterator[RowResult], told: Callable[[], None]) -> None:
    """Write the results in order; what was written is kept when the search ends early, be it by Ctrl-C."""
    saved = time.monotonic()
    try:
        for result in results:
            outputs.write(result)
            told()
            if time.monotonic() - saved >= _SAVED_SECONDS:
                outputs.save()
                saved = time.monotonic()
    finally:
        outputs.save()
