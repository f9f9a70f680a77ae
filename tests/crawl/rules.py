"""What every answer of the site must be, whatever was asked: the rules of the crawl, each told where it is broken.

`faults` judges one answer by itself; `tests/crawl/crawling.py` adds what two answers say about each other.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from tests.crawl.reading import SITE, Link, Read

# Of a page's HTML: a phone lays it out without a pause, and the site makes it in some 50 ms. A usual page has 40,000;
# the largest that can be asked for, 100 hits with long names and 160 years of bars, has four fifths of this.
MOST_BYTES: Final = 500_000
MOST_ZIPPED: Final = 60_000  # of a page of results as browsers get it
_BROKEN: Final = ("Traceback (most recent call last)", "Undefined", "jinja2", "&lt;bdi&gt;")
_NONE: Final = re.compile(r"(?<![\w-])None(?![\w-]| [a-z])")  # but for a sentence such as "None of these words"
_LANGUAGE: Final = re.compile(r"(?:^|&)lang=([^&]+)")
_OF_A_SEARCH: Final = {"query", "total", "page", "pages", "notes", "hits", "facets"}
ATOM: Final = "{http://www.w3.org/2005/Atom}"


def page_faults(url: str, text: str, page: Read) -> Iterator[str]:
    """What is wrong with a page that was answered with 200."""
    if len(page.headings) != 1 or not page.headings[0]:
        yield f"{len(page.headings)} h1: {page.headings}"
    if not page.title:
        yield "no title"
    if (said := _says_broken(text)) is not None:
        yield f"the page says {text[max(0, said - 60) : said + 60]!r}"
    if page.language != ("en" if parse_qs(urlsplit(url).query).get("lang") == ["en"] else "ar"):
        yield f"lang={page.language}"
    if several := [id for id, times in Counter(page.ids).items() if times > 1]:
        yield f"ids that stand twice: {several}"
    yield from _size_faults(url, text)
    yield from _link_faults(page)


def list_faults(url: str, page: Read) -> Iterator[str]:
    """What is wrong with a page of results: its hits against its own counts. An empty one is judged by who links it."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}
    limit, here = int(asked.get("limit", 10)), int(asked.get("page", 1))
    if page.total is None or page.reachable is None:
        yield "no count"
        return
    expected = min(limit, page.reachable - (here - 1) * limit)
    if page.reachable > page.total:
        yield f"{page.reachable} hits in {page.total} articles"
    if len(page.hits) != max(expected, 0):
        yield f"{len(page.hits)} hits where {expected} are left of {page.reachable}"
    if page.hits and page.start != (here - 1) * limit + 1:
        yield f"numbered from {page.start}"
    if len(set(page.hits)) != len(page.hits):
        yield "one article twice"
    if page.hits and page.pages != -(-page.reachable // limit):
        yield f"{page.pages} pages of {limit} for {page.reachable} hits"


def feed_faults(text: str) -> Iterator[str]:
    """What is wrong with an Atom feed."""
    try:
        feed = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield f"not XML: {error}"
        return
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            if not (element.findtext(f"{ATOM}{name}") or "").strip():
                yield f"an element {element.tag} without {name}"
    if _NONE.search(" ".join(element.text or "" for element in feed.iter() if not element.tag.endswith("summary"))):
        yield "the feed says None"


def feed_links(text: str) -> Iterator[Link]:
    """Where the feed and its entries lead, but for the articles' own addresses. The search of an empty one is empty."""
    feed = ElementTree.fromstring(text)
    empty = feed.find(f"{ATOM}entry") is None
    for of, kind in ((feed, "of a feed"), *((entry, "of an entry") for entry in feed.iter(f"{ATOM}entry"))):
        for link in of.findall(f"{ATOM}link"):
            if link.get("rel") != "via":
                yield Link(link.get("href", ""), f"link {link.get('rel')} {kind}", leaves=empty)


def data_faults(url: str, text: str) -> Iterator[str]:
    """What is wrong with a page of results, or another page, as JSON."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        yield f"not JSON: {error}"
        return
    if not found:
        yield "nothing in it"
    elif missing := (_OF_A_SEARCH - found.keys() if urlsplit(url).path == "/api/search" else ()):
        yield f"without {missing}"


def _says_broken(text: str) -> int | None:
    """Where the page says what no page should. Looking for each word by itself is much faster than one pattern."""
    for word in _BROKEN:
        if (place := text.find(word)) >= 0:
            return place
    found = _NONE.search(text) if "None" in text else None
    return found and found.start()


def _size_faults(url: str, text: str) -> Iterator[str]:
    sent = text.encode()
    if len(sent) > MOST_BYTES and not urlsplit(url).path.startswith("/article"):
        yield f"{len(sent):,} bytes"
    can_be_more = len(sent) > MOST_ZIPPED and urlsplit(url).path == "/search"
    if can_be_more and (zipped := len(gzip.compress(sent, 6))) > MOST_ZIPPED:
        yield f"{zipped:,} bytes zipped"


def _link_faults(page: Read) -> Iterator[str]:
    for link in page.links:
        if not link.url.startswith(f"{SITE}/") and link.url != page.original:
            yield f"a link leads outside: {link.url[:100]}"
        elif link.url.startswith(f"{SITE}/") and _loses_language(page, link.kind, link.url.removeprefix(SITE)):
            yield f"a link leaves the language: {link.kind}"
    if page.original is not None and urlsplit(page.original).scheme not in {"http", "https"}:
        yield f"the original is {page.original[:100]}"


def _loses_language(page: Read, kind: str, address: str) -> bool:
    """The chrome stays in its language but for the switch. Static files and the description of the API have none, and
    the address that lasts is that of the first."""
    path, _, query = address.partition("#")[0].partition("?")
    spoken = _LANGUAGE.findall(query)[-1:] or ["ar"]
    exempt = "tongue" in kind or "canonical" in kind or path.startswith(("/static", "/api/openapi.json"))
    return spoken != [page.language] and not exempt
