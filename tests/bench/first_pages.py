"""Searches the index that it is given for the queries that it reads, and prints what each first page took.

A program of its own, so that `tests/bench/beside.py` can run it over this checkout's packages or another's: it uses no
more of them than every version has. In: a line of JSON, a list of queries. Out: a line of JSON, [milliseconds of
processor time, matching articles] for each. The first line it prints says that it is ready.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from time import process_time

from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings

_TODAY = date(2016, 1, 1)


def main() -> None:
    """Answers until there is nothing more to read."""
    service = SearchService.open(Settings(index=Path(sys.argv[1])))
    print(json.dumps(service.facts().articles), flush=True)
    for line in sys.stdin:
        print(json.dumps([_timed(service, query) for query in json.loads(line)]), flush=True)


def _timed(service: SearchService, query: str) -> tuple[float, int]:
    started = process_time()
    page = service.search(SearchRequest(query, today=_TODAY))
    return (process_time() - started) * 1000, page.total


if __name__ == "__main__":
    main()
