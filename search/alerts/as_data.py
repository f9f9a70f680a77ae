"""The news of alerts for programs: a line of JSON for each article, or an Atom feed that keeps its former entries.

In: `News`, and what gives the address of an article's page. Out: bytes. Called by `search/alert_commands.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import msgspec

from search.alerts.news import News
from search.errors import SettingsError
from search.limits import MOST_FEED_ENTRIES
from search.pages.as_json import article_object, highlighted_html
from search.pages.display_title import display_title
from search.pages.permalinks import Permalink
from search.pages.records import Hit

_ATOM: Final = "http://www.w3.org/2005/Atom"
_UNWRITABLE: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML has no way to say


def lines_of(found: Iterable[News], permalink: Permalink) -> bytes:
    """Return an object for each article: the alert's name and query, then what lists show of an article."""
    encode = msgspec.json.encode
    return b"".join(encode(_object(news, hit, permalink)) + b"\n" for news in found for hit in news.hits)


def feed_of(
    found: Sequence[News], permalink: Permalink, *, archive: str, title: str, now: datetime, former: bytes = b""
) -> bytes:
    """Return the feed: the articles of this run, then entries of the former feed, as many as a feed keeps.

    found    the news of every alert of the feed, also of those without any, for the feed is known by their names
    archive  what tells the archive from others: its public address, or the path of its index
    title    the name of the archive
    former   the feed as it was before, whose id it keeps

    Raises SettingsError if the former feed is none.
    """
    ElementTree.register_namespace("", _ATOM)
    before = _read(former)
    feed = Element(_name("feed"))
    _add(feed, "id", _id_of(before) or _feed_id(archive, [news.alert.name for news in found]))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(now))
    _add(feed, "generator", "Kashaf")
    _add(SubElement(feed, _name("author")), "name", title)
    entries = [_entry(news, hit, permalink, archive, now) for news in found for hit in news.hits]
    feed.extend((entries + before.findall(_name("entry")))[:MOST_FEED_ENTRIES])
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _object(news: News, hit: Hit, permalink: Permalink) -> dict[str, object]:
    said = {"alert": news.alert.name, "query": news.alert.query}
    return (
        said
        | article_object(hit.article)
        | {
            "permalink": permalink(hit.article.id),
            "copies": hit.copies,
            "snippets": [highlighted_html(snippet) for snippet in hit.snippets],
        }
    )


def _read(former: bytes) -> Element:
    """Return the feed that there was; one without id and entries where there was none."""
    try:
        return ElementTree.fromstring(former) if former.strip() else Element(_name("feed"))
    except ElementTree.ParseError as error:
        raise SettingsError(f"what is there is no Atom feed ({error}): name another file with --output") from error


def _id_of(feed: Element) -> str:
    return (feed.findtext(_name("id")) or "").strip()


def _feed_id(archive: str, names: Iterable[str]) -> str:
    """Return the id of the feed of these alerts of an archive, the same in every run."""
    return f"urn:kashaf:alerts:{_digest(archive)}:{_digest(*names)}"


def _digest(*texts: str) -> str:
    """Return 18 letters and digits that stand for these texts, in this order."""
    return blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def _entry(news: News, hit: Hit, permalink: Permalink, archive: str, now: datetime) -> Element:
    article, entry = hit.article, Element(_name("entry"))
    address = permalink(article.id)
    _add(entry, "id", f"urn:kashaf:alert:{_digest(archive)}:{_digest(news.alert.name)}:{quote(article.id, safe='')}")
    _add(entry, "title", display_title(article))
    for link, rel in ((address or article.url, "alternate"), (article.url if address else None, "via")):
        if link:
            SubElement(entry, _name("link"), rel=rel, href=_UNWRITABLE.sub("", link))
    _add(entry, "updated", _moment(now))
    if article.day:
        _add(entry, "published", f"{article.day.isoformat()}T00:00:00Z")
    for name in article.writers or article.agencies or article.source or (news.alert.name,):
        _add(SubElement(entry, _name("author")), "name", name)
    SubElement(entry, _name("category"), term=_UNWRITABLE.sub("", news.alert.name))
    snippets = " … ".join(highlighted_html(snippet) for snippet in hit.snippets)
    if address or article.url:
        _add(entry, "summary", snippets, type="html")
    else:  # an entry without an address has to hold what there is to read
        _add(entry, "content", snippets, type="html")
    return entry


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, _name(name), attributes).text = _UNWRITABLE.sub("", text)


def _name(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
