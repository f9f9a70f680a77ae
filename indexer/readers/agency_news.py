"""What agencies send in the formats of IPTC: NITF, NewsML-G2, NewsML 1 → an article each news item.

Called by the registry. Elements are found by their names wherever they stand, for the three nest the same things in
different ways: a headline, a byline, a dateline, a date, a provider, and text in NITF, HTML or plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from indexer.readers.contract import Blob, Item, Skipped
from indexer.readers.findings import WITHOUT_TEXT
from indexer.readers.markup_text import items_of_tree, lines_of, name_of, text_of
from search.article import Article

Named: TypeAlias = dict[str, list[Any]]  # elements by their names

_ENVELOPES: Final = ("header", "newsenvelope")  # what a message of several items says of all
_ITEMS: Final = ("nitf", "newsitem", "packageitem")
# What an item is where it is no text, by the codes of its class; only a text may have a headline and nothing else.
_NO_TEXTS: Final = ("picture", "photo", "graphic", "audio", "video", "animation", "composite", "package")
_CLASSES: Final = ("itemclass", "mediatype")
_CONTENT: Final = ("body.content", "inlinedata", "inlinexml", "datacontent", "body")
_HEADLINES: Final = ("hl1", "headline")
_AROUND_TEXT: Final = ("body.head", "body.end", "hedline", "byline", "dateline", "media", "head")
_DATES: Final = (  # element, attribute; in the order of how surely it is the day of publication
    ("date.issue", "norm"),
    ("pubdata", "date.publication"),
    ("contentcreated", ""),
    ("firstcreated", ""),
    ("versioncreated", ""),
    ("thisrevisioncreated", ""),
    ("dateandtime", ""),
    ("story.date", "norm"),
    ("date.release", "norm"),
    ("sent", ""),
)


def read_agency_news(blob: Blob) -> Iterator[Item]:
    """The articles of a file of an agency. Raises Unreadable."""
    yield from items_of_tree(blob, lambda tree: _articles(tree, blob), none=WITHOUT_TEXT.of("file of an agency"))


def _articles(tree: Any, blob: Blob) -> Iterator[Item]:
    message = _by_name(inner for part in tree if name_of(part) in _ENVELOPES for inner in part.iter())
    for number, item in enumerate(_items(tree), start=1):
        named = _by_name(item.iter())
        kind = _kind(item, named)
        article = _article(item, named, message, blob)
        if kind and not (article and article.body):
            yield Skipped(f"{blob.location}#{number}", WITHOUT_TEXT.of(kind), str(item.get("guid") or ""))
        elif article:
            yield article


def _kind(item: Any, named: Named) -> str:
    """What an item is that is no text, as the agency names it; "" for a text, and where it is not told."""
    if name_of(item) == "packageitem":
        return "package"
    codes = (each.get("qcode") or each.get("FormalName") or "" for each in _all(named, *_CLASSES))
    kinds = (code.rpartition(":")[2].lower() for code in codes)
    return next((kind for kind in kinds if kind in _NO_TEXTS), "")


def _items(tree: Any) -> list[Any]:
    """The news items, those in a message of several too; of an item in NITF within another format the outer one."""
    items = [element for element in tree.iter() if name_of(element) in _ITEMS]
    return [item for item in items if not any(name_of(outer) in _ITEMS for outer in item.iterancestors())] or [tree]


def _by_name(elements: Iterable[Any]) -> Named:
    """Elements by their names."""
    named: Named = {}
    for element in elements:
        named.setdefault(name_of(element), []).append(element)
    return named


def _article(item: Any, named: Named, message: Named, blob: Blob) -> Article | None:
    title = _said(named, *_HEADLINES)
    lines = _text(named)
    if not title and not lines:
        return None
    dateline = _said(named, "dateline")
    if dateline and not any(line.startswith(dateline) for line in lines[:1]):
        lines = [dateline, *lines]
    source = _source(named) or _source(message)
    return Article(
        str(item.get("guid") or "") or _id(named),
        title=title or _said(named, "title"),
        body="\n".join(lines),
        source=(source,) if source else (),
        section=_section(named) or blob.section,
        author=_said(named, "byline", "by", "bytag") or None,
        url=_address(named),
        published=_published(named) or _published(message),
        page=_page(named),
    )


def _text(named: Named) -> list[str]:
    """The lines of the text, wherever the format puts them."""
    for element in _all(named, *_CONTENT):
        plain = (element.text or "").split("\n") if len(element) == 0 else []
        if lines := [line.strip() for line in plain if line.strip()] or lines_of(element, without=_AROUND_TEXT):
            return lines
    return []


def _all(named: Named, *names: str) -> Iterator[Any]:
    for name in names:
        yield from named.get(name, ())


def _said(named: Named, *names: str) -> str:
    """The text of the first of these elements that has any."""
    return next(filter(None, map(text_of, _all(named, *names))), "")


def _id(named: Named) -> str:
    """The identifier that the agency gave the item, the same in each version of it."""
    number = next((each.get("id-string") for each in _all(named, "doc-id") if each.get("id-string")), None)
    return str(number or _said(named, "publicidentifier", "newsitemid"))


def _source(named: Named) -> str:
    """The agency: as it is named, else by its code."""
    for element in _all(named, "provider", "creditline", "distributor", "infosource"):
        if name := text_of(element) or element.get("literal") or (element.get("qcode") or "").rpartition(":")[2]:
            return str(name)
    for name, attribute in (("pubdata", "name"), ("doc.copyright", "holder"), ("party", "formalname")):
        for element in _all(named, name):
            if found := next((value for key, value in element.attrib.items() if key.lower() == attribute), ""):
                return str(found)
    return ""


def _section(named: Named) -> str:
    for element in _all(named, "tobject.subject", "pubdata"):
        if found := element.get("tobject.subject.type") or element.get("position.section"):
            return str(found)
    for subject in _all(named, "subject"):
        names = [child for child in subject if name_of(child) == "name" and text_of(child)]
        if names:  # in Arabic, where it is named in several languages
            return text_of(next((name for name in names if _language(name).startswith("ar")), names[0]))
    return _formal_section(named)


def _language(element: Any) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.endswith("lang")), "").lower()


def _formal_section(named: Named) -> str:
    """The subject of NewsML 1 where it is a name and not a number of the list of the IPTC."""
    subjects = (child for code in _all(named, "subjectcode") for child in code)
    names = (str(value) for child in subjects for key, value in child.attrib.items() if key.lower() == "formalname")
    return next((name for name in names if any(map(str.isalpha, name))), "")


def _address(named: Named) -> str | None:
    """The address of the item on the web, as NITF and the archives in it name it."""
    found = (str(element.get("ex-ref") or "") for element in _all(named, "pubdata"))
    return next((address for address in found if address.startswith(("http://", "https://"))), None)


def _published(named: Named) -> str | None:
    for name, attribute in _DATES:
        for element in _all(named, name):
            if found := element.get(attribute) if attribute else text_of(element):
                return str(found)
    return None


def _page(named: Named) -> str | None:
    """The page of the paper that an item was printed on: NITF's place in a publication, or what archives add to it."""
    for element in _all(named, "pubdata"):
        if any(map(str.isdigit, found := str(element.get("position.sequence") or ""))):
            return found
    for element in _all(named, "meta"):
        if element.get("name") == "print_page_number" and element.get("content"):
            return str(element.get("content"))
    return None
