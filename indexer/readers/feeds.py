"""RSS, Atom and RDF feeds → an article each item, also of exports with a hundred thousand of them.

Called by the registry. An item is read by feedparser; its full text counts more than its summary, and of either the
markup becomes lines. The feed's title is the source where an item names none.
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
_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}


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
    feed: _Feed | None = None
    empty = True
    for element in elements(blob, utf8_blocks(blob.blocks), _ITEM):
        empty = False
        if isinstance(element, Skipped):
            yield element
            continue
        feed = feed or _feed(element.head)
        yield from _item(element, f"{blob.location}#{element.number}", feed)
    if empty:
        yield Skipped(blob.location, WITHOUT_ARTICLE.of("feed"))


def _feed(head: bytes) -> _Feed:
    """The feed whose items stand behind this head."""
    declared = declared_in(head)
    text = decode_markup(head, declared)
    source = _text(_parsed(_feed_alone(text)).get("feed", {}).get("title", ""))
    return _Feed(declared, *_around(text), source)


def _item(element: Element, location: str, feed: _Feed) -> Iterator[Item]:
    written = decode_markup(element.raw, feed.declared)
    entries = _parsed(f"{feed.opening}{written}{feed.closing}").get("entries") or []
    if not entries:
        yield Skipped(location, BROKEN_ITEM)
        return
    entry = entries[0]
    link = entry.get("link") or None
    named = _text((entry.get("source") or {}).get("title", "")) or feed.source
    yield Article(
        "" if link else entry.get("id", ""),
        title=_text(entry.get("title", "")),
        body=_body(entry),
        source=(named,) if named else (),
        section=next((_text(tag["term"]) for tag in entry.get("tags") or () if tag.get("term")), None),
        author=_text(entry.get("author", "")) or None,
        url=link,
        published=entry.get("published") or entry.get("created") or entry.get("updated"),
    )


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
