"""Links from each highlighted word of an article to the next, and between the portions of a long article.

In: the highlighted text that a page shows, and its portion. Out: `HighlightNavigation` and `PortionLinks`. Pure; called
by `web/views/article_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from search.pages.plurals import number
from search.pages.portions import Portion
from search.pages.records import HighlightedText, SearchRequest, Segment
from web.addresses.links import Links
from web.messages.table import say
from web.text.bidi import Step, mark_id

MOST = 2_000  # highlights that are linked; an article full of a common word has more


@dataclass(frozen=True, slots=True)
class HighlightNavigation:
    """The order in which a reader goes through highlights. Words with only a space between them are one highlight.

    following    offset of each highlighted word in the body → the step to the next highlight; the last one leads to the
                 first
    first, last  the HTML ids of these two
    total        how many highlights are linked
    """

    following: dict[int, Step]
    first: str = ""
    last: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class PortionLinks:
    """A sentence about which portion of a long article this is, and the addresses of the portions beside it."""

    here: str
    previous: str | None
    next: str | None


def highlight_navigation(body: HighlightedText) -> HighlightNavigation:
    """The navigation through the highlighted words of the text that is shown."""
    groups = _neighbours(body)[:MOST]
    if not groups:
        return HighlightNavigation({})
    following: dict[int, Step] = {}
    for (first, *others), (after, *_) in pairwise([*groups, groups[0]]):
        following[first] = Step(after)
        following |= dict.fromkeys(others, Step(after, inner=True))
    return HighlightNavigation(following, mark_id(groups[0][0]), mark_id(groups[-1][0]), len(groups))


def _neighbours(body: HighlightedText) -> list[list[int]]:
    """The offsets of highlighted words, grouped where nothing but a space is between them."""
    groups: list[list[int]] = []
    joined = False
    for before, segment in pairwise((Segment(""), *body)):
        if segment.offset is None:
            joined = before.offset is not None and segment.text == " "
            continue
        if joined:
            groups[-1].append(segment.offset)
        else:
            groups.append([segment.offset])
        joined = False
    return groups


def portion_links(portion: Portion | None, id: str, request: SearchRequest | None, links: Links) -> PortionLinks | None:
    """The links of this portion; None where it is the whole article."""
    if portion is None or len(portion.starts) == 1:
        return None
    here, last = portion.number, len(portion.starts)
    sentence = say(links.language, "portion", portion=number(here), portions=number(last))
    addresses = [links.article(id, request, at=start) for start in portion.starts]
    return PortionLinks(
        sentence,
        addresses[here - 2] if here > 1 else None,
        addresses[here] if here < last else None,
    )
