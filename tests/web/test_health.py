"""Whether a process lives and whether readers should be sent to it, and what is told of a cluster that fails."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from search.engines.tantivy import engine as tantivy_engine
from search.errors import ClusterUnreachable, IndexDamaged, IndexOutdated, KashafError
from search.index.following import Followed
from search.index.open_index import OpenIndex
from search.index.readiness import Unready
from search.index.searched_state import Fixed
from search.service import SearchService
from search.settings import Settings
from tests.half_engine import half_reached
from tests.search.test_unanswered import OLD, articles
from tests.small_index import build_index, open_index
from tests.waiting import until
from tests.web.fakes import FakeService, missing
from web.app import create_app

UNREACHABLE = ClusterUnreachable("no node of https://10.0.0.1:9200 answers: is the cluster running?")


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (missing(), "missing"),
        (IndexOutdated("/secret has format 1: run kashaf reindex"), "outdated"),
        (IndexDamaged("/secret cannot be read"), "unusable"),
        (UNREACHABLE, "unreachable"),
    ],
)
def test_a_process_without_an_index_lives_and_is_not_ready_and_says_why(
    service: FakeService, client: FlaskClient, trouble: KashafError, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    service.trouble = trouble
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json and answer.json["reason"]) == (503, reason)
    assert answer.headers["Retry-After"]
    assert "/secret" not in answer.text and "10.0.0.1" not in answer.text and "/nowhere" not in answer.text
    assert [record.getMessage() for record in caplog.records] == [f"not ready: {trouble}"]
    assert client.get("/healthz/alive").json == {"status": "alive"}


def test_an_engine_that_cannot_search_all_of_the_index_is_not_ready(
    service: FakeService, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "hindered", Unready("engine", "the cluster is red: 1 of 3 shards is not there"))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {
        "status": "unready",
        "reason": "engine",
        "text": "the cluster is red: 1 of 3 shards is not there",
    }


@pytest.fixture(scope="module")
def wheat(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """A small index of its own engine and analyser."""
    return open_index(tmp_path_factory.mktemp("health"), articles())


def test_an_index_says_what_its_engine_says_and_whose_analyser_made_it(
    wheat: SearchService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wheat.unready() is None
    monkeypatch.setattr(tantivy_engine, "unready", lambda folder: f"{folder.name} is red")
    assert wheat.unready() == Unready("engine", f"{wheat.index.manifest.generation} is red")
    older = msgspec.structs.replace(wheat.index.manifest, analyser="older")
    monkeypatch.setattr(wheat, "_indexes", Fixed(replace(wheat.index, manifest=older)))
    unready = wheat.unready()
    assert unready and unready.kind == "outdated" and "made by analyser older" in unready.sentence


@pytest.mark.parametrize("url", ["/", "/search?q=القمح", "/article/a1", "/api/search?q=x", "/compare?q=x", "/feed?q=x"])
def test_a_cluster_that_does_not_answer_is_a_sentence_and_no_traceback(
    service: FakeService, client: FlaskClient, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/").status_code == 200
    service.trouble = UNREACHABLE
    answer = client.get(url)
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "أعد المحاولة بعد قليل" in answer.text and "10.0.0.1" not in answer.text
    (record,) = caplog.records
    assert record.levelno == logging.ERROR and record.exc_info is None and "10.0.0.1" in record.getMessage()
    service.trouble = None
    assert client.get(url).status_code == 200


@pytest.fixture
def half(wheat: SearchService) -> FlaskClient:
    """A site of which the articles of 2020 do not answer."""
    return create_app(Settings(), half_reached(wheat, OLD)).test_client()


SAID = "جزء من الأرشيف لا يجيب الآن"


@pytest.mark.parametrize("url", ["/search?q=القمح", "/", "/article/w0", "/search?q=الشعير"])
def test_a_page_of_a_part_of_the_archive_says_so_and_is_not_kept(half: FlaskClient, url: str) -> None:
    answer = half.get(url)
    assert answer.status_code == 200 and answer.text.count(SAID) == 1
    assert "ETag" not in answer.headers
    english = half.get(url + ("&" if "?" in url else "?") + "lang=en")
    assert "Part of the archive does not answer now" in english.text


def test_json_of_a_part_says_so_too(half: FlaskClient) -> None:
    found = json.loads(half.get("/api/search?q=القمح").text)
    assert found["cut"] and [note["kind"] for note in found["notes"]] == ["unanswered"] and found["total"] == 10
    assert json.loads(half.get("/api/article/w0").text)["incomplete"] is True


@pytest.mark.parametrize(("listed", "found"), [(True, ["القمح"]), (False, [])])
def test_completions_of_a_part_say_so_and_there_are_none_before_words_were_listed(
    wheat: SearchService, listed: bool, found: list[str]
) -> None:
    half = half_reached(wheat, OLD)
    if not listed:
        del vars(half.index)["completer"]
    client = create_app(Settings(), half).test_client()
    answer = client.get("/api/suggest?q=القم")
    told = json.loads(answer.text)
    assert (answer.status_code, told["suggestions"][:1], told["incomplete"]) == (200, found, not listed)
    assert ("ETag" in answer.headers) is listed


@pytest.mark.parametrize(
    "url",
    [
        "/feed?q=القمح",
        "/export?q=القمح",
        "/api/search?q=القمح&cursor=*",
        "/compare?q=القمح",
        "/article/b",
        "/batch?list=القمح",
    ],
)
def test_what_has_no_place_for_the_notice_is_not_made_of_a_part(half: FlaskClient, url: str) -> None:
    answer = half.get(url)
    assert answer.status_code == 503 and answer.headers["Retry-After"]


def test_what_is_not_prepared_yet_is_said_and_nobody_waits_for_it(tmp_path: Path) -> None:
    place = build_index(tmp_path / "index", articles())
    followed, begun, go_on = Followed(place), threading.Event(), threading.Event()
    service = SearchService(Settings(index=place), followed)

    def held_up(index: OpenIndex) -> None:
        begun.set()
        assert go_on.wait(60)
        service.prepare(index)

    client = create_app(Settings(index=place), service).test_client()
    followed.start(held_up)
    try:
        assert begun.wait(60)
        assert client.get("/healthz").json["preparing"] == ["names", "completions", "examples"]
        assert {client.get(path).status_code for path in ("/", "/help", "/search?q=القمح")} == {200}
        assert "examples" in client.get("/healthz").json["preparing"]
        go_on.set()
        until(lambda: "preparing" not in (client.get("/healthz").json or {}))
    finally:
        go_on.set()
        followed.close()
