"""The one record that crosses packages: a news article.

Readers make it, the indexer completes it (`indexer/cleaning/clean.py`), engines store its JSON, the service hands it to
pages.
"""

from __future__ import annotations

from datetime import date

import msgspec


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article as it is stored and shown; absent values are None, an absent title or body is "".

    id         unique in an index; the URL, else a digest of title and body, where the source gave none
    source     the publishers or agencies named by the article, in its order
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

    @property
    def day(self) -> date | None:
        """The day of publication as written, without turning time zones."""
        return None if self.published is None else date.fromisoformat(self.published[:10])


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Article)


def encode_article(article: Article) -> bytes:
    """The article as compact UTF-8 JSON; the same article always gives the same bytes."""
    return _encoder.encode(article)


def decode_article(raw: bytes | str) -> Article:
    """The article that `encode_article` wrote. Raises `msgspec.DecodeError` on anything else."""
    return _decoder.decode(raw)
