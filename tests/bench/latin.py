"""What a first page shows for words in Latin letters, over 86,668 articles.

`latin_words.tsv` has names of people, places, firms and bodies with the Arabic forms that write them, and English words
and abbreviations without any. A hit is right if it has the Latin word, or one of these forms is highlighted there.
`KASHAF_MISSES=1` prints the words with another hit.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from search.analysis.analyzer import Analyzer
from search.pages.records import Hit, SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import NEWS, index_of

_WORDS = Path(__file__).with_name("latin_words.tsv")
_FEWEST = 3  # articles that have a form, for the archive to have the name


def measure(rows: int) -> Iterator[Figure]:
    """Of names that the archive has the pages that begin with them; of all words the pages with other hits."""
    service = SearchService.open(Settings(index=index_of(NEWS, rows)))
    begun, offered, others = list[bool](), list[bool](), {True: list[bool](), False: list[bool]()}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        word, _, listed = line.partition("\t")
        forms = set[str]().union(*(_keys(service.index.analyzer, form) for form in listed.split()))
        has_name = any(service.search(SearchRequest(f"={form}")).total >= _FEWEST for form in listed.split())
        page = service.search(SearchRequest(word, facets=False))
        right = [_is_right(service.index.analyzer, hit, word, forms) for hit in page.hits]
        others[has_name].append(not all(right))
        if has_name:
            begun.append(bool(right) and right[0])
            offered.append(begun[-1] or bool(_offered(page) and forms & _keys(service.index.analyzer, _offered(page))))
        if not all(right) and os.environ.get("KASHAF_MISSES"):
            print(f"  {word}: {[dict(note.values) for note in page.notes if note.kind == 'latin']}")
    yield Figure(f"of {len(begun)} names, first hit right", _share(begun), "", at_least=0.89)
    yield Figure("first hit right, or the name offered", _share(offered), "", at_least=0.91)
    yield Figure("first page with something else", _share(others[True]), "", at_most=0.04)
    yield Figure(
        f"of {len(others[False])} other words, a page with some article", _share(others[False]), "", at_most=0.16
    )


def _is_right(analyzer: Analyzer, hit: Hit, word: str, forms: set[str]) -> bool:
    if word.lower() in f"{hit.article.title} {hit.article.body}".lower():
        return True
    marked = (segment.text for snippet in hit.snippets for segment in snippet if segment.highlighted)
    return any(forms & _keys(analyzer, text) for text in marked)


def _offered(page: SearchPage) -> str:
    return next((str(dict(note.values)["nearest"]) for note in page.notes if note.kind == "possible-names"), "")


def _keys(analyzer: Analyzer, text: str) -> set[str]:
    """Return the terms of a text, with and without the article."""
    return {
        term for token in analyzer.tokens(text) for term in (token.word, token.word.removeprefix("ال"), *token.stems)
    }


def _share(flags: list[bool]) -> float:
    return sum(flags) / max(1, len(flags))
