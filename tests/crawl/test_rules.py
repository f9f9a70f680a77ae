"""The rules of the crawl find what they forbid, and let pass what is right."""

from __future__ import annotations

import pytest

from tests.crawl.reading import SITE, Read, counted, read_page
from tests.crawl.rules import MOST_BYTES, data_faults, feed_faults, list_faults, page_faults

URL = f"{SITE}/search?q=x"
RIGHT = """<!doctype html><html lang="ar"><head><title>نتائج</title></head><body><h1>نتائج</h1>
<p class="count"><bdi>12</bdi> نتيجة تضم <bdi>25</bdi> مقالا مع النسخ <span class="took">3 م.ث</span></p>
<ol class="hits" start="11"><li><h2><a href="/article/a?q=x">أ</a></h2></li><li><h2><a href="/article/b">ب</a></h2></li>
</ol><p class="original"><a href="https://example.org/1#c">الأصل</a></p>
<nav class="pager"><p class="here">الصفحة <bdi>2</bdi> من <bdi>2</bdi></p></nav></body></html>"""


def faults(html: str, url: str = f"{URL}&page=2") -> list[str]:
    page = read_page(html, url)
    return [*page_faults(url, html, page), *list_faults(url, page)]


def test_a_page_that_is_right_has_no_faults() -> None:
    assert faults(RIGHT) == []


@pytest.mark.parametrize(
    ("part", "instead", "told"),
    [
        ("<h1>نتائج</h1>", "", "0 h1"),
        ("<h1>نتائج</h1>", "<h1>نتائج</h1><h1>أخرى</h1>", "2 h1"),
        ("<title>نتائج</title>", "", "no title"),
        ("نتيجة تضم", "None تضم", "None"),
        ("نتيجة تضم", "&lt;bdi&gt;5 تضم", "bdi"),
        ("نتيجة تضم", "Undefined تضم", "Undefined"),
        ('lang="ar"', 'lang="en"', "lang=en"),
        ('href="/article/b"', 'href="https://example.com/b"', "leads outside"),
        ('href="https://example.org/1#c"', 'href="javascript:alert(1)"', "the original is"),
        ('href="/article/b"', 'href="/article/a?q=x"', "one article twice"),
        ('href="/article/b"', 'href="/article/b?lang=en"', "leaves the language"),
        ('start="11"', 'start="1"', "numbered from 1"),
        ("<bdi>12</bdi> نتيجة", "<bdi>13</bdi> نتيجة", "2 hits where 3 are left of 13"),
        ("من <bdi>2</bdi></p>", "من <bdi>3</bdi></p>", "3 pages of 10 for 12 hits"),
        ("<bdi>25</bdi> مقالا", "<bdi>11</bdi> مقالا", "12 hits in 11 articles"),
        ("</body>", "س" * MOST_BYTES + "</body>", "bytes"),
        ("</body>", '<i id="q"></i><i id="q"></i></body>', "ids that stand twice"),
    ],
)
def test_each_fault_is_reported(part: str, instead: str, told: str) -> None:
    assert part in RIGHT
    assert any(told in fault for fault in faults(RIGHT.replace(part, instead))), faults(RIGHT.replace(part, instead))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("لا نتائج", 0),
        ("نتيجة واحدة", 1),
        ("مقالان", 2),
        ("مقالين مع النسخ", 2),
        ("3,650 نتيجة", 3650),
        ("أول 10,000", 10_000),
        ("مقالات", None),
    ],
)
def test_counts_are_read_as_readers_do(words: str, number: int | None) -> None:
    assert counted(words) == number


def test_links_promise_what_stands_beside_them() -> None:
    html = """<html><body><section class="facet"><ul><li><a href="/a" rel="nofollow">أ <span class="count">7</span></a>
    </li></ul></section><section class="timeline"><svg><a href="/b"><title>2017: 4 نتائج (8%)</title></a></svg>
    <table><tr><th><a href="/c">2017</a></th><td>4 نتائج</td></tr></table></section><a class="copies" href="/d">نسختان
    أخريان</a></body></html>"""
    assert [link.count for link in read_page(html, SITE).links] == [7, 4, 4, 3]


def test_a_ticked_facet_promises_no_count() -> None:
    html = """<html><body><section class="facet"><ul><li><a href="/a" rel="nofollow" aria-current="true">أ <span
    class="count">7</span></a></li><li><a href="/b" rel="nofollow">ب <span class="count">2</span></a></li></ul>
    </section></body></html>"""
    read: Read = read_page(html, SITE)
    assert [(link.count, link.leaves) for link in read.links] == [(None, True), (None, False)]


def test_documents_for_machines_must_be_whole() -> None:
    assert [*feed_faults("<feed>\uffff</feed>")] and [*feed_faults("<feed/>")]
    url = f"{SITE}/api/search?q=x"
    assert all([*data_faults(url, text)] for text in ("{", "{}", '{"query": "x"}'))
    assert not [*data_faults(f"{SITE}/api/compare?q=x", '{"lines": []}')]
