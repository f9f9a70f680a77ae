"""Who is who: an id belongs to its source, an address to the world; who came first keeps the plain id."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer import intake
from indexer.backups.backing_up import back_up
from indexer.backups.restoring import restore_backup
from indexer.findings import KEPT_APART, SHARED_ID
from indexer.generations.succession import rollback
from indexer.remembered_sources.registering import add_source, remove_source
from indexer.report import Report
from indexer.withdrawal import delete, restore
from search.article import decode_article
from search.index.directory import IndexDirectory
from search.query.clauses import Everything
from tests.indexer.archives import archive
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

Row = dict[str, Any]


def row(id: str, title: str, **fields: str) -> Row:
    return {"id": id, "title": title, "body": "نص", **fields}


def titles(place: Path) -> dict[str, str]:
    """Id → title of all articles of the index."""
    _, engine = IndexDirectory(place).open_engine()
    found = engine.search(Everything(), limit=100).matches
    articles = [decode_article(each.raw) for each in engine.load([match.ref for match in found])]
    return {article.id: article.title for article in articles}


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Two papers that both number their articles from 1."""
    return [archive(tmp_path / f"{name}.jsonl", [row("1", name), row("2", f"{name}2")]) for name in "ab"]


BOTH = {"1": "a", "2": "a2", "b/1": "b", "b/2": "b2"}


@pytest.mark.parametrize("runs", [[(0, 1)], [(0,), (1,)]], ids=["one run", "two runs"])
@pytest.mark.parametrize("commits", [50_000, 1], ids=["one commit", "many"])
def test_two_sources_with_the_same_id_are_two_articles(
    place: Path,
    papers: list[Path],
    engine: str,
    runs: list[tuple[int, ...]],
    commits: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "COMMIT_ARTICLES", commits)
    monkeypatch.setattr(intake, "BATCH", min(commits, 256))
    for run in runs:
        report = add(place, *(papers[number] for number in run), engine=engine)
    assert [(cases.about, cases.count) for cases in report.remarks] == [(KEPT_APART, 2)]
    assert report.remarks[0].named[0] == f"1: b/1: {papers[1]}"
    assert (report.updated, titles(place)) == (0, BOTH)
    for again in (add(place, *papers, read_all=True), add(place, papers[1], read_all=True)):
        assert (again.added, again.updated, again.remarks, titles(place)) == (0, 0, (), BOTH)
    assert verified(place).sound


def test_a_correction_stays_with_its_source(place: Path, papers: list[Path]) -> None:
    add(place, *papers)
    for name, path in zip("ab", papers, strict=True):
        archive(path, [row("1", f"{name} صحيح"), row("2", f"{name}2")])
    assert add(place, *reversed(papers)).updated == 2
    assert titles(place) == {"1": "a صحيح", "2": "a2", "b/1": "b صحيح", "b/2": "b2"}


def test_nobody_changes_places_by_reindex_rollback_or_restore(place: Path, papers: list[Path], tmp_path: Path) -> None:
    directory = IndexDirectory(place)
    add(place, *papers)
    rebuild(place, *reversed(papers))
    assert titles(place) == BOTH
    rollback(directory)
    assert titles(place) == BOTH
    back_up(directory, tmp_path / "backup", progress=lambda *_: None)
    third = archive(tmp_path / "c.jsonl", [row("1", "c"), row("3", "c3")])
    add(place, third)
    fourth = archive(tmp_path / "d.jsonl", [row("3", "d3")])
    add(place, fourth)
    restore_backup(IndexDirectory(tmp_path / "backup"), directory, replace=True, progress=lambda *_: None)
    assert titles(place) == BOTH
    add(place, fourth, third)
    assert titles(place) == {**BOTH, "c/1": "c", "3": "c3", "d/3": "d3"}
    assert verified(place).sound


def test_a_backup_of_another_index_has_its_own_ids_and_nothing_of_it_counts_as_deleted(
    place: Path, papers: list[Path], tmp_path: Path
) -> None:
    others = [archive(tmp_path / f"{name}.jsonl", [row("1", name)]) for name in "xyz"]
    add(tmp_path / "other", *others)
    delete(IndexDirectory(tmp_path / "other"), ["z/1"])
    back_up(IndexDirectory(tmp_path / "other"), tmp_path / "backup", progress=lambda *_: None)
    add(place, *papers)
    delete(IndexDirectory(place), ["1", "b/2"])
    restore_backup(IndexDirectory(tmp_path / "backup"), IndexDirectory(place), replace=True, progress=lambda *_: None)
    assert titles(place) == {"1": "x", "y/1": "y"}
    for _ in range(2):
        add(place, *others, *papers, read_all=True)
        assert titles(place) == {"1": "x", "y/1": "y", "2": "a2", "b/1": "b"}
    assert verified(place).sound


def test_a_reindex_knows_who_had_an_id_alone_before(place: Path, papers: list[Path]) -> None:
    """The second source had the id 7 first; the first one gives it too only when the index is made anew."""
    archive(papers[1], [row("7", "b7")])
    add(place, *papers)
    archive(papers[0], [row("1", "a"), row("2", "a2"), row("7", "a7")])
    rebuild(place)
    assert titles(place) == {"1": "a", "2": "a2", "7": "b7", "a/7": "a7"}


def test_a_deleted_article_does_not_take_that_of_another_source_with_it(place: Path, papers: list[Path]) -> None:
    directory = IndexDirectory(place)
    add(place, papers[0])
    delete(directory, ["1"])
    add(place, papers[1])
    assert titles(place) == {"2": "a2", "b/1": "b", "b/2": "b2"}
    delete(directory, ["b/2"])
    rebuild(place, *reversed(papers))
    assert titles(place) == {"2": "a2", "b/1": "b"}
    restore(directory, ["1", "b/2"])
    add(place, *papers)
    assert titles(place) == BOTH


def test_an_address_names_the_same_article_everywhere(place: Path, tmp_path: Path) -> None:
    ids = ["https://a.example/1", "urn:uuid:1", "tag:a.example,2026:1"]
    for name in "ab":
        add(place, archive(tmp_path / f"{name}.jsonl", [row(id, name) for id in ids]))
    add(place, archive(tmp_path / "c.jsonl", [{"title": "c", "body": "نص", "url": ids[0]}]))
    assert titles(place) == {ids[0]: "c", ids[1]: "b", ids[2]: "b"}


def test_files_of_one_publisher_are_one_source(place: Path, tmp_path: Path) -> None:
    """Who indexes a file a day has corrections in the next one."""
    for day, source in (("day1", "الرياض"), ("day2", "الرياض"), ("day3", "الجزيرة")):
        report = add(place, archive(tmp_path / f"{day}.jsonl", [row("1", day, source=source)]))
        if day == "day2":
            assert [cases.about for cases in report.remarks] == [SHARED_ID]
    assert titles(place) == {"1": "day2", "day3/1": "day3"}


@pytest.mark.parametrize("commits", [50_000, 1], ids=["one commit", "many"])
def test_files_of_one_folder_are_one_source_and_a_later_one_corrects(
    place: Path, papers: list[Path], commits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "COMMIT_ARTICLES", commits)
    monkeypatch.setattr(intake, "BATCH", min(commits, 256))
    for read_all in (False, True):
        report = add(place, papers[0].parent, read_all=read_all)
        assert titles(place) == {"1": "b", "2": "b2"}
        told = tuple(f"{id}: {papers[0]}; {papers[1]}" for id in "12")
        assert [(cases.about, cases.count, cases.named) for cases in report.remarks] == [(SHARED_ID, 2, told)]


def test_a_folder_within_a_source_is_a_source_of_its_own_once_it_is_added(place: Path, tmp_path: Path) -> None:
    outer = archive(tmp_path / "a" / "x.jsonl", [row("1", "a")]).parent
    archive(outer / "inner" / "x.jsonl", [row("1", "داخل")])
    for path in (outer, outer / "inner"):
        add_source(IndexDirectory(place), str(path), options={})
    add(place, outer)
    assert set(titles(place)) in ({"1", "a/1"}, {"1", "inner/1"})
    assert sorted(titles(place).values()) == ["a", "داخل"]


def test_a_moved_archive_keeps_its_ids_and_corrects_them(place: Path, papers: list[Path], tmp_path: Path) -> None:
    add(place, papers[0])
    moved = papers[0].rename(tmp_path / "moved.jsonl")
    remove_source(IndexDirectory(place), "a")
    assert add(place, moved).unchanged == 2
    archive(moved, [row("1", "صحيح"), row("2", "a2")])
    add(place, moved)
    assert titles(place) == {"1": "صحيح", "2": "a2"}


def test_two_sources_that_part_ways_are_two_articles(place: Path, papers: list[Path]) -> None:
    """The second is a copy of the first until either is corrected; no text is lost."""
    archive(papers[1], [row("1", "a"), row("2", "a2")])
    add(place, *papers)
    assert titles(place) == {"1": "a", "2": "a2"}
    archive(papers[0], [row("1", "صحيح"), row("2", "a2")])
    add(place, *papers)
    add(place, *papers)  # the second file, which did not change, is read again
    assert titles(place) == {"1": "صحيح", "2": "a2", "b/1": "a"}


def test_an_id_that_looks_like_one_of_another_source_takes_no_place(place: Path, papers: list[Path]) -> None:
    archive(papers[0], [row("1", "a"), row("b/1", "غيره")])
    add(place, *papers)
    assert titles(place)["b/1"] in ("غيره", "b")
    assert sorted(titles(place).values()) == sorted(["a", "غيره", "b", "b2"])


def test_an_index_of_an_older_kashaf_keeps_its_articles(place: Path, papers: list[Path]) -> None:
    """Nothing is known of who gave what: a source that is new does not replace it, one that was there corrects."""
    add(place, papers[0])
    (place / "generations" / "1" / "origins.sqlite").unlink()
    (place / "sources.json").unlink()
    add(place, papers[1])
    assert titles(place) == BOTH
    archive(papers[0], [row("1", "صحيح"), row("2", "a2")])
    add(place, papers[0])
    assert titles(place) == {**BOTH, "1": "صحيح"}


def test_a_source_that_is_renamed_keeps_the_ids_of_its_articles(place: Path, papers: list[Path]) -> None:
    add(place, *papers)
    add_source(IndexDirectory(place), str(papers[1]), name="جريدة", options={})
    archive(papers[1], [row("1", "صحيح"), row("2", "b2"), row("3", "b3")])
    add(place, papers[1])
    assert titles(place) == {**BOTH, "b/1": "صحيح", "3": "b3"}


STEPS = [
    Step("indexer.origins.origins", "Origins.commit", "before"),
    Step("indexer.origins.origins", "Origins.commit", "after"),
    Step("indexer.origins.identities", "Identities.settle", "after"),
]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_killed_at_any_step_the_ids_are_the_same(place: Path, papers: list[Path], step: Step) -> None:
    add(place, papers[0])
    with stopped_at(step, "index", papers[1], "--index", place):
        pass
    add(place, papers[1])
    assert titles(place) == BOTH


def test_a_damaged_table_of_the_index_before_does_not_keep_it_from_being_made_anew(
    place: Path, papers: list[Path]
) -> None:
    add(place, *papers)
    (place / "generations" / "1" / "origins.sqlite").write_bytes(b"x" * 5000)
    report = rebuild(place)
    assert (report.articles, titles(place)) == (4, BOTH)


def test_a_source_alone_costs_no_look_at_the_table(place: Path, papers: list[Path]) -> None:
    add(place, papers[0])
    with closing(sqlite3.connect(place / "generations" / "1" / "origins.sqlite")) as table:
        assert table.execute("select count(*) from identities").fetchone() == (0,)
    report: Report = add(place, papers[0], read_all=True)
    assert report.unchanged == 2
