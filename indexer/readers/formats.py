"""The table of formats: what each is called, how its files end and begin, and where its reader is.

In: a file's suffix and its first bytes. Out: a `Format`, or why there is none. Called by `registry.py`. A reader is
imported when the first file of its format is met, so that what is not needed costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from indexer.readers.apart import read_apart
from indexer.readers.contract import Blob, Item, Unreadable
from indexer.readers.findings import NOT_INSTALLED


class Format(NamedTuple):
    """One format.

    reader    its function, as `module:name` within this folder
    suffixes  of its files; where a file does not begin like any format, they decide
    begins    how its files begin, whatever they are called; None where only the name tells
    is_text   whether its files are text, in any encoding
    strict    whether every file begins so: a file of that name that does not is something else
    apart     what its files are called, where they are read in a process apart; "" where they are not
    needs     the package of an extra without which they cannot be read
    """

    reader: str
    suffixes: tuple[str, ...] = ()
    begins: Callable[[bytes], Any] | None = None
    is_text: bool = True
    strict: bool = False
    apart: str = ""
    needs: str = ""


def _like(pattern: bytes) -> Callable[[bytes], Any]:
    return re.compile(rb"(?:\xef\xbb\xbf)?" + pattern, re.DOTALL | re.IGNORECASE).match


_PROLOG: Final = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype(?:[^>\[]|\[.*?\]\s*(?=>))*>)*", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_DOCTYPE_HTML: Final = re.compile(rb"<!doctype\s+html", re.IGNORECASE)


def root_of(head: bytes) -> str:
    """The name of the outermost element of a file in HTML, XML or SGML, in small letters; "" of anything else."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<"):
        return ""
    prolog = _PROLOG.match(text)
    found = _ROOT.match(text, prolog.end() if prolog else 0)
    if found is None:
        return "html" if _DOCTYPE_HTML.match(text) else ""
    return found[1].decode("ascii", "replace").lower()


def _has_root(*names: str) -> Callable[[bytes], Any]:
    return lambda head: root_of(head) in names


def _is_tagged(head: bytes) -> bool:
    """Whether a file is XML, or SGML as TREC writes it, of no kind that has a reader of its own."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:10].lower()
    return bool(root_of(head)) and (text.startswith((b"<?xml", b"<!doctype")) or root_of(head) in ("doc", "docs"))


_TABLE_HEAD: Final = re.compile(rb"[^\n{}<>]{1,2000}[\t;,|][^\n{}<>]{1,2000}\n")


def _is_table(head: bytes) -> bool:
    """A look at the first line, before the reader's own, which costs its import."""
    if not _TABLE_HEAD.match(head):
        return False
    from indexer.readers.delimited import is_table

    return is_table(head)


FEED_ROOTS: Final = ("rss", "feed", "rdf")
_AGENCY_ROOTS: Final = ("nitf", "newsitem", "newsmessage", "newsml", "packageitem")
# Two header lines, one after another, that mail has and articles do not.
_HEADER: Final = (
    rb"(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Reply-To|Delivered-To|Content-Type"
    rb"|Content-Transfer-Encoding|DKIM-Signature|X-[\w-]+):[^\n]*\n(?:[ \t]+\S[^\n]*\n)*"
)

_PARQUET: Final = Format(
    "parquet:read_parquet",
    (".parquet",),
    _like(rb"PAR1"),
    is_text=False,
    strict=True,
    apart="Parquet file",
    needs="pyarrow",
)

# A page of a few thousand bytes may unpack to gigabytes, or draw letters for hours, within the library.
_PDF: Final = Format(
    "pdf:read_pdf", (".pdf",), _like(rb"%PDF-"), is_text=False, strict=True, apart="PDF", needs="pypdfium2"
)

# In the order in which a file's beginning is compared.
FORMATS: Final = (
    Format("html_page:read_html", (".html", ".htm", ".xhtml"), _has_root("html", "head")),
    Format("feeds:read_feed", (".rss", ".atom", ".rdf"), _has_root(*FEED_ROOTS)),
    Format("mail:read_mailbox", (".mbox",), _like(rb"From \S+ +\w{3} +\w{3} +\d")),
    Format("mail:read_mail", (".eml",), _like(rb"(?:" + _HEADER + rb"){2}")),
    Format("web_archives:read_warc", (".warc",), _like(rb"WARC/[01]\.\d"), is_text=False, strict=True),
    Format("tei:read_tei", (), _has_root("tei", "tei.2", "teicorpus")),
    Format("database:read_sqlite", (), _like(rb"SQLite format 3\x00"), is_text=False),
    _PARQUET,
    _PDF,
    Format("agency_news:read_agency_news", (), _has_root(*_AGENCY_ROOTS)),
    Format("tagged:read_tagged", (".xml", ".sgml", ".sgm"), _is_tagged),
    Format("delimited:read_delimited", (".csv", ".tsv", ".tab"), _is_table),
)
_BY_SUFFIX: Final = {suffix: each for each in FORMATS for suffix in each.suffixes}


def format_by_content(head: bytes) -> Format | None:
    """The format of a file that begins so."""
    return next((each for each in FORMATS if each.begins is not None and each.begins(head)), None)


def format_by_name(suffix: str) -> Format | None:
    """The format of files with this suffix, in small letters."""
    return _BY_SUFFIX.get(suffix)


def read_as(format: Format, blob: Blob) -> Iterator[Item]:
    """The articles of a file of this format. Raises Unreadable where its reader needs a package that is missing."""
    module, name = format.reader.split(":")
    if format.apart:
        with named_where_missing():
            if find_spec(format.needs) is None:
                raise ModuleNotFoundError(name=format.needs)
        yield from read_apart(format.reader, blob, format.apart)
        return
    with named_where_missing():
        reader = getattr(import_module(f"indexer.readers.{module}"), name)
    yield from reader(blob)


@contextmanager
def named_where_missing() -> Iterator[None]:
    """Raises Unreadable, with the remedy, in place of a package that is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise Unreadable(NOT_INSTALLED, f"it needs {error.name}: pip install 'kashaf[formats]'") from error
