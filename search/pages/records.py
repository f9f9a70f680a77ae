"""What the search service takes and gives: plain records, no escaping, no HTML but where a name says so.

`search/service.py` makes pages from requests; the web front end and the command line show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from search.article import Article
from search.engines.base import Order
from search.errors import RequestError
from search.limits import HITS_A_PAGE, LARGEST_PAGE, deepest_page
from search.pages.portions import Portion
from search.query.read_dates import ReadDate
from search.query.tree import NoteValues


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a raw text.

    highlighted  whether it matched the query
    offset       of a highlighted piece: the character of the whole text at which it begins
    """

    text: str
    highlighted: bool = False
    offset: int | None = field(default=None, compare=False)


HighlightedText = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows by: any of the named sources, sections and authors, within the inclusive days.

    group: only this article's near-duplicates, each shown by itself; undated: only articles without a date.
    """

    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    group: int | None = None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Raises RequestError, naming the value, where it cannot be served.

    names: search a foreign name's other spellings too; collapse: show near-duplicates as one hit;
    repair: on no hits, try the other keyboard, spelling and so on; explain: say per hit why it matched.
    swapped: the days to narrow by were given with the later one first, which is said.
    today: for words such as "yesterday" (None: the machine's day).
    """

    query: str
    page: int = 1
    limit: int = HITS_A_PAGE
    order: Order = Order.RELEVANCE
    filters: Filters = field(default_factory=Filters)
    names: bool = True
    collapse: bool = True
    repair: bool = True
    facets: bool = True
    explain: bool = False
    swapped: bool = False
    today: date | None = None

    @property
    def collapses(self) -> bool:
        """Whether near-duplicates are shown as one hit: not where one group of them was asked for."""
        return self.collapse and self.filters.group is None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LARGEST_PAGE:
            raise RequestError(f"limit {self.limit}: ask for 1 to {LARGEST_PAGE} hits a page")
        deepest = deepest_page(self.limit)
        if not 1 <= self.page <= deepest:
            raise RequestError(f"page {self.page}: with {self.limit} a page, pages 1 to {deepest}")


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader is told about how the query was read or widened; `search/pages/sentences.py` has the sentence.

    kind    a stable word for programs: "unclosed-quote", "cut-words", "relaxed", "names", "keyboard", "spelling" …
    values  name → what fills that blank of the sentence
    query   where the note offers a way back or onward: the query that takes it
    without the request's option that this way switches off: "repair", "names" or "collapse"
    filters the filters of the search that this way takes; None: those of the request
    """

    kind: str
    values: NoteValues = ()
    query: str | None = None
    without: str | None = None
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article matched: a written word of it, the level ("exact", "word", "stem", "name") and the field."""

    word: str
    level: str
    field: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One article on a page of results; `copies` other near-duplicates of it match the query too."""

    article: Article
    score: float
    title: HighlightedText
    snippets: tuple[HighlightedText, ...]
    copies: int = 0
    group: int | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One bar of the timeline: `key` "2017", "2017-07" or "2017-07-15"; `all`: all articles of that time."""

    key: str
    count: int
    all: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results.

    query      as typed
    total      matching articles, near-duplicates included
    reachable  hits on all the pages that can be asked for; fewer than `total` where near-duplicates are one hit
    truncated  whether there are more hits than that: a list can be read down to `search.limits.DEEPEST_HIT`
    pages      how many pages that makes, each of which has a hit
    facets     "source", "section", "author" → (value, count), commonest first; each respects the other filters
    timeline   bars in order of time, empty where nothing is dated
    undated    matching articles without a date, whatever days the reader asks for
    order      how the hits are sorted: what was asked for, or from the newest on where there is no relevance to sort by
    dates      the dates that the query itself names, as they were read
    suggestion "did you mean": a query, or None
    """

    request: SearchRequest
    query: str
    total: int
    reachable: int
    pages: int
    took_ms: float
    hits: tuple[Hit, ...]
    notes: tuple[Note, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    timeline: tuple[Period, ...] = ()
    suggestion: str | None = None
    truncated: bool = False
    undated: int = 0
    order: Order = Order.RELEVANCE
    dates: tuple[ReadDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """The first articles of a near-duplicate group from the oldest on, and how many it has in all.

    No articles where one stands alone.
    """

    group: int | None = None
    articles: tuple[Article, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with the query's words highlighted; of a long body the portion that was asked for."""

    article: Article
    title: HighlightedText
    body: HighlightedText
    related: tuple[Article, ...] = ()
    portion: Portion | None = None
    copies: Copies = field(default_factory=Copies)


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What is in an index, for `kashaf info` and the home page."""

    place: str
    engine: str
    analyser: str
    articles: int
    sources: tuple[tuple[str, int], ...]
    sections: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    size_bytes: int
    updated: str | None
    withdrawn: int | None = 0  # articles deleted for good; None: what remembers them cannot be read
