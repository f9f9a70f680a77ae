"""Text and links that would make a page too large for a phone → what a page shows of them.

Archives hold titles of thousands of letters and names of hundreds, and each link repeats the whole search it changes.
An article's own page shows its title and names whole; lists show their beginning. Pure; called by
`web/views/results_view.py`, `web/views/article_view.py`, `web/views/timeline.py` and the templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from search.pages.records import HighlightedText, Segment

LONGEST_TITLE = 200  # letters of a title in a list: three lines on a desk, six on a phone
LONGEST_NAME = 60  # letters of a source, section or author in a list
LONGEST_QUERY_IN_HEADING = 120  # letters of the query in headings
LONGEST_ADDRESS = 8_000  # bytes: servers between reader and site refuse longer ones
MOST_ADDRESSES = 60_000  # bytes that one part of a page spends on addresses, such as the timeline
FACET_ADDRESSES = 40_000  # a facet, of which there are three
HIT_ADDRESSES = 120_000  # the hits, whose snippets are links too


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """The text, or its beginning and «…», cut between words where that loses less than half."""
    if len(text) <= most:
        return text
    return f"{text[: _cut(text, most)].rstrip()}…"


def shortened_marked(marked: HighlightedText, most: int = LONGEST_TITLE) -> HighlightedText:
    """The same of text with highlighted words; what is left of it stays highlighted."""
    if sum([len(segment.text) for segment in marked]) <= most:
        return marked
    left = _cut("".join([segment.text for segment in marked]), most)
    kept: list[Segment] = []
    for segment in marked:
        if left > 0:
            kept.append(Segment(segment.text[:left], segment.highlighted))
        left -= len(segment.text)
    return (*kept, Segment("…"))


def fitting(addresses: Iterable[str], most: int = MOST_ADDRESSES) -> int:
    """How many of the addresses, from the first on, one part of a page may carry."""
    lengths = [len(address) if len(address) <= LONGEST_ADDRESS else most + 1 for address in addresses]
    return sum(spent <= most for spent in accumulate(lengths))


def _cut(text: str, most: int) -> int:
    space = text.rfind(" ", most // 2, most + 1)
    return space if space > 0 else most
