"""Feeds from `kashaf source add` to a search: what is said, what is found, what stays after an accident."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import kashaf
from indexer.fetching import feed_document, waiting
from search.index.withdrawn import read_withdrawn
from tests.indexer.archives import count
from tests.indexer.fetching.site import HTML, XML, Site, item, page, reply, rss

Run = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns come at once."""
    monkeypatch.setattr(waiting.SystemClock, "wait", lambda clock, seconds: clock._stopped.is_set())


@pytest.fixture
def run(place: Path) -> Run:
    """Runs a command over the index of the test; its status and what it wrote."""

    def running(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(kashaf.kashaf, [*words, "--index", str(place)])
        return done.exit_code, done.output + (str(done.exception) if done.exception else "")

    return running


@pytest.fixture
def news(site: Site) -> str:
    """The address of a feed of two articles with their pages."""
    site.routes["/feed"] = reply(rss(item(1), item(2)), **XML)
    for number in (1, 2):
        site.routes[f"/{number}"] = reply(page(title="الحديقة", text="وصلت القافلة إلى الميناء. " * 20), **HTML)
    return site.at("/feed")


def test_a_feed_is_looked_at_when_it_is_added(site: Site, news: str, run: Run) -> None:
    status, said = run("source", "add", news, "--name", "news")
    assert (status, said.splitlines()[0]) == (0, "a feed «جريدة الصباح» of 2 entries")
    assert site.paths() == ["/feed"]
    added = json.loads(run("source", "add", news, "--json")[1])
    assert added["feed"] == {"title": "جريدة الصباح", "entries": 2, "left_out": 0} and added["name"] == "news"


def test_a_page_that_announces_feeds_leads_to_the_first(site: Site, news: str, run: Run) -> None:
    links = "".join(
        f'<link rel="{rel}" type="{type}" href="{to}">'
        for rel, type, to in (
            ("stylesheet", "text/css", "/x.css"),
            ("alternate", "text/html", "/en"),
            ("ALTERNATE home", "application/rss+xml; charset=utf-8", "feed"),
            ("alternate", "application/atom+xml", "ftp://x/"),
            ("alternate", "application/atom+xml", "/other"),
        )
    )
    site.routes["/"] = reply(f"<!doctype html><html><head>{links}</head><body>أهلا</body></html>", **HTML)
    status, said = run("source", "add", site.at("/"))
    assert status == 0 and said.splitlines()[:2] == [
        f"{site.at('/')} is a page, which announces the feed {news}",
        f"it announces others too, which are not added: {site.at('/other')}",
    ]
    assert json.loads(run("source", "list", "--json")[1])[0]["location"] == news


def test_a_feed_that_was_cut_says_so(site: Site, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_document, "MOST_ENTRIES", 2)
    site.routes["/feed"] = reply(rss(*map(item, range(5))), **XML)
    status, said = run("source", "add", site.at("/feed"))
    assert status == 0 and said.splitlines()[:2] == [
        "a feed «جريدة الصباح» of 2 entries",
        "2 or more are not read: they are broken, or stand behind the first 2",
    ]


def test_an_address_that_moved_is_added_as_it_is_now(site: Site, news: str, run: Run) -> None:
    site.routes["/old"] = reply(b"", "301 Moved Permanently", location="/feed")
    status, said = run("source", "add", site.at("/old"))
    assert status == 0 and f"{site.at('/old')} has moved for good to {news}" in said
    assert json.loads(run("source", "list", "--json")[1])[0]["location"] == news


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (reply(page(), **HTML), "no feed but a web page: the page announces no feed either, so give the address of"),
        (reply(b"", "404 Not Found"), "status 404: check the address, or add it unseen by --no-check"),
        (b"", "its answer breaks off or is no answer of HTTP: check the address"),
    ],
)
def test_what_is_no_feed_is_not_added(site: Site, run: Run, answer: bytes, said: str) -> None:
    site.routes["/feed"] = answer
    status, output = run("source", "add", site.at("/feed"))
    assert status == 1 and said in output
    assert json.loads(run("source", "list", "--json")[1]) == []
    assert run("source", "add", site.at("/feed"), "--no-check")[0] == 0


def test_what_robots_txt_forbids_is_not_added(site: Site, news: str, run: Run) -> None:
    site.routes["/robots.txt"] = reply("User-agent: *\nDisallow: /")
    status, output = run("source", "add", news)
    assert status == 1 and "robots.txt forbids it: ask its publisher" in output


@pytest.mark.parametrize("address", ["https://me:secret@x.test/feed", "https://me@x.test/feed"])
def test_a_password_is_refused_not_shown_and_has_a_place(run: Run, address: str) -> None:
    status, said = run("source", "add", address)
    assert status == 1 and "secret" not in said
    assert "write them into ~/.netrc: machine x.test login NAME password PASSWORD" in said


def test_index_brings_feeds_up_to_date_and_no_fetch_leaves_them(site: Site, news: str, run: Run, place: Path) -> None:
    run("source", "add", news)
    status, said = run("index")
    assert status == 0 and f"feed جريدة الصباح ({news}): 2 new, 0 corrected, 0 unchanged" in said
    assert "added 2, updated 0" in said and count(place, "خبر") == 2
    site.asked.clear()
    assert run("index", "--no-fetch")[0] == 0 and site.asked == []
    site.routes["/feed"] = reply(rss(item(3), item(1, title="نبأ"), item(2)), **XML)
    done = CliRunner().invoke(kashaf.kashaf, ["index", "--json", "--index", str(place)])
    report = json.loads(done.stdout)
    assert (report["added"], report["updated"], count(place, "نبا")) == (1, 1, 1)
    assert report["feeds"][0]["corrected"] == 1 and "3 new" not in done.stdout and "1 new" in done.stderr


def test_an_index_of_files_asks_no_feed(site: Site, news: str, run: Run, tmp_path: Path) -> None:
    run("source", "add", news)
    site.asked.clear()
    (tmp_path / "a.txt").write_text("عنوان\n\nنص", encoding="utf-8")
    assert run("index", str(tmp_path / "a.txt"))[0] == 0 and site.asked == []


def test_a_feed_that_fails_ends_no_run_but_a_strict_one(site: Site, news: str, run: Run) -> None:
    run("source", "add", news)
    run("index")
    site.routes["/feed"] = reply(b"", "500 Oops")
    status, said = run("index")
    assert status == 0 and "failed: status 500; it is asked again" in said and "unchanged 2" in said
    site.routes["/feed"] = reply(rss(item(1), item(2)), **XML)
    assert "not asked after failures" in run("index")[1]
    assert "it has not changed" in run("index", "--fetch-now")[1]
    site.routes["/feed"] = reply(b"", "410 Gone")
    status, said = run("index", "--strict")
    assert status == 1 and f"1 feeds were not read, and --strict was given: {news} (status 410)" in said


def test_what_was_fetched_outlives_reindex_rollback_deletion_and_restore(
    site: Site, news: str, run: Run, place: Path, tmp_path: Path
) -> None:
    run("source", "add", news)
    run("index")
    assert run("delete", site.at("/1"))[0] == 0
    site.routes.clear()  # the feed and its pages are gone
    assert run("backup", str(tmp_path / "backup"))[0] == 0
    for command in (("reindex",), ("rollback",), ("index",), ("restore", str(tmp_path / "backup"), "--replace")):
        status, said = run(*command)
        assert status == 0, said
        assert count(place, "خبر") == 1
    assert set(read_withdrawn(place)) == {site.at("/1")}
    run("restore-article", site.at("/1"))
    assert run("index")[0] == 0 and count(place, "خبر") == 2
    assert run("verify")[0] == 0


def numbered(title: str) -> bytes:
    """A feed of one article that has a number and no address."""
    entry = f"<item><title>{title}</title><guid isPermaLink='false'>7</guid><description>نص</description></item>"
    return reply(rss(entry, title=f"جريدة {title[4:]}"), **XML)


@pytest.mark.parametrize(("deleted", "left"), [("7", "ثان"), ("second/7", "أول")])
def test_what_is_deleted_of_one_feed_is_fetched_of_another_that_gives_the_same_id(
    site: Site, run: Run, place: Path, deleted: str, left: str
) -> None:
    feeds = {"first": "أول", "second": "ثان"}
    for name, word in feeds.items():
        site.routes[f"/{name}"] = numbered(f"خبر {word}")
        assert run("source", "add", site.at(f"/{name}"), "--name", name)[0] == 0
        assert run("index")[0] == 0
    assert (count(place), run("delete", deleted)[0]) == (2, 0)
    for name, word in feeds.items():
        site.routes[f"/{name}"] = numbered(f"نبأ {word}")
    done = CliRunner().invoke(kashaf.kashaf, ["index", "--fetch-now", "--json", "--index", str(place)])
    told = [(feed["corrected"], feed["withdrawn"]) for feed in json.loads(done.stdout)["feeds"]]
    assert told == [(int(word == left), int(word != left)) for word in feeds.values()]
    assert (count(place), count(place, "نبا")) == (1, 1)


def test_what_was_fetched_from_a_removed_feed_goes_with_its_articles(
    site: Site, news: str, run: Run, place: Path, tmp_path: Path
) -> None:
    run("source", "add", news, "--name", "news")
    assert "added 2" in run("index")[1]
    run("source", "remove", "news")
    status, said = run("index")
    assert status == 0 and "vanished 2" in said and count(place) == 2
    run("source", "add", news, "--no-check")
    assert "unchanged 2" in run("index", "--no-fetch")[1]  # who adds it again has lost nothing
    run("source", "remove", "news")
    status, said = run("index", "--prune")
    assert status == 1 and "--allow-shrink" in said and (place / "fetched" / "1").is_dir()
    assert run("index", "--prune", "--allow-shrink")[0] == 0
    assert count(place) == 0 and not (place / "fetched" / "1").exists()
    status, said = run("index", "--prune")
    assert status == 1 and "remembers no sources" in said
    run("source", "add", news)
    assert "added 2" in run("index")[1]  # fetched anew
    assert run("verify")[0] == 0


def test_the_list_of_sources_says_how_feeds_stand(site: Site, news: str, run: Run) -> None:
    run("source", "add", news, "--name", "news")
    assert "asked" not in run("source", "list")[1]
    run("index")
    assert "  asked 20" in run("source", "list")[1]
    site.routes["/feed"] = reply(b"", "500 Oops")
    run("index")
    assert "  failing (status 500), asked again 20" in run("source", "list")[1]
    (listed,) = json.loads(run("source", "list", "--json")[1])
    assert (listed["feed"]["title"], listed["feed"]["failures"]) == ("جريدة الصباح", 1)
    site.routes["/feed"] = reply(b"", "410 Gone")
    run("index", "--fetch-now")
    assert run("source", "list")[1].endswith("gone for good (status 410)\n")
