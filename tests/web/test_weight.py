"""A page of results stays under 60 KB gzipped with its style sheet and scripts, whatever stands in it."""

from __future__ import annotations

from random import Random
from urllib.parse import urlencode

import pytest

from search.article import Article
from search.limits import LARGEST_PAGE
from search.settings import Settings
from tests.crawl.words import long_text, text
from tests.web.fakes import FakeService
from tests.web.weight import MOST, weight
from web.app import create_app

CHANCE = Random(5)
QUERY = " ".join(f"{word}{number}" for number, word in enumerate(text(CHANCE, 8).split()[:64]))


def _article(number: int) -> Article:
    source, section, author = (long_text(CHANCE, 255) for _ in range(3))
    body = f"{QUERY} {text(CHANCE, 2)}"
    return Article(f"a{number}", text(CHANCE, 4), body, (source,), section, author, None, f"20{number % 30 + 10}-01-01")


ARTICLES = tuple(_article(number) for number in range(LARGEST_PAGE))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("query", ["", QUERY], ids=["no query", "64 words"])
def test_names_of_255_letters_and_64_words_are_within_it(query: str, language: str) -> None:
    assert len(QUERY.split()) == 64 and all(250 <= len(each.author or "") <= 255 for each in ARTICLES)
    client = create_app(Settings(), FakeService(ARTICLES)).test_client()
    sent = weight(client, f"/search?{urlencode({'q': query, 'explain': '1', 'lang': language})}")
    assert 10_000 < sent < MOST
