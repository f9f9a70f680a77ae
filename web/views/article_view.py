"""ArticlePage and IndexFacts → what the article page and the home page show. Pure; `web/routes/pages.py` calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from search.article import Article
from search.engines.base import MOST_COUNTED, Order
from search.pages.dates_in_words import day_text, month_text
from search.pages.plurals import counted, number
from search.pages.printed_page import page_text
from search.pages.records import ArticlePage, Filters, IndexFacts, SearchPage, SearchRequest
from search.pages.sentences import note_text
from web.addresses.links import Link, Links, web_address
from web.messages.table import say
from web.views.article_blocks import Block, blocks
from web.views.article_heading import ArticleHeading, article_heading, shortened_heading
from web.views.bylines import Byline, byline
from web.views.copies_view import CopiesView, build_copies_view
from web.views.highlight_navigation import HighlightNavigation, PortionLinks, highlight_navigation, portion_links
from web.views.results_view import HitView, hit_views
from web.views.savable_article import SavableArticle, savable_article

HOME_SECTIONS = 14
HOME_SOURCES = 10


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that the article page shows.

    facets           (field of names, value) → the search for its articles
    credits          what the byline names, if that is not the byline itself: title of the field, its links
    page             the page of print that it stands on, in words; "" where it is not known
    original         the article's address on its publisher's site, if it has one
    related          heading, address and byline of each related article
    back             the results in which the reader found the article
    not_highlighted  the address of this page without highlights
    unanswered       that there may be other related articles and copies, in a part that does not answer; else ""
    """

    heading: ArticleHeading
    byline: Byline
    facets: dict[tuple[str, str], str]
    credits: tuple[tuple[str, tuple[Link, ...]], ...]
    blocks: tuple[Block, ...]
    savable: SavableArticle
    highlights: HighlightNavigation
    portions: PortionLinks | None
    copies: CopiesView | None
    page: str
    original: str | None
    original_host: str
    related: tuple[tuple[ArticleHeading, str, Byline], ...]
    query: str
    back: str | None
    not_highlighted: str
    unanswered: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page shows. facts: phrases about what the index contains. unanswered: that there may be later
    articles in a part of it that does not answer, else ""."""

    articles: int
    facts: tuple[str, ...]
    examples: tuple[Link, ...]
    sections: tuple[Link, ...]
    sources: tuple[Link, ...]
    latest: tuple[HitView, ...]
    all_latest: str
    unanswered: str


def build_article_view(page: ArticlePage, request: SearchRequest | None, links: Links, today: date) -> ArticleView:
    """The view of an article. request: the search in which the reader found it, if any."""
    article = page.article
    original = web_address(article.url)
    head = article_heading(article, page.title)
    narrowings = [("source", value) for value in article.source]
    narrowings += [("section", article.section)] if article.section else []
    narrowings += [("author", article.author)] if article.author and article.writers == (article.author,) else []
    return ArticleView(
        heading=head,
        byline=byline(article, links.language, today),
        facets={(name, value): links.search(_only(name, value)) for name, value in narrowings},
        credits=tuple(_credits(article, links)),
        blocks=blocks(page.body, beginning=page.portion is None or page.portion.start == 0, writers=article.persons),
        savable=savable_article(article, head, links),
        highlights=highlight_navigation(page.body),
        portions=portion_links(page.portion, article.id, request, links),
        copies=build_copies_view(page.copies, article.id, links, today),
        page=page_text(article.page or "", links.language),
        original=original,
        original_host=(urlsplit(original).hostname or "").removeprefix("www.") if original else "",
        related=tuple(_related(other, links, today) for other in page.related),
        query=request.query if request else "",
        back=links.hit(request, article.id) if request else None,
        not_highlighted=links.article(article.id),
        unanswered=say(links.language, "unanswered_beside") if page.incomplete else "",
    )


def build_home_view(
    facts: IndexFacts, latest: SearchPage, examples: tuple[str, ...], links: Links, today: date
) -> HomeView:
    """The view of the home page. latest: the newest articles; examples: queries that find something."""
    language = links.language
    unsearched = replace(latest, request=SearchRequest(""))  # no reader searched for these: no way back to results
    return HomeView(
        articles=facts.articles,
        facts=tuple(_facts(facts, language)),
        examples=tuple(Link(text, links.search(SearchRequest(text))) for text in examples),
        sections=tuple(
            Link(value, links.search(_only("section", value)), count=number(count))
            for value, count in facts.sections[:HOME_SECTIONS]
        ),
        sources=tuple(
            Link(value, links.search(_only("source", value)), count=number(count))
            for value, count in facts.sources[:HOME_SOURCES]
        ),
        latest=tuple(hit_views(unsearched, links, today)),
        all_latest=links.search(SearchRequest("", order=Order.NEWEST)),
        unanswered=next((note_text(note, links.language) for note in latest.notes if note.kind == "unanswered"), ""),
    )


def _related(article: Article, links: Links, today: date) -> tuple[ArticleHeading, str, Byline]:
    return (
        shortened_heading(article_heading(article)),
        links.article(article.id),
        byline(article, links.language, today),
    )


def _facts(facts: IndexFacts, language: str) -> list[str]:
    phrases = [counted(facts.articles, "article", language)]
    for noun, values in (("source", facts.sources), ("section", facts.sections)):
        if values:
            phrases.append(_at_least(len(values), noun, language))
    if facts.first and facts.last:
        phrases.append(span_text(facts.first, facts.last, language))
    return phrases


def _at_least(values: int, noun: str, language: str) -> str:
    """The number of values in words; “at least” where engines count no more of them."""
    count = counted(values, noun, language)
    return say(language, "at_least", count=count) if values >= MOST_COUNTED else count


def span_text(first: date, last: date, language: str) -> str:
    """The months from the first to the last day; one day where they are the same."""
    if first == last:
        return day_text(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return month_text(first, language)
    return say(language, "span", first=month_text(first, language), last=month_text(last, language))


def _credits(article: Article, links: Links) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield the persons, agencies and places of an article; a person who is the whole byline is shown as that."""
    persons = () if article.writers == (article.author,) else article.writers
    for field, values in (("author", persons), ("agency", article.agencies), ("place", article.places)):
        if values:
            found = tuple(Link(value, links.search(_only(field, value))) for value in values)
            yield say(links.language, field), found


def _only(field: str, value: str) -> SearchRequest:
    return SearchRequest("", filters=Filters().with_names(field, (value,)))
