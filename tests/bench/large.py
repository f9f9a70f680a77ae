"""python -m tests.bench large [--articles N]: an archive of 600,000 articles beside one of 86,668.

KASHAF_LARGE names its index, as `million.py` or this makes one; without it the articles are made and indexed first, in
half an hour and 4 GB of disk, and kept. First pages are asked in turn of both archives by two processes, no query
twice, and measured by processor time. Then a site is started over the large one, beside one of another checkout where
KASHAF_BESIDE names it: over the same index, or over that which KASHAF_LARGE_BESIDE names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench import made_up_archive
from tests.bench.checkouts import HERE, beside
from tests.bench.figures import Figure, paired_ratio, percentile
from tests.bench.page_programs import TURNS, Answers, beginnings, headlines, in_turn, searching
from tests.bench.places import NEWS, cache_folder, index_of, topics, two_words
from tests.bench.processes import kashaf
from tests.bench.starting import first_pages

_ARTICLES = 600_000
_AT_ONCE = 100_000  # articles of a run
_MOST = {0.5: None, 0.95: 2}  # times what a page of the smaller archive takes, by percentile


def measure(articles: int) -> Iterator[Figure]:
    """Medians and 95th percentiles of both archives and their ratios, then what a start takes."""
    large, small = _large(articles or _ARTICLES), index_of(NEWS, 0)
    with ExitStack() as opened:
        programs = [opened.enter_context(searching(HERE, place)) for place in (large, small)]
        for what, queries in (("two words", beginnings), ("whole headlines", headlines)):
            rounds = [in_turn(programs[0], programs[1], queries(turn), turn) for turn in range(TURNS)]
            yield from _figures(f"{what}, {programs[0].articles:,} articles", rounds[1:])  # the first warms
    other = beside()
    theirs = Path(os.environ.get("KASHAF_LARGE_BESIDE") or large)
    served = [(HERE, large), *([(other, theirs)] if other else ())]
    yield from first_pages(served, two_words(topics()[0].query), f"{articles or _ARTICLES:,} articles")


def _figures(what: str, rounds: Sequence[tuple[Answers, Answers]]) -> Iterator[Figure]:
    found = [total for pair in rounds for answers in pair for _, total in answers]
    assert sum(map(bool, found)) >= 0.9 * len(found), f"{what}: most queries find nothing"
    for share, most in _MOST.items():
        both = [[percentile([taken for taken, _ in answers], share) for answers in pair] for pair in rounds]
        yield Figure(f"{what}, percentile {share:.0%}", median(large for large, _ in both), "ms")
        yield Figure(f"{what}, percentile {share:.0%}: 86,668 articles", median(small for _, small in both), "ms")
        ratio = paired_ratio([(large, small) for large, small in both])
        yield Figure(f"{what}, percentile {share:.0%}: large : small", ratio, at_most=most)


def _large(articles: int) -> Path:
    """The index of so many made-up articles."""
    if named := os.environ.get("KASHAF_LARGE"):
        return Path(named)
    place = cache_folder() / f"made-up-{articles}"
    for begin in range(0, articles, _AT_ONCE):
        done = place / f"{begin}.indexed"
        if not done.exists():
            place.mkdir(exist_ok=True)
            rows = made_up_archive.write(place / f"{begin}.jsonl.gz", begin, min(begin + _AT_ONCE, articles))
            kashaf("index", rows, "--index", place / "index")
            rows.unlink()
            done.touch()
    return place / "index"
