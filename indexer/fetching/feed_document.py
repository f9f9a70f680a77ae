"""The bytes of a feed → its title and entries; the bytes of a page → the feeds that it announces.

RSS, Atom and RDF are read as files of that kind are (`indexer/readers/feeds.py`), JSON Feed here (jsonfeed.org, version
1.1). Called by `feed_visit.py` and `introduction.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import msgspec

from indexer.fetching.addresses import Address, read_address
from indexer.fetching.failures import BadAddress, Unreached
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Skipped, Unreadable
from indexer.readers.feeds import Entry, feed_title, read_entries
from indexer.readers.findings import BROKEN_ITEM
from indexer.readers.formats import root_of
from indexer.readers.markup_text import decode_markup, html_tree, lines_of
from search.article import Article, encode_article
from search.encodings.encoding import head_in_utf8

MOST_ENTRIES: Final = 10_000  # of one feed at a time
NO_FEED: Final = "what it answers is no feed"
_FEED_ROOTS: Final = ("rss", "feed", "rdf")
_PAGE_ROOTS: Final = ("html", "head")
_HEAD: Final = 100_000  # bytes that hold the title of a feed
_FIRST_ITEM: Final = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed by address.

    article  as the feed gives it; its `url` is whole, its id empty
    guid     the id that the feed gives it; ""
    text     a digest of its title, text and date
    digest   the same of all that the feed says about it, the date of change included, the address left out
    """

    article: Article
    guid: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as it was answered; skipped: how many entries could not be read, or were too many."""

    title: str
    entries: Sequence[FeedEntry]
    skipped: int


def read_document(body: bytes, address: Address) -> FeedDocument:
    """Return the feed in these bytes, which come from this address. Raises Unreached where they are none."""
    head = head_in_utf8(body[:_HEAD])
    if root_of(head) in _FEED_ROOTS:
        title, found = _title(body), read_entries(_blob(body, address))
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        title, found = _json_feed(body, address)
    else:
        raise Unreached(f"{NO_FEED} but {'a web page' if root_of(head) in _PAGE_ROOTS else 'something else'}")
    entries, skipped = list[FeedEntry](), 0
    try:
        for item in islice(found, MOST_ENTRIES):
            if isinstance(item, Skipped):
                skipped += 1
            else:
                entries.append(_entry(item, address))
        skipped += sum(1 for _ in islice(found, MOST_ENTRIES))
    except Unreadable as error:
        raise Unreached(f"{NO_FEED} that can be read ({error.reason.sentence})") from error
    return FeedDocument(title, entries, skipped)


def announced_feeds(body: bytes, content_type: str, address: Address) -> list[Address]:
    """Return the feeds that a page names in its head, in its order; [] of what is no page."""
    if root_of(head_in_utf8(body[:_HEAD])) not in _PAGE_ROOTS:
        return []
    try:
        tree = html_tree(decode_markup(body, charset_of(content_type)))
    except Unreadable:
        return []
    found = []
    for link in () if tree is None else tree.iterfind(".//link[@href]"):
        relations = (link.get("rel") or "").lower().split()
        if "alternate" in relations and (link.get("type") or "").lower().partition(";")[0].strip() in _FEED_TYPES:
            try:
                found.append(read_address(link.get("href"), base=address))
            except BadAddress:
                continue
    return list(dict.fromkeys(found))


def charset_of(content_type: str) -> str:
    """Return the encoding that a header Content-Type names; "" where it names none."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _blob(body: bytes, address: Address) -> Blob:
    blocks = (body[at : at + BLOCK_BYTES] for at in range(0, len(body), BLOCK_BYTES))
    return Blob(str(address), blocks)


def _title(body: bytes) -> str:
    first = _FIRST_ITEM.search(body, 0, _HEAD)
    return feed_title(body[: first.start() if first else _HEAD])


def _entry(entry: Entry, address: Address) -> FeedEntry:
    article = msgspec.structs.replace(entry.article, id="", url=_whole(entry.article.url, address))
    text = digest_of(f"{article.title}\0{article.body}\0{article.published}".encode())
    all_of_it = encode_article(msgspec.structs.replace(article, url=None)) + entry.updated.encode()
    return FeedEntry(article, " ".join(entry.id.split()), text, digest_of(all_of_it))


def digest_of(content: bytes) -> str:
    """Return a digest by which two contents are told apart."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _whole(link: str | None, address: Address) -> str | None:
    """A link with the host in front where the feed leaves it out; one that is no page stays as it is."""
    if not link:
        return None
    try:
        found = read_address(link, base=address)
    except BadAddress:
        return None
    return link.strip() if link.strip().lower().startswith(("http://", "https://")) else str(found)


def _json_feed(body: bytes, address: Address) -> tuple[str, Iterator[Entry | Skipped]]:
    """The title and the entries of a JSON Feed. Raises Unreached where it is none."""
    try:
        feed = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreached(f"{NO_FEED} but JSON that is broken") from error
    if not isinstance(feed.get("items"), list) or "jsonfeed" not in str(feed.get("version")):
        raise Unreached(f"{NO_FEED} but other JSON")
    title = _line(feed.get("title"))
    return title, (_json_entry(item, title, str(address)) for item in feed["items"])


def _json_entry(item: Any, title: str, location: str) -> Entry | Skipped:
    if not isinstance(item, dict):
        return Skipped(location, BROKEN_ITEM)
    written = [item.get("content_html"), item.get("content_text"), item.get("summary")]
    body = next((text for text in written if isinstance(text, str) and text.strip()), "")
    lines = _lines(body) if body is item.get("content_html") else body.split("\n")
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_line(author.get("name")) for author in authors or () if isinstance(author, dict)]
    tags = item.get("tags")
    article = Article(
        "",
        title=_line(item.get("title")),
        body="\n".join(line.strip() for line in lines if line.strip()),
        source=(title,) if title else (),
        section=next((_line(tag) for tag in tags if _line(tag)), None) if isinstance(tags, list) else None,
        author="، ".join(filter(None, names)) or None,
        url=_line(item.get("url")) or _line(item.get("external_url")) or None,
        published=_line(item.get("date_published")) or _line(item.get("date_modified")) or None,
    )
    return Entry(article, str(item.get("id") or ""), _line(item.get("date_modified")))


def _lines(written: str) -> list[str]:
    tree = html_tree(f"<div>{written}</div>")
    return [] if tree is None else lines_of(tree)


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
