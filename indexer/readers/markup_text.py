"""HTML and XML as bytes → a tree, and a tree → the lines that a reader of the page would see.

Called by the readers of pages, feeds, mail, books and papers in XML. No entity is expanded and nothing is fetched, so
no file can make another one be read or a few bytes become many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

from lxml import etree, html

from indexer.findings import Finding
from indexer.readers.as_file import whole
from indexer.readers.bounds import MOST_TAGS
from indexer.readers.contract import Blob, Item, Skipped, Unreadable
from indexer.readers.findings import MANY_TAGS, NO_TEXT
from indexer.readers.piecewise import Decoder
from search.encodings.encoding import UTF8_MARK, decode_text, wide_encoding

_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN: Final = 4000  # bytes
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BREAKING: Final = _names("""
address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul
l lg ab item list cell row note opener closer salute hl1 hl2 hedline block byline dateline
""")
_NOTE: Final = "note"
_SPACES: Final = ("lb", "pb", "cb")  # of TEI: where a line or page of the print ends, within a paragraph
UNSEEN: Final = _names("""
script style noscript template iframe object embed head title svg math select option button textarea input
""")


def decode_markup(raw: bytes, declared: str = "") -> str:
    """The text of a page or a file in XML, in the encoding that it declares where that can be. Raises Unreadable."""
    if raw.count(b"<") > MOST_TAGS:
        raise Unreadable(MANY_TAGS)
    if wide_encoding(raw):
        text = decode_text(raw)
    else:
        found = _DECLARED.search(raw, 0, _DECLARED_WITHIN)
        text = Decoder(declared or (found[1].decode("ascii", "replace") if found else "")).text(
            raw.removeprefix(UTF8_MARK)
        )
    if text is None:
        raise Unreadable(NO_TEXT)
    return _CONTROL.sub("", text)


def html_tree(text: str) -> Any:
    """The tree of a page; None where there is nothing in it. Broken markup is read as browsers would."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def xml_tree(text: str) -> Any:
    """The tree of a file in XML; None where there is nothing in it. Reading goes on behind broken markup."""
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def items_of_tree(blob: Blob, items: Callable[[Any], Iterable[Item]], *, none: Finding) -> Iterator[Item]:
    """What `items` makes of the tree of a file in XML; a Skipped for the reason `none` where it makes nothing.

    Of a file that breaks off the last item is left out, for it may not be whole. Raises Unreadable.
    """
    broken: Unreadable | None = None

    def readable() -> Iterator[bytes]:
        nonlocal broken
        try:
            yield from blob.blocks
        except Unreadable as error:
            broken = error

    tree = xml_tree(decode_markup(whole(readable())))
    found = [] if tree is None else list(items(tree))
    if broken is not None:
        yield from found[:-1]
        raise broken
    yield from found or [Skipped(blob.location, none)]


def name_of(element: Any) -> str:
    """The name of an element without its namespace or prefix, in small letters; "" of what is no element."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def text_of(element: Any) -> str:
    """All text in an element of XML on one line; "" of None."""
    return "" if element is None else " ".join(lines_of(element, without=()))


def lines_of(
    element: Any, *, without: Collection[str] = UNSEEN, skip: Callable[[Any], bool] | None = None
) -> list[str]:
    """The lines of an element that are not blank: one for each that breaks the line.

    without: names of elements that are left out; usually those that no reader of a page sees.
    skip: tells of an element within this one that it is left out.
    """
    lines: list[str] = []
    current: list[str] = []
    for piece in _pieces(element, without, skip or (lambda _: False)):
        if piece is None:
            lines.append("".join(current))
            current = []
        else:
            current.append(piece)
    lines.append("".join(current))
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _is_place_of_byline(element: Any, name: str) -> bool:
    """Whether it is the place before a signature: «دمشق» and the name behind it are words of their own."""
    return name == "placename" and name_of(element.getparent()) == "byline"


def _pieces(root: Any, left_out: Collection[str], skip: Callable[[Any], bool]) -> Iterator[str | None]:
    """Pieces of text, and None where a line ends."""
    passed = None
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = name_of(element)
        if event == "start":
            if element is not root and (name in left_out or skip(element)):
                walk.skip_subtree()
                passed = element
                continue
            if name in _BREAKING:
                yield None
            if element.text:
                yield element.text
            continue
        if event == "end":
            if name in _BREAKING and not (element is passed and name == _NOTE):  # the sentence goes on behind a note
                yield None
            elif (name in _SPACES and element.get("break") != "no") or _is_place_of_byline(element, name):
                yield " "
        if element is not root and element.tail:
            yield element.tail
