"""The crawl tells where two pages say different things, and follows each kind of link from each kind of page."""

from __future__ import annotations

from flask import Flask, request

from tests.crawl.crawling import Crawl, kind_of_page
from tests.crawl.reading import SITE

PAGE = '<!doctype html><html lang="ar"><head><title>ص</title></head><body><h1>ص</h1>{}</body></html>'
HITS = '<p class="count">{n} نتيجة</p><ol class="hits">{hits}</ol>'
HIT = '<li><h2><a href="/article/{n}">خبر</a></h2></li>'
FACET = '<section class="facet"><a href="{url}" rel="nofollow">أ <span class="count">{count}</span></a></section>'


def site(home: str, *, hits: int = 3, note: str = "") -> Flask:
    """A site of a home page, and of one list of so many hits below a note."""
    app = Flask("small")

    @app.get("/")
    def start() -> str:
        return PAGE.format(home)

    @app.get("/search")
    def search() -> str:
        found = 0 if request.args.get("q") == "none" else hits
        return PAGE.format(note + HITS.format(n=found, hits="".join(HIT.format(n=n) for n in range(found))))

    @app.get("/article/<int:n>")
    def article(n: int) -> tuple[str, int]:
        return PAGE.format('<p id="here">'), 200 if n < 3 else 404

    return app


def faults(home: str, *, hits: int = 3, note: str = "") -> list[str]:
    crawl = Crawl(site(home, hits=hits, note=note).test_client(), most=20, each=2).begin(["/"])
    return sorted({fault.split("\n")[0] for fault in crawl.faults})


def test_a_site_that_keeps_its_promises_has_no_faults() -> None:
    assert faults(FACET.format(url="/search?q=x", count=3) + '<a href="/article/0#here">خبر</a>') == []


def test_a_count_that_is_not_that_of_the_page_it_leads_to() -> None:
    assert faults(FACET.format(url="/search?q=x", count=4)) == ["4 promised, 3 found"]


def test_a_query_that_finds_nothing_may_lead_to_a_repaired_one_with_a_link_back() -> None:
    compared = '<p><a class="query" href="/search?q=x">س</a></p><p><span>لا نتائج</span></p>'
    assert faults(compared) == ["0 promised, 3 found"]
    assert faults(compared, note='<a href="/search?q=x&amp;repair=0">كما كُتب</a>') == []
    assert faults(compared, note='<p data-kind="relaxed">بعضها</p>') == []
    assert faults(compared, note='<p data-kind="names">بحثنا أيضا</p>') == ["0 promised, 3 found"]


def test_a_link_to_an_empty_page() -> None:
    assert faults('<a href="/search?q=none">لا شيء</a>') == ["an empty page is linked"]
    assert faults('<ul class="chips"><li><a href="/search?q=none">أزل</a></li></ul>') == []


def test_a_link_that_is_refused_and_a_place_that_is_not_there() -> None:
    assert faults('<a href="/article/7">خبر</a><a class="other" href="/article/0#there">خبر</a>') == [
        "no place #there",
        "status 404",
    ]


def test_one_link_in_many_of_a_kind_is_the_last() -> None:
    assert faults('<a href="/search?q=x">خبر</a>', hits=9) == ["status 404"]


def test_pages_are_of_one_kind_where_the_same_is_asked_of_them() -> None:
    assert kind_of_page(f"{SITE}/search?q=a&page=2") == kind_of_page(f"{SITE}/search?page=3&q=b")
    assert kind_of_page(f"{SITE}/search?q=a") != kind_of_page(f"{SITE}/search?q=a&lang=en")
    assert kind_of_page(f"{SITE}/article/1") != kind_of_page(f"{SITE}/article/1?q=a&page=2")
