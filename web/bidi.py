"""Raw text → HTML in which left-to-right runs and numbers cannot disturb an Arabic line.

In come strings and `search.page.Marked`; out goes `Markup`: the one place of the web package that makes HTML from text.
The templates' filters and `web/present.py` call it. A run that crosses the edge of a lit word keeps its order:
`<bdi>Coral <mark>Star</mark></bdi>`; a lit phrase that holds a whole run stays one mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup, escape

from search.page import Marked, Segment

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
_RTL_LETTER = re.compile(rf"(?=[{_RTL}])[^\W\d_]")
_LTR_LETTER = re.compile(_LETTER)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# Lit words with nothing but a space between them are one mark.
_NEIGHBOURS = re.compile(r'(</a>)?</mark> <mark>(?(1)<a href="#m\d+">)')
_LONE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a lit word of an article leads: the place of the next; inner: whether it goes on the mark of the word
    before it."""

    next: int
    inner: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of one segment that is wholly inside or wholly outside a run."""

    text: str
    lit: bool
    segment: int
    run: int | None
    first: bool = True
    id: str = ""
    inner: bool = False
    next: str = ""


def showable(text: str) -> str:
    """The text without control characters and with lone surrogates replaced: fit for HTML and XML in UTF-8."""
    return sendable(_UNSEEN.sub("", text))


def sendable(text: str) -> str:
    """The text as UTF-8 can carry it: lone surrogates replaced, everything else kept."""
    return _LONE.sub("\ufffd", text)


def direction(text: str) -> str:
    """The line's own: "ltr" where it has left-to-right letters and no Arabic one, else "rtl"."""
    return "ltr" if _RTL_LETTER.search(text) is None and _LTR_LETTER.search(text) else "rtl"


def isolate(text: str) -> Markup:
    """The text escaped, its Latin runs and numbers each in <bdi>."""
    return isolate_marked((Segment(text),))


def isolate_marked(marked: Marked, following: Mapping[int, Step] | None = None) -> Markup:
    """The text escaped, lit segments in <mark>, Latin runs and numbers in <bdi>, the two properly nested.

    Lit words that only a space parts share a mark.
    following: of each lit word that can be gone to, by its place, the step to the next; it gets an id and leads there.
    """
    shown = tuple(Segment(showable(segment.text), segment.lit, segment.at) for segment in marked)
    pieces = [_anchored(piece, shown[piece.segment], following or {}) for piece in _pieces(shown)]
    crossing = {run for run, group in _by_run(pieces) if run is not None and len(group) > 1}
    groups = groupby(pieces, lambda p: (p.run, None) if p.run in crossing else (None, p.segment))
    html = Markup().join(_bdi(_join(group)) if run is not None else _segment(list(group)) for (run, _), group in groups)
    return Markup(_NEIGHBOURS.sub(" ", html))


def cut(marked: Marked, start: int, end: int | None = None) -> Marked:
    """The characters from start to end; a lit word that is cut keeps its place in its first part only."""
    found: list[Segment] = []
    at = 0
    for segment in marked:
        text = segment.text[max(0, start - at) : None if end is None else max(0, end - at)]
        if text:
            found.append(Segment(text, segment.lit, segment.at if at >= start else None))
        at += len(segment.text)
    return tuple(found)


def plain(marked: Marked) -> str:
    """The text without its marks."""
    return "".join(segment.text for segment in marked)


def _pieces(marked: Marked) -> Iterator[_Piece]:
    spans = [match.span() for match in _RUN.finditer(plain(marked))]
    at = nearest = 0
    for number, segment in enumerate(marked):
        end = at + len(segment.text)
        while at < end:
            while nearest < len(spans) and spans[nearest][1] <= at:
                nearest += 1
            first, last = spans[nearest] if nearest < len(spans) else (end, end)
            inside = first <= at
            stop = min(end, last if inside else first)
            text = segment.text[len(segment.text) - (end - at) : len(segment.text) - (end - stop)]
            yield _Piece(text, segment.lit, number, nearest if inside else None, first=at == end - len(segment.text))
            at = stop


def _anchored(piece: _Piece, segment: Segment, following: Mapping[int, Step]) -> _Piece:
    if segment.at is None or segment.at not in following:
        return piece
    step = following[segment.at]
    return replace(piece, id=mark_id(segment.at) if piece.first else "", inner=step.inner, next=mark_id(step.next))


def mark_id(at: int) -> str:
    """The id of the lit word that begins at this place of the body."""
    return f"m{at}"


def _by_run(pieces: list[_Piece]) -> Iterator[tuple[int | None, list[_Piece]]]:
    for run, group in groupby(pieces, lambda piece: piece.run):
        yield run, list(group)


def _join(pieces: Iterable[_Piece]) -> Markup:
    return Markup().join(_mark(escape(p.text), p) if p.lit else escape(p.text) for p in pieces)


def _segment(pieces: list[_Piece]) -> Markup:
    html = Markup().join(escape(p.text) if p.run is None else _bdi(escape(p.text)) for p in pieces)
    return _mark(html, pieces[0]) if pieces[0].lit else html


def _mark(html: Markup, piece: _Piece) -> Markup:
    if not piece.next:
        return Markup("<mark>{}</mark>").format(html)
    if piece.inner:  # a place that snippets lead to, and none that is stepped to
        html = Markup('<span id="{}"></span>{}').format(piece.id, html) if piece.id else html
        return Markup('<mark><a href="#{}">{}</a></mark>').format(piece.next, html)
    id = Markup(' id="{}"').format(piece.id) if piece.id else ""
    return Markup('<mark{}><a href="#{}">{}</a></mark>').format(id, piece.next, html)


def _bdi(html: Markup) -> Markup:
    return Markup("<bdi>{}</bdi>").format(html)
