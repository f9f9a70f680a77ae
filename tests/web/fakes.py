"""A search service of invented articles: everything a page can carry, without an index.

It matches a query's words as substrings and highlights them, so that tests of the web need nothing below it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from msgspec import structs

from search.article import Article
from search.budget import Budget
from search.engines.base import Order
from search.errors import IndexStateError
from search.examples.index_examples import ExampleQuery
from search.index.open_index import OpenIndex
from search.index.readiness import Unready
from search.over_time.coverage import gaps
from search.over_time.periods import counts_by_period, periods_between
from search.over_time.records import ComparedQuery, CompareRequest, Comparison, Coverage, PeriodCounts, SourceCoverage
from search.pages.portions import portion_at
from search.pages.records import (
    ArticlePage,
    Copies,
    HighlightedText,
    Hit,
    IndexFacts,
    Note,
    Reason,
    SearchPage,
    SearchRequest,
    Segment,
    TimelineBar,
)
from search.schema import month_of
from search.value_counts import ValueCounts
from web.text.bidi import cut

NO_SEARCH = SearchRequest("")
HARAKAT = re.compile("[\u064b-\u0652\u0640]")

ARTICLES = (
    Article(
        "a1",
        "هيئة الموانئ تطلق منصة Coral Gate لتتبع 3,650 حاوية",
        "أعلنت هيئة الموانئ إطلاق منصة Coral Gate لتتبع الحاويات.\n\nتجربة أولى\n"
        "وقال مسؤول في الهيئة إن المنصة تتابع 3,650 حاوية بين عامي 2019-2021، وإن <b>الاختبار</b> انتهى.\n"
        "A view of the port, May 29, 2017",
        ("وكالة الواحة", "صحيفة الميناء"),
        "اقتصاد",
        "سالم الحارثي",
        "https://www.example.org/ports?id=1",
        "2017-07-15",
    ),
    Article(
        "a2",
        "الموانئ تستقبل الموسم",
        "تستقبل الموانئ موسم الصيد.",
        ("صحيفة الميناء",),
        "مجتمع",
        None,
        None,
        "2016-02-01",
    ),
    Article(
        "https://example.org/a//b?c=1#d", "", "نص بلا عنوان عن الموانئ.", (), None, None, "javascript:alert(1)", None
    ),
    Article(
        "..",
        "خبر يحمل معرّفا غريبا",
        "عن الموانئ أيضا.",
        ("شبكة سنابل",),
        None,
        None,
        "http://[",
        "2017-06-30T10:30:00+03:00",
    ),
    *(
        Article(
            f"n{n}",
            f"نشرة رقم {n}",
            "نشرة الطقس اليومية.",
            ("شبكة سنابل",),
            "طقس",
            None,
            None,
            f"2015-{n % 12 + 1:02}-10",
        )
        for n in range(1, 31)
    ),
)


@dataclass(frozen=True)
class FakeListed:
    """A hit of a list."""

    hit: Hit


@dataclass(frozen=True)
class FakeList:
    """A list of hits."""

    listed: tuple[FakeListed, ...]
    total: int
    truncated: bool
    cut: bool = False
    notes: tuple[Note, ...] = ()
    moved: bool = False
    first: int = 1
    order: Order = Order.RELEVANCE

    def __len__(self) -> int:
        return len(self.listed)

    def __iter__(self) -> Iterator[FakeListed]:
        return iter(self.listed)


@dataclass
class FakeService:
    """Holds what it is given; `trouble` is raised by every method, `extra` widens the page of results."""

    articles: tuple[Article, ...] = ARTICLES
    trouble: Exception | None = None
    notes: tuple[Note, ...] = ()
    suggestion: str | None = None
    completions: tuple[str, ...] = ()
    showcased: tuple[str, ...] = ()
    copies: int = 0
    updated: str | None = None
    chain: Copies = field(default_factory=Copies)
    asked: list[SearchRequest] = field(default_factory=list)
    hindered: Unready | None = None

    def unready(self) -> Unready | None:
        self._check()
        return self.hindered

    def preparing(self) -> tuple[str, ...]:
        return ()

    def count_by(self, request: SearchRequest, by: str, budget: Budget | None = None) -> ValueCounts:
        self._check()
        found = [article for article in self.articles if self._matches(article, request)]
        counts = {"year": Counter((a.published or "")[:4] for a in found if a.published)}
        values = dict(sorted(counts["year"].items())) if by == "year" else dict(self._facets(found)[by])
        return ValueCounts(len(found), values, 0, False, self.notes)

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        self._check()
        self.asked.append(request)
        found = [article for article in self.articles if self._matches(article, request)]
        if request.order is not Order.RELEVANCE:
            found.sort(key=lambda a: a.published or "", reverse=request.order is Order.NEWEST)
        first = (request.page - 1) * request.limit
        words = request.query.split()
        hits = tuple(
            self._hit(article, words if request.explain else [], words)
            for article in found[first : first + request.limit]
        )
        return SearchPage(
            request,
            request.query,
            len(found),
            len(found),
            math.ceil(len(found) / request.limit),
            1.234,
            hits,
            self.notes,
            self._facets(found) if request.facets else {},
            self._timeline(found) if request.facets else (),
            self.suggestion,
            order=request.order if request.query or request.order is Order.OLDEST else Order.NEWEST,
        )

    def all_hits(
        self, request: SearchRequest, *, limit: int = 100_000, snippets: bool = False, **_: object
    ) -> FakeList:
        """The hits of all pages."""
        pages = [self.search(replace(request, page=number, limit=100)) for number in (1, 2, 3)]
        hits = [hit if snippets else structs.replace(hit, snippets=()) for page in pages for hit in page.hits]
        first = pages[0]
        return FakeList(tuple(map(FakeListed, hits[:limit])), first.total, len(hits) > limit, first.cut, first.notes)

    def read(self, id: str, request: SearchRequest = NO_SEARCH, *, at: int | None = None) -> ArticlePage | None:
        article = self.article(id)
        if article is None:
            return None
        words = request.query.split()
        related = tuple(other for other in self.articles[:3] if other.id != id)
        portion = None if at is None else portion_at(article.body, at)
        body = cut(light(article.body, words), portion.start, portion.end) if portion else light(article.body, words)
        title = light(article.title, words)
        return ArticlePage(article, title, body, related, portion, self.chain)

    def article(self, id: str) -> Article | None:
        self._check()
        return next((article for article in self.articles if article.id == id), None)

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        self._check()
        return self.completions[:limit]

    def examples(self, language: str) -> Mapping[str, tuple[ExampleQuery, ...]]:
        self._check()
        return {"`كلمة كلمة`": (ExampleQuery("هيئة الموانئ", 1),), '`"…"`': (ExampleQuery('"هيئة الموانئ"', 1),)}

    def showcase(self) -> tuple[str, ...]:
        self._check()
        return self.showcased

    def facts(self) -> IndexFacts:
        self._check()
        facets = self._facets(list(self.articles))
        days = sorted(day for article in self.articles if (day := article.day))
        first, last = (days[0], days[-1]) if days else (None, None)
        return IndexFacts(
            "here",
            "none",
            "fake",
            len(self.articles),
            facets["source"],
            facets["section"],
            first,
            last,
            0,
            self.updated,
        )

    @property
    def index(self) -> OpenIndex:
        raise NotImplementedError("what reads the index itself is tested over real ones")

    def state(self) -> str:
        return f"fake {len(self.articles)} {self.updated}"

    def compare(self, request: CompareRequest) -> Comparison:
        """The queries by month, from the fake's own articles."""
        self._check()
        asked = [SearchRequest(query, filters=request.filters) for query in (*request.queries[:4], "")]
        found = [[a for a in self.articles if self._matches(a, each)] for each in asked]
        months = [Counter(month_of(a.day) for a in each if a.day) for each in found]
        held = [month for each in months[:-1] for month in each]
        stretches = periods_between(min(held), max(held), most_months=120, most_years=200) if held else ()
        columns = [counts_by_period(each, stretches) for each in months]
        lines = [
            ComparedQuery(query, len(each), sum(a.day is None for a in each), self.notes)
            for query, each in zip(request.queries, found[:-1], strict=False)
        ]
        rows = zip(*columns, strict=True)
        periods = tuple(PeriodCounts(s, row[-1], tuple(row[:-1])) for s, row in zip(stretches, rows, strict=True))
        undated = sum(a.day is None for a in found[-1])
        dropped = len(request.queries[4:])
        return Comparison(
            request, tuple(lines), (), dropped, "month" if held else None, periods, len(found[-1]), undated, 1.5
        )

    def coverage(self, sources: Sequence[str] = ()) -> Coverage:
        """The coverage of the fake's own articles, by the sources asked for or all."""
        self._check()
        names = tuple(name for name, _ in self._facets(list(self.articles))["source"])
        told = tuple(sources) or names
        rest = set(names) - set(told)
        return Coverage(
            covered(None, len(names), list(self.articles)),
            tuple(covered(name, 1, [a for a in self.articles if name in a.source]) for name in told),
            covered(None, len(rest), [a for a in self.articles if rest & set(a.source)]) if rest else None,
            covered(None, 0, [a for a in self.articles if not a.source]),
            "2026-11-25T20:59:51+00:00",
        )

    def _check(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def _hit(self, article: Article, explained: list[str], words: list[str]) -> Hit:
        reasons = tuple(Reason(word, "stem", "title") for word in explained)
        snippets = (light(article.body.split("\n")[0], words),)
        return Hit(article, 1.5, light(article.title, words), snippets, self.copies, None, reasons)

    @staticmethod
    def _matches(article: Article, request: SearchRequest) -> bool:
        filters = request.filters
        text = f"{article.title} {article.body}"
        return (
            all(HARAKAT.sub("", word) in text for word in request.query.split())
            and (not filters.sources or bool(set(filters.sources) & set(article.source)))
            and (not filters.sections or article.section in filters.sections)
            and (not filters.authors or article.author in filters.authors)
            and (not filters.first or (article.day or date.min) >= filters.first)
            and (not filters.last or (article.day or date.max) <= filters.last)
        )

    @staticmethod
    def _facets(found: list[Article]) -> dict[str, tuple[tuple[str, int], ...]]:
        return {
            "source": tuple(Counter(source for a in found for source in a.source).most_common()),
            "section": tuple(Counter(a.section for a in found if a.section).most_common()),
            "author": tuple(Counter(a.author for a in found if a.author).most_common()),
        }

    @staticmethod
    def _timeline(found: list[Article]) -> tuple[TimelineBar, ...]:
        years = Counter((article.published or "")[:4] for article in found if article.published)
        return tuple(TimelineBar(year, count, count * 10) for year, count in sorted(years.items()))


def covered(name: str | None, sources: int, articles: list[Article]) -> SourceCoverage:
    """What there is of these articles."""
    days = sorted(day for article in articles if (day := article.day))
    months = dict(sorted(Counter(map(month_of, days)).items()))
    first, last = (days[0], days[-1]) if days else (None, None)
    return SourceCoverage(name, sources, len(articles), len(articles) - len(days), first, last, months, gaps(months))


def light(text: str, words: list[str]) -> HighlightedText:
    """The text with every occurrence of the words highlighted."""
    wanted = [re.escape(HARAKAT.sub("", word)) for word in words if HARAKAT.sub("", word)]
    if not wanted:
        return (Segment(text),)
    parts = re.split(f"({'|'.join(wanted)})", text)
    starts = [0, *accumulate(len(part) for part in parts)]
    return tuple(Segment(part, n % 2 == 1, starts[n] if n % 2 == 1 else None) for n, part in enumerate(parts) if part)


def missing() -> IndexStateError:
    """The trouble of an index that is not there."""
    from search.errors import IndexMissing

    return IndexMissing("no index at /nowhere: run kashaf index PATH…")
