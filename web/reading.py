"""An article's lit body → the blocks that a reader sees: paragraphs, sub-headings, captions in another script.

In comes `Marked` text with line ends, out go `Block`s in order; nothing but white space is lost. Called by
`web/present.py`. The forms are those in which news reaches an archive: a short line without a full stop between
paragraphs is a sub-heading; a line in another script is a caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.page import Marked, Segment
from web.bidi import direction, plain

LONGEST_HEADING = 60
MOST_HEADING_WORDS = 9
_SENTENCE_ENDS = (".", "؟", "?", "!", "…", ":", "،", ",", "؛", ";")
_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Block:
    """kind: "paragraph", "heading" or "caption"; direction: "rtl" or "ltr"."""

    kind: str
    direction: str
    text: Marked


def blocks(body: Marked) -> tuple[Block, ...]:
    """The body's lines as blocks; white space around a line is dropped, empty lines too."""
    lines = [line for line in (_trimmed(line) for line in _lines(body)) if line]
    texts = [plain(line) for line in lines]
    following = [*texts, ""][1:]
    kinds = [_kind(text, after, first=n == 0) for n, (text, after) in enumerate(zip(texts, following, strict=True))]
    return tuple(Block(kind, direction(plain(line)), line) for kind, line in zip(kinds, lines, strict=True))


def _kind(text: str, after: str, *, first: bool) -> str:
    if direction(text) == "ltr":
        return "caption"
    # Short lines in a row are a list or verse, and one that nothing follows heads nothing.
    return "heading" if not first and _short(text) and after and not _short(after) else "paragraph"


def _short(text: str) -> bool:
    few = len(text) <= LONGEST_HEADING and len(text.split()) <= MOST_HEADING_WORDS
    return few and not text.endswith(_SENTENCE_ENDS)


def _lines(body: Marked) -> Iterator[list[Segment]]:
    line: list[Segment] = []
    for segment in body:
        first, *rest = _LINE_END.split(segment.text)
        line.append(Segment(first, segment.lit))
        for text in rest:
            yield line
            line = [Segment(text, segment.lit)]
    yield line


def _trimmed(line: list[Segment]) -> Marked:
    kept = [segment for segment in line if segment.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if not kept:
        return ()
    kept[0] = Segment(kept[0].text.lstrip(), kept[0].lit)
    kept[-1] = Segment(kept[-1].text.rstrip(), kept[-1].lit)
    return tuple(kept)
