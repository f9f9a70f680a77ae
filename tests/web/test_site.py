"""A site stays up: with hundreds of idle connections, over damaged bytes, while its index is replaced, to its end."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from search.index.directory import IndexDirectory
from tests.damage import put_in_place
from tests.indexer.archives import archive, kashaf, rows
from tests.small_index import build_index, sample_articles
from tests.waiting import until
from tests.web.sites import Site, running_site
from web.server.serving import ARRIVING_SECONDS

_HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "
_WHOLE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return build_index(tmp_path / "index", sample_articles())


@pytest.fixture
def site(place: Path) -> Iterator[Site]:
    with running_site(place) as made:
        yield made


def test_hundreds_of_slow_and_idle_connections_shut_no_reader_out(site: Site) -> None:
    assert site.get("/search?q=القمح").status == 200
    with ExitStack() as stack:
        for sent in (*[_HALF] * 300, *[_WHOLE] * 100):
            made = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
            made.sendall(sent)
        for _ in range(3):
            answered = site.get("/search?q=القمح")
            assert answered.status == 200
            assert answered.seconds < ARRIVING_SECONDS / 2  # it waited for none of them to be let go


def test_a_phrase_that_meets_overwritten_bytes_fails_and_the_site_lives(place: Path) -> None:
    (positions,) = (place / "generations" / "1").glob("*.pos")
    content = positions.read_bytes()
    edge = len(content) // 10
    put_in_place(positions, content[:edge] + b"\xff" * (len(content) - 2 * edge) + content[-edge:])
    with running_site(place) as site:
        for _ in range(200):
            answered = site.get('/search?q="أسعار القمح"')
            assert answered.status == 500
            assert answered.id in answered.text and str(place) not in answered.text
        api = site.get('/api/search?q="أسعار القمح"')
        assert api.status == 500 and json.loads(api.text)["error"]["request"] == api.id
        assert {site.get(path).status for path in ("/search?q=القمح", "/search", "/healthz")} == {200}
        assert f"({api.id}): index files in" in site.log and "kashaf verify" in site.log
        assert "Traceback" not in site.log
    printed = kashaf("search", '"أسعار القمح"', "--index", place, RUST_BACKTRACE="0")
    said = [line for line in printed.stderr.splitlines() if line.startswith("kashaf: ")]
    assert printed.returncode == 1 and len(said) == 1 and "Traceback" not in printed.stderr


def test_a_signal_that_comes_with_the_address_ends_the_site_with_status_0(site: Site) -> None:
    assert site.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_site_with_status_0(site: Site, number: int) -> None:
    assert site.get("/").status == 200
    assert site.stop(number) == 0
    with pytest.raises(ConnectionRefusedError):
        site.get("/")
    assert "Traceback" not in site.log


def test_the_log_has_the_outcome_of_each_request_and_not_its_query(site: Site) -> None:
    answered = site.get("/search?q=القمح&section=رياضة&page=1&odd=secret")
    assert site.get("/none").status == 404
    until(lambda: "/none" in site.log)
    (line,) = [line for line in site.log.splitlines() if answered.id in line]
    moment, method, address, status, milliseconds, unit, size, _, id = line.split()
    assert (method, address, status, unit, id) == ("GET", "/search?q&section&page=1", "200", "ms", answered.id)
    assert moment[:2] == "20" and float(milliseconds) > 0 and int(size) == len(answered.text.encode())
    assert "127.0.0.1" not in site.log and "secret" not in site.log


def test_the_log_of_requests_can_be_left_out(place: Path) -> None:
    with running_site(place, "--no-access-log") as site:
        assert site.get("/").status == 200
        assert site.stop(signal.SIGTERM) == 0
        assert "GET" not in site.log


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_an_index_of_an_older_analyser_answers_until_it_is_reindexed(tmp_path: Path, engine: str) -> None:
    place, articles = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 30))
    assert kashaf("index", articles, "--index", place, "--engine", engine).returncode == 0
    directory = IndexDirectory(place)
    directory.write(msgspec.structs.replace(directory.read(), analyser="older"))
    printed = kashaf("search", "خبر", "--index", place, "--json")
    assert printed.returncode == 0 and "kashaf reindex" in printed.stderr
    assert [note["kind"] for note in json.loads(printed.stdout)["notes"]] == ["outdated"]
    with running_site(place) as site:
        assert "فهرس هذا الأرشيف من إصدار سابق" in site.get("/search?q=خبر").text
        for page in ("/compare?q=خبر", "/coverage"):
            assert site.get(page).text.count("فهرس هذا الأرشيف من إصدار سابق") == 1, page
        assert "of an earlier version" in kashaf("coverage", "--index", place).stdout
        assert _kinds(site) == ["outdated"] and site.get("/healthz/alive").status == 200
        unready = site.get("/healthz")  # a process whose analyser made the index would answer better
        assert unready.status == 503 and json.loads(unready.text)["reason"] == "outdated"
        added = kashaf("index", archive(tmp_path / "b.jsonl", rows(30, 31)), "--index", place)
        assert added.returncode == 1 and "kashaf reindex" in added.stderr
        assert kashaf("reindex", "--index", place).returncode == 0
        until(lambda: _kinds(site) == [])
        assert site.get("/healthz").status == 200
        assert "من إصدار سابق" not in site.get("/search?q=خبر").text
        assert site.log.count("was made by analyser older") == 1


def _kinds(site: Site) -> list[str]:
    return [note["kind"] for note in json.loads(site.get("/api/search?q=خبر").text)["notes"]]


def test_commits_one_after_another_are_served_and_none_is_lost(tmp_path: Path) -> None:
    place = tmp_path / "index"
    assert kashaf("index", archive(tmp_path / "0.jsonl", rows(0, 30)), "--index", place).returncode == 0
    with running_site(place) as site:
        totals = [_total(site)]
        for number in range(1, 4):
            added = archive(tmp_path / f"{number}.jsonl", rows(100 * number, 100 * number + 3))
            assert kashaf("index", added, "--index", place).returncode == 0
            totals.append(
                _total(site)
            )  # of this commit or of one before: tests/search/index/test_following.py has who waits
        deadline = time.monotonic() + 60
        while totals[-1] < 39 and time.monotonic() < deadline:
            time.sleep(0.1)
            totals.append(_total(site))
        assert totals == sorted(totals)
        assert {30, 39} <= set(totals) <= {30, 33, 36, 39}


def _total(site: Site) -> int:
    return int(json.loads(site.get("/api/search?q=خبر").text)["total"])
