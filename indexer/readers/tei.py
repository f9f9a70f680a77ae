"""TEI, as scholars edit old papers and journals (OpenArabicPE) → an article for each item of an issue.

Called by the registry. An item is a `div type="item"`; one within another is an article of its own. The issue's header
gives the source and the day; what a section says outside its items is an article, too, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from indexer.readers.contract import Blob, Item, Remark
from indexer.readers.findings import MASTHEAD, WITHOUT_ARTICLE
from indexer.readers.markup_text import items_of_tree, lines_of, name_of, text_of
from indexer.readers.print_pages import pages_of
from search.article import Article

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_MASTHEAD: Final = "masthead"
_ARABIC: Final = "ar"
_DIVS: Final = ("div", "div1", "div2", "div3", "div4")
_ITEMS: Final = ("item", "article")
_FRAME: Final = (*_DIVS, "head", "pb", "lb", "cb", "milestone")  # what a section consists of, beside text of its own
_NOT_TEXT: Final = ("fw", "figdesc", "teiheader", "facsimile", "standoff")
_APART: Final = ("bottom", "foot", "end", "margin", "left", "right", "opposite")
_AS_WRITTEN: Final = ("sic", "orig", "abbr")  # beside what an editor corrected, regularised, wrote out


def read_tei(blob: Blob) -> Iterator[Item]:
    """The articles of an issue; of a corpus of issues, each with its own header. Raises Unreadable."""
    yield from items_of_tree(
        blob,
        lambda tree: (item for issue in _issues(tree) for item in _items(issue, blob)),
        none=WITHOUT_ARTICLE.of("TEI file"),
    )


def _issues(tree: Any) -> list[Any]:
    """The innermost TEI elements: a corpus holds several."""
    issues = [element for element in tree.iter() if name_of(element) in ("tei", "tei.2")]
    innermost = [issue for issue in issues if not any(name_of(inner) == "tei" for inner in issue.iterdescendants())]
    return innermost or [tree]


def _items(issue: Any, blob: Blob) -> Iterator[Item]:
    header = _child(issue, "teiheader")
    source, published, address = _source(header), _published(header), _address(header)
    articles = [div for div in issue.iter() if name_of(div) in _DIVS and _is_article(div)]
    articles = articles or _texts(issue)
    pages = pages_of(issue, articles, lambda element: name_of(element) in _DIVS and _is_article(element))
    for div in articles:
        if div.get("subtype") == _MASTHEAD:
            yield Remark(MASTHEAD, blob.location)
            continue
        lines = _lines(div)
        title = _heading(div)
        if not lines and (not title or any(map(_is_article, div.iterdescendants()))):
            continue  # what it holds are articles of their own
        place = div.get(f"{_XML}id")
        yield Article(
            "",
            title=title,
            body="\n".join(lines),
            source=(source,) if source else (),
            section=_section(div) or blob.section,
            author=_author(div),
            url=f"{address}#{place}" if address and place else None,
            published=published,
            page=pages.get(div),
        )


def _is_article(div: Any) -> bool:
    """An item, or a section that says something itself and stands in no item."""
    if div.get("type") in _ITEMS or div.get("subtype") in ("article", _MASTHEAD):
        return True
    return div.get("type") == "section" and _says_something(div) and _around(div) is None


def _says_something(section: Any) -> bool:
    return any(name_of(child) not in _FRAME and text_of(child) for child in section)


def _around(div: Any) -> Any:
    """The item that an element stands in; None where it stands in none."""
    return next((outer for outer in div.iterancestors() if outer.get("type") in _ITEMS), None)


def _texts(issue: Any) -> list[Any]:
    """The bodies of an edition without items: each is an article."""
    return [element for element in issue.iter() if name_of(element) == "body"]


def _heading(div: Any) -> str:
    """The heading of an item or section, without the notes to it."""
    head = _child(div, "head")
    return "" if head is None else " ".join(lines_of(head, without=(), skip=_is_footnote))


def _lines(div: Any) -> list[str]:
    """The lines of an item without its heading and the items within it; behind them its notes of the foot of a page."""
    notes = [note for note in div.iter() if _is_footnote(note) and _item_of(note) is div]
    lines = lines_of(div, without=(), skip=lambda element: _is_footnote(element) or _is_other(element, div))
    return lines + [line for note in notes for line in lines_of(note, without=())]


def _is_footnote(element: Any) -> bool:
    """Whether a note stands apart from the sentence that it is a note to."""
    return name_of(element) == "note" and element.get("place") in _APART


def _is_other(element: Any, div: Any) -> bool:
    name = name_of(element)
    if name in _DIVS:
        return _is_article(element)
    if name == "head":
        return element.getparent() is div
    return name in _NOT_TEXT or (name in _AS_WRITTEN and name_of(element.getparent()) == "choice")


def _section(div: Any) -> str | None:
    """The heading of what an item stands in."""
    headings = (_heading(outer) for outer in div.iterancestors() if name_of(outer) in _DIVS)
    return next(filter(None, headings), None)


def _author(div: Any) -> str | None:
    """Who signed: the persons named in the byline, else all of it but place and day.

    In an item with a text of its own what its sections are signed with is that of the letters in it.
    """
    parts = [each for each in div.iter() if name_of(each) in _DIVS and _says_something(each)]
    for byline in div.iter():
        within = next((outer for outer in byline.iterancestors() if name_of(outer) in _DIVS), None)
        if name_of(byline) == "byline" and _item_of(byline) is div and (within is div or div not in parts):
            names = [text_of(person) for person in byline.iter() if name_of(person) == "persname"]
            rest = lines_of(byline, without=("placename", "date"))
            return "، ".join(filter(None, names)) or " ".join(rest) or None
    return None


def _item_of(element: Any) -> Any:
    return next((outer for outer in element.iterancestors() if name_of(outer) in _DIVS and _is_article(outer)), None)


def _child(element: Any, name: str) -> Any:
    return None if element is None else next((child for child in element if name_of(child) == name), None)


def _source(header: Any) -> str | None:
    """The title of the paper, in Arabic letters where it is given in several."""
    titles = [title for title in _all(header, "title") if title.get("level") == "j" and title.get("type") != "sub"]
    titles = titles or _all(header, "title")[:1]
    first = next((title for title in titles if title.get(f"{_XML}lang") == _ARABIC), next(iter(titles), None))
    return text_of(first) or None


def _published(header: Any) -> str | None:
    """The day of the issue: by the Gregorian calendar where it is given, else by the Hijri one."""
    dates = [date for imprint in _all(header, "imprint") for date in imprint.iter() if name_of(date) == "date"]
    for date in dates:
        if date.get("when"):
            return str(date.get("when"))
    islamic = [date.get("when-custom") for date in dates if "islamic" in (date.get("calendar") or "")]
    return next(filter(None, islamic), None)


def _address(header: Any) -> str | None:
    return next((text_of(number) for number in _all(header, "idno") if number.get("type") == "url"), None)


def _all(element: Any, name: str) -> list[Any]:
    return [] if element is None else [inner for inner in element.iter() if name_of(inner) == name]
