"""RSS, Atom and RDF feeds → an article each item, also of exports with a hundred thousand of them.

Called by the registry, and for feeds by address by `indexer/fetching`. An item is read by feedparser; its full text
counts more than its summary, and of either the markup becomes lines. The feed's title is the source where an item
names none.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import feedparser

from indexer.readers.contract import Blob, Item, Skipped
from indexer.readers.elements import Element, elements
from indexer.readers.encoding import utf8_blocks
from indexer.readers.findings import BROKEN_ITEM, WITHOUT_ARTICLE
from indexer.readers.markup_text import decode_markup, html_tree, lines_of
from indexer.readers.piecewise import declared_in
from search.article import Article

_ITEM: Final = rb"item|entry"
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)(?=[\s>])[^>]*>", re.IGNORECASE)
_CHANNEL: Final = re.compile(r"</?channel[^>]*>", re.IGNORECASE)
_WEB: Final = ("http://", "https://", "/")
_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}


class Entry(NamedTuple):
    """An item of a feed, and what tells whether it is the same one as another time, and as it was then.

    id       as the feed gives it; "" where it gives none
    updated  when it was changed last, as it is written there; "" where that is not told
    """

    article: Article
    id: str
    updated: str


class _Feed(NamedTuple):
    """What a feed says once for all of its items.

    declared          the encoding that it declares
    opening, closing  what makes a feed of a single item
    source            its title
    """

    declared: str
    opening: str
    closing: str
    source: str


def read_feed(blob: Blob) -> Iterator[Item]:
    """The articles of a feed."""
    empty = True
    for entry in read_entries(blob):
        empty = False
        yield entry if isinstance(entry, Skipped) else entry.article
    if empty:
        yield Skipped(blob.location, WITHOUT_ARTICLE.of("feed"))


def read_entries(blob: Blob) -> Iterator[Entry | Skipped]:
    """The items of a feed, one after another."""
    feed: _Feed | None = None
    for element in elements(blob, utf8_blocks(blob.blocks), _ITEM):
        if isinstance(element, Skipped):
            yield element
            continue
        feed = feed or _feed(element.head)
        yield _entry(element, f"{blob.location}#{element.number}", feed)


def feed_title(head: bytes) -> str:
    """The title of a feed that begins so; "" where it has none."""
    return _feed(head).source


def _feed(head: bytes) -> _Feed:
    """The feed whose items stand behind this head."""
    declared = declared_in(head)
    text = decode_markup(head, declared)
    source = _text(_parsed(_feed_alone(text)).get("feed", {}).get("title", ""))
    return _Feed(declared, *_around(text), source)


def _entry(element: Element, location: str, feed: _Feed) -> Entry | Skipped:
    written = decode_markup(element.raw, feed.declared)
    entries = _parsed(f"{feed.opening}{written}{feed.closing}").get("entries") or []
    if not entries:
        return Skipped(location, BROKEN_ITEM)
    entry = entries[0]
    link, id = entry.get("link") or None, entry.get("id") or ""
    if link and link == id and not link.startswith(_WEB):  # feedparser takes the id of an entry without a link for one
        link = None
    named = _text((entry.get("source") or {}).get("title", "")) or _dublin_core_source(entry) or feed.source
    article = Article(
        "" if link else id,
        title=_text(entry.get("title", "")),
        body=_body(entry),
        source=(named,) if named else (),
        section=next((_text(tag["term"]) for tag in entry.get("tags") or () if tag.get("term")), None),
        author=_text(entry.get("author", "")) or None,
        url=link,
        published=entry.get("published") or entry.get("created") or entry.get("updated"),
        page=entry.get("prism_pagerange") or entry.get("prism_startingpage"),
    )
    return Entry(article, id, entry["updated"] or "" if "updated" in entry else "")


def _dublin_core_source(entry: Any) -> str:
    """Who published an item, as feeds in RDF name it: a name, no address."""
    names = (_text(str(entry.get(key) or "")) for key in ("dc_source", "publisher"))
    return next((name for name in names if name and "://" not in name), "")


def _body(entry: Any) -> str:
    """The text of the longest content; the summary where there is none."""
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    written = max([content for content in contents if content.strip()], key=len, default=entry.get("summary") or "")
    return "\n".join(_lines(written))


def _text(written: str) -> str:
    return " ".join(_lines(written))


def _lines(written: str) -> list[str]:
    if "<" not in written and "&" not in written:
        return [line for line in (" ".join(line.split()) for line in written.split("\n")) if line]
    tree = html_tree(f"<div>{written}</div>")
    return [] if tree is None else lines_of(tree)


def _around(head: str) -> tuple[str, str]:
    """What makes a feed of a single item: the root with its namespaces, and its end."""
    root = _ROOT.search(head)
    opening = root[0] if root else "<rss>"
    name = opening[1:].rstrip(">").split()[0]
    return (opening, f"</{name}>") if name.lower() != "rss" else (f"{opening}<channel>", f"</channel></{name}>")


def _feed_alone(head: str) -> str:
    """A feed without items, of what stands before the first of them."""
    root = _ROOT.search(head)
    opening, closing = _around(head)
    said = _CHANNEL.sub("", head[root.end() :] if root else head)
    if opening.endswith("<channel>") or closing == "</feed>":
        return f"{opening}{said}{closing}"
    return f"{opening}<channel>{said}</channel>{closing}"


def _parsed(text: str) -> Any:
    """What feedparser makes of a feed; {} where it makes nothing. It is given bytes, never an address."""
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")), response_headers=_HEADERS, resolve_relative_uris=False
        )
    except Exception:  # damage of any kind may end in any error of its parsers
        return {}
