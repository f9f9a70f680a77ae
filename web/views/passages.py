"""A snippet → a passage that leads to its place in the article. Pure; `web/views/results_view.py` calls it."""

from __future__ import annotations

from dataclasses import dataclass

from search.pages.portions import LONGEST
from search.pages.records import HighlightedText, Segment
from web.text.bidi import mark_id


@dataclass(frozen=True, slots=True)
class Passage:
    """A snippet, and the address of its first highlighted word in the article; None where it has none."""

    text: HighlightedText
    url: str | None


def passages(snippets: tuple[HighlightedText, ...], length: int, url: str | None) -> tuple[Passage, ...]:
    """The snippets of an article whose body is so long, each with the address of its first highlighted word.

    url: the article's own, with the search that it was found by; None where it carries none: nothing is highlighted
    there then. Of a long article the address names the place too, so that the portion that holds it is shown.
    """
    return tuple(_passage(_unbroken(snippet), url, long=length > LONGEST) for snippet in snippets)


def _unbroken(snippet: HighlightedText) -> HighlightedText:
    """The snippet with its last «…» bound to the word before it, so that no line holds the sign alone."""
    return (*snippet[:-1], Segment("\u00a0…")) if snippet[-1:] == (Segment(" …"),) else snippet


def _passage(snippet: HighlightedText, url: str | None, *, long: bool) -> Passage:
    at = next((segment.offset for segment in snippet if segment.offset is not None), None)
    if at is None or url is None:
        return Passage(snippet, None)
    return Passage(snippet, f"{url}&at={at}#{mark_id(at)}" if long else f"{url}#{mark_id(at)}")
