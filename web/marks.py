"""The lit words of an article as places to go to, and a long article's portions as pages. Pure.

`web/telling.py` calls it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from search.counting import number
from search.page import Marked, SearchRequest
from search.portions import Portion
from web.bidi import mark_id
from web.links import Links
from web.messages import say

MOST = 2_000  # places that can be stepped through; an article full of a common word has more


@dataclass(frozen=True, slots=True)
class Marks:
    """following: the place of each lit word → that of the next, the last leading to the first; ids of these two."""

    following: dict[int, int]
    first: str = ""
    last: str = ""

    @property
    def total(self) -> int:
        return len(self.following)


@dataclass(frozen=True, slots=True)
class Portions:
    """Where in a long article this page is: in words, and the addresses of the portions around it."""

    here: str
    previous: str | None
    next: str | None


def marks_of(body: Marked) -> Marks:
    """The lit words of what is shown of a body."""
    places = [segment.at for segment in body if segment.at is not None][:MOST]
    if not places:
        return Marks({})
    return Marks(dict(pairwise([*places, places[0]])), mark_id(places[0]), mark_id(places[-1]))


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
