"""A PDF with a text layer → one article; of a long one, an article a page.

Called by the registry. A PDF of scanned pages has no text: it is named, and what would make it readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
from msgspec import structs

from indexer.readers.as_file import as_seekable
from indexer.readers.bounds import MOST_PAGES
from indexer.readers.contract import Blob, Item, Skipped, Unreadable
from indexer.readers.findings import BROKEN_PAGE, DAMAGED, ENCRYPTED, MORE_PAGES, WITHOUT_TEXT
from indexer.readers.pdf_order import lines_in_order
from indexer.readers.plain_text import article_of

_ONE_ARTICLE: Final = 20  # pages up to which a PDF is one article
_MOST_LETTERS: Final = 500_000  # of a page: what has more is no page
_MOST_BROKEN: Final = 20  # pages after which the rest is given up
_PROGRAMS: Final = ("microsoft word", "untitled", ".doc", ".indd", ".qxd", ".pmd", ".pdf", ".htm", "print", "layout")


def read_pdf(blob: Blob) -> Iterator[Item]:
    """The articles of a PDF. Raises Unreadable."""
    with as_seekable(blob, "a PDF") as file:
        document = _opened(file)
        try:
            yield from _items(document, blob)
        finally:
            document.close()


def _opened(file: Any) -> Any:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(ENCRYPTED if "assword" in str(error) else DAMAGED.of("PDF"), str(error)) from error


def _items(document: Any, blob: Blob) -> Iterator[Item]:
    pages = len(document)
    title = _title(document)
    lines: list[str] = []
    labels: list[str] = []
    empty = True
    broken = 0
    for number in range(1, min(pages, MOST_PAGES) + 1):
        location = f"{blob.location}#{number}"
        try:
            found = _lines(document, number - 1)
        except Unreadable as error:
            broken += 1
            yield Skipped(location, error.reason, error.detail)
            if broken >= _MOST_BROKEN:
                return
            continue
        empty &= not found
        label = str(document.get_page_label(number - 1) or "")
        if pages <= _ONE_ARTICLE:
            lines += found
            labels += [label] if found and label else []
        elif found:
            yield _article(found, f"{title} ({number})" if title else "", blob, page=label or str(number))
    if lines:
        yield _article(lines, title, blob, page=f"{labels[0]}-{labels[-1]}" if labels else None)
    elif empty and not broken:
        yield Skipped(
            blob.location, WITHOUT_TEXT.of("PDF"), "its pages are pictures: have it read by a program for OCR"
        )
    if pages > MOST_PAGES:
        yield Skipped(blob.location, MORE_PAGES, f"it has {pages:,}")


def _article(lines: list[str], title: str, blob: Blob, *, page: str | None) -> Item:
    """With this title all lines are text; without one the first line that is a title is it."""
    article = structs.replace(article_of(lines, section=blob.section), page=page)
    return structs.replace(article, title=title, body="\n".join(lines)) if title else article


def _title(document: Any) -> str:
    """The title that its maker gave it; "" where that is a file's name or a program's."""
    title = " ".join(lines_in_order(str(document.get_metadata_value("Title") or ""), None))[:300]
    return "" if any(program in title.lower() for program in _PROGRAMS) else title


def _lines(document: Any, index: int) -> list[str]:
    """The lines of a page."""
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(BROKEN_PAGE, str(error)) from error
    try:
        count = text_page.count_chars()
        if count > _MOST_LETTERS:
            raise Unreadable(BROKEN_PAGE, f"it has {count:,} letters")
        text = text_page.get_text_range() if count > 0 else ""
        placed = len(text) == count  # else letters beyond the first plane shift the others
        return lines_in_order(text, (lambda at: _edges(text_page, at)) if placed else None)
    finally:
        text_page.close()
        page.close()


def _edges(text_page: Any, at: int) -> tuple[float, float]:
    """The left and right edge of a letter."""
    try:
        left, _, right, _ = text_page.get_charbox(at, loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
    return float(left), float(right)
