"""The snippets of a hit → the same, each with a link to its first highlighted word in the article.

Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.pages.portions import LONGEST
from search.pages.records import HighlightedText, Segment
from web.text.bidi import mark_id

_CUT, _BOUND = Segment(" …"), Segment("\u00a0…")


@dataclass(frozen=True, slots=True)
class LinkedSnippet:
    """A snippet. url: the address of its first highlighted word in the article; None where no word is highlighted."""

    text: HighlightedText
    url: str | None


def linked_snippets(snippets: tuple[HighlightedText, ...], length: int, url: str | None) -> tuple[LinkedSnippet, ...]:
    """The snippets of an article whose body has `length` characters, each with its link.

    url: the article's address with the search that found it; None where the address carries no search, for then the
    article page highlights nothing. The address within a long article has the word's offset too, by which the page
    chooses the portion to show.
    """
    return tuple(_linked(_unbroken(snippet), url, long=length > LONGEST) for snippet in snippets)


def _unbroken(snippet: HighlightedText) -> HighlightedText:
    """The snippet with its last «…» bound to the word before it, so that no line holds the sign alone."""
    return (*snippet[:-1], _BOUND) if snippet and snippet[-1] == _CUT else snippet


def _linked(snippet: HighlightedText, url: str | None, *, long: bool) -> LinkedSnippet:
    at = next((segment.offset for segment in snippet if segment.offset is not None), None)
    if at is None or url is None:
        return LinkedSnippet(snippet, None)
    return LinkedSnippet(snippet, f"{url}&at={at}#{mark_id(at)}" if long else f"{url}#{mark_id(at)}")
