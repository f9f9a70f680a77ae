"""Plain text in the form in which news reaches an archive → one article.

    the headline                       the first line that is one
    A caption in another script        stays in the body, as do sub-headings
    paragraphs …
    المصدر : A + B                     a last line: the sources, not the body

Called by the registry; `article_of` also by readers of formats that may not tell a title from a text. A line near
either end that is a date and nothing else tells when the article was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from indexer.readers.as_file import whole
from indexer.readers.bounds import LARGEST_TEXT
from indexer.readers.bylines import writer_in
from indexer.readers.contract import Blob, Item, Skipped
from indexer.readers.findings import EMPTY_FILE, NO_TEXT, TOO_LONG
from search.analysis.fold import folded
from search.article import Article
from search.encodings.encoding import arabic_letters, decode_text
from search.pages.dateline import SENTENCE
from search.query.dates.published import read_published
from search.query.dates.words import WEEKDAYS

LONGEST_TITLE: Final = 150  # characters; beyond it a first line is a paragraph
_LONGEST_SOURCES: Final = 200
_LONGEST_DATE: Final = 80
_DATE_LINES: Final = 5  # lines from the start in which a date line may stand
_SCRIPT_LINES: Final = 50  # lines, and at most so many letters, that tell which script the article is written in
_SCRIPT_LETTERS: Final = 2000
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_SOURCES: Final = re.compile(
    r"\W*(?:المصدر|المصادر|مصدر الخبر|مصدر|sources?)\s*[:：]+\s*(?P<names>\S.*)", re.IGNORECASE
)
_SOURCE_MARKS: Final = re.compile(r"\s*[+،,;؛|/]\s*")
_CLOCK: Final = re.compile(r"\d:[0-5]\d")
_HEADING_MARKS: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)  # of Markdown
_AROUND: Final = " \t().[]{}-–—\u00a0\u200e\u200f"


def read_plain_text(blob: Blob) -> Iterator[Item]:
    """The article of a text file. Raises Unreadable where it is too large."""
    text = decode_text(whole(blob.blocks))
    if text is None:
        yield Skipped(blob.location, NO_TEXT)
        return
    if len(text) > LARGEST_TEXT:
        yield Skipped(blob.location, TOO_LONG, f"{len(text):,}")
        return
    if (blob.name or blob.location).lower().endswith((".md", ".markdown")):
        text = _HEADING_MARKS.sub("", text)
    lines = [line.strip("\0\ufeff\x1a \t\u00a0") for line in text.splitlines()]
    yield article_of(lines, section=blob.section) if any(lines) else Skipped(blob.location, EMPTY_FILE)


def article_of(lines: Sequence[str], *, section: str | None = None) -> Article:
    """The article in these lines."""
    written = [at for at, line in enumerate(lines) if line]
    source, source_at = _sources(lines, written)
    published, date_at = _date(lines, written)
    title_at = _title(lines, [at for at in written if at not in (source_at, date_at)])
    body = "\n".join(line for at, line in enumerate(lines) if at not in (source_at, title_at))
    title = "" if title_at is None else lines[title_at]
    author = writer_in([lines[at] for at in written if at not in (source_at, date_at, title_at)])
    return Article(
        *("", title, body.strip("\n"), source),
        section=section,
        author=author,
        published=published,
    )


def _title(lines: Sequence[str], written: Sequence[int]) -> int | None:
    """The first line in the text's own script: earlier ones are captions, page numbers, rules. No paragraph."""
    arabic = _is_arabic("".join(lines[at] for at in written[:_SCRIPT_LINES])[:_SCRIPT_LETTERS])
    for at in written:
        if any(map(str.isalpha, lines[at])) and _is_arabic(lines[at]) == arabic:
            return at if len(lines[at]) <= LONGEST_TITLE else None
    return None


def _is_arabic(text: str) -> bool:
    return 2 * arabic_letters(text) >= max(1, len(_NO_LETTERS.sub("", text)))


def _sources(lines: Sequence[str], written: Sequence[int]) -> tuple[tuple[str, ...], int | None]:
    """The names in the last line, where it is one of sources."""
    last = written[-1] if written else None
    found = _SOURCES.fullmatch(lines[last]) if last is not None and len(lines[last]) <= _LONGEST_SOURCES else None
    if found is None:
        return (), None
    names = (name.strip(_AROUND) for name in _SOURCE_MARKS.split(found["names"].strip(_AROUND)))
    return tuple(filter(None, names)), last


def _date(lines: Sequence[str], written: Sequence[int]) -> tuple[str | None, int | None]:
    """The first line near the start that is a date and nothing else, or the last line if it is one."""
    for at in (*written[:_DATE_LINES], *written[-1:]):
        line = lines[at]
        if len(line) <= _LONGEST_DATE and not line.isdecimal() and any(map(str.isdecimal, line)):
            for written_date in _dates_of(line):
                if read_published(written_date) is not None:
                    return written_date, at
    return None, None


def _dates_of(line: str) -> Iterator[str]:
    """What of a line may be a date: all of it, or all but a word around one with a weekday or hour: «السبت 28
    جويلية 2012 الشروق». «أحداث 11 سبتمبر 2001» is a headline."""
    yield line
    words = line.split()
    if (
        len(words) > 2
        and SENTENCE.isdisjoint(map(folded, words))
        and (_CLOCK.search(line) or not WEEKDAYS.isdisjoint(map(folded, words)))
    ):
        yield " ".join(words[:-1])
        yield " ".join(words[1:])
