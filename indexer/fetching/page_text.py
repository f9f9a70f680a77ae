"""The page of an entry → the article: its full text, with what the feed says about it. Called by `feed_visit.py`.

The page is read as a saved page is (`indexer/readers/html_page.py`). What the feed says counts first, for the publisher
wrote it for programs; the text is the longer of the two.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

import msgspec

from indexer.fetching.addresses import Kind, read_address
from indexer.fetching.failures import NotFetched
from indexer.fetching.feed_document import charset_of
from indexer.fetching.network import Network
from indexer.readers.contract import Skipped, Unreadable
from indexer.readers.formats import root_of
from indexer.readers.html_page import page_items
from search.article import Article
from search.encodings.encoding import head_in_utf8

MOST_PAGE_BYTES: Final = 5_000_000
NO_PAGE: Final = "it is no web page"
NO_TEXT: Final = "a page without text"
_HEADERS: Final = {"Accept": "text/html, application/xhtml+xml; q=0.9", "Accept-Language": "ar, *; q=0.5"}
_PAGES: Final = ("text/html", "application/xhtml+xml", "")
_reading = threading.Lock()  # pages are read one after another: reading is work for one processor


class NoText(NotFetched):
    """The page was fetched, but there is no text of an article on it."""


def article_of_page(network: Network, link: str, kinds: frozenset[Kind]) -> Article:
    """Return the article on the page at this link. Raises NotFetched."""
    visit = network.visit(read_address(link), kinds, _HEADERS, most_bytes=MOST_PAGE_BYTES, wanted=_is_page)
    answer = visit.answer
    if not answer.read or not (_media_type(answer.headers) or _looks_like_a_page(answer.body)):
        raise NoText(NO_PAGE)
    with _reading:
        try:
            items = list(page_items(answer.body, link, declared=_charset(answer.headers), address=str(visit.address)))
        except Unreadable as error:
            raise NoText(error.reason.sentence) from error
    found = items[0] if items else None
    if not isinstance(found, Article):
        raise NoText(found.reason.sentence if isinstance(found, Skipped) else NO_TEXT)
    return found


def completed(entry: Article, page: Article | None) -> Article:
    """Return the entry of a feed with the full text of its page, where that has more."""
    if page is None:
        return entry
    return msgspec.structs.replace(
        entry,
        title=entry.title or page.title,
        body=page.body if len(page.body) > len(entry.body) else entry.body,
        source=entry.source or page.source,
        section=entry.section or page.section,
        author=entry.author or page.author,
        published=entry.published or page.published,
    )


def _is_page(status: int, headers: Mapping[str, str]) -> bool:
    """Whether the answer is worth reading: no film, no picture, no failure."""
    return status == 200 and _media_type(headers) in _PAGES


def _looks_like_a_page(body: bytes) -> bool:
    """Whether these bytes are a page, of which the host does not say what it is."""
    return root_of(head_in_utf8(body[:4096])) in ("html", "head")


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _charset(headers: Mapping[str, str]) -> str:
    return charset_of(headers.get("content-type", ""))
