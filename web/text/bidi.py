"""Raw text → HTML in which left-to-right runs and numbers cannot disturb an Arabic line.

In come strings and `search.pages.records.HighlightedText`; out goes `Markup`: the one place of the web package that
makes HTML from text. The templates' filters and `web/views/results_view.py` call it. A run that crosses the edge of a
highlighted word keeps its order: `<bdi>Coral <mark>Star</mark></bdi>`; a highlighted phrase that holds a whole run
stays one mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from search.pages.records import HighlightedText, Segment
from web.text.escaping import escape

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
_RTL = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LETTER = rf"(?![{_RTL}])[^\W\d_]"
_ALNUM = rf"(?:{_LETTER}|[\d\u0300-\u036f])"
_WORD = rf"[@#$€£]?\d{{0,6}}{_LETTER}{_ALNUM}*(?:[._\-/:&@'’+%?=~]{{1,3}}{_ALNUM}+)*[+%#]?"
_NUMBER = r"(?:\d{4}-\d\d-\d\d|(?:(?<!\w)[+\-−])?[$€£¥]?\d+(?:[.,:/٫٬]\d+)*[$€£¥]?)"
# A number joins the word before it ("Windows 10") and never the one after: in an Arabic line "عام 2017 Reuters" the
# year is read first. Two numbers stay apart and a per cent sign stays outside, so that "10-15%" is drawn as its
# author saw it.
_RUN = re.compile(rf"{_WORD}(?:(?:[ \u00a0]|[,;:&–-][ \u00a0]| [&–-] )(?:{_WORD}|{_NUMBER}))*|{_NUMBER}")
# Where a run may begin, and more: all but Arabic letters, white space and the commonest signs. Looking for one of a set
# is many times faster than trying a run at each letter of an Arabic text.
_BEGINNING = re.compile(
    "[^\u0590-\u065f\u066a-\u06ef\u06fa-\u07bf\u07ca-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
    r""" \t\n\r\u00a0.,:;!?%&'"()*/<=>\[\]_|«»“”‘’–—…]"""
)
_QUOTED = re.compile("“([^“”]*)”")  # as English sentences quote
_RTL_LETTER = re.compile(rf"(?=[{_RTL}])[^\W\d_]")
_LTR_LETTER = re.compile(_LETTER)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# Highlighted words with nothing but a space between them are one mark.
_NEIGHBOURS = re.compile(r'(</a>)?</mark> <mark>(?(1)<a href="#m\d+">)')
_LONE = re.compile(r"[\ud800-\udfff]")
_UNBROKEN = "\u00a0"  # the space before the last «…» of a snippet: not printable for Python, and no harm
_SHORT = 40
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a highlighted word of an article leads: the place of the next; inner: whether it goes on the mark of the
    word before it."""

    next: int
    inner: bool = False


def showable(text: str) -> str:
    """The text without control characters and with lone surrogates replaced: fit for HTML and XML in UTF-8."""
    return text if text.isprintable() else sendable(_UNSEEN.sub("", text))


def sendable(text: str) -> str:
    """The text as UTF-8 can carry it: lone surrogates replaced, everything else kept."""
    return text if text.isprintable() else _LONE.sub("\ufffd", text)


def direction(text: str) -> str:
    """The line's own: "ltr" where it has left-to-right letters and no Arabic one, else "rtl"."""
    return "ltr" if _RTL_LETTER.search(text) is None and _LTR_LETTER.search(text) else "rtl"


def isolate(text: str) -> Markup:
    """The text escaped, its Latin runs and numbers each in <bdi>."""
    return _isolate_short(text) if len(text) <= _SHORT else _isolate(text)


def _isolate(text: str) -> Markup:
    shown = showable(text)
    return Markup(_isolated(shown, 0, len(shown), _runs(shown)))


_isolate_short = lru_cache(maxsize=2_048)(_isolate)  # counts, shares and days, which come again on each page


def isolate_quotes(text: str) -> Markup:
    """The same for a sentence, with the Arabic that an English one quotes in <bdi>, each quotation in its own.

    Else two of them, with nothing but English in <bdi> between them, would be drawn in each other's place.
    """
    html: list[str] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        if _RTL_LETTER.search(quoted[1]):
            html += (isolate(text[at : quoted.start(1)]), "<bdi>", isolate(quoted[1]), "</bdi>")
            at = quoted.end(1)
    return Markup("".join((*html, isolate(text[at:]))))


def isolate_marked(marked: HighlightedText, following: Mapping[int, Step] | None = None) -> Markup:
    """The text escaped, highlighted segments in <mark>, Latin runs and numbers in <bdi>, the two properly nested.

    Highlighted words that only a space parts share a mark.
    following: of each highlighted word that can be gone to, by its place, the step to the next; it gets an id and leads
    there.
    """
    texts = [segment.text for segment in marked]
    whole = "".join(texts)
    if not whole.replace(_UNBROKEN, " ").isprintable():
        texts = [showable(text) for text in texts]
        whole = "".join(texts)
    runs = _runs(whole)
    if runs or following:
        html = _in_parts(marked, texts, runs, following or {})
    else:  # as most are
        written = [escape(text) for text in texts]
        html = [f"<mark>{t}</mark>" if s.highlighted and t else t for s, t in zip(marked, written, strict=True)]
    joined = "".join(html)
    return Markup(_NEIGHBOURS.sub(" ", joined) if following else joined.replace("</mark> <mark>", " "))


def _in_parts(
    marked: HighlightedText, texts: Sequence[str], runs: Sequence[_Span], following: Mapping[int, Step]
) -> list[str]:
    """The segments, some of which hold a run, share one with a neighbour, or lead on."""
    whole = "".join(texts)
    html: list[str] = []
    at = first = last = 0  # the runs from the first to before the last have a part in this segment
    for segment, text in zip(marked, texts, strict=True):
        end = at + len(text)
        while first < len(runs) and runs[first][1] <= at:
            first += 1
        while last < len(runs) and runs[last][0] < end:
            last += 1
        step = following.get(segment.offset) if segment.offset is not None else None
        held = runs[first:last]
        if step is None and (not held or (held[0][0] >= at and held[-1][1] <= end)):  # nearly every one
            part = _isolated(whole, at, end, held) if held else escape(text)
            html.append(f"<mark>{part}</mark>" if segment.highlighted and text else part)
        else:
            html += _segment(_parts(whole, at, end, held), segment, step)
        at = end
    return html


def cut(marked: HighlightedText, start: int, end: int | None = None) -> HighlightedText:
    """The characters from start to end; a highlighted word that is cut keeps its place in its first part only."""
    found: list[Segment] = []
    at = 0
    for segment in marked:
        text = segment.text[max(0, start - at) : None if end is None else max(0, end - at)]
        if text:
            found.append(Segment(text, segment.highlighted, segment.offset if at >= start else None))
        at += len(segment.text)
    return tuple(found)


def mark_id(at: int) -> str:
    """The id of the highlighted word that begins at this place of the body."""
    return f"m{at}"


def _segment(parts: Iterable[tuple[str, str, str]], segment: Segment, step: Step | None) -> Iterator[str]:
    """The parts of a segment, marked where it is highlighted; the first of them bears its place."""
    for number, (before, part, after) in enumerate(parts):
        yield from (
            before,
            _mark(part, segment.offset if number == 0 else None, step) if segment.highlighted else part,
            after,
        )


def _runs(text: str) -> list[_Span]:
    """The Latin runs and numbers, in order."""
    found: list[_Span] = []
    at = 0
    while (beginning := _BEGINNING.search(text, at)) is not None:
        run = _RUN.match(text, beginning.start())
        if run is not None:
            found.append(run.span())
        at = beginning.end() if run is None else run.end()
    return found


def _parts(text: str, start: int, end: int, runs: Sequence[_Span]) -> Iterator[tuple[str, str, str]]:
    """A segment as one to three parts, each with what stands before and behind its mark.

    A run that goes beyond the segment is around the marks, and one that is within it is inside.
    """
    if start == end:
        return
    if runs and runs[0][0] < start:
        stop = min(runs[0][1], end)
        yield "", escape(text[start:stop]), "</bdi>" if runs[0][1] <= end else ""
        start, runs = stop, runs[1:]
    beyond = bool(runs) and runs[-1][1] > end
    stop = runs[-1][0] if beyond else end
    if start < stop:
        yield "", _isolated(text, start, stop, runs[:-1] if beyond else runs), ""
    if beyond:
        yield "<bdi>", escape(text[stop:end]), ""


def _isolated(text: str, start: int, end: int, runs: Sequence[_Span]) -> str:
    """What stands from start to end; all these runs lie within."""
    html: list[str] = []
    for first, last in runs:
        html += (escape(text[start:first]), "<bdi>", escape(text[first:last]), "</bdi>")
        start = last
    html.append(escape(text[start:end]))
    return "".join(html)


def _mark(html: str, at: int | None, step: Step | None) -> str:
    """A highlighted word or its part; at: its place, if this is where it begins."""
    if step is None:
        return f"<mark>{html}</mark>"
    id = "" if at is None else f' id="{mark_id(at)}"'
    link = f'<a href="#{mark_id(step.next)}">'
    if step.inner:  # a place that snippets lead to, and none that is stepped to
        return f"<mark>{link}{f'<span{id}></span>' if id else ''}{html}</a></mark>"
    return f"<mark{id}>{link}{html}</a></mark>"
