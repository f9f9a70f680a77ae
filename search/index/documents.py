"""An article → the document that an engine indexes: its terms, keywords and numbers by field of `search/schema.py`.

In: articles. Out: first their terms and sketches, by the batch analyser, then a `Document` each. Called for every
article that is indexed, by `indexer/workers/preparing.py` and `indexer/intake.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from search.analysis.batch.batch_analyzer import BatchAnalyzer, TextTerms
from search.article import Article
from search.article import article_digest as article_digest
from search.engines.base import Document
from search.index.minhash import Sketch, sketches, text_of
from search.index.repeated_lines import EdgeLines, edge_lines
from search.schema import month_of


class Analysed(msgspec.Struct, frozen=True, gc=False):
    """What an article's document is made of, beside its JSON: terms (joined by spaces), keywords and numbers by field.

    sketch: by which its near-duplicates are found; None if it is too short for one. edges: its first and last lines,
    which are counted when it is written. words: the hashes of the words of title and body, uint64 as bytes, of which a
    sketch without such lines is drawn (`ranked_terms.py`); None where it has none.
    """

    terms: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    numbers: dict[str, int]
    sketch: Sketch | None
    edges: EdgeLines
    words: tuple[bytes, bytes] | None = None


def analyse_articles(articles: Sequence[Article], analyzer: BatchAnalyzer) -> list[Analysed]:
    """Return what the document of each article is made of."""
    names = list(
        dict.fromkeys(name for article in articles for name in _names(article))
    )  # many articles of a batch have the same
    count = len(articles)
    found = analyzer.terms([*(article.body for article in articles), *(article.title for article in articles), *names])
    bodies, titles = found[:count], found[count : 2 * count]
    words = {name: terms.word for name, terms in zip(names, found[2 * count :], strict=True)}
    drawn = sketches([text_of(title.hashes, body.hashes) for title, body in zip(titles, bodies, strict=True)])
    edges = list(map(edge_lines, articles))
    return [
        Analysed(
            _fields(body, title, [words[name] for name in _names(article)]),
            article.keywords,
            _numbers(article),
            sketch,
            own,
            (title.hashes.tobytes(), body.hashes.tobytes()) if own[1] else None,
        )
        for article, body, title, sketch, own in zip(articles, bodies, titles, drawn, edges, strict=True)
    ]


def assemble_document(id: str, analysed: Analysed, *, raw: bytes, digest: int) -> Document:
    """Return the document of an analysed article; raw: its JSON, digest: the digest of `raw`."""
    return Document(id, digest, raw, analysed.terms, analysed.keywords, analysed.numbers)


def _names(article: Article) -> tuple[str, ...]:
    """The texts whose terms the fields `_NAME_FIELDS` hold, in their order."""
    several = (article.source, article.writers, article.agencies, article.places)
    source, author, agency, place = map(" ".join, several)
    return source, article.section or "", author, agency, place


_NAME_FIELDS: Final = ("source_word", "section_word", "author_word", "agency_word", "place_word")


def _fields(body: TextTerms, title: TextTerms, names: Sequence[str]) -> dict[str, str]:
    """Field → terms. Fields without terms are left out, except those of the body."""
    fields = {"body_stem": body.stem, "body_word": body.pairs, "lead": body.lead}
    others = {
        "title_stem": title.stem,
        "title_word": title.word,
        "title_exact": title.exact,
        "marked": " ".join((*body.vocalised, *title.vocalised)),
        **dict(zip(_NAME_FIELDS, names, strict=True)),
    }
    return fields | {name: terms for name, terms in others.items() if terms}


def _numbers(article: Article) -> dict[str, int]:
    if article.published is None:
        return {}
    moment = datetime.fromisoformat(article.published)
    day = moment.date()
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return {"moment": int(aware.timestamp()), "day": day.toordinal(), "month": month_of(day)}
