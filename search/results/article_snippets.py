"""The snippets of an article, without the lines that its publisher repeats. Called by `search/hits.py`."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from search.pages.records import HighlightedText
from search.results.highlighter import Highlighter

Snippets = tuple[HighlightedText, ...]


def article_snippets(highlighter: Highlighter, body: str, part: str, begin: int) -> Snippets:
    """Return the best passages of a part of the body; of all of it where only the rest has highlighted words.

    begin: the offset of the part in the body.
    """
    found = highlighter.snippets(part)
    if len(part) < len(body) and not _is_highlighted(found):
        whole = highlighter.snippets(body)
        if _is_highlighted(whole):
            return whole
    return tuple(_moved(each, begin) for each in found) if begin else found


def _moved(text: HighlightedText, by: int) -> HighlightedText:
    """The segments of a part of a text as those of the whole text, in which the part begins at `by`."""
    return tuple(replace(s, offset=s.offset + by) if s.offset is not None else s for s in text)


def _is_highlighted(snippets: Iterable[HighlightedText]) -> bool:
    return any(segment.highlighted for each in snippets for segment in each)
