"""python -m tests.bench.behaviour FILE: writes what this version of the code makes of the news, to be compared.

Run it before a change of the code that should change nothing for readers, and again after it; `diff` of the two files
then says whether it did. FILE gets a line for each file of ../shared/news, with the digest of the index terms of all
its articles, and a line for each of 500 queries over saudinewsnet, with the ids and scores of its hits and the digest
of everything else that its page says: total, snippets, notes, facets, timeline.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from indexer.cleaning.clean import Cleaned, clean
from indexer.sources import Sources
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.budget import Budget
from search.index.documents import analyse_articles
from search.pages.as_json import page_object
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.places import ALL_NEWS, SAUDI, index_of, topics, two_words

_BATCH = 256  # articles
_TODAY = date(2017, 7, 15)


def main() -> None:
    """Writes the file named on the command line."""
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for line in _lines():
            out.write(line + "\n")


def _lines() -> Iterator[str]:
    for path in ALL_NEWS:
        yield f"{path.name}\t{_terms_digest(path)}"
    service = SearchService.open(Settings(index=index_of((SAUDI,), 0)))
    for query in _queries():
        yield _answer(service, query)


def _terms_digest(path: Path) -> str:
    """The digest of the terms and the sketch of every article of a file, in its order."""
    analyzer, digest = BatchAnalyzer(Analyzer.default()), hashlib.sha256()
    articles = _articles(path)
    while batch := list(islice(articles, _BATCH)):
        for analysed in analyse_articles(batch, analyzer):
            digest.update(
                json.dumps(sorted(analysed.terms.items()), ensure_ascii=False).encode("utf-8", "surrogatepass")
            )
            digest.update(repr(tuple(analysed.sketch or ())).encode())
    return digest.hexdigest()


def _articles(path: Path) -> Iterator[Article]:
    for item in Sources([path]).items():
        if isinstance(item, Article):
            cleaned = clean(item, lambda *_: None)
            if isinstance(cleaned, Cleaned):
                yield cleaned.article


def _queries() -> tuple[str, ...]:
    """Headlines whole and in part, and words of headlines typed with every kind of operator."""
    titles = [topic.query for topic in topics()]
    typed = [
        pattern.format(*title.split()[:2])
        for title, pattern in zip(titles[380:500], _PATTERNS * 6, strict=False)
        if len(title.split()) > 1
    ]
    return (*titles[:150], *map(two_words, titles[150:380]), *typed)


_PATTERNS = (
    '"{0} {1}"', "={0} {1}", "{0} -{1}", "{0} أو {1}", "{0}*", "{0}~1", '"{0} {1}"~3', "عنوان:{0} {1}", "+{0} {1}",
    "{0} تاريخ:2015", "{0} قبل:أغسطس-2015", "و{0} ب{1}", "{0}", "مصدر:{0} {1}", "{0} -\"{1}\"", "كاتب:{0}", "{0} {1}^2",
    "({0} أو {1}) السعودية", "{0}~2 {1}~2", "hgsu,]dm {0}",
)  # fmt: skip


def _answer(service: SearchService, query: str) -> str:
    request = SearchRequest(query, explain=True, today=_TODAY)
    page = page_object(service.search(request, Budget(1e9)))
    del page["took_ms"]
    hits = " ".join(f"{hit['id']}={hit['score']:.6f}" for hit in page["hits"])
    said = hashlib.sha256(json.dumps(page, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
    return f"{query}\t{page['total']}\t{hits}\t{said}"


if __name__ == "__main__":
    main()
