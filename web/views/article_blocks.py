"""An article's highlighted body → the blocks that a reader sees: paragraphs, sub-headings, captions, the dateline.

In comes a `HighlightedText` with line ends, out go `Block`s in order; nothing but white space is lost. Called by
`web/views/article_view.py`. The forms are those in which news reaches an archive: a short line without a full stop
between paragraphs is a sub-heading; a line in another script, or one that says that it belongs to a picture, is a
caption; what `search/pages/dateline.py` is sure of is a dateline, on a line of its own or at the head of the first
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from search.pages.dateline import dateline_end
from search.pages.records import HighlightedText, Segment, plain_text
from web.text.bidi import cut, direction

LONGEST_HEADING = 60
MOST_HEADING_WORDS = 9
_SENTENCE_ENDS = (".", "؟", "?", "!", "…", ":", "،", ",", "؛", ";")
# «الصورة: …», «تصوير: علي الزهراني», «جانب من الحفل», «مشاهد دمار في الموصل (رويترز)»
LONGEST_CAPTION = 150
_PICTURED = re.compile(
    r"\(?(?:شرح )?(?:ال)?صور[ةه]?(?: \w+)?\s*[:/]|\(?(?:تصوير|عدسة)\s*[:/-]|جانب من |.*"
    r"\((?:رويترز|الفرنسية|فرانس برس|الأوروبية|أسوشيتد برس|الأناضول|الجزيرة|وكالات|واس|غيتي|أرشيف\w*"
    r"|[أا]\.? ?[فب]\.? ?ب?\.?"
    r"|د\.? ?ب\.? ?[أا]\.?|مواقع التواصل[^()]*)\)$"
)
_MOST_HEADS = 3  # lines among which a dateline may stand: below a headline or a picture
_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Block:
    """kind: "paragraph", "heading", "caption" or "dateline"; direction: "rtl" or "ltr".

    head: the dateline that a first paragraph begins with; `text` goes on behind it.
    """

    kind: str
    direction: str
    text: HighlightedText
    head: HighlightedText = ()


def blocks(body: HighlightedText, *, beginning: bool = True, writers: Sequence[str] = ()) -> tuple[Block, ...]:
    """The body's lines as blocks; white space around a line is dropped, empty lines too.

    beginning: whether this is where the article begins, as a dateline does. writers: persons whom the article names.
    """
    end = dateline_end(plain_text(body), writers) if beginning else 0
    head, rest = _trimmed(list(cut(body, 0, end))), cut(body, end)
    found = _blocks(rest)
    if not head:
        return found
    if any(_LINE_END.search(segment.text) for segment in cut(body, 0, end)) or found[0].kind != "paragraph":
        return (Block("dateline", direction(plain_text(head)), head), *found)
    return (replace(found[0], head=head), *found[1:])


def _blocks(body: HighlightedText) -> tuple[Block, ...]:
    lines = [line for line in (_trimmed(line) for line in _lines(body)) if line]
    texts = [plain_text(line) for line in lines]
    following = [*texts, ""][1:]
    kinds = [_kind(text, after, number=n) for n, (text, after) in enumerate(zip(texts, following, strict=True))]
    return tuple(Block(kind, direction(plain_text(line)), line) for kind, line in zip(kinds, lines, strict=True))


def _kind(text: str, after: str, *, number: int) -> str:
    if number < _MOST_HEADS and _short(text) and dateline_end(f"{text}\n{after}") >= len(text):
        return "dateline"
    if direction(text) == "ltr" or _pictured(text):
        return "caption"
    # Short lines in a row are a list or verse, and one that nothing follows heads nothing.
    return "heading" if number > 0 and _short(text) and after and not _short(after) else "paragraph"


def _pictured(text: str) -> bool:
    return len(text) <= LONGEST_CAPTION and not text.endswith(".") and _PICTURED.match(text) is not None


def _short(text: str) -> bool:
    few = len(text) <= LONGEST_HEADING and len(text.split()) <= MOST_HEADING_WORDS
    return few and not text.endswith(_SENTENCE_ENDS)


def _lines(body: HighlightedText) -> Iterator[list[Segment]]:
    line: list[Segment] = []
    for segment in body:
        first, *rest = _LINE_END.split(segment.text)
        line.append(structs.replace(segment, text=first))
        for text in rest:
            yield line
            line = [Segment(text, segment.highlighted)]
    yield line


def _trimmed(line: list[Segment]) -> HighlightedText:
    kept = [segment for segment in line if segment.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if not kept:
        return ()
    kept[0] = structs.replace(kept[0], text=kept[0].text.lstrip())
    kept[-1] = structs.replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)
