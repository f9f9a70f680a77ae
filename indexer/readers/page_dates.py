"""The tree of a page → when the page says that it was published, as it writes it. Called by `html_page.py`.

A date is believed where it is marked as one, in the order of how surely: data for search engines, elements marked as
dates, elements named after dates, the address. What merely looks like a date may be today's, or another article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from indexer.readers.page_data import articles_in_data, data_of
from search.query.dates.published import read_published

_IN_DATA: Final = re.compile(r'"(?:datePublished|dateCreated|uploadDate)"\s*:\s*"([^"\\]{4,60})"')
_DAYS: Final = ("datePublished", "dateCreated")
# What stands beside a date: «العدد 1234», «الرياض - ».
_BESIDE: Final = re.compile(r"\W*\bالعدد\s*:?\s*\d+\W*|^[^\W\d][^\d|:]{1,24}\s[-–—|]\s")
_META: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "dcterms.date",
    "date",
    "article.published",
    "article_date_original",
    "citation_publication_date",
)
_PROPERTIES: Final = ("datepublished", "dc:date", "dcterms:date", "dcterms:created", "rnews:datepublished", "pubdate")
_NAMED_DATE: Final = re.compile(r"date|time|tmstmp|stamp|publish|posted|تاريخ", re.IGNORECASE)
_LONGEST: Final = 90  # letters of an element that is a date and nothing else
_MOST: Final = 400  # elements that are looked at
_IN_ADDRESS: Final = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?)[/-](?P<day>\d\d?)(?:[/-]|$)")


def published_in(tree: Any, address: str | None) -> str | None:
    """The date as it is written in the page; None where none is marked."""
    for written in _candidates(tree):
        text = " ".join(written.split())
        if 4 <= len(text) <= _LONGEST and any(map(str.isdigit, text)):
            for date in dict.fromkeys((text, _BESIDE.sub("", text))):
                if read_published(date) is not None:
                    return date
    found = _IN_ADDRESS.search(address or "")
    day = None if found is None else f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    return day if day and read_published(day) is not None else None


def _candidates(tree: Any) -> Iterator[str]:
    for article in articles_in_data(tree):
        yield from (str(article[name]) for name in _DAYS if article.get(name))
    for text in data_of(tree):
        yield from _IN_DATA.findall(text)
    metas: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, meta.get("content") or "")
    yield from (metas[name] for name in _META if name in metas)
    for element in tree.iter():
        marks = f"{element.get('property') or ''} {element.get('itemprop') or ''}".lower().split()
        if any(mark in _PROPERTIES for mark in marks):
            yield element.get("content") or element.get("datetime") or element.text_content()
    for element in tree.iterfind(".//time"):
        yield element.get("datetime") or element.text_content()
    yield from _named(tree)


def _named(tree: Any) -> Iterator[str]:
    """The text of elements that are named after dates, with a year in it: a clock on the page seldom has its year."""
    looked = 0
    for element in tree.iter():
        if looked < _MOST and _NAMED_DATE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            looked += 1
            if len(element) <= 5:
                yield element.text_content()
