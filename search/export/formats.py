"""The formats in which hits are taken along, and the bytes of an export, a part at a time.

In: hits in order, however many, and an `Export`. Out: parts of the file, each of a hundred hits, so that an export of
any length takes the memory of one part. Called by `search/export_commands.py` and `web/routes/export.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, Final

import msgspec

from search.article import Article
from search.errors import RequestError
from search.export.bibtex import bibtex_entry
from search.export.citation import Place, cite
from search.export.ris import ris_record
from search.export.table import BYTE_ORDER_MARK, COLUMNS, table_writer
from search.pages.as_json import article_object, highlighted_html
from search.pages.display_title import display_title
from search.pages.permalinks import Permalink, permalinks
from search.pages.records import Hit

_HITS_A_PART: Final = 100
_NO_SITE: Final = permalinks("")


@dataclass(frozen=True, slots=True)
class Format:
    """A format. suffix: that of its files; mimetype: of answers; texts: whether it can hold snippets and bodies."""

    name: str
    suffix: str
    mimetype: str
    texts: bool


FORMATS: Final = {
    each.name: each
    for each in (
        Format("csv", "csv", "text/csv", texts=True),
        Format("jsonl", "jsonl", "application/x-ndjson", texts=True),
        Format("ris", "ris", "application/x-research-info-systems", texts=False),
        Format("bibtex", "bib", "application/x-bibtex", texts=False),
    )
}


@dataclass(frozen=True, slots=True)
class Export:
    """What an export is to hold. Raises RequestError for a format that is none, or that cannot hold what is asked.

    format     a key of FORMATS
    archive    the name of the archive
    permalink  gives the address of an article's page by its id
    read_on    the day on which the archive is read
    bom        whether CSV begins with the mark by which Excel knows UTF-8
    snippets, body  whether CSV and JSONL have the passages that the search found, and the whole text
    """

    format: str
    archive: str
    read_on: date
    permalink: Permalink = _NO_SITE
    bom: bool = False
    snippets: bool = False
    body: bool = False

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise RequestError(f"format {self.format!r}: choose one of {', '.join(FORMATS)}")
        if (self.snippets or self.body) and not FORMATS[self.format].texts:
            holding = " or ".join(name for name, each in FORMATS.items() if each.texts)
            raise RequestError(f"format {self.format!r} holds citations: for snippets and bodies choose {holding}")
        if self.bom and self.format != "csv":
            raise RequestError(f"format {self.format!r} begins without a byte order mark: only csv can have one")

    def place(self, id: str) -> Place:
        """Return where the article of this id is read."""
        return Place(self.archive, self.permalink(id))


def exported(hits: Iterable[Hit], export: Export) -> Iterator[bytes]:
    """Yield the parts of the file; of no hits CSV has its row of names, the other formats nothing."""
    write, head = _writer(export)
    if head:
        yield head
    rest = iter(hits)
    while part := tuple(islice(rest, _HITS_A_PART)):
        yield write(part)


def citation_record(article: Article, export: Export) -> bytes:
    """Return the record of one article in a format of citations, "ris" or "bibtex"."""
    record = ris_record if export.format == "ris" else bibtex_entry
    return record(cite(article, export.place(article.id)), read_on=export.read_on).encode("utf-8", "replace")


def _writer(export: Export) -> tuple[Callable[[Sequence[Hit]], bytes], bytes]:
    """Return what writes some hits, and what the file begins with."""
    if export.format == "jsonl":
        return partial(_lines, export), b""
    if export.format != "csv":
        return lambda hits: b"".join(citation_record(hit.article, export) for hit in hits), b""
    table = table_writer()
    names = (*COLUMNS, *(("snippet",) if export.snippets else ()), *(("body",) if export.body else ()))
    head = (BYTE_ORDER_MARK.encode() if export.bom else b"") + table([names])
    return lambda hits: table(_cells(hit, export) for hit in hits), head


def _cells(hit: Hit, export: Export) -> Iterator[str]:
    article = hit.article
    yield article.id
    yield display_title(article)
    yield " + ".join(article.source)
    yield article.section or ""
    yield "; ".join(article.writers)
    yield "; ".join(article.agencies)
    yield "; ".join(article.places)
    yield article.published or ""
    yield article.url or ""
    yield export.place(article.id).permalink or ""
    yield article.page or ""
    if export.snippets:
        yield hit.passage
    if export.body:
        yield article.body


def _lines(export: Export, hits: Sequence[Hit]) -> bytes:
    encode = msgspec.json.encode
    return b"".join(encode(_object(hit, export)) + b"\n" for hit in hits)


def _object(hit: Hit, export: Export) -> dict[str, Any]:
    """Return the hit as `/api/search` has it, and the address of its page."""
    shown = article_object(hit.article) | {
        "permalink": export.place(hit.article.id).permalink,
        "score": hit.score,
        "copies": hit.copies,
    }
    if export.snippets:
        shown["snippets"] = [highlighted_html(snippet) for snippet in hit.snippets]
    if export.body:
        shown["body"] = hit.article.body
    return shown
