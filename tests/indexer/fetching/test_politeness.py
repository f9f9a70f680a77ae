"""Hosts are asked as they wish: robots.txt, pauses, rest after failures, addresses that moved or are gone."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version

import pytest

from indexer.fetching.report import feed_lines, feed_objects
from indexer.fetching.turns import Turns
from indexer.fetching.waiting import rest_after, retry_after
from tests.indexer.fetching.site import (
    HTML,
    QUICK,
    START,
    XML,
    FakeClock,
    Fetching,
    Site,
    item,
    moved,
    page,
    reply,
    rss,
)

DAY = 86_400.0


def serve(site: Site, *items: str) -> None:
    site.routes["/feed"] = reply(rss(*(items or [item(1)])), **XML)


def robots(site: Site, *lines: str) -> None:
    site.routes["/robots.txt"] = reply("\n".join(lines), content_type="text/plain")


def test_hosts_are_told_who_asks(site: Site, fetching: Fetching) -> None:
    serve(site)
    fetching.fetch(options=replace(QUICK, contact="https://archive.example/robot"))
    named = f"Kashaf/{version('kashaf')} (+https://archive.example/robot)"
    assert {asked.headers["user-agent"] for asked in site.asked} == {named}
    assert {asked.headers["host"] for asked in site.asked} == {f"127.0.0.1:{site.port}"}


def test_robots_txt_is_asked_first_and_once_a_day(site: Site, fetching: Fetching) -> None:
    serve(site)
    fetching.fetch()
    fetching.fetch(later=DAY)
    assert site.paths(robots=True) == ["/robots.txt", "/feed", "/1", "/feed"]
    site.asked.clear()
    fetching.fetch()
    assert site.paths(robots=True) == ["/robots.txt", "/feed"]


def test_a_page_that_robots_txt_forbids_is_named_and_has_the_text_of_the_feed(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2))
    robots(site, "User-agent: *", "Disallow: /1")
    report = fetching.fetch()
    assert report.new == 2 and site.paths() == ["/feed", "/2"]
    assert report.forbidden.named == [(site.at("/1"), "robots.txt forbids it")]
    assert "    robots.txt forbids 1 page; the text is that of the feed:" in list(feed_lines([report]))


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (["User-agent: Kashaf", "Disallow:", "", "User-agent: *", "Disallow: /"], True),
        (["User-agent: kashaf", "Disallow: /"], False),
        (["User-agent: *", "Disallow: /", "Allow: /feed$"], True),
        (["User-agent: *", "Disallow: /f*d"], False),
        (["User-agent: other", "Disallow: /"], True),
    ],
)
def test_a_feed_is_read_if_robots_txt_allows_it(
    site: Site, fetching: Fetching, rules: list[str], allowed: bool
) -> None:
    serve(site)
    robots(site, *rules)
    report = fetching.fetch()
    assert report.outcome == ("read" if allowed else "forbidden")
    assert ("/feed" in site.paths()) is allowed


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
def test_without_a_robots_txt_all_is_allowed(site: Site, fetching: Fetching, status: str) -> None:
    serve(site)
    site.routes["/robots.txt"] = reply(b"User-agent: *\nDisallow: /", status)
    assert fetching.fetch().new == 1


@pytest.mark.parametrize("answer", [reply(b"", "500 Oops"), reply(b"", "503 Busy"), b"", reply(b"", "429 Slow")])
def test_a_robots_txt_that_cannot_be_reached_forbids_everything(site: Site, fetching: Fetching, answer: bytes) -> None:
    serve(site)
    site.routes["/robots.txt"] = answer
    report = fetching.fetch()
    assert report.outcome == "failed" and ("robots.txt cannot be reached" in report.reason) is bool(answer)
    assert site.paths() == [] and report.due > START


def test_an_older_robots_txt_counts_while_the_site_has_none_to_give(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2))
    robots(site, "User-agent: *", "Disallow: /1")
    fetching.fetch(later=2 * DAY)
    site.routes["/robots.txt"] = reply(b"", "500 Oops")
    serve(site, item(1, text="آخر"), item(2))
    report = fetching.fetch()
    assert (report.outcome, report.forbidden.count) == ("read", 1)


def test_a_robots_txt_elsewhere_is_followed_and_one_that_leads_nowhere_is_none(site: Site, fetching: Fetching) -> None:
    serve(site)
    site.routes["/robots.txt"] = moved("/rules")
    site.routes["/rules"] = reply("User-agent: *\nDisallow: /1")
    assert fetching.fetch(later=2 * DAY).forbidden.count == 1
    site.routes["/rules"] = moved("/robots.txt")
    serve(site, item(1, text="آخر"))
    assert fetching.fetch().forbidden.count == 0


def test_between_two_requests_to_a_host_there_is_a_pause_as_long_as_it_wishes(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2))
    fetching.fetch(later=2 * DAY)
    assert fetching.waits == [1.0, 1.0, 1.0]
    robots(site, "User-agent: *", "Crawl-delay: 7")
    serve(site, item(3), item(1), item(2))
    fetching.fetch(later=2 * DAY)
    assert fetching.waits == [1.0, 7.0]
    robots(site, "User-agent: *", "Crawl-delay: 86400")
    serve(site, item(4), item(3))
    fetching.fetch()
    assert fetching.waits == [1.0, 300.0]


def test_two_feeds_of_one_host_take_turns(site: Site, fetching: Fetching) -> None:
    serve(site)
    site.routes["/other"] = reply(rss(item(2)))
    fetching.fetch_all(site.at("/feed"), site.at("/other"))
    assert fetching.waits == [1.0] * 4


def test_a_host_need_not_wait_for_another() -> None:
    clock = FakeClock()
    turns = Turns(clock, until=START + 99)
    for host in ("a", "b", "a"):
        with turns.turn(host):
            pass
    assert clock.waits == [1.0]


def test_a_feed_that_fails_is_asked_ever_more_rarely_and_at_once_if_wanted(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(b"", "500 Oops")
    for failures in range(1, 5):
        report = fetching.fetch(later=0)
        assert (report.outcome, report.reason) == ("failed", "status 500")
        assert report.due == fetching.now + 900 * 2 ** (failures - 1)
        asked = len(site.asked)
        resting = fetching.fetch(later=0)
        assert (resting.outcome, resting.reason, resting.due) == ("resting", "status 500", report.due)
        assert len(site.asked) == asked
        fetching.now = report.due
    site.asked.clear()
    serve(site)
    fetching.now -= 10
    assert fetching.fetch(options=replace(QUICK, ask_now=True), later=0).new == 1
    site.routes["/feed"] = reply(b"", "500 Oops")
    assert fetching.fetch(later=0).due == fetching.now + 900  # a success makes the failures before it forgotten


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(("wait", "rest"), [("7200", 7200.0), ("10", 900.0), ("99999999999", 7 * DAY), ("soon", 900.0)])
def test_a_host_that_asks_to_be_left_alone_is(
    site: Site, fetching: Fetching, status: str, wait: str, rest: float
) -> None:
    site.routes["/feed"] = reply(b"", status, retry_after=wait)
    report = fetching.fetch(later=1)
    assert (report.outcome, report.due) == ("failed", fetching.now - 1 + rest)
    site.routes["/other"] = reply(rss(item(1)))
    site.asked.clear()
    assert fetching.fetch(site.at("/other")).outcome == "resting" and site.asked == []


def test_pages_of_a_host_that_is_left_alone_wait_and_nothing_is_lost(site: Site, fetching: Fetching) -> None:
    serve(site, item(1), item(2), item(3))
    site.routes["/2"] = reply(b"", "429 Too Many Requests", retry_after="60")
    report = fetching.fetch(later=60)
    assert site.paths() == ["/feed", "/3", "/2"]
    assert (report.new, report.waiting, report.failed.count) == (3, 2, 3)
    for number in (1, 2):
        site.routes[f"/{number}"] = reply(page(), **HTML)
    fetching.now += 3600
    report = fetching.fetch()
    assert (report.corrected, report.waiting) == (2, 0)


def test_a_host_that_cannot_be_reached_is_not_tried_for_every_page(site: Site, fetching: Fetching) -> None:
    serve(site, *(item(n, link=f"http://nowhere.test/{n}") for n in range(3)))
    report = fetching.fetch()
    assert (report.new, report.failed.count) == (3, 3)
    first, *others = (reason for _, reason in report.failed.named)
    assert first == "the host nowhere.test is not known"
    assert all(reason.startswith("its host failed a short while ago and is asked again") for reason in others)


def test_a_feed_that_breaks_off_lets_the_others_of_its_host_be_asked(site: Site, fetching: Fetching) -> None:
    site.routes["/broken"] = lambda asked: []
    serve(site, item(1))
    for run in range(2):
        broken = fetching.fetch(site.at("/broken"), later=1)
        assert (broken.outcome, fetching.fetch(later=1).outcome) == (("failed", "read"), ("resting", "unchanged"))[run]
    assert fetching.fetch(site.at("/broken"), later=900).outcome == "resting"
    assert fetching.fetch(site.at("/broken")).outcome == "failed"


def test_a_host_that_leaves_one_address_after_another_unanswered_is_left_alone(site: Site, fetching: Fetching) -> None:
    serve(site, *(item(n) for n in range(1, 8)))
    for number in (7, 6, 4, 3, 2, 1):
        site.routes[f"/{number}"] = lambda asked: []
    site.routes["/5"] = reply(b"x" * 6_000_000, **HTML)  # which is too large, and an answer
    report = fetching.fetch()
    assert site.paths() == ["/feed", "/7", "/6", "/5", "/4", "/3", "/2"]
    assert (report.new, report.failed.count, fetching.fetch(site.at("/feed"), later=0).outcome) == (7, 7, "unchanged")


def test_a_feed_that_is_gone_is_asked_no_more_and_every_report_says_so(site: Site, fetching: Fetching) -> None:
    serve(site)
    fetching.fetch()
    site.routes["/feed"] = reply(b"", "410 Gone")
    assert fetching.fetch(later=90 * DAY).outcome == "gone"
    site.asked.clear()
    report = fetching.fetch()
    assert (report.outcome, report.reason, site.asked) == ("gone", "status 410", [])
    assert "kashaf source remove" in next(feed_lines([report]))
    serve(site)
    assert fetching.fetch(options=replace(QUICK, ask_now=True)).outcome == "unchanged"


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(site: Site, fetching: Fetching, status: str) -> None:
    site.routes["/feed"] = moved("/new", status)
    site.routes["/new"] = reply(rss(item(1)))
    report = fetching.fetch()
    assert (report.new, report.moved_to) == (1, site.at("/new"))
    site.asked.clear()
    assert fetching.fetch().moved_to == "" and site.paths() == ["/new"]


def test_a_feed_that_fails_where_it_moved_to_is_asked_where_it_was_now_and_then(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = moved("/new", "301 Moved Permanently")
    site.routes["/new"] = reply(rss(item(1)))
    fetching.fetch()
    site.routes["/new"] = reply(b"", "404 Not Found")
    site.routes["/feed"] = reply(rss(item(2), item(1)))
    outcomes = [fetching.fetch(later=90 * DAY).outcome for _ in range(4)]
    assert outcomes == ["failed", "failed", "failed", "read"]


@pytest.mark.parametrize("status", ["302 Found", "303 See Other", "307 Temporary Redirect"])
def test_a_feed_that_is_elsewhere_for_now_keeps_its_address(site: Site, fetching: Fetching, status: str) -> None:
    site.routes["/feed"] = moved("/new", status)
    site.routes["/new"] = moved("/newer", "301 Moved Permanently")
    site.routes["/newer"] = reply(rss(item(1)))
    report = fetching.fetch()
    assert (report.new, report.moved_to) == (1, "")
    site.asked.clear()
    fetching.fetch()
    assert site.paths() == ["/feed", "/new", "/newer"]


def test_a_report_says_in_words_and_data_what_became_of_each_feed(site: Site, fetching: Fetching) -> None:
    serve(site)
    reports = fetching.fetch_all(site.at("/feed"), site.at("/none"))
    lines = list(feed_lines(reports))
    assert lines[0] == f"feed جريدة الصباح ({site.at('/feed')}): 1 new, 0 corrected, 0 unchanged"
    assert f"        {site.at('/1')}: status 404" in lines
    assert lines[-1].startswith(f"feed {site.at('/none')}: failed: status 404; it is asked again 2026-09-2")
    read, failed = feed_objects(reports)
    assert (read["new"], read["failed_pages"]["named"][0]["reason"], failed["reason"]) == (
        1,
        "status 404",
        "status 404",
    )


def test_a_moment_in_retry_after_counts_from_now() -> None:
    assert retry_after("Mon, 21 Sep 2026 15:13:20 GMT", START) == 3600.0
    assert retry_after("Thu, 01 Jan 1970 00:00:00 GMT", START) == 0.0
    assert [retry_after(written, START) for written in (None, "", "soon", "-5", "١٢")] == [None] * 5
    assert [rest_after(n) for n in (1, 2, 3)] == [900.0, 1800.0, 3600.0] and rest_after(10**9) == 7 * DAY
