"""A page of print as sources write it, and where readers find it."""

from __future__ import annotations

import pytest

from indexer.cleaning.clean import Cleaned, clean
from indexer.cleaning.pages import printed_page
from search.article import Article, encode_article
from tests.contracts.reader import read_bytes
from tests.indexer.readers.test_feeds import RSS
from tests.indexer.readers.test_pdf import document, visual
from tests.indexer.readers.test_tei import issue


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("17", "17"),
        ("B3", "B3"),
        ("صفحة ١٢ – ١٤", "12-14"),
        ("ص12", "12"),
        ("ص. ۷", "7"),
        ("الصفحة: 7", "7"),
        ("الصفحة الأولى", "الأولى"),
        ("pp. 3--5", "3-5"),
        ("p. 5", "5"),
        ("Politics 5", "Politics 5"),
        ("صباح", "صباح"),
        ("12-12", "12"),
        ("0", None),
        ("صفحة", None),
        (" - ", None),
        ("x" * 41, None),
    ],
)
def test_a_page_is_stored_in_one_form(written: str, page: str | None) -> None:
    assert printed_page(written) == page
    assert page is None or printed_page(page) == page


def test_articles_without_a_page_are_stored_as_before() -> None:
    assert b"page" not in encode_article(Article("1", title="خبر", body="نص"))


def page_of(content: str | bytes, name: str) -> list[str | None]:
    """The pages of the articles of a file, as they are stored."""
    raw = content.encode() if isinstance(content, str) else content
    cleaned = [clean(item, lambda *_: None) for item in read_bytes(raw, name) if isinstance(item, Article)]
    return [each.article.page for each in cleaned if isinstance(each, Cleaned)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"title": "خبر", "page": 5}'),
        ("a.json", '[{"title": "خبر", "pagination": "ص 5"}]'),
        ("a.csv", "العنوان,النص,الصفحة\nخبر,نص,٥\n"),
        ("a.xml", "<?xml version='1.0'?><news><doc><title>خبر</title><page>5</page></doc></news>"),
        (
            "a.rss",
            RSS.replace("</item>", "<prism:startingPage>5</prism:startingPage></item>", 1).replace(
                "<rss ", '<rss xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/" '
            ),
        ),
        ("a.html", "<html><head><meta name='citation_firstpage' content='5'></head><body><h1>خبر</h1></body></html>"),
        (
            "a.xml",
            '<nitf><head><pubdata name="الصباح" position.sequence="5"/></head><body><hedline><hl1>خبر</hl1>'
            "</hedline></body></nitf>",
        ),
        (
            "a.xml",
            '<nitf><head><meta name="print_page_number" content="5"/></head><body><hedline><hl1>خبر</hl1>'
            "</hedline></body></nitf>",
        ),
    ],
)
def test_readers_find_the_page_that_a_source_names(name: str, content: str) -> None:
    assert page_of(content, name)[0] == "5"


def item(content: str) -> str:
    return f'<div type="item">{content}</div>'


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        ('<pb n="1"/>' + item("<head>أ</head><p>نص</p>") + '<pb n="2"/>' + item("<p>ب</p>"), ["1", "2"]),
        ('<pb n="1"/>' + item('<p>نص<pb n="2"/>بقية<pb n="3"/>بقية</p>'), ["1-3"]),
        (item('<pb n="4"/><p>نص</p><pb n="5"/>') + item("<p>ب</p>"), ["4", "5"]),  # a break behind the last word
        (item('<p>نص<pb ed="shamela" n="n1-p2"/>بقية</p>'), [None]),  # of an e-book
        ('<pb n="1"/>' + item("<p>نص</p><pb n='2'/>" + item("<p>ب</p>") + "<p>بقية</p>"), ["1-2", "2"]),
        ('<pb n="1"/>' + item("<p>نص</p><pb n='2'/><gap/>"), ["1-2"]),
    ],
)
def test_an_item_of_tei_has_the_pages_on_which_it_is_printed(body: str, pages: list[str | None]) -> None:
    assert page_of(issue(body), "a.xml") == pages


def test_of_a_long_pdf_each_article_has_its_page() -> None:
    assert page_of(document([[visual("خبر")]] * 21), "a.pdf") == [str(number) for number in range(1, 22)]
    assert page_of(document([[visual("خبر")]] * 2), "a.pdf") == [None]
