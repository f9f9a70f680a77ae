"""A news article as all packages exchange it, and its JSON, which the index stores.

The readers of `indexer/readers` make articles, `indexer/cleaning/clean.py` completes them, engines store their JSON,
and `search/service.py` gives them to pages.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Final

import msgspec

_EVERYWHERE: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|urn:|tag:")  # how ids begin that are unique in the world


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article as it is stored and shown; absent values are None, an absent title or body is "".

    id         unique in an index; the URL, else a digest of title and body, where the source gave none
    source     the publishers or agencies named by the article, in its order
    author     the byline as it was given («واس - الرياض»)
    page       of the print that it stands on, as the source names it: "5", "B3", "12-14"
    agencies, places, persons  what the byline and the dateline name for sure; `author` and `body` keep them as written,
               persons have the usual spelling of their names
    unsigned   whether the byline names nobody: a desk, a paper, a date
    published  ISO 8601: a day ("2017-07-15") or a moment ("2017-07-15T10:30:00+03:00")
    """

    id: str
    title: str = ""
    body: str = ""
    source: tuple[str, ...] = ()
    section: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    page: str | None = None
    unsigned: bool = False

    @property
    def writers(self) -> tuple[str, ...]:
        """The persons who wrote it; the author as given where the byline may be one and names nothing that is known."""
        if self.persons or self.agencies or self.places or self.unsigned or not self.author:
            return self.persons
        return (self.author,)

    @property
    def keywords(self) -> dict[str, tuple[str, ...]]:
        """Its whole values by field of `search/schema.py`: what it is filtered and counted by."""
        values = {
            "source": self.source,
            "section": (self.section,) if self.section else (),
            "author": self.writers,
            "agency": self.agencies,
            "place": self.places,
        }
        return {name: names for name, names in values.items() if names or name == "source"}

    @property
    def day(self) -> date | None:
        """The day of publication in the time zone in which it was written; None where there is none."""
        return None if self.published is None else date.fromisoformat(self.published[:10])


def is_unique_everywhere(id: str) -> bool:
    """Whether an id names the same article whoever gives it, as an address does; a number means one of its source."""
    return _EVERYWHERE.match(id) is not None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Article)


def encode_article(article: Article) -> bytes:
    """Return the article as compact JSON in UTF-8; equal articles give equal bytes."""
    return _encoder.encode(article)


def decode_article(raw: bytes | str) -> Article:
    """Return the article of JSON that `encode_article` wrote. Raises `msgspec.DecodeError` for anything else."""
    return _decoder.decode(raw)


def article_digest(raw: bytes) -> int:
    """Return a digest of 63 bits of an article's JSON, by which an unchanged article is recognised."""
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big") >> 1
