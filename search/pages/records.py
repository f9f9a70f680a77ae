"""The records of searching: a request, the page of results that answers it, and the page of one article.

`search/service.py` makes pages of requests; the web package and the commands show them. All texts are raw, not escaped
as HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import msgspec

from search.article import Article
from search.engines.base import Order
from search.errors import RequestError
from search.limits import HITS_A_PAGE, LARGEST_PAGE, deepest_page
from search.pages.portions import Portion
from search.query.read_dates import ReadDate
from search.query.tree import NAME_FIELDS, NoteValues


class Segment(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A piece of a raw text. A page has a hundred, so it is a class whose objects are made in a fifth of the time.

    highlighted  whether it matched the query
    offset       of a highlighted piece: the character of the whole text at which it begins; pieces are equal without it
    """

    text: str
    highlighted: bool = False
    offset: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and (self.text, self.highlighted) == (other.text, other.highlighted)

    def __ne__(self, other: object) -> bool:  # in place of that of a Struct, which here tells objects apart
        return not self.__eq__(other)

    def __hash__(self) -> int:
        return hash((self.text, self.highlighted))


HighlightedText = tuple[Segment, ...]


def plain_text(text: HighlightedText) -> str:
    """Return the text without its marks."""
    return "".join(segment.text for segment in text)


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a request; articles must fulfil all of them.

    sources, sections, authors, agencies, places  any of these names; () for all
    first, last                 days of publication, both included; None for an open end
    group                       only the articles of this near-duplicate group, each as a hit of its own
    undated                     only articles without a date
    """

    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    group: int | None = None
    undated: bool = False
    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Field of names → the names that are asked for, () for all."""
        names = (self.sources, self.sections, self.authors, self.agencies, self.places)
        return dict(zip(NAME_FIELDS, names, strict=True))

    def with_names(self, field: str, names: tuple[str, ...]) -> Filters:
        """Return the filters with these names of the field in place of its own."""
        sources, sections, authors, agencies, places = (self.names | {field: names}).values()
        return replace(self, sources=sources, sections=sections, authors=authors, agencies=agencies, places=places)

    def without_name(self, field: str, name: str) -> Filters:
        """Return the filters without one name of the field."""
        return self.with_names(field, tuple(other for other in self.names[field] if other != name))


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Raises RequestError, which names the value, for a page or limit that cannot be served.

    query     as the reader typed it
    page      from 1
    limit     hits on a page
    names     whether other spellings of foreign names, and synonyms, are searched too
    collapse  whether near-duplicates are shown as one hit
    repair    whether other readings of a query without hits are searched, and "did you mean" is looked for
    facets    whether sources, sections, authors and the timeline are counted
    explain   whether each hit gets the reasons why it matched
    swapped   whether the days to filter by were given with the later one first, of which a note tells
    today     the day that words such as "yesterday" count from; None: the machine's
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
        """Whether near-duplicates are shown as one hit, which they are not if the filters ask for one group."""
        return self.collapse and self.filters.group is None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LARGEST_PAGE:
            raise RequestError(f"limit {self.limit}: ask for 1 to {LARGEST_PAGE} hits a page")
        deepest = deepest_page(self.limit)
        if not 1 <= self.page <= deepest:
            raise RequestError(f"page {self.page}: with {self.limit} a page, pages 1 to {deepest}")


@dataclass(frozen=True, slots=True)
class Note:
    """A note to the reader about how the query was read; `search/pages/sentences.py` has the sentence of each kind.

    kind    a word that programs can rely on: "unclosed-quote", "cut-words", "relaxed", "names", "keyboard" …
    values  the name of each blank of the sentence, with the value that fills it
    query   the query of the link that the note offers; None: it offers none
    without the option of the request that the link switches off: "repair", "names" or "collapse"
    filters the filters of the link's search; None: those of the request
    """

    kind: str
    values: NoteValues = ()
    query: str | None = None
    without: str | None = None
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article matched: a word as the article writes it, the level at which it matches a word of the query
    ("exact", "word", "stem"; "reading" for a further reading, "name" for another spelling), and the field it is in.
    """

    word: str
    level: str
    field: str


class Hit(msgspec.Struct, frozen=True):
    """One article on a page of results.

    copies   how many near-duplicates of the article match the query too
    group    the number of its near-duplicate group
    reasons  why it matched, if the request asks for that
    """

    article: Article
    score: float
    title: HighlightedText
    snippets: tuple[HighlightedText, ...]
    copies: int = 0
    group: int | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def passage(self) -> str:
        """The snippets as one text without marks; "" where there are none."""
        return " … ".join(map(plain_text, self.snippets))


class TimelineBar(msgspec.Struct, frozen=True):
    """One bar of the timeline.

    key    "2017", "2017-07" or "2017-07-15"
    count  matching articles of the period
    all    all articles of the period
    """

    key: str
    count: int
    all: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results.

    query      as the reader typed it
    total      matching articles, near-duplicates included
    reachable  hits on all pages that can be asked for; fewer than `total` if near-duplicates are shown as one hit
    truncated  whether there are more hits than `reachable`: a list ends at hit `search.limits.DEEPEST_HIT`,
               and one that was cut where the time ended
    cut        whether the time ended before all articles were searched: there may be more than `total`, and more pages
    pages      the number of pages that can be asked for, each of which has a hit
    took_ms    milliseconds
    facets     "source", "section", "author", "agency" → (value, count), the commonest first, without its own filter:
               the `search.limits.FACET_VALUES` commonest, and those that the request chose and matching articles have
    timeline   bars in order of time; empty if no matching article has a date
    undated    matching articles without a date, whatever days the filters have
    order      how the hits are sorted: as requested, or from the newest on if nothing can be ranked by relevance
    dates      the dates that the query has, as they were understood
    suggestion the query of "did you mean"; None without one
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
    timeline: tuple[TimelineBar, ...] = ()
    suggestion: str | None = None
    truncated: bool = False
    cut: bool = False
    undated: int = 0
    order: Order = Order.RELEVANCE
    dates: tuple[ReadDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """The first articles of a near-duplicate group, the oldest first, and how many it has; none of a group of one."""

    group: int | None = None
    articles: tuple[Article, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article, with the words of the query highlighted.

    body     the whole body, or the portion of it that was asked for
    portion  that portion; None: the whole body
    related  articles about the same things
    copies   the articles of its near-duplicate group
    incomplete  whether there may be other related articles and copies, in a part of the index that does not answer
    """

    article: Article
    title: HighlightedText
    body: HighlightedText
    related: tuple[Article, ...] = ()
    portion: Portion | None = None
    copies: Copies = field(default_factory=Copies)
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """One place that gives an article.

    source  the name of the source; None where none holds the file any more
    file    the path below the source, with "/" between folders; the name of the file where it is the source itself
    place   which of the file's articles it is, from 1 on
    """

    source: str | None
    file: str
    place: int


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What is in an index, for `kashaf info` and the home page.

    place           the path of the index directory
    analyser        its fingerprint, as `Analyzer` has it
    sources         (value, number of articles), the commonest first; sections likewise
    first, last     the first and last day of publication; None if no article has a date
    updated         moment of the last commit, in ISO 8601
    """

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
