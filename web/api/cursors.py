"""Cursors: the place in a list of hits at which the next answer begins, as a text that programs hand back.

In: a `Position` and the day that the list was begun on. Out: letters, digits, hyphens and underscores, and the reverse;
what is no cursor of ours raises `Refusal`. The day goes along because words such as "yesterday" and the order by
relevance depend on it: a list that is read over midnight stays the same list.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Final

import msgspec

from search.limits import MOST_LISTED
from search.pages.positions import Position
from web.addresses.parameters import CURSOR
from web.addresses.requests import Refusal

FIRST: Final = "*"
_VERSION: Final = 1
_CHECK_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class Cursor:
    """today: the day on which the list was begun; after: the hit that was read last, None at the beginning."""

    today: date
    after: Position | None


def write_cursor(position: Position, today: date) -> str:
    """The text of a cursor behind this position."""
    row = (_VERSION, today.toordinal(), position.search, position.commit, position.rank, position.id)
    raw = msgspec.json.encode(row)
    return urlsafe_b64encode(_check(raw) + raw).decode("ascii").rstrip("=")


def read_cursor(text: str, *, today: date) -> Cursor:
    """The place that a text names; "*" is the beginning of a list that is begun today. Raises Refusal."""
    if text == FIRST:
        return Cursor(today, None)
    try:
        if len(text) > CURSOR.longest:
            raise ValueError("too long")
        given = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        check, raw = given[:_CHECK_BYTES], given[_CHECK_BYTES:]
        if check != _check(raw) or urlsafe_b64encode(given).decode("ascii").rstrip("=") != text:
            raise ValueError("not as it was given")
        version, day, search, commit, rank, id = msgspec.json.decode(raw, type=tuple[int, int, str, str, int, str])
        if version != _VERSION or not 1 <= rank <= MOST_LISTED:
            raise ValueError("of another version")
        return Cursor(date.fromordinal(day), Position(search, commit, rank, id))
    except (ValueError, OverflowError, msgspec.DecodeError) as error:
        raise Refusal("refused_cursor", text, parameter=CURSOR.name, code="bad_cursor") from error


def _check(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=_CHECK_BYTES).digest()
