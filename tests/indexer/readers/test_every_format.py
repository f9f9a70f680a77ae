"""The bundled sample, written in every format that the suite can write, is read as the same articles."""

from __future__ import annotations

import re
from functools import cache

import pytest

from search.article import Article
from tests.contracts.reader import FileReaderContract, articles_of, read_bytes, skipped_of
from tests.indexer.readers import (
    test_agency_news,
    test_database,
    test_delimited,
    test_feeds,
    test_html_page,
    test_json_document,
    test_json_lines,
    test_mail,
    test_office,
    test_parquet,
    test_tagged,
    test_tei,
    test_web_archives,
)
from tests.small_index import sample_articles

SEVERAL = [
    test_agency_news.TestNewsMlG2,
    test_agency_news.TestNinjs,
    test_database.TestSqlite,
    test_delimited.TestCsv,
    test_delimited.TestTsv,
    test_feeds.TestAtom,
    test_feeds.TestRss,
    test_json_document.TestList,
    test_json_lines.TestJsonLines,
    test_mail.TestMailbox,
    test_office.TestEpub,
    test_parquet.TestParquet,
    test_tagged.TestSgml,
    test_tagged.TestXml,
    test_tei.TestTei,
    test_web_archives.TestWarc,
]
ONE = [test_agency_news.TestNitf, test_html_page.TestHtml, test_mail.TestMail, test_office.TestDocx]


@cache
def sample() -> list[Article]:
    """The articles of the sample that have a title."""
    return [each for each in sample_articles() if each.title]


def plain(articles: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Titles and bodies without what formats differ in: blank lines and blanks around lines."""
    return [(" ".join(title.split()), re.sub(r"\s*\n\s*", "\n", body).strip()) for title, body in articles]


@pytest.mark.parametrize("written", SEVERAL, ids=lambda each: each.__name__)
def test_the_sample_in_one_file(written: type[FileReaderContract]) -> None:
    items = read_bytes(written().written_bytes(sample()), "news" + written.suffix)
    assert plain(articles_of(items)) == plain(articles_of(sample()))
    assert not skipped_of(items)


@pytest.mark.parametrize("written", ONE, ids=lambda each: each.__name__)
def test_the_sample_an_article_a_file(written: type[FileReaderContract]) -> None:
    for each in sample()[::8]:
        items = read_bytes(written().written_bytes([each]), "news" + written.suffix)
        assert plain(articles_of(items)) == plain(articles_of([each]))
