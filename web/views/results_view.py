"""A page of search results → all that the results template shows: links, counts in words, chips, facets, the pager.

In: a `SearchPage`, the site's `Links` and today's date. Out: a `ResultsView`. Pure; called by `web/routes/pages.py`.
Nothing is HTML here: Jinja and `web/text/bidi.py` escape text and mark highlights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from search.article import Article
from search.engines.base import Order
from search.pages.plurals import counted
from search.pages.records import Hit, Note, SearchPage, SearchRequest
from search.pages.sentences import action_text, count_text, note_text
from search.query.guide.sections import ABOUT
from web.addresses.links import Link, Links, hit_anchor, kept
from web.messages.table import say
from web.text.shortening import HIT_ADDRESSES, LONGEST_QUERY_IN_HEADING, fitting, shortened
from web.views.article_heading import ArticleHeading, heading_and_snippets, shortened_heading
from web.views.bylines import Byline, byline
from web.views.date_fields import Around, DateFields, date_fields
from web.views.filter_links import Facet, facets, filter_chips, neighbouring_periods, undated_link
from web.views.linked_snippets import LinkedSnippet, linked_snippets
from web.views.match_reasons import match_reason_text
from web.views.page_title import page_title
from web.views.pager import Pager, build_pager
from web.views.savable_article import SavableArticle, savable_article
from web.views.subscription import Subscription, subscription
from web.views.taking_along import TakingAlong, taking_along
from web.views.timeline import Timeline, draw_timeline
from web.views.typed_dates import TypedDate, in_fields, typed_dates, without_any

Cited = Callable[[Article], str]


@dataclass(frozen=True, slots=True)
class HitView:
    """One result; `anchor` names its place on the page, `copies` leads to the search with copies shown.

    coins: what programs that cite read of it, the title of a COinS span; "" for none
    """

    heading: ArticleHeading
    url: str
    anchor: str
    byline: Byline
    snippets: tuple[LinkedSnippet, ...]
    copies: Link | None
    savable: SavableArticle
    coins: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A sentence of the service, the way back or onward that it offers, and where the operator is explained."""

    kind: str
    text: str
    link: Link | None
    help: str | None = None


@dataclass(frozen=True, slots=True)
class ResultsView:
    """All that the results page shows; `short_query` is the query as headings repeat it, cut where it is very long.

    dates, without_dates  the fields of dates, and the query that they narrow: its own dates stand in the fields
    """

    query: str
    short_query: str
    heading: str
    title: str
    total: int
    nothing: bool
    count: str
    took: str
    start: int
    hits: tuple[HitView, ...]
    notes: tuple[NoteView, ...]
    suggestion: Link | None
    chips: tuple[Link, ...]
    typed: tuple[TypedDate, ...]
    clear: str | None
    regroup: str | None
    explain: Link | None
    sorts: tuple[Link, ...]
    facets: tuple[Facet, ...]
    undated: Link | None
    neighbours: tuple[Link, ...]
    timeline: Timeline | None
    pager: Pager | None
    beyond: str | None
    dates: DateFields
    without_dates: str
    kept: tuple[tuple[str, str], ...]
    kept_by_box: tuple[tuple[str, str], ...]
    all_latest: str
    compare: str | None
    follow: Subscription
    feed: str
    data: str
    advanced: str
    take: TakingAlong | None


def build_results_view(
    page: SearchPage, links: Links, today: date, about: Around | None = None, cited: Cited | None = None
) -> ResultsView:
    """The results page of this search on this day. cited: gives of an article what programs that cite read."""
    request, language = page.request, links.language
    beyond = page.total > 0 and not page.hits
    short_query = shortened(page.query, LONGEST_QUERY_IN_HEADING)
    chosen = tuple(filter_chips(request, links))
    heading = _heading(short_query, chosen, language)
    fields = in_fields(page, today)
    return ResultsView(
        query=page.query,
        short_query=short_query,
        heading=heading,
        title=page_title(heading, [chip.text for chip in chosen], page, language),
        total=page.total,
        nothing=not page.total and not page.cut,
        count=count_text(page, language),
        took=f"{page.took_ms:.1f}" if page.took_ms < 10 else f"{page.took_ms:.0f}",
        start=(request.page - 1) * request.limit + 1,
        hits=tuple(hit_views(page, links, today, cited)),
        notes=tuple(_note(note, page, links) for note in page.notes),
        suggestion=Link(page.suggestion, links.search(request, query=page.suggestion)) if page.suggestion else None,
        chips=chosen,
        typed=typed_dates(page, fields, links),
        clear=without_any(page, fields, links, today),
        regroup=None if request.collapse else links.search(request, collapse=True),
        explain=_explain(page, links),
        sorts=tuple(_sorts(page, links)),
        facets=tuple(facets(page, links)),
        undated=undated_link(page, links),
        neighbours=neighbouring_periods(request, links),
        timeline=draw_timeline(page.timeline, request, links),
        pager=build_pager(page, links) if page.pages > 1 and not beyond else None,
        beyond=links.search(request) if beyond else None,
        dates=date_fields(fields.filters, about or Around(), language),
        without_dates=fields.query,
        kept=kept(request, without=("q", "from", "to", "page")),
        kept_by_box=kept(request, without=("q", "page", "names", "collapse", "repair")),
        all_latest=links.search(SearchRequest("", order=Order.NEWEST)),
        compare=links.comparison(request) if request.query else None,
        follow=subscription(request, heading, links),
        feed=links.feed(request),
        data=links.data(request),
        advanced=links.advanced(request),
        take=taking_along(page, links),
    )


def _heading(short_query: str, narrowings: Sequence[Link], language: str) -> str:
    """What is searched for; without a query, what the articles are narrowed to."""
    if short_query:
        return say(language, "results_for", query=short_query)
    if not narrowings:
        return say(language, "all_articles")
    chosen = say(language, "and").join(chip.text for chip in narrowings)
    return say(language, "articles_of", chosen=shortened(chosen, LONGEST_QUERY_IN_HEADING))


def hit_views(page: SearchPage, links: Links, today: date, cited: Cited | None = None) -> Iterator[HitView]:
    """The hits; each article's address carries the search, unless so many of so long a search are too much."""
    alone, found_so = links.to_articles(), links.to_articles(page.request)
    urls = [found_so(hit.article.id) for hit in page.hits]
    written = [url for hit, url in zip(page.hits, urls, strict=True) for _ in (hit.title, *hit.snippets)]
    if fitting(written, HIT_ADDRESSES) < len(written):
        urls = [alone(hit.article.id) for hit in page.hits]
    for hit, url in zip(page.hits, urls, strict=True):
        carried = None if url == alone(hit.article.id) else url
        yield _hit(hit, url, carried, page.request, links, today, cited)


def _hit(
    hit: Hit,
    url: str,
    carried: str | None,
    request: SearchRequest,
    links: Links,
    today: date,
    cited: Cited | None,
) -> HitView:
    facts = byline(hit.article, links.language, today)
    heading, snippets = heading_and_snippets(hit.article, hit.title, hit.snippets)
    return HitView(
        heading=shortened_heading(heading),
        url=url,
        anchor=hit_anchor(hit.article.id),
        byline=facts,
        snippets=linked_snippets(snippets, len(hit.article.body), carried),
        savable=savable_article(hit.article, heading, links),
        copies=_copies(hit, request, links) if hit.copies > 0 else None,
        coins=cited(hit.article) if cited else "",
        reasons=tuple((reason.word, match_reason_text(reason, links.language)) for reason in hit.reasons),
    )


def _copies(hit: Hit, request: SearchRequest, links: Links) -> Link:
    text = counted(hit.copies, "copy", links.language)
    if hit.group is None:
        return Link(text, links.search(request, collapse=False))
    return Link(text, links.narrowed(request, group=hit.group))


def _sorts(page: SearchPage, links: Links) -> Iterator[Link]:
    """The orders to choose from, that of the hits as the current one; relevance only where there is any."""
    asked = page.request.order
    unscored = not page.query or (asked is Order.RELEVANCE and page.order is not asked)
    for order in Order:
        if order is not Order.RELEVANCE or not unscored:
            text = say(links.language, f"sort_{order.value}")
            yield Link(text, links.search(page.request, order=order), order is page.order)


def _explain(page: SearchPage, links: Links) -> Link | None:
    """The switch that says of each hit why it matched; an empty query has nothing to explain."""
    request = page.request
    if not page.hits or not page.query:
        return None
    text = say(links.language, "explain_off" if request.explain else "explain_on")
    return Link(text, links.search(request, explain=not request.explain, page=request.page), request.explain)


def _note(note: Note, page: SearchPage, links: Links) -> NoteView:
    text = note_text(note, links.language)
    action = action_text(note, links.language)
    explained = f"{links.about('/help')}#{ABOUT[note.kind]}" if note.kind in ABOUT else None
    if note.query is None or action is None:
        return NoteView(note.kind, text, None, explained)
    # The way back to the query as typed must not be mended or widened again.
    changes: dict[str, Any] = {"query": note.query} | ({note.without: False} if note.without else {})
    changes |= {} if note.filters is None else {"filters": note.filters}
    return NoteView(note.kind, text, Link(action, links.search(page.request, **changes)), explained)
