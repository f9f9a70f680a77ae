"""HTML of the site → what a reader sees of it: links with the place they stand in, hits, counts, headings.

In comes the text of a page and its address, out goes a `Read`. `tests/crawl/crawling.py` follows the links,
`tests/crawl/rules.py` judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urljoin

from lxml import html

SITE: Final = "http://localhost"
_WORDS_FOR_NUMBERS: Final = (
    (re.compile("لا نتائج|لا مقالات|بلا"), 0),
    (re.compile("نتيجة واحدة|مقال واحد|نسخة أخرى"), 1),
    (re.compile("نتيجتان|مقالان|مقالين|نسختان"), 2),
)
_NUMBER: Final = re.compile(r"\d[\d,]*")
_OF_ONE: Final = re.compile(r"-?[0-9][0-9a-f]*$|-[0-9a-f]{8,}$")  # of many elements alike, such as "hit-1c7189552e"
_SWITCHED_OFF: Final = re.compile(r"[?&](?:names|repair)=0(?=[&#]|$)")
_MARKS: Final = ("id", "class", "aria-current", "rel", "data-kind")
_FOLLOWED: Final = {"a", "link", "script", "form"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, and what kind it is: the named elements that it stands in, from the page down to itself.

    count     how many articles it promises, where a number stands beside it
    leaves    whether it takes a filter off, goes back to the query as typed, or says that this one finds nothing: so it
              may lead to nothing
    """

    url: str
    kind: str
    count: int | None = None
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A page as read. total: how many articles it says match; hits: addresses of its results; notes: their kinds."""

    language: str
    title: str
    headings: tuple[str, ...]
    links: tuple[Link, ...]
    hits: tuple[str, ...]
    ids: tuple[str, ...]
    text: str
    start: int = 1
    total: int | None = None
    reachable: int | None = None
    pages: int = 1
    original: str | None = None
    notes: tuple[str, ...] = ()


def read_page(text: str, url: str) -> Read:
    """The page of this address."""
    root = html.document_fromstring(text)
    count = _text(root, '//p[@class="count"]/text()|//p[@class="count"]/bdi')
    counts = [counted(part) for part in re.split(" من | تضم | تضمان | of | in ", count)]
    told = _NUMBER.findall(_text(root, '//p[@class="here"]'))
    starts = root.xpath('//ol[@class="hits"]/@start')
    hits = root.xpath('//ol[@class="hits"]//h2/a/@href')
    return Read(
        language=str(root.get("lang")),
        title=_text(root, "//head/title").strip(),
        headings=tuple(_words(h1) for h1 in root.iter("h1")),
        links=tuple(_links(root, url)),
        hits=tuple(urljoin(url, href) for href in hits),
        ids=tuple(map(str, root.xpath("//@id"))),
        text=str(root.text_content()),
        start=int(starts[0]) if starts else 1,
        total=counts[-1] if counts else None,
        reachable=counts[0] if counts else None,
        pages=int(told[-1].replace(",", "")) if told else 1,
        original=next(iter(root.xpath('//p[@class="original"]/a/@href')), None),
        notes=tuple(map(str, root.xpath("//@data-kind"))),
    )


def counted(words: str) -> int | None:
    """The number in such words as «3,650 نتيجة» or «نتيجتان»; None where there is none."""
    if found := _NUMBER.search(words):
        return int(found[0].replace(",", ""))
    return next((number for pattern, number in _WORDS_FOR_NUMBERS if pattern.search(words)), None)


def _text(root: html.HtmlElement, path: str) -> str:
    return " ".join(part if isinstance(part, str) else _words(part) for part in root.xpath(path))


def _words(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _links(root: html.HtmlElement, url: str) -> Iterator[Link]:
    places: dict[html.HtmlElement, str] = {}
    chosen = {link.getparent().getparent().getparent() for link in root.xpath('//a[@aria-current][@rel="nofollow"]')}
    for element in root.iter("a", "link", "script", "form"):
        target = element.get("href") or element.get("src") or _submitted(element)
        if target is not None:
            kind = _kind(element, places)
            promised = _promised(element, kind, chosen)
            yield Link(_joined(url, target), kind, promised, _leaves(target, kind, promised))


def _joined(url: str, target: str) -> str:
    """As `urljoin` gives it; most links are paths from the root, for which that takes a tenth of a page's reading."""
    plain = target.startswith("/") and not target.startswith("//") and "/." not in target
    plain = plain and target.isprintable() and target[-1] not in "?#" and "?#" not in target and url.startswith(SITE)
    return SITE + target if plain else urljoin(url, target)


def _submitted(element: html.HtmlElement) -> str | None:
    """The address of a form that is sent as it stands; None for one whose fields are not in its address."""
    if element.tag != "form" or element.get("method") == "post":
        return None
    fields = [(each.get("name"), each.get("value") or "") for each in element.iter("input") if each.get("name")]
    return f"{element.get('action')}?{urlencode(fields)}"


def _kind(element: html.HtmlElement, places: dict[html.HtmlElement, str]) -> str:
    """The element and those it stands in, each by what it is called: the shape of a page, not what it says."""
    parent = element.getparent()
    if parent is not None and parent not in places:
        places[parent] = _kind(parent, places)
    called = " ".join(_OF_ONE.sub("", value) for mark in _MARKS if (value := element.get(mark)))
    around = places[parent] if parent is not None else ""
    named = f"{element.tag} {called}".strip() if called or element.tag in _FOLLOWED else ""
    return " < ".join(part for part in (named, around) if part and element.tag not in {"html", "body", "main"})


def _promised(link: html.HtmlElement, kind: str, chosen: set[html.HtmlElement]) -> int | None:
    """The number beside a facet's value, a bar of the timeline, a section of the home page, the copies of a hit."""
    if kind.startswith("a copies"):
        others = counted(_words(link))
        return None if others is None else others + 1
    if kind.startswith("a query"):  # of a comparison: its count stands in the line below
        below = link.getparent().getnext()
        return None if below is None or not len(below) else counted(_words(below[0]))
    if "timeline" in kind:
        return counted(_told_of_bar(link))
    if "facet" not in kind and "tags" not in kind:
        return None
    several = any(each in chosen for each in link.iterancestors("section"))  # values of one facet add up
    beside = link.xpath('./span[@class="count"]')
    return counted(_words(beside[0])) if beside and not several else None


def _told_of_bar(link: html.HtmlElement) -> str:
    """The count of the bar, which stands in its drawing's title, or in the table beside its period."""
    for row in link.iterancestors("tr"):
        return _words(row[1])
    return next((_words(each).rpartition(": ")[2].partition("(")[0] for each in link if each.tag == "title"), "")


def _leaves(target: str, kind: str, promised: int | None) -> bool:
    if kind.startswith("a query") and promised == 0:
        return True
    return bool(_SWITCHED_OFF.search(target)) or kind.startswith("a true nofollow") or "ul chips" in kind
