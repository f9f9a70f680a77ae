"""The highlighted words of an article as places to go to, and a long article's portions as pages. Pure.

`web/views/article_view.py` calls it.
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

MOST = 2_000  # places that can be stepped through; an article full of a common word has more


@dataclass(frozen=True, slots=True)
class Marks:
    """following: the place of each highlighted word → the step to the next, the last leading to the first; ids of these
    two.

    Neighbouring highlighted words are one mark: `total` counts marks.
    """

    following: dict[int, Step]
    first: str = ""
    last: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class Portions:
    """Where in a long article this page is: in words, and the addresses of the portions around it."""

    here: str
    previous: str | None
    next: str | None


def marks_of(body: HighlightedText) -> Marks:
    """The highlighted words of what is shown of a body."""
    groups = _neighbours(body)[:MOST]
    if not groups:
        return Marks({})
    following: dict[int, Step] = {}
    for (first, *others), (after, *_) in pairwise([*groups, groups[0]]):
        following[first] = Step(after)
        following |= dict.fromkeys(others, Step(after, inner=True))
    return Marks(following, mark_id(groups[0][0]), mark_id(groups[-1][0]), len(groups))


def _neighbours(body: HighlightedText) -> list[list[int]]:
    """The places of highlighted words, those with nothing but a space between them together."""
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


def portions(portion: Portion | None, id: str, request: SearchRequest | None, links: Links) -> Portions | None:
    """The portions around this one; None where it is the whole article."""
    if portion is None or len(portion.starts) == 1:
        return None
    here, last = portion.number, len(portion.starts)
    told = say(links.language, "portion", portion=number(here), portions=number(last))
    addresses = [links.article(id, request, at=start) for start in portion.starts]
    return Portions(
        told,
        addresses[here - 2] if here > 1 else None,
        addresses[here] if here < last else None,
    )
