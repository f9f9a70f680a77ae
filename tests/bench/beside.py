"""First pages beside those of another checkout, in process, each over its own index of all news, 89,568 articles.

KASHAF_BESIDE names the other checkout; without it this is left out. Both are asked in turn, a few queries each, no
query twice, and measured by processor time, which is what a page takes where nothing else runs. The limits are those of
issue 18 for a checkout of 98360b0, from before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import median

from tests.bench.checkouts import HERE, beside
from tests.bench.figures import Figure, paired_ratio, percentile
from tests.bench.page_programs import TURNS, Answers, beginnings, headlines, in_turn, searching
from tests.bench.places import ALL_NEWS

_COMMON = (
    *("قال", "السعودية", "محمد", "اليوم", "العام", "الملك", "الرياض", "المملكة", "وزارة", "العمل", "الله", "الأمير"),
    *("رئيس", "مدينة", "العالم", "الدولة", "المنطقة", "مجلس", "عدد", "الماضي", "خلال", "السوق", "مليون", "شركة"),
    *("الفريق", "الجامعة", "الحكومة", "الناس", "الإمارات", "دبي", "الوزير", "كبير"),
)
_PERCENTILES = (("median", 0.5), ("95th percentile", 0.95))
_MOST = {"two words": 0.6, "whole headlines": 0.6, "common words": 1}  # of the time that a page took before


def measure(rows: int) -> Iterator[Figure]:
    """Medians and 95th percentiles of both, the ratio of those in turn, and the queries that match differently."""
    if not (other := beside()):
        return
    asked = {"two words": beginnings, "common words": _common, "whole headlines": headlines}
    with ExitStack() as opened:
        ours, theirs = (
            opened.enter_context(searching(checkout, checkout.index_of(ALL_NEWS, rows))) for checkout in (HERE, other)
        )
        told = f"{ours.articles} articles beside {theirs.articles}"
        assert rows or abs(ours.articles - theirs.articles) < ours.articles / 1000, told
        for what, queries in asked.items():
            rounds = [in_turn(ours, theirs, queries(turn), turn) for turn in range(TURNS)]
            yield from _figures(what, rounds[1:])  # the first warms


def _common(turn: int) -> Sequence[str]:
    return _COMMON[turn::TURNS]


def _figures(what: str, rounds: Sequence[tuple[Answers, Answers]]) -> Iterator[Figure]:
    totals = [(ours[1], theirs[1]) for pair in rounds for ours, theirs in zip(*pair, strict=True)]
    both = sum(bool(ours) == bool(theirs) for ours, theirs in totals)
    assert both >= 0.9 * len(totals), (
        f"{what}: {len(totals) - both} of {len(totals)} queries find nothing in one of both"
    )
    yield Figure(f"{what}: that match other articles", sum(ours != theirs for ours, theirs in totals) / len(totals), "")
    for name, share in _PERCENTILES:
        both = [tuple(percentile([taken for taken, _ in answers], share) for answers in pair) for pair in rounds]
        pairs = [(ours, theirs) for ours, theirs in both]
        yield Figure(f"{what}, {name}", median(ours for ours, _ in pairs), "ms")
        yield Figure(f"{what}, {name}: the other checkout's", median(theirs for _, theirs in pairs), "ms")
        yield Figure(f"{what}, {name}: ours : the other's", paired_ratio(pairs), at_most=_MOST[what])
