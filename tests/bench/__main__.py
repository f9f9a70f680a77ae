"""python -m tests.bench [--rows N] [NAME …]: all benchmarks, or the named ones.

--rows N reads only the first N articles of each file: to try a benchmark, not to judge by it. Some run only where
they are named: `million`, which takes half an hour and 6 GB of disk, `large`, as long where KASHAF_LARGE names no
index, `kills`, which takes half an hour, and those that start nodes of OpenSearch, `cluster_rates`, `cluster_ranking`,
`cluster_faults`, which takes ten minutes, and `cluster_million`, which takes an hour and 15 GB. --articles N and
--kills N have them do less, --rounds N more. KASHAF_BESIDE names another checkout, such as `git worktree add` makes of
an earlier commit: it is measured in turn with this one.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from tests.bench.places import SHARED

BENCHES = (
    "indexing",
    "querying",
    "paging",
    "results",
    "exporting",
    "completing",
    "parsing",
    "starting",
    "duplicates",
    "comparing",
    "worst",
    "serving",
    "beside",
    "language",
    "repairs",
    "slips",
    "latin",
    "repeated_lines",
    "conflation",
    "first_hits",
    "tables",
)
LONG = {  # what says how much is to be done
    "million": "articles",
    "large": "articles",
    "kills": "kills",
    "cluster_faults": "rounds",
    "cluster_rates": "rows",
    "cluster_million": "articles",
    "cluster_ranking": "rows",
}


def main() -> None:
    """Runs them one after another."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join((*BENCHES, *LONG)))
    parser.add_argument("--rows", type=int, default=0, help="read only so many articles of each file")
    parser.add_argument("--articles", type=int, default=0, help="how many articles `million` and its like make")
    parser.add_argument("--kills", type=int, default=100, help="how many runs `kills` kills, beside some more")
    parser.add_argument("--rounds", type=int, default=1, help="how often `cluster_faults` does each fault")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.names if name not in (*BENCHES, *LONG)]:
        parser.error(f"no benchmark {unknown[0]}: name one of {', '.join((*BENCHES, *LONG))}")
    if not SHARED.is_dir():
        sys.exit("left out: ../shared is absent")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name in chosen.names or BENCHES:
        print(name, flush=True)
        for figure in import_module(f"tests.bench.{name}").measure(getattr(chosen, LONG.get(name, "rows"))):
            print(figure, flush=True)


if __name__ == "__main__":
    main()
