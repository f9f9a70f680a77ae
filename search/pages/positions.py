"""A place in the list of all hits of a search, from which the list can be gone on with later, in another process too.

In: the hit that was read last. Out: a `Position`, and its text form for addresses and files. `search/all_hits.py` makes
positions and goes on behind them; `/api/search` gives them to programs as cursors.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from search.errors import RequestError
from search.limits import MOST_LISTED
from search.pages.records import SearchRequest

_LONGEST = 4_000  # characters of a text form
_SHOWN = 40  # characters of one that an error repeats


@dataclass(frozen=True, slots=True)
class Position:
    """The place behind one hit of a list.

    search  which search it is, as `search_key` says it: a position in one list means nothing in another
    commit  which commit of the index the list was made of
    rank    the number of the hit, from 1
    id      the article's id, by which the place is found again in the list of another commit
    """

    search: str
    commit: str
    rank: int
    id: str

    def __str__(self) -> str:
        """Return the text form: letters, digits, hyphens and underscores."""
        row = msgspec.json.encode((self.search, self.commit, self.rank, self.id))
        return urlsafe_b64encode(row).decode("ascii").rstrip("=")


def read_position(text: str) -> Position:
    """Return the position of a text form. Raises RequestError for a text that is none."""
    try:
        if len(text) > _LONGEST:
            raise ValueError("too long")
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        search, commit, rank, id = msgspec.json.decode(raw, type=tuple[str, str, int, str])
    except (ValueError, msgspec.DecodeError) as error:
        raise RequestError(f"cursor {text[:_SHOWN]!r}: give one that a search has answered, unchanged") from error
    if not 1 <= rank <= MOST_LISTED:
        raise RequestError(f"cursor {text[:_SHOWN]!r}: it stands behind hit {rank}, lists have {MOST_LISTED}")
    return Position(search, commit, rank, id)


def search_key(request: SearchRequest) -> str:
    """Return a short text that is the same for requests whose lists of hits are the same, whatever their pages are."""
    asked = (
        request.query,
        request.order.value,
        request.names,
        request.collapse,
        request.repair,
        request.filters,
        request.today,
    )
    return blake2b(msgspec.json.encode(asked), digest_size=6).hexdigest()
