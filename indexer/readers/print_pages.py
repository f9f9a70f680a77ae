"""The page breaks of an edition → the pages of print on which each part of it stands.

Called by `tei.py` for the items of an issue and by `office.py` for the chapters of an e-book. An edition in TEI may
tell the pages of several prints, and those of an e-book that it was made from: those of the print count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from indexer.readers.markup_text import name_of, text_of

_BREAK: Final = "pb"
_PRINT: Final = (None, "print")  # the attribute `ed` of a break, where it is of the print
_TYPE: Final = "epub:type"
_MISSING: Final = "gap"  # text that was printed and is not in the edition


def pages_of(issue: Any, items: Collection[Any], is_item: Callable[[Any], bool]) -> dict[Any, str]:
    """Return item of an issue in TEI → its page, or its first and last: "12-14"; items without a known one are absent.

    is_item: whether an element within an item is an item of its own.
    """
    wanted, found, current = set(items), dict[Any, str](), ""
    for element in issue.iter():
        if name_of(element) == _BREAK:
            current = _page(element) or current
        elif element in wanted and (pages := _pages(_pieces(element, is_item), current)[0]):
            found[element] = pages
    return found


def pages_of_chapter(chapter: Any, before: str) -> tuple[str, str]:
    """Return the page of a chapter of an e-book, or its first and last, "" where none is known; and the last begun.

    before: the page that had begun when the chapter begins, "" where none had.
    """
    return _pages(_pieces(chapter, lambda _: False), before)


def _pages(pieces: Iterator[Any], before: str) -> tuple[str, str]:
    """The pages on which there is text, first and last, and the last that begins. before: the page that has begun."""
    pages: list[str] = []
    current = before
    for piece in pieces:
        if not isinstance(piece, str):
            current = _page(piece) or current
        elif current and current not in pages[-1:]:
            pages.append(current)
    if not pages:
        return "", current
    return pages[0] if pages[0] == pages[-1] else f"{pages[0]}-{pages[-1]}", current


def _pieces(element: Any, is_item: Callable[[Any], bool]) -> Iterator[Any]:
    """The page breaks in an item, and what is printed between them, "" for a gap; of items within it the breaks."""
    waiting: list[tuple[Any, bool, bool]] = [(element, True, False)]
    while waiting:
        current, own, tail = waiting.pop()
        if tail:
            if own and (current.tail or "").strip():
                yield current.tail
            continue
        name = name_of(current)
        if name == _BREAK or is_break_of_book(current):
            yield current
        elif own and name == _MISSING:
            yield ""
        elif own and isinstance(current.tag, str) and (current.text or "").strip():
            yield current.text
        inside = own and (current is element or not is_item(current))
        for child in reversed(current):
            waiting += [(child, inside, True), (child, inside and not is_item(child), False)]


def _page(element: Any) -> str:
    if is_break_of_book(element):
        return str(element.get("title") or element.get("aria-label") or "").strip() or text_of(element)
    return str(element.get("n") or "") if element.get("ed") in _PRINT else ""


def is_break_of_book(element: Any) -> bool:
    """Whether a page of print begins here, as e-books say it (EPUB 3, and ARIA's role of its kind)."""
    return bool(element.get(_TYPE) == "pagebreak" or element.get("role") == "doc-pagebreak")
