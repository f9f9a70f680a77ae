"""What a run takes from a feed: full texts, corrections, nothing twice."""

from __future__ import annotations

import json

import pytest

from search.index.withdrawn import Withdrawal, write_withdrawn
from tests.indexer.fetching.site import HTML, PARAGRAPH, XML, Asked, Fetching, Site, item, page, reply, rss


def serve(site: Site, *items: str, **headers: str) -> None:
    site.routes["/feed"] = reply(rss(*items), **XML, **headers)


def test_the_full_text_is_that_of_the_page_and_what_the_feed_says_counts_first(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    site.routes["/1"] = reply(page(), **HTML)
    report = fetching.fetch()
    assert (report.title, report.outcome, report.new) == ("جريدة الصباح", "read", 1)
    (article,) = fetching.articles()
    assert article.id == article.url == site.at("/1")
    assert (article.title, article.source) == ("خبر رقم 1", ("جريدة الصباح",))
    assert article.body.startswith(PARAGRAPH.strip()) and "القائمة" not in article.body
    assert article.published == "Sat, 15 Jul 2017 10:01:00 +0300"


def test_a_longer_text_in_the_feed_counts_more_than_the_page(site: Site, fetching: Fetching) -> None:
    serve(site, item(1, text=PARAGRAPH * 20))
    site.routes["/1"] = reply("<html><body><p>سجل الدخول لقراءة الخبر كاملا</p></body></html>", **HTML)
    fetching.fetch()
    assert fetching.articles()[0].body.count("الحديقة") == 20


def test_what_has_not_changed_is_not_asked_for_again(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2), etag='"a"', last_modified="Sat, 15 Jul 2017 10:00:00 GMT")
    fetching.fetch()
    site.asked.clear()

    def unchanged(asked: Asked) -> bytes:
        assert asked.headers["if-none-match"] == '"a"'
        assert asked.headers["if-modified-since"] == "Sat, 15 Jul 2017 10:00:00 GMT"
        return reply(b"", "304 Not Modified")

    site.routes["/feed"] = unchanged
    report = fetching.fetch()
    assert (report.outcome, report.new, site.paths(robots=True)) == ("unchanged", 0, ["/feed"])


def test_of_a_feed_that_grew_only_the_new_pages_are_fetched(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2))
    fetching.fetch()
    site.asked.clear()
    serve(site, item(3), item(1), item(2))
    report = fetching.fetch()
    assert (report.new, report.unchanged, site.paths()) == (1, 2, ["/feed", "/3"])


@pytest.mark.parametrize(
    "corrected",
    [item(1, text="موجز مصحح"), item(1, title="عنوان مصحح"), item(1, date="Sat, 15 Jul 2017 12:00:00 +0300")],
)
def test_a_correction_is_a_further_line_of_the_same_article(site: Site, fetching: Fetching, corrected: str) -> None:
    serve(site, item(1))
    site.routes["/1"] = reply(page(), **HTML)
    fetching.fetch()
    serve(site, corrected)
    site.routes["/1"] = reply(page(text=PARAGRAPH * 9), **HTML)
    report = fetching.fetch(later=90 * 86_400)
    assert (report.new, report.corrected) == (0, 1)
    first, second = fetching.articles()
    assert first.id == second.id and len(second.body) > len(first.body)


def test_a_correction_with_a_new_address_keeps_its_id(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    fetching.fetch()
    serve(site, item(1, link="/new", title="عنوان آخر"))
    assert fetching.fetch().corrected == 1
    first, second = fetching.articles()
    assert (first.id, second.id, second.url) == (site.at("/1"), site.at("/1"), site.at("/new"))


@pytest.mark.parametrize("link", ["/1", "/1?session={}"])
def test_an_id_that_changes_with_every_answer_makes_no_new_article(site: Site, fetching: Fetching, link: str) -> None:
    for run in range(3):
        serve(site, item(1, guid=f"random-{run}", link=link.format(run)))
        fetching.fetch()
    assert len(fetching.articles()) == 1 and site.paths().count("/1") <= 1


def test_ids_and_addresses_that_all_entries_share_tell_nothing(site: Site, fetching: Fetching) -> None:
    serve(site, *(item(n, guid="same", link="/home") for n in range(1, 4)))
    assert fetching.fetch().new == 3
    assert fetching.fetch().new == 0
    assert len({article.id for article in fetching.articles()}) == 3


def test_an_entry_that_stands_twice_is_one_article(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(1))
    assert fetching.fetch().new == 1
    assert len(fetching.articles()) == 1


def test_a_date_of_change_that_means_nothing_is_believed_ever_more_rarely(site: Site, fetching: Fetching) -> None:
    for minute in range(20):
        serve(site, item(1, text=f"موجز يقرؤه الآن {minute}"))
        site.routes["/1"] = reply(page(), **HTML)
        fetching.fetch(later=900)
    assert len(fetching.articles()) == 1 and site.paths().count("/1") <= 6


def test_an_article_of_two_feeds_is_fetched_once(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    site.routes["/other"] = reply(rss(item(1, guid="another"), item(2)), **XML)
    feeds = site.at("/feed"), site.at("/other")
    fetching.fetch(feeds[0])
    _, report = fetching.fetch_all(*feeds)
    assert (report.new, report.elsewhere, site.paths().count("/1")) == (1, 1, 1)
    site.routes["/other"] = reply(rss(item(1, guid="another"), item(2), item(3)), **XML)
    assert fetching.fetch(feeds[1]).new == 2  # the feed that had it is not read any more


def test_what_was_deleted_for_good_is_not_fetched_again(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2))
    fetching.index.mkdir()
    write_withdrawn(fetching.index, {site.at("/1"): Withdrawal("2026-01-01")})
    report = fetching.fetch()
    assert (report.new, report.withdrawn, site.paths()) == (1, 1, ["/feed", "/2"])


def test_an_entry_without_a_page_has_the_text_of_the_feed(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(rss("<item><title>خبر</title><description>نص</description></item>"), **XML)
    assert fetching.fetch().new == 1
    assert fetching.fetch().new == 0
    assert [article.body for article in fetching.articles()] == ["نص"]


def test_an_atom_feed_with_relative_links(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>أخبار</title><entry><title>خبر</title><id>tag:1</id>'
        '<link href="1"/><updated>2017-07-15T10:20:30Z</updated><summary>موجز</summary></entry></feed>'
    )
    fetching.fetch()
    assert [(each.id, each.source) for each in fetching.articles()] == [(site.at("/1"), ("أخبار",))]


def test_a_json_feed(site: Site, fetching: Fetching) -> None:
    items = [
        {"id": "1", "url": "/1", "title": "خبر", "content_html": "<p>أ</p><p>ب</p>", "authors": [{"name": "ليلى"}]},
        {"id": 2, "content_text": "نص\n\nثان", "date_published": "2017-07-15T10:20:30Z", "tags": ["اقتصاد"]},
        "no object",
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "أخبار", "items": items}
    site.routes["/feed"] = reply(json.dumps(feed), content_type="application/feed+json")
    report = fetching.fetch()
    assert (report.new, report.skipped) == (2, 1)
    second, first = fetching.articles()
    assert (first.title, first.body, first.author, first.url) == ("خبر", "أ\nب", "ليلى", site.at("/1"))
    assert (second.id, second.body, second.section) == ("2", "نص\nثان", "اقتصاد")


def test_a_page_that_fails_in_passing_is_fetched_again_and_its_text_comes_then(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    site.routes["/1"] = reply(b"", "500 Internal Server Error")
    report = fetching.fetch()
    assert (report.new, report.waiting, report.failed.named) == (1, 1, [(site.at("/1"), "status 500")])
    assert fetching.articles()[-1].body == "موجز الخبر"
    site.routes["/1"] = reply(page(), **HTML)
    report = fetching.fetch()
    assert (report.corrected, report.waiting) == (1, 0)
    assert "الحديقة" in fetching.articles()[-1].body


def test_a_page_that_keeps_failing_is_given_up(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    site.routes["/1"] = reply(b"", "500 Internal Server Error")
    reports = [fetching.fetch(later=86_400) for _ in range(4)]
    assert [report.waiting for report in reports] == [1, 1, 0, 0]
    assert site.paths().count("/1") == 3 and len(fetching.articles()) == 1


def test_a_full_text_is_not_replaced_by_a_summary_because_its_page_is_gone(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    site.routes["/1"] = reply(page(), **HTML)
    fetching.fetch()
    serve(site, item(1, text="موجز مصحح"))
    site.routes["/1"] = reply(b"", "404 Not Found")
    report = fetching.fetch()
    assert (report.corrected, report.failed.count, len(fetching.articles())) == (0, 1, 1)


@pytest.mark.parametrize(
    ("content_type", "body"), [("video/mp4", b"\0" * 99), ("application/pdf", b"%PDF-1.4"), ("text/html", b"no markup")]
)
def test_what_is_no_page_leaves_the_text_of_the_feed(
    site: Site, fetching: Fetching, content_type: str, body: bytes
) -> None:
    serve(site, item(1))
    site.routes["/1"] = reply(body, content_type=content_type)
    report = fetching.fetch()
    assert (report.new, report.waiting) == (1, 0)
    assert fetching.articles()[0].body in ("موجز الخبر", "no markup")
