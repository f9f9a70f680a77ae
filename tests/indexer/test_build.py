"""What index, reindex and delete do to an index directory, on each engine."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from indexer import intake
from indexer.build import Choices, index
from indexer.run_options import RunOptions
from indexer.sources import Sources
from indexer.withdrawal import delete
from search.errors import (
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    IndexMissing,
    IndexOutdated,
    IndexStateError,
    KashafError,
    SettingsError,
    SourceError,
)
from search.index.directory import IndexDirectory
from tests.damage import put_in_place
from tests.indexer.archives import archive, count, rows
from tests.indexer.building import add, generations, rebuild, totals_meanwhile
from tests.indexer.damaging import change_manifest


def test_articles_are_added_updated_and_left_alone(place: Path, tmp_path: Path, engine: str) -> None:
    report = add(place, archive(tmp_path / "a.jsonl", rows(0, 10)), engine=engine)
    assert (report.added, report.updated, report.unchanged, report.articles) == (10, 0, 0, 10)
    changed = archive(tmp_path / "a.jsonl", [*rows(0, 4), *rows(4, 7, "نبأ"), *rows(7, 12)])
    report = add(place, changed)
    assert (report.added, report.updated, report.unchanged, report.articles) == (2, 3, 7, 12)
    assert count(place) == 12
    assert count(place, "نبا") == 3


def test_unchanged_articles_leave_the_index_as_it_was(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path)
    before = (place / "kashaf.json").read_bytes()
    assert add(place, path).unchanged == 10
    assert (place / "kashaf.json").read_bytes() == before


def test_several_commits_in_one_run_are_all_counted(
    place: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 10)
    monkeypatch.setattr(intake, "COMMIT_ARTICLES", 20)
    path = archive(tmp_path / "a.jsonl", [*rows(0, 50), *rows(0, 5), *rows(5, 10, "نبأ")])
    report = add(place, path, engine=engine)
    assert report.added == count(place) == 50
    assert (report.unchanged, report.updated) == (5, 5)
    assert IndexDirectory(place).read().commits > 2


def test_sources_are_remembered_once_and_absolute(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = archive(tmp_path / "a.jsonl", rows(0, 2))
    second = archive(tmp_path / "b.jsonl", rows(2, 4))
    add(place, first)
    monkeypatch.chdir(tmp_path)
    add(place, Path("b.jsonl"), Path("a.jsonl"))
    assert IndexDirectory(place).read().sources == (str(first), str(second))


def test_reindex_reads_what_is_remembered_and_forgets_what_is_gone(place: Path, tmp_path: Path, engine: str) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path, engine=engine)
    archive(path, rows(5, 15))
    report = rebuild(place)
    assert (report.added, count(place), count(place, "خبر")) == (10, 10, 10)
    assert generations(place) == ["1", "2"]
    assert IndexDirectory(place).read().engine == engine


def test_reindex_may_change_the_engine_and_the_lexicon_and_index_may_not(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path)
    with pytest.raises(SettingsError, match="reindex --engine whoosh"):
        add(place, path, engine="whoosh")
    with pytest.raises(SettingsError, match=r"lexicon bundled, asked for is none .*reindex --lexicon none"):
        add(place, path, lexicon="none")
    rebuild(place, engine="whoosh", lexicon="none")
    manifest = IndexDirectory(place).read()
    assert (manifest.engine, manifest.lexicon, count(place)) == ("whoosh", "none", 3)
    assert rebuild(place).articles == 3
    assert IndexDirectory(place).read() != manifest
    assert IndexDirectory(place).read().analyser == manifest.analyser


@pytest.mark.parametrize("changes", [{"analyser": "0000"}, {"format": 0}])
def test_the_error_about_an_outdated_index_names_reindex_which_mends_it(
    place: Path, tmp_path: Path, changes: dict[str, object]
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path)
    change_manifest(place, **changes)
    with pytest.raises(IndexOutdated, match="reindex"):
        add(place, path)
    assert rebuild(place).articles == 3
    assert add(place, path).unchanged == 3


def test_a_damaged_manifest_is_mended_by_naming_the_sources(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path)
    (place / "kashaf.json").write_text("{")
    (place / "generations" / "1" / "generation.json").unlink()
    (place / "sources.json").unlink()
    with pytest.raises(IndexStateError, match="reindex PATH"):
        rebuild(place)
    assert rebuild(place, path).articles == count(place) == 3
    assert generations(place) == ["1", "2"]


def test_damaged_files_of_the_engine_are_mended_by_reindex(place: Path, tmp_path: Path, engine: str) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path, engine=engine)
    for file in (place / "generations" / "1").iterdir():
        put_in_place(file, b"")
    with pytest.raises(IndexDamaged, match="reindex"):
        add(place, path)
    assert rebuild(place).articles == 3


def test_without_an_index_reindex_needs_sources_and_makes_one(place: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        rebuild(place)
    assert not place.exists()
    assert rebuild(place, archive(tmp_path / "a.jsonl", rows(0, 3))).added == 3


def test_a_remembered_source_that_is_gone_is_named(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path)
    path.unlink()
    with pytest.raises(IndexStateError, match=r"a\.jsonl"):
        rebuild(place)
    assert count(place) == 3


@pytest.mark.parametrize("work", [add, rebuild])
def test_sources_without_an_article_are_an_error_and_leave_no_trace(place: Path, tmp_path: Path, work: object) -> None:
    (tmp_path / "empty" / "deeper").mkdir(parents=True)
    (tmp_path / "empty" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    with pytest.raises(SourceError, match=r"no article in .*empty.*skipped 1: bytes that are no text"):
        work(place, tmp_path / "empty")  # type: ignore[operator]
    assert not place.exists()


def test_sources_without_an_article_leave_an_index_as_it_was(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 3)))
    before = (place / "kashaf.json").read_bytes()
    (tmp_path / "empty").mkdir()
    for work in (add, rebuild):
        with pytest.raises(SourceError):
            work(place, tmp_path / "empty")
    assert (place / "kashaf.json").read_bytes() == before
    assert count(place) == 3


@pytest.mark.parametrize("work", [add, rebuild])
def test_a_directory_of_something_else_is_left_alone(place: Path, tmp_path: Path, work: object) -> None:
    place.mkdir()
    (place / "رسالة.txt").write_text("مهم")
    with pytest.raises(IndexForeign):
        work(place, archive(tmp_path / "a.jsonl", rows(0, 3)))  # type: ignore[operator]
    assert [entry.name for entry in place.iterdir()] == ["رسالة.txt"]
    with pytest.raises(IndexForeign):
        work(place / "رسالة.txt", tmp_path / "a.jsonl")  # type: ignore[operator]


def test_a_second_writer_is_turned_away_at_once(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path)
    with IndexDirectory(place).lock():
        for work in (add, rebuild):
            with pytest.raises(IndexBusy):
                work(place, path)
        with pytest.raises(IndexBusy):
            delete(IndexDirectory(place), ["1"])
    assert add(place, path).unchanged == 3


def test_delete_removes_and_names_what_was_not_there(place: Path, tmp_path: Path, engine: str) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 5)), engine=engine)
    removed = delete(IndexDirectory(place), ["1", "9", "3", "1", "9"])
    assert set(removed.deleted) == {"1", "3"}
    assert removed.missing == ("9",)
    assert count(place) == 3
    assert IndexDirectory(place).read().commits == 2


def test_delete_needs_an_index(place: Path) -> None:
    with pytest.raises(IndexMissing):
        delete(IndexDirectory(place), ["1"])
    assert not place.exists()


def test_what_a_killed_run_left_is_swept(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    (place / "generations" / "7").mkdir(parents=True)
    add(place, path)
    (place / "generations" / "9").mkdir()
    add(place, path)
    assert len(list((place / "generations").iterdir())) == 1


def test_an_error_in_the_middle_keeps_the_commits_before_it(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 10)
    monkeypatch.setattr(intake, "COMMIT_ARTICLES", 20)

    def interrupted(bytes_read: int) -> None:
        if IndexDirectory(place).exists():
            raise KeyboardInterrupt

    path = archive(tmp_path / "a.jsonl", rows(0, 500))
    with pytest.raises(KeyboardInterrupt):
        index(IndexDirectory(place), Sources([path]), Choices(), options=RunOptions(progress=interrupted))
    assert 20 <= count(place) < 500
    assert add(place, path).articles == 500


def test_a_search_goes_on_while_the_index_is_rebuilt(place: Path, tmp_path: Path, engine: str) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 60))
    add(place, path, engine=engine)
    archive(path, rows(0, 80))
    totals, last = totals_meanwhile(place, lambda: rebuild(place), times=3)
    assert totals <= {60, 80}
    assert last == 80


def test_every_error_is_one_line(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KashafError) as caught:
        add(place, tmp_path / "empty")
    assert "\n" not in str(caught.value)


def test_the_manifest_is_plain_json(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 1)))
    assert msgspec.json.decode((place / "kashaf.json").read_bytes())["engine"] == "tantivy"
