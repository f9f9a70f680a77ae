"""A site follows its index: what is new is opened aside and made ready, what was opened before answers meanwhile."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any

import msgspec
import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.errors import IndexDamaged, IndexMissing
from search.examples.index_examples import Examples, IndexExamples
from search.index import following
from search.index import open_index as open_index_module
from search.index.directory import IndexDirectory
from search.index.following import Followed
from search.index.open_index import OpenIndex
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index
from tests.waiting import until


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return build_index(tmp_path / "index", [Article("a", "", "القمح")])


def swap(place: Path, articles: list[Article], *, engine: str = "tantivy") -> None:
    """Another generation takes the place of the first, whose files are removed."""
    other = build_index(place.parent / "other", articles, engine=engine)
    (other / "generations" / "1").rename(place / "generations" / "2")
    change(place, generation="2")
    shutil.rmtree(place / "generations" / "1")


def change(place: Path, **changes: object) -> None:
    directory = IndexDirectory(place)
    directory.write(msgspec.structs.replace(directory.read(), **changes))


def total(service: SearchService, query: str) -> int:
    return service.search(SearchRequest(query, repair=False)).total


def test_a_swap_is_served_once_it_is_warm_and_the_old_answers_until_then(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warming, go_on = Event(), Event()
    events = list[str]()
    warm = OpenIndex.warm

    def slowly(index: OpenIndex) -> None:
        warming.set()
        go_on.wait(60)
        events.append("warmed")
        warm(index)

    service = SearchService.follow(Settings(index=place))
    until(lambda: bool(service.examples("en")))  # what it began with is ready
    monkeypatch.setattr(OpenIndex, "warm", slowly)
    swap(place, [Article("b", "", "الشعير")])
    assert warming.wait(60)
    assert (total(service, "القمح"), total(service, "الشعير")) == (1, 0)
    events.append("answered")
    go_on.set()
    until(lambda: total(service, "الشعير") == 1)
    assert total(service, "القمح") == 0
    assert events == ["answered", "warmed"]


def test_a_commit_is_seen_within_seconds_without_a_request(place: Path) -> None:
    followed = Followed(place)
    followed.start()
    swap(place, [Article("b", "", "الشعير")])
    until(lambda: followed.current.manifest.generation == "2")
    assert {"spellings", "completer", "facts", "all_counts"} <= followed.current.__dict__.keys()
    assert followed.stop(patience=60)


def test_a_commit_is_served_before_its_names_and_examples_are_worked_out(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    service = SearchService.follow(Settings(index=place))
    until(lambda: bool(service.examples("en")))
    before, warm = service.index, OpenIndex.warm

    def slowly(index: OpenIndex) -> None:
        assert go_on.wait(60)
        warm(index)

    monkeypatch.setattr(OpenIndex, "warm", slowly)
    change(place, commits=1)
    until(lambda: service.index.manifest.commits == 1)
    early = service.index
    assert early.borrows and (early.spellings, early.examples) == (before.spellings, before.examples)
    assert {"facts", "all_counts"} <= vars(early).keys()
    assert service.examples("en") and total(service, "القمح") == 1
    go_on.set()
    until(lambda: not service.index.borrows)
    assert service.index.spellings is not before.spellings and service.index.examples is not before.examples
    assert (
        len({each.state for each in (before, early, service.index)}) == 3
    )  # so that no browser keeps the early answer


def test_a_commit_whose_names_could_not_be_worked_out_is_tried_again(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 1000.0)  # it looks when the test says so
    now, readied = 0.0, list[int]()

    def ready(index: OpenIndex) -> None:
        readied.append(index.manifest.commits)
        if len(readied) == 2:
            raise OSError(24, "Too many open files")
        index.warm()
        len(index.examples.showcased())

    followed = Followed(place, clock=lambda: now)
    followed.start(ready)
    until(lambda: bool(readied) and "_examples" in vars(followed.current))
    assert followed.stop(patience=60)
    change(place, commits=1)
    followed.look()
    assert followed.current.manifest.commits == 1 and followed.current.borrows
    assert "the index answers" in caplog.text and "cannot be opened" not in caplog.text
    followed.look()
    assert followed.current.borrows  # another attempt waits its turn
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.0)
    now = 5000.0
    followed.look()
    assert not followed.current.borrows and readied == [0, 1, 1]


def test_only_a_commit_of_the_same_generation_tables_and_names_borrows(place: Path, tmp_path: Path) -> None:
    former = Followed(place).current
    former.warm()
    assert open_index_module.open_index(place).borrowing(former) is None  # it has no examples yet
    assert former.examples
    assert open_index_module.open_index(place).borrowing(former) is not None
    change(place, swaps=1)
    assert open_index_module.open_index(place).borrowing(former) is None
    change(place, swaps=0, lexicon="none")
    assert open_index_module.open_index(place).borrowing(former) is None
    names = tmp_path / "names.toml"
    names.write_text('[sources]\n"عكاظ" = ["okaz"]\n', encoding="utf-8")
    change(place, lexicon="bundled")
    assert open_index_module.open_index(place, names).borrowing(former) is None


def test_no_reader_of_a_site_makes_examples(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, makers = Event(), set[str]()
    original = IndexExamples._made

    def slowly(examples: IndexExamples, *rest: Any) -> Examples:
        makers.add(threading.current_thread().name)
        assert go_on.wait(60)
        return original(examples, *rest)

    monkeypatch.setattr(IndexExamples, "_made", slowly)
    service = SearchService.follow(Settings(index=place))
    until(lambda: bool(makers))
    assert (service.examples("ar"), service.showcase()) == ({}, ())  # at once, while they are being made
    go_on.set()
    until(lambda: bool(service.examples("en")))
    go_on.clear()
    swap(place, [Article("b", "", "أسعار النفط")])
    assert set(service.examples("en")["`كلمة كلمة`"]) == set() != service.examples("en").keys()
    go_on.set()
    until(lambda: total(service, "النفط") == 1)
    assert service.showcase() == ("أسعار النفط",)  # from its first moment on
    assert service.examples("ar")["`كلمة كلمة`"] and service.examples("en")["`كلمة كلمة`"]
    assert makers == {"follow"}


def test_examples_of_another_day_are_shown_until_those_of_today_are_made(place: Path) -> None:
    days = [date(2025, 12, 10)]
    readied = list[OpenIndex]()
    followed = Followed(place, today=lambda: days[-1])
    followed.start(readied.append)
    until(lambda: len(readied) == 1)
    days.append(date(2025, 12, 11))
    until(lambda: len(readied) == 2)
    assert followed.stop(patience=60)
    followed.look()
    assert readied == [followed.current] * 2


def test_what_could_not_be_made_ready_for_readers_is_tried_again_after_a_pause(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Of the index that is served, as its files may be too many to open for a moment."""
    monkeypatch.setattr(following, "LOOK_SECONDS", 1000.0)  # it looks when the test says so
    now, attempts = 0.0, list[float]()

    def ready(index: OpenIndex) -> None:
        attempts.append(now)
        if len(attempts) < 3:
            raise OSError(24, "Too many open files")

    followed = Followed(place, clock=lambda: now)
    monkeypatch.setattr(following, "_LONGEST_SECONDS", 3.0)
    followed.start(ready)
    until(lambda: bool(caplog.records))
    assert followed.stop(patience=5)
    for second in range(1, 20):
        now = float(second)
        followed.look()
    assert attempts == [0, 3, 6]  # and no more once it is ready
    (record,) = caplog.records
    assert "Too many open files" in record.getMessage() and "cannot be opened" not in record.getMessage()
    assert "the index answers" in record.getMessage() and "examples" in record.getMessage()


def test_all_who_ask_for_examples_in_the_same_moment_get_the_same_object(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the following thread makes is what requests read; Python 3.12 does not lock a cached property."""
    for name in ("examples", "_examples"):
        held = vars(OpenIndex).get(name)
        if isinstance(held, cached_property):
            monkeypatch.setattr(held, "lock", nullcontext(), raising=False)

    def slowly(*parts: Any) -> IndexExamples:
        time.sleep(0.1)
        return IndexExamples(*parts)

    monkeypatch.setattr("search.examples.index_examples.IndexExamples", slowly)
    index = Followed(place).current
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: index.examples, range(8)))
    assert {id(each) for each in made} == {id(index.examples)}


def test_a_directory_that_cannot_be_looked_at_keeps_the_old_and_is_logged_once(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    followed = Followed(place)

    def gone(_: OpenIndex) -> None:
        raise IndexMissing("no index there")

    with monkeypatch.context() as patched:
        patched.setattr(OpenIndex, "newest_stamp", gone)
        for _ in range(3):
            followed.look()
    assert followed.current.engine.documents == 1
    assert [record.getMessage().endswith("no index there") for record in caplog.records] == [True]
    followed.look()
    assert len(caplog.records) == 1


def test_what_cannot_be_opened_keeps_the_old_and_is_logged_once(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    followed = Followed(place)
    change(place, generation="none")
    for _ in range(3):
        followed.look()
    assert followed.current.engine.documents == 1
    (record,) = caplog.records
    assert "the one opened before answers" in record.getMessage()
    change(place, generation="1", commits=7)
    followed.look()
    assert followed.current.manifest.commits == 7
    assert len(caplog.records) == 1


def test_what_cannot_be_opened_is_tried_ever_more_seldom_until_it_changes(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now, attempts = 0.0, list[float]()

    def failing(place: Path, names: Path | None) -> OpenIndex:
        attempts.append(now)
        raise IndexDamaged(f"bytes {len(attempts) % 2}")

    followed = Followed(place, clock=lambda: now)
    with monkeypatch.context() as patched:
        patched.setattr(following, "open_index", failing)
        change(place, commits=1)
        for second in range(300):
            now = float(second)
            followed.look()
        assert attempts == [0, 2, 6, 14, 30, 62, 122, 182, 242]
        assert [record.getMessage()[-7:] for record in caplog.records] == ["bytes 1", "bytes 0"]
        change(place, commits=2)
        followed.look()
        assert len(attempts) == 10  # at once
    followed.look()
    assert followed.current.manifest.commits == 0  # another attempt waits its turn
    now += 2
    followed.look()
    assert followed.current.manifest.commits == 2


class Panic(BaseException):
    """What libraries in Rust raise."""


@pytest.mark.parametrize("error", [IndexDamaged("bytes"), ZeroDivisionError("x"), Panic("x"), MemoryError()])
def test_a_preparation_that_fails_ends_no_thread(
    place: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(index: OpenIndex) -> None:
        raise error

    now = 0.0
    followed = Followed(place, clock=lambda: now)
    with monkeypatch.context() as patched:
        patched.setattr(OpenIndex, "warm", failing)
        change(place, commits=1)
        followed.look()
        now = 10.0
        followed.look()
    assert followed.current.manifest.commits == 0
    assert len(caplog.records) == 1
    now = 100.0
    followed.look()
    assert followed.current.manifest.commits == 1


@pytest.mark.parametrize("engine", EMBEDDED)
def test_an_open_index_answers_though_its_files_are_gone(
    tmp_path: Path, engine: str, sample_index: Callable[[str], Path]
) -> None:
    place = shutil.copytree(sample_index(engine), tmp_path / "index")
    followed = Followed(place)
    shutil.rmtree(place)
    followed.look()
    service = SearchService(Settings(index=place), followed)
    page = service.search(SearchRequest("أسعار القمح"))
    assert page.hits and page.facets["source"]
    assert service.read(page.hits[0].article.id) is not None
    assert service.suggest("اسع") and total(service, "غوتيريس") and total(service, '"أسعار القمح"')
    assert service.facts().articles == 88


def test_commands_see_a_commit_at_once(place: Path) -> None:
    service = SearchService.open(Settings(index=place))
    swap(place, [Article("b", "", "الشعير")])
    assert total(service, "الشعير") == 1


@pytest.mark.parametrize("engine", EMBEDDED)
def test_an_index_of_another_analyser_answers_with_a_note(
    tmp_path: Path, engine: str, sample_index: Callable[[str], Path]
) -> None:
    place = shutil.copytree(sample_index(engine), tmp_path / "index")
    change(place, analyser="older")
    service = SearchService.open(Settings(index=place))
    kinds = {query: [note.kind for note in service.search(SearchRequest(query)).notes] for query in _ASKED}
    assert kinds == {query: ["outdated"] if words else [] for query, words in _ASKED.items()}
    assert service.index.notice is not None and "kashaf reindex" in service.index.notice


def test_a_name_that_is_asked_of_an_index_of_another_analyser_is_answered_with_the_note(place: Path) -> None:
    change(place, analyser="older")
    service = SearchService.open(Settings(index=place))
    assert "outdated" in {note.kind for note in service.search(SearchRequest("وكالة:واس")).notes}


_ASKED = {"أسعار القمح": True, "=القمح": True, '"أسعار القمح"': True, "القم*": True, "": False, "تاريخ:2024": False}


def test_another_analyser_is_logged_once(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    change(place, analyser="older")
    followed = Followed(place)
    with caplog.at_level(logging.WARNING):
        followed.start()
        until(lambda: bool(caplog.records))
        change(place, commits=1)
        until(lambda: followed.current.manifest.commits == 1)
    assert followed.stop(patience=60)
    assert [record.getMessage() for record in caplog.records] == [followed.current.notice]
