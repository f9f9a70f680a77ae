"""The types of what the API answers, from which the schemas of the OpenAPI document are made.

They describe the objects that `search/pages/as_json.py` and `search/over_time/as_json.py` write, and tests hold each
answer to them. All keys are always there; new ones may come, so programs should pass over keys that they do not know.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

_HTML = "HTML: everything is escaped but `<mark>`, which wraps words that matched"


class Object(Struct, forbid_unknown_fields=True):
    """An object of JSON; tests refuse keys that are not described."""


class Note(Object):
    """What was done to read the query, or what could not be done."""

    kind: Annotated[str, Meta(description="a word that programs can rely on, such as `relaxed` or `spelling`")]
    values: dict[str, str | int | list[str]]
    text: Annotated[str, Meta(description="the sentence in Arabic")]
    text_en: Annotated[str, Meta(description="the sentence in English")]
    query: Annotated[str | None, Meta(description="the query that the note offers")]
    action: str | None
    action_en: str | None
    without: Annotated[str | None, Meta(description="the switch that turns this off: `repair`, `names` or `collapse`")]
    filters: Annotated[dict[str, list[str]] | None, Meta(description="the filters of the query that it offers")]


class Span(Object):
    """Days from the first to the last, both included; null for an open end."""

    first: str | None
    last: str | None


class UnderstoodDate(Object):
    """A date in the query, as it was understood."""

    kind: str
    typed: str
    days: list[Span]
    excluded: Annotated[bool, Meta(description="whether articles of these days are left out")]
    text: str
    text_en: str
    without: Annotated[str, Meta(description="the query without the date")]


class ArticleFacts(Object):
    """What lists say of an article."""

    id: str
    title: str | None
    display_title: Annotated[str, Meta(description="the title, else the beginning of the text, the address or the id")]
    source: Annotated[str | None, Meta(description="the sources, joined by ` + `")]
    sources: list[str]
    section: str | None
    author: Annotated[str | None, Meta(description="the byline as the source gave it")]
    persons: list[str]
    agencies: list[str]
    places: list[str]
    url: str | None
    published: Annotated[str | None, Meta(description="ISO 8601: a day, or a moment")]
    page: Annotated[str | None, Meta(description="the page of print, as the source names it: `5`, `12-14`")]


class Reason(Object):
    """Why an article matched."""

    word: Annotated[str, Meta(description="as the article writes it")]
    level: Annotated[str, Meta(description="`exact`, `word`, `stem`, `reading` or `name`")]
    field: Annotated[str, Meta(description="`title`, `body` or `lead`")]


class _HitFacts(ArticleFacts):
    title_html: Annotated[str, Meta(description=_HTML)]
    score: float
    snippets: Annotated[list[Annotated[str, Meta(description=_HTML)]], Meta(description="passages that matched")]
    copies: Annotated[int, Meta(description="near-duplicates that match too", ge=0)]
    group: Annotated[int | None, Meta(description="the group of near-duplicates, for the parameter `group`")]


class Hit(_HitFacts, kw_only=True):
    """An article that matched."""

    reasons: Annotated[list[Reason], Meta(description="with `explain=1` only")] = []


class FacetValue(Object):
    """A value and how many hits have it."""

    value: str
    count: Annotated[int, Meta(ge=0)]


class TimelineBar(Object):
    """A year, month or day: how many articles match, and how many there are."""

    key: str
    count: Annotated[int, Meta(ge=0)]
    all: Annotated[int, Meta(ge=0)]


_TOTAL = Meta(description="articles that match, near-duplicates included", ge=0)
_CUT = Meta(description="whether the time ended before all articles were searched: there may be more")
_SORT = Meta(description="the order, which without words is `newest`")
_FACETS = Meta(
    description="`source`, `section`, `author`, `agency`: the commonest values, and those chosen; none with `facets=0`"
)
_TOOK = Meta(description="milliseconds", ge=0)


class SearchAnswer(Object):
    """A page of hits."""

    query: str
    total: Annotated[int, _TOTAL]
    reachable: Annotated[int, Meta(description="hits on all pages; those behind are reached by `cursor`", ge=0)]
    truncated: Annotated[bool, Meta(description="whether there are more hits than `reachable`")]
    cut: Annotated[bool, _CUT]
    page: Annotated[int, Meta(ge=1)]
    pages: Annotated[int, Meta(ge=0)]
    sort: Annotated[Literal["relevance", "newest", "oldest"], _SORT]
    took_ms: Annotated[float, _TOOK]
    notes: list[Note]
    understood: list[UnderstoodDate]
    suggestion: Annotated[str | None, Meta(description="the query of “did you mean”")]
    hits: list[Hit]
    facets: Annotated[dict[str, list[FacetValue]], _FACETS]
    undated: Annotated[int, Meta(description="matching articles without a date", ge=0)]
    timeline: list[TimelineBar]


class CursorAnswer(Object):
    """Hits from the place of a cursor on."""

    query: str
    total: Annotated[int, _TOTAL]
    first: Annotated[int, Meta(description="the number of the first of these hits, from 1", ge=1)]
    truncated: Annotated[
        bool, Meta(description="whether there are hits behind these that no cursor reaches, for a list has a last hit")
    ]
    cut: Annotated[bool, _CUT]
    moved: Annotated[
        bool,
        Meta(
            description="whether the index has changed since the cursor was given: the list goes on behind the same "
            "article, and hits may be missing or come twice"
        ),
    ]
    sort: Annotated[Literal["relevance", "newest", "oldest"], _SORT]
    took_ms: Annotated[float, _TOOK]
    notes: list[Note]
    hits: list[Hit]
    next_cursor: Annotated[str | None, Meta(description="for the next answer; null at the end")]


class ArticleAnswer(ArticleFacts):
    """An article with its text."""

    body: str
    title_html: Annotated[str, Meta(description=_HTML)]
    body_html: Annotated[str, Meta(description=_HTML)]
    related: Annotated[list[ArticleFacts], Meta(description="articles about the same things")]
    incomplete: Annotated[
        bool, Meta(description="whether a part of the archive did not answer, which may have other related articles")
    ]


class SuggestAnswer(Object):
    """Completions."""

    query: str
    suggestions: list[str]
    incomplete: Annotated[bool, Meta(description="whether a part of the archive, with its words, did not answer")]


OpenSearchSuggestions = Annotated[
    list[str | list[str]], Meta(description="with `form=opensearch`: what was typed, and the completions", min_length=2)
]


class ComparedQuery(Object):
    """A query of a comparison."""

    query: str
    total: Annotated[int, Meta(ge=0)]
    undated: Annotated[int, Meta(ge=0)]
    notes: list[Note]


class Period(Object):
    """A day, month, year or group of years."""

    key: str
    first: str
    last: str
    all: Annotated[int, Meta(description="all articles of the period", ge=0)]
    counts: Annotated[list[int], Meta(description="for each query, in order")]
    shares: Annotated[list[float | None], Meta(description="0 to 1; null for a period without an article")]


class CompareAnswer(Object):
    """Queries side by side over time."""

    queries: list[ComparedQuery]
    notes: list[Note]
    uncounted: Annotated[list[str], Meta(description="queries for which there was no time")]
    dropped: Annotated[int, Meta(description="queries that were too many", ge=0)]
    step: Annotated[str | None, Meta(description="`day`, `month` or `year`; null where no article with a date matches")]
    periods: list[Period]
    articles: Annotated[int, Meta(ge=0)]
    undated: Annotated[int, Meta(ge=0)]
    took_ms: Annotated[float, _TOOK]


class Gap(Object):
    """A run of months without an article."""

    first: str
    last: str
    months: Annotated[int, Meta(ge=1)]


class Covered(Object):
    """What there is of a source, or of several together."""

    source: Annotated[str | None, Meta(description="null for several")]
    sources: Annotated[int, Meta(ge=0)]
    articles: Annotated[int, Meta(ge=0)]
    undated: Annotated[int, Meta(ge=0)]
    first: str | None
    last: str | None
    months: dict[str, int]
    gaps: list[Gap]


class CoverageAnswer(Object):
    """What the archive holds of each source in each month."""

    updated: str | None
    notes: list[Note]
    articles: Annotated[int, Meta(ge=0)]
    undated: Annotated[int, Meta(ge=0)]
    without_source: Annotated[int, Meta(ge=0)]
    all: Covered
    sources: list[Covered]
    rest: Covered | None
    sourceless: Covered


class Limits(Object):
    """What can be asked for."""

    hits_a_page: int
    last_hit_of_pages: Annotated[int, Meta(description="reached by `page`")]
    last_hit_of_cursors: Annotated[int, Meta(description="reached by `cursor`")]
    query_characters: int
    filter_values: int
    compared_queries: int


class InfoAnswer(Object):
    """What is in the index."""

    title: str
    version: Annotated[str, Meta(description="of the program")]
    engine: str
    analyser: str
    articles: Annotated[int, Meta(ge=0)]
    sources: Annotated[list[FacetValue], Meta(description="the commonest first; at most 1,000")]
    sections: Annotated[list[FacetValue], Meta(description="likewise")]
    first: Annotated[str | None, Meta(description="the first day of publication")]
    last: str | None
    updated: Annotated[str | None, Meta(description="moment of the last commit, ISO 8601")]
    commit: Annotated[str, Meta(description="changes with each commit")]
    limits: Limits


class Failure(Object):
    """What went wrong."""

    code: Annotated[str, Meta(description="a word that programs can rely on")]
    message: Annotated[str, Meta(description="a sentence in the language asked for")]
    parameter: Annotated[str | None, Meta(description="the parameter at fault")]
    status: int
    title: str
    text: str
    detail: str | None
    request: Annotated[str, Meta(description="the id of the request, to be quoted")]


class ErrorAnswer(Object):
    """Every failure."""

    error: Failure
