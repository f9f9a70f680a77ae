"""Article → the document an engine indexes: the one place where an article meets the analyser and the schema.

Called by `indexer/analysis_pool.py` and `indexer/intake.py` for every article, so nothing is done twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from search.analysis.batch.batch_analyzer import BatchAnalyzer, TextTerms
from search.article import Article
from search.engines.base import Document
from search.index.minhash import Sketch, sketches, text_of


def article_digest(raw: bytes) -> int:
    """A 63-bit digest of an article's JSON: equal digests, equal articles."""
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big") >> 1


class Analysed(NamedTuple):
    """What analysis makes of an article: field → terms joined by spaces, and its sketch if it is long enough."""

    terms: dict[str, str]
    sketch: Sketch | None


def analyse_articles(articles: Sequence[Article], analyzer: BatchAnalyzer) -> list[Analysed]:
    """The terms and the sketch of each article."""
    names = list(dict.fromkeys(name for article in articles for name in _names(article)))  # of a batch many are one
    count = len(articles)
    found = analyzer.terms([*(article.body for article in articles), *(article.title for article in articles), *names])
    bodies, titles = found[:count], found[count : 2 * count]
    words = {name: terms.word for name, terms in zip(names, found[2 * count :], strict=True)}
    drawn = sketches([text_of(title.hashes, body.hashes) for title, body in zip(titles, bodies, strict=True)])
    return [
        Analysed(_fields(body, title, [words[name] for name in _names(article)]), sketch)
        for article, body, title, sketch in zip(articles, bodies, titles, drawn, strict=True)
    ]


def assemble_document(article: Article, terms: dict[str, str], *, raw: bytes, digest: int) -> Document:
    """The document of an article that has been analysed; `raw`: its JSON, `digest`: that of `raw`."""
    return Document(
        id=article.id, digest=digest, raw=raw, terms=terms, keywords=_keywords(article), numbers=_numbers(article)
    )


def _names(article: Article) -> tuple[str, str, str]:
    """What the fields of `_NAME_FIELDS` are made of."""
    return " ".join(article.source), article.section or "", article.author or ""


_NAME_FIELDS: Final = ("source_word", "section_word", "author_word")


def _fields(body: TextTerms, title: TextTerms, names: Sequence[str]) -> dict[str, str]:
    """Field → terms. A field without terms is left out, but for the body's."""
    fields = {"body_stem": body.stem, "body_word": body.pairs, "lead": body.lead}
    others = {
        "title_stem": title.stem,
        "title_word": title.word,
        "title_exact": title.exact,
        "marked": " ".join((*body.vocalised, *title.vocalised)),
        **dict(zip(_NAME_FIELDS, names, strict=True)),
    }
    return fields | {name: terms for name, terms in others.items() if terms}


def _keywords(article: Article) -> dict[str, tuple[str, ...]]:
    values = {"source": article.source}
    if article.section:
        values["section"] = (article.section,)
    if article.author:
        values["author"] = (article.author,)
    return values


def _numbers(article: Article) -> dict[str, int]:
    if article.published is None:
        return {}
    moment = datetime.fromisoformat(article.published)
    day = moment.date()
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return {"moment": int(aware.timestamp()), "day": day.toordinal(), "month": day.year * 12 + day.month - 1}
