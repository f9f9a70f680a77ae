"""What was fetched is kept whatever happens: killed runs, full disks, lost tables, two runs at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from indexer.fetching import feed_visit
from indexer.fetching.fetching import fetch_feeds, forget_articles
from indexer.fetching.places import TABLE, append_article, article_files, articles_in, remove_lines
from indexer.fetching.report import FeedReport
from search.article import Article
from search.errors import IndexBusy, IndexDamaged, StorageFull
from search.index.source_registry import FETCHED, fetched_folder
from search.storage.run_lock import run_lock
from tests.indexer.fetching.site import HTML, QUICK, XML, FakeClock, Fetching, Site, item, page, reply, rss


def serve(site: Site, *items: str) -> None:
    site.routes["/feed"] = reply(rss(*(items or [item(1), item(2), item(3)])), **XML)


class Killed(BaseException):
    """What stands for the end of the process."""


@pytest.mark.parametrize("after", [False, True], ids=["before it is written", "after it is written"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_run_that_is_killed_at_any_article_loses_none_and_the_next_ends_it(
    site: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    serve(site)
    written = 0

    def killing(folder: Path, name: str, article: Article) -> Path:
        nonlocal written
        written += 1
        if written == at and not after:
            raise Killed
        path = append_article(folder, name, article)
        if written == at:
            raise Killed
        return path

    monkeypatch.setattr(feed_visit, "append_article", killing)
    with pytest.raises(Killed):
        fetching.fetch()
    site.routes["/feed"] = reply(b"", "500 Oops")  # the feed need not give them again
    monkeypatch.undo()
    monkeypatch.setenv("NETRC", "/nowhere")
    fetching.fetch(later=3600)
    serve(site)
    fetching.fetch()
    found = fetching.articles()
    assert {article.id for article in found} == {site.at(f"/{n}") for n in (1, 2, 3)}
    assert len(found) <= 4


def test_a_part_of_a_line_is_cut_off_before_the_next_is_written(tmp_path: Path) -> None:
    path = append_article(tmp_path, "2026-01.jsonl", Article("1", title="أ"))
    with path.open("ab") as file:
        file.write('{"id":"2","title":"ب'.encode()[:-1])
    append_article(tmp_path, "2026-01.jsonl", Article("3", body="ج" * 200_000))
    assert [article.id for article in articles_in(path)] == ["1", "3"]
    path.write_bytes(b"no line at all")
    append_article(tmp_path, "2026-01.jsonl", Article("4"))
    assert [article.id for article in articles_in(path)] == ["4"]


def test_a_full_disk_is_told_and_what_was_fetched_is_kept(
    site: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(site)
    written = []

    def full(folder: Path, name: str, article: Article) -> Path:
        written.append(article)
        if len(written) == 2:
            raise OSError(28, "No space left on device", str(folder / name))
        return append_article(folder, name, article)

    monkeypatch.setattr(feed_visit, "append_article", full)
    with pytest.raises(StorageFull):
        fetching.fetch()
    assert len(fetching.articles()) == 1
    fetching.fetch()
    assert len(fetching.articles()) == 3


def test_without_its_table_a_run_knows_the_articles_that_lie_there(site: Site, fetching: Fetching) -> None:
    """As after a restore of a backup, which leaves the table out."""
    serve(site)
    for number in (1, 2, 3):
        site.routes[f"/{number}"] = reply(page(), **HTML)
    fetching.fetch()
    (fetching.index / FETCHED / TABLE).unlink()
    report = fetching.fetch()
    assert (report.new, report.unchanged, len(fetching.articles())) == (0, 3, 3)
    serve(site, item(4), item(1), item(2), item(3))
    site.asked.clear()
    assert fetching.fetch().new == 1
    assert site.paths() == ["/feed", "/4"]


def test_a_table_that_is_damaged_is_named_with_the_remedy(site: Site, fetching: Fetching) -> None:
    serve(site)
    fetching.fetch()
    (fetching.index / FETCHED / TABLE).write_bytes(b"no table" * 1000)
    with pytest.raises(IndexDamaged, match=r"\.feeds\.sqlite is damaged .*: remove it and run kashaf index again"):
        fetching.fetch()


def test_a_second_run_at_the_same_time_is_told(site: Site, fetching: Fetching) -> None:
    serve(site)
    fetching.fetch()
    with (
        run_lock(fetching.index / FETCHED / TABLE, busy=IndexBusy("held")),
        pytest.raises(IndexBusy, match="another kashaf fetches the feeds"),
    ):
        fetching.fetch()


def test_nothing_is_left_of_articles_that_are_purged(site: Site, fetching: Fetching) -> None:
    serve(site)
    site.routes["/2"] = reply(page(title="سر"), **HTML)
    site.routes["/1"] = reply(b"", "500 Oops")  # it waits, with its text in the table
    fetching.fetch()
    assert forget_articles(fetching.index, [site.at("/1"), site.at("/2"), "unknown"]) == 2
    assert [article.id for article in fetching.articles()] == [site.at("/3")]
    everything = b"".join(path.read_bytes() for path in fetching.index.rglob("*") if path.is_file())
    assert site.at("/2").encode() not in everything and site.at("/1").encode() not in everything
    assert site.at("/3").encode() in everything


def test_lines_are_removed_in_one_step_and_others_stay_as_they_are(tmp_path: Path) -> None:
    for number in "1232":
        path = append_article(tmp_path, "2026-01.jsonl", Article(number, title=f"خبر {number}"))
    before = path.read_bytes().splitlines(keepends=True)
    assert remove_lines(path, ["2"]) == 2
    assert path.read_bytes().splitlines(keepends=True) == [before[0], before[2]]
    assert remove_lines(path, ["2"]) == 0


def test_an_interruption_ends_at_once_and_keeps_what_was_fetched(site: Site, fetching: Fetching) -> None:
    """Ctrl-C is raised in the main thread, here by who hears that the first feed is done."""
    serve(site)
    begun = threading.Event()

    def slow(asked: object) -> list[bytes]:
        begun.set()
        site.hold.wait(60)
        return []

    site.routes["slow.test/feed"] = slow

    def interrupted(report: FeedReport, done: int, total: int) -> None:
        begun.wait(60)
        raise KeyboardInterrupt

    feeds = [fetching.source(), fetching.source(site.at("/feed", "slow.test"))]
    with pytest.raises(KeyboardInterrupt):
        fetch_feeds(fetching.index, feeds, QUICK, clock=FakeClock(), done=interrupted)
    assert len(fetching.articles()) == 3
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("feeds-")]
    with closing(sqlite3.connect(fetching.index / FETCHED / TABLE)) as table:
        assert table.execute("select failures from hosts").fetchall() == []  # an interruption is no failure of a host


def test_articles_of_a_month_stay_in_its_file(site: Site, fetching: Fetching) -> None:
    serve(site, item(1))
    fetching.fetch(later=40 * 86_400.0)
    serve(site, item(2), item(1, text="مصحح"))
    fetching.fetch()
    files = article_files(fetched_folder(fetching.index, fetching.source()))
    assert {path.name: [a.id for a in articles_in(path)] for path in files} == {
        "2026-09.jsonl": [site.at("/1"), site.at("/1")],
        "2026-10.jsonl": [site.at("/2")],
    }


def test_a_feed_whose_pages_are_not_wanted_is_read_alone(site: Site, fetching: Fetching) -> None:
    serve(site)
    fetching.source(full_text=False)
    assert fetching.fetch().new == 3
    assert site.paths() == ["/feed"]
