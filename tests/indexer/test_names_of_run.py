"""The words that may be names are in step with each commit of the indexer; a large archive without them gets them."""

from __future__ import annotations

import json
from pathlib import Path
from threading import current_thread, main_thread
from types import SimpleNamespace
from typing import Any

import pytest

from indexer.generations import names_of_run
from indexer.generations.checksums import drop_replaceable
from search.analysis.names import NameFilter
from search.engines.registry import EMBEDDED
from search.errors import EngineError, LexiconError
from search.index.open_index import open_index
from search.pages.records import SearchRequest
from search.results.names_file import FILE, Kept, read_names
from search.results.spelling_variants import collected
from search.service import SearchService
from search.settings import Settings
from tests.indexer.building import add, generations, rebuild

FIRST = ("قال غوتيريش اليوم إنه سيزور غزة", "غادر غوتيريش", "عاد بلينكن من الرياض")
SECOND = ("وقال جوتيريش أمس لنتنياهو", "كتب نتانياهو إلى بلنكن")


def rows(path: Path, texts: tuple[str, ...]) -> Path:
    path.write_text(
        "".join(json.dumps({"id": f"{path.stem}{n}", "body": text}) + "\n" for n, text in enumerate(texts)),
        encoding="utf-8",
    )
    return path


def kept(place: Path) -> Kept:
    found = read_names(place / "generations" / generations(place)[-1])
    assert found is not None
    return found


def as_collected(place: Path) -> dict[str, int]:
    opened = open_index(place)
    accepts = NameFilter.load(opened.analyzer.lemmas, opened.analyzer.frequencies).accepts
    return dict(collected(opened.engine, accepts, embedded=True))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names_of_run, "_SMALL", 1)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("engine", EMBEDDED)
def test_the_words_are_those_of_the_last_commit(tmp_path: Path, engine: str) -> None:
    place, first = tmp_path / "index", rows(tmp_path / "first.jsonl", FIRST)
    add(place, first, engine=engine)
    assert "غوتيريش" in dict(kept(place).words.items())
    assert set(dict(kept(place).words.items())) == set(as_collected(place))
    add(place, rows(tmp_path / "second.jsonl", SECOND))
    there = kept(place)
    assert {"جوتيريش", "نتنياهو", "نتانياهو"} <= dict(there.words.items()).keys()
    assert set(dict(there.words.items())) == set(as_collected(place))
    opened = open_index(place)
    assert (there.stamp.commit, there.stamp.articles) == (opened.manifest.commits, 5)
    rebuild(place, first, allow_shrink=True)
    assert set(dict(kept(place).words.items())) == set(as_collected(place)) and kept(place).stamp.articles == 3


@pytest.mark.usefixtures("large")
def test_a_search_finds_a_name_that_a_commit_brought_without_collecting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    add(place, rows(tmp_path / "second.jsonl", SECOND))
    monkeypatch.setattr("search.results.spelling_variants.collect", None)
    page = SearchService.open(Settings(index=place)).search(SearchRequest("غوتيريش", collapse=False))
    assert page.total == 3 and "names" in {note.kind for note in page.notes}


@pytest.mark.usefixtures("large")
def test_of_many_articles_one_in_some_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names_of_run, "_ALL", 1)
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    often = tuple(f"{number} قال نتنياهو" for number in range(9))
    add(place, rows(tmp_path / "second.jsonl", ("وقال جوتيريش", "كتب نتانياهو", *often)))
    added = dict(kept(place).words.items()).keys() - {"غوتيريش", "بلينكن"}
    assert {"جوتيريش", "نتنياهو"} <= added and "نتانياهو" not in added


def test_a_small_archive_gets_no_file_until_somebody_searches_for_a_name(tmp_path: Path) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    assert not (place / "generations" / "1" / FILE).exists()
    SearchService.open(Settings(index=place)).search(SearchRequest("غوتيريش"))
    assert kept(place).stamp.articles == 3


@pytest.mark.usefixtures("large")
def test_words_of_another_analyser_are_collected_anew(tmp_path: Path) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    file = place / "generations" / "1" / FILE
    stamp = kept(place).stamp
    names_of_run.write_names(file.parent, stamp._replace(fingerprint="another"), "")
    add(place, rows(tmp_path / "second.jsonl", SECOND))
    assert set(dict(kept(place).words.items())) == set(as_collected(place))
    assert kept(place).stamp.fingerprint == stamp.fingerprint


@pytest.mark.usefixtures("large")
def test_articles_are_committed_though_their_words_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    before = kept(place).stamp

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(names_of_run, "write_names", full)
        add(place, rows(tmp_path / "second.jsonl", SECOND))
    assert open_index(place).manifest.articles == 5 and kept(place).stamp.articles == 5 and before.articles == 3
    assert set(dict(kept(place).words.items())) == set(as_collected(place))  # once all was written
    page = SearchService.open(Settings(index=place)).search(SearchRequest("غوتيريش", collapse=False))
    assert page.total == 3


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("failing", ["write_names", "least_articles"])
def test_words_that_one_commit_could_not_add_are_not_lost_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    right, times = getattr(names_of_run, failing), list[int]()

    def once(*given: Any) -> Any:
        times.append(1)
        if len(times) == 1:
            raise EngineError("not now")
        return right(*given)

    monkeypatch.setattr(names_of_run, failing, once)
    monkeypatch.setattr("indexer.intake.BATCH", 1)
    monkeypatch.setattr("indexer.intake.COMMIT_ARTICLES", 1)  # the next commit follows in the same run
    add(place, rows(tmp_path / "second.jsonl", SECOND))
    assert times and kept(place).stamp.articles == 5
    assert set(dict(kept(place).words.items())) == set(as_collected(place))


@pytest.mark.usefixtures("large")
def test_a_file_of_far_fewer_articles_is_not_continued(tmp_path: Path) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    stamp = kept(place).stamp
    names_of_run.write_names(place / "generations" / "1", stamp._replace(articles=1), "")
    add(place, rows(tmp_path / "second.jsonl", SECOND))
    assert set(dict(kept(place).words.items())) == set(as_collected(place)) != set()


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(("cores", "beside"), [(1, 0), (2, 2)])
def test_words_of_earlier_commits_are_decided_beside_the_last_one_and_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, beside: int
) -> None:
    decided, accepts = list[tuple[str, bool]](), NameFilter.accepts

    def noted(own: NameFilter, word: str) -> bool:
        decided.append((word, current_thread() is main_thread()))
        return accepts(own, word)

    monkeypatch.setattr(NameFilter, "accepts", noted)
    monkeypatch.setattr(names_of_run, "cores", lambda: cores)
    monkeypatch.setattr(names_of_run, "Event", lambda: SimpleNamespace(set=lambda: None, is_set=lambda: False))
    monkeypatch.setattr("indexer.intake.BATCH", 1)
    monkeypatch.setattr("indexer.intake.COMMIT_ARTICLES", 2)
    add(tmp_path / "index", rows(tmp_path / "first.jsonl", ("غادر غوتيريش", "عاد بلينكن", "وصل نتنياهو")))
    words = [word for word, _ in decided]
    assert len(set(words)) == len(words) > 5
    assert len({word for word, main in decided if not main} & {"غوتيريش", "بلينكن", "نتنياهو"}) == beside
    assert set(dict(kept(tmp_path / "index").words.items())) == set(as_collected(tmp_path / "index"))


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("failing", ["collected", "collect"])  # beside the last commit, and when all is committed
@pytest.mark.parametrize("error", [OSError(2, "No such file or directory"), LexiconError("no table"), EngineError("x")])
def test_a_run_goes_well_and_says_nothing_where_words_cannot_be_read_of_its_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], failing: str, error: Exception
) -> None:
    asked = list[str]()

    def fails(*_: object, **__: object) -> None:
        asked.append(failing)
        raise error

    monkeypatch.setattr(names_of_run, failing, fails)
    monkeypatch.setattr(names_of_run, "cores", lambda: 2)
    monkeypatch.setattr("indexer.intake.BATCH", 1)
    monkeypatch.setattr("indexer.intake.COMMIT_ARTICLES", 2)
    add(tmp_path / "index", rows(tmp_path / "first.jsonl", FIRST))  # pytest fails where a thread ends with an error
    assert asked == [failing] and capfd.readouterr().err == ""
    assert open_index(tmp_path / "index").manifest.articles == 3


def test_after_a_run_that_was_interrupted_the_file_is_not_continued(tmp_path: Path) -> None:
    place = tmp_path / "index"
    add(place, rows(tmp_path / "first.jsonl", FIRST))
    folder = place / "generations" / "1"
    SearchService.open(Settings(index=place)).search(SearchRequest("غوتيريش"))
    assert kept(place).stamp.articles == 3
    drop_replaceable(folder, "tantivy")  # as a run does that begins, and is killed then
    add(place, rows(tmp_path / "second.jsonl", SECOND))
    assert not (folder / FILE).exists()  # a small archive: whoever searches collects them
