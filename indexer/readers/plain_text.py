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
from indexer.readers.bylines import is_signed_place, writer_in
from indexer.readers.contract import Blob, Item, Skipped
from indexer.readers.date_lines import DatedLine, dated_line
from indexer.readers.findings import EMPTY_FILE, NO_TEXT, TOO_LONG
from search.analysis.letters import TATWEEL
from search.article import Article
from search.encodings.encoding import arabic_letters, decode_text

LONGEST_TITLE: Final = 150  # characters; beyond it a first line is a paragraph
_LONGEST_SOURCES: Final = 200
_DATE_LINES: Final = 5  # lines from the start in which a date line may stand
_SCRIPT_LINES: Final = 50  # lines, and at most so many letters, that tell which script the article is written in
_SCRIPT_LETTERS: Final = 2000
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_SOURCES: Final = re.compile(
    r"\W*(?:المصدر|المصادر|مصدر الخبر|مصدر|sources?)\s*[:：]+\s*(?P<names>\S.*)", re.IGNORECASE
)
_SOURCE_MARKS: Final = re.compile(r"\s*[+،,;؛|/]\s*")
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
    dated, date_at = _date(lines, written)
    title_at = _title(lines, [at for at in written if at not in (source_at, date_at)])
    body = "\n".join(line for at, line in enumerate(lines) if at not in (source_at, title_at))
    title = "" if title_at is None else lines[title_at]
    others = [lines[at] for at in written if at not in (source_at, date_at, title_at)]
    told = dated or DatedLine("")
    return Article(
        "",
        title=title,
        body=body.strip("\n"),
        source=source or tuple(filter(None, [told.source])),
        section=told.section or section,
        author=told.author or writer_in(others, may_lack_label=True),
        published=told.published or None,
    )


def _title(lines: Sequence[str], written: Sequence[int]) -> int | None:
    """The first line in the text's own script: earlier ones are captions, page numbers, rules. No paragraph."""
    arabic = _is_arabic("".join(lines[at] for at in written[:_SCRIPT_LINES])[:_SCRIPT_LETTERS])
    for at in written:
        if any(map(str.isalpha, lines[at])) and _is_arabic(lines[at]) == arabic and not is_signed_place(lines[at]):
            return at if len(lines[at].replace(TATWEEL, "")) <= LONGEST_TITLE else None
    return None


def _is_arabic(text: str) -> bool:
    letters = _NO_LETTERS.sub("", text.replace(TATWEEL, ""))
    return 2 * arabic_letters(letters) >= max(1, len(letters))


def _sources(lines: Sequence[str], written: Sequence[int]) -> tuple[tuple[str, ...], int | None]:
    """The names in the last line, where it is one of sources."""
    last = written[-1] if written else None
    found = _SOURCES.fullmatch(lines[last]) if last is not None and len(lines[last]) <= _LONGEST_SOURCES else None
    if found is None:
        return (), None
    names = (name.strip(_AROUND) for name in _SOURCE_MARKS.split(found["names"].strip(_AROUND)))
    return tuple(filter(None, names)), last


def _date(lines: Sequence[str], written: Sequence[int]) -> tuple[DatedLine | None, int | None]:
    """The first line near the start that tells a date and nothing else, or the last line if it does."""
    for at in (*written[:_DATE_LINES], *written[-1:]):
        if found := dated_line(lines[at]):
            return found, at
    return None, None
