"""The page breaks of an edition in TEI → the pages of print on which each of its items stands. Called by `tei.py`.

An edition may tell the pages of several prints, and those of an e-book that it was made from: those of the print count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from indexer.readers.markup_text import name_of

_BREAK: Final = "pb"
_PRINT: Final = (None, "print")  # the attribute `ed` of a break, where it is of the print
_MISSING: Final = "gap"  # text that was printed and is not in the edition


def pages_of(issue: Any, items: Collection[Any], is_item: Callable[[Any], bool]) -> dict[Any, str]:
    """Return item → its page, or its first and last: "12-14"; without the items of which none is known.

    is_item: whether an element within an item is an item of its own.
    """
    wanted, found, current = set(items), dict[Any, str](), ""
    for element in issue.iter():
        if name_of(element) == _BREAK:
            current = _page(element) or current
        elif element in wanted and (pages := _pages(element, current, is_item)):
            found[element] = pages[0] if pages[0] == pages[-1] else f"{pages[0]}-{pages[-1]}"
    return found


def _pages(item: Any, before: str, is_item: Callable[[Any], bool]) -> list[str]:
    """The pages on which text of the item stands. before: the page that has begun when it begins."""
    pages: list[str] = []
    current = before
    for piece in _pieces(item, is_item):
        if not isinstance(piece, str):
            current = _page(piece) or current
        elif current and current not in pages[-1:]:
            pages.append(current)
    return pages


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
        if name == _BREAK:
            yield current
        elif own and name == _MISSING:
            yield ""
        elif own and isinstance(current.tag, str) and (current.text or "").strip():
            yield current.text
        inside = own and (current is element or not is_item(current))
        for child in reversed(current):
            waiting += [(child, inside, True), (child, inside and not is_item(child), False)]


def _page(element: Any) -> str:
    return str(element.get("n") or "") if element.get("ed") in _PRINT else ""
