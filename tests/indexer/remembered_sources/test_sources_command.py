"""`kashaf source` and what `kashaf index` and `reindex` read without a path."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from indexer.backups.backing_up import back_up
from indexer.backups.restoring import restore_backup
from indexer.build import Choices, index
from indexer.fetching.places import append_article
from indexer.generations.succession import rollback
from indexer.remembered_sources.registering import add_source, registry_of, remembered_roots, remove_source
from indexer.report import Report
from indexer.sources import Sources
from kashaf import kashaf
from search.article import Article
from search.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStateError, SourceError
from search.index.directory import IndexDirectory
from search.index.source_places import SourcePlaces
from search.index.source_registry import FILE, Registry, Source, fetched_folder, read_registry, write_registry
from search.storage.checksummed_json import with_checksum
from tests.indexer.archives import archive, count, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

FEED = "https://news.example.org/rss.xml"


def run(*words: object) -> tuple[int, str]:
    """The exit status of a command and what it said."""
    done = CliRunner().invoke(kashaf, [str(word) for word in words])
    return done.exit_code, done.output if done.exception is None else f"{done.output}{done.exception}"


def listed(place: Path) -> list[dict[str, Any]]:
    return json.loads(run("source", "list", "--json", "--index", place)[1])


def names(place: Path) -> list[str]:
    return [source["name"] for source in listed(place)]


def update(place: Path) -> Report:
    """`kashaf index` without a path."""
    directory = IndexDirectory(place)
    return index(directory, remembered_roots(directory, all_there=False), Choices())


def test_a_source_is_added_listed_and_removed(place: Path, tmp_path: Path) -> None:
    archive(tmp_path / "جريدة الرياض" / "a.jsonl", rows(0, 3))
    assert run("source", "add", tmp_path / "جريدة الرياض", "--follow-links", "--index", place)[0] == 0
    assert run("source", "add", FEED, "--name", "مثال", "--no-check", "--index", place)[0] == 0
    folder, feed = listed(place)
    today = date.today().isoformat()
    expected = {"name": "جريدة-الرياض", "kind": "folder", "location": str(tmp_path / "جريدة الرياض"), "added": today}
    assert folder == {**expected, "options": {"follow_links": True}}
    assert (feed["name"], feed["kind"], feed["location"], feed["options"]) == ("مثال", "feed", FEED, {})
    assert "follow-links=True" in run("source", "list", "--index", place)[1]
    assert update(place).added == 3
    assert run("source", "remove", "مثال", "--index", place)[0] == 0
    assert names(place) == ["جريدة-الرياض"]
    status, said = run("source", "remove", "مثال", "--index", place)
    assert status == 1 and said.endswith("remembers no source 'مثال': it has جريدة-الرياض")


def test_adding_again_changes_the_name_and_the_options(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 1))
    add_source(IndexDirectory(place), str(path), options={"follow_links": True, "pages": 3})
    changed = add_source(IndexDirectory(place), str(path), name="b", options={"follow_links": False})
    assert (changed.number, changed.name, changed.options) == (1, "b", {"follow_links": False, "pages": 3})
    assert names(place) == ["b"]


def test_paths_given_to_index_are_remembered_and_brought_up_to_date_without_a_path(place: Path, tmp_path: Path) -> None:
    first = archive(tmp_path / "a" / "a.jsonl", rows(0, 2))
    second = archive(tmp_path / "b.jsonl.gz.jsonl", rows(2, 4))
    assert run("index", tmp_path / "a", "--index", place)[0] == 0
    assert run("index", second, tmp_path / "a" / "a.jsonl", "--index", place)[0] == 0
    assert [(source["name"], source["kind"]) for source in listed(place)] == [("a", "folder"), ("b", "file")]
    archive(first, rows(0, 2, "نبأ"))
    status, said = run("index", "--json", "--index", place)
    assert (status, json.loads(said)["updated"], count(place)) == (0, 2, 4)


def test_without_sources_there_is_one_clear_line(place: Path, tmp_path: Path) -> None:
    status, said = run("index", "--index", place)
    assert (status, said) == (1, f"no index at {place}: make one with kashaf index PATH…")
    assert not place.exists()
    assert run("source", "list", "--index", place) == (
        0,
        "no sources are remembered: kashaf source add PATH|ADDRESS, or kashaf index PATH…\n",
    )
    add(place, archive(tmp_path / "a.jsonl", rows(0, 1)))
    remove_source(IndexDirectory(place), "a")
    with pytest.raises(IndexStateError, match="remembers no sources: name them, kashaf index PATH…, or kashaf source"):
        update(place)
    assert "vanished 1" in run("index", "--index", place)[1]  # which is told, and pruned
    assert "remembers no sources: name them, kashaf reindex" in run("reindex", "--index", place)[1]
    assert run("index", "--prune", "--allow-shrink", "--index", place)[0] == 0
    assert "remembers no sources" in run("index", "--index", place)[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "/nowhere/at/all"), "no such file or folder: /nowhere/at/all"),
        (
            ("add", "ftp://example.org/x"),
            "'ftp://example.org/x' is no address of a feed: only http",
        ),
        (("add", "https://"), "'https://' is no address of a feed"),
        (
            ("add", "https://me:secret@example.org/x"),
            "'https://…@example.org/x' is no address of a feed",
        ),
        (("add", ""), "an empty path ('') names nothing"),
        (("add", FEED, "--name", "a b"), "'a b' cannot name a source: give a name of 1 to 100 characters"),
        (("add", FEED, "--name", "a/b"), "'a/b' cannot name a source"),
        (("add", FEED, "--name", ""), "'' cannot name a source"),
        (("add", FEED, "--name", "x" * 101), "cannot name a source"),
        (("remove", "x"), "remembers no source 'x': it has none"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    place: Path, words: tuple[str, ...], sentence: str
) -> None:
    status, said = run("source", *words, "--index", place)
    assert status == 1 and sentence in said and "\n" not in said and "secret" not in said
    assert not (place / FILE).exists()


def test_a_name_is_given_once(place: Path, tmp_path: Path) -> None:
    directory = IndexDirectory(place)
    for number in range(3):
        add(place, archive(tmp_path / str(number) / "a.jsonl", rows(number, number + 1)))
    assert names(place) == ["a", "a-2", "a-3"]
    with pytest.raises(SourceError, match="called a-2 already"):
        add_source(directory, FEED, name="a-2", options={})
    remove_source(directory, str(tmp_path / "1" / "a.jsonl"))
    assert add_source(directory, FEED, options={}).name == "news.example.org"
    assert add_source(directory, str(tmp_path / "1" / "a.jsonl"), options={}).number == 2
    assert names(place) == ["a", "a-2", "a-3", "news.example.org"]


def test_the_source_of_a_path_is_the_innermost_that_holds_it() -> None:
    def source(number: int, location: str, kind: Any = "folder") -> Source:
        return Source(number, str(number), kind, location, "2026-11-26")

    feed = source(4, "/a/b/c", "feed")
    left = msgspec.structs.replace(source(5, "/a"), state="removed")
    registry = Registry((source(1, "/a"), source(2, "/a/b"), source(3, "/a/bc"), feed, left), 6)
    places = SourcePlaces(registry.sources, Path("/index"))
    paths = ("/a", "/a/x", "/a/b", "/a/b/c/d", "/a/bcd", "/b", "/index/fetched/4/x.jsonl", "/index/fetched/44/x.jsonl")
    found = {path: places.holding(path) for path in paths}
    assert {path: each and each.number for path, each in found.items()} == {
        "/a": 1,
        "/a/x": 1,
        "/a/b": 2,
        "/a/b/c/d": 2,
        "/a/bcd": 1,
        "/b": None,
        "/index/fetched/4/x.jsonl": 4,
        "/index/fetched/44/x.jsonl": None,
    }
    assert registry.named("/a/b/c") == feed
    assert SourcePlaces([source(1, os.sep)], Path("/index")).holding("/x")
    assert SourcePlaces((*registry.read[1:], left), Path("/index")).holding("/a/x") == left


def test_a_source_that_is_not_there_is_skipped_and_its_articles_stay(place: Path, tmp_path: Path) -> None:
    for name in "ab":
        archive(tmp_path / name / f"{name}.jsonl", rows(10 * ord(name), 10 * ord(name) + 3))
    add(place, tmp_path / "a", tmp_path / "b")
    shutil.rmtree(tmp_path / "a")
    report = update(place)
    assert [(each.text, each.named) for each in report.reasons] == [
        ("a source that is not there", (str(tmp_path / "a"),))
    ]
    assert (report.vanished.count, count(place)) == (0, 6)
    with pytest.raises(IndexStateError, match=r"a of the index is gone: .*kashaf source remove"):
        rebuild(place)
    remove_source(IndexDirectory(place), "a")
    assert rebuild(place, allow_shrink=True).articles == 3


def test_a_source_that_is_there_and_empty_is_remarked_on_and_its_articles_stay(place: Path, tmp_path: Path) -> None:
    for name in "ab":
        archive(tmp_path / name / f"{name}.jsonl", rows(10 * ord(name), 10 * ord(name) + 3))
    add(place, tmp_path / "a", tmp_path / "b")
    (tmp_path / "a" / "a.jsonl").unlink()
    report = update(place)
    assert [(each.about.kind, each.named) for each in report.remarks] == [("source-empty", (str(tmp_path / "a"),))]
    assert (report.vanished.count, count(place)) == (0, 6)


def test_what_holds_no_article_is_not_remembered(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError):
        add(place, tmp_path / "empty")
    assert not place.exists()
    add(place, archive(tmp_path / "a.jsonl", rows(0, 1)))
    with pytest.raises(SourceError):
        add(place, tmp_path / "empty")
    assert names(place) == ["a"]


def test_an_index_of_an_older_kashaf_remembers_its_paths(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a" / "a.jsonl", rows(0, 2))
    add(place, tmp_path / "a")
    (place / FILE).unlink()
    assert [(source["name"], source["location"]) for source in listed(place)] == [("a", str(tmp_path / "a"))]
    assert not (place / FILE).exists()  # who only looks writes nothing
    archive(path, rows(0, 3))
    assert (update(place).added, names(place)) == (1, ["a"])
    assert (place / FILE).exists() and verified(place).sound


def test_reindex_of_other_paths_remembers_these_and_a_rollback_those_before(place: Path, tmp_path: Path) -> None:
    for name in "ab":
        archive(tmp_path / f"{name}.jsonl", rows(0, 3))
    directory = IndexDirectory(place)
    add(place, tmp_path / "a.jsonl")
    add_source(directory, FEED, name="feed", options={})
    rebuild(place)
    assert names(place) == ["a", "feed"]
    rebuild(place, tmp_path / "b.jsonl")
    assert names(place) == ["b"]
    remove_source(directory, "b")
    rollback(directory)
    assert names(place) == ["a", "feed"]
    rollback(directory)
    assert names(place) == ["a", "feed"]  # what was removed by its owner stays removed


def test_a_damaged_registry_is_named_and_stops_the_run(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 1))
    add(place, path)
    content = (place / FILE).read_bytes()
    (place / FILE).write_bytes(content.replace(b'"a"', b'"b"'))
    assert [damage.file for damage in verified(place).files.damaged] == [FILE]
    with pytest.raises(IndexDamaged, match=r"sources\.json is damaged .* put it back from a backup, or remove it"):
        add(place, path)
    assert count(place) == 1
    (place / FILE).unlink()
    assert (add(place, path).unchanged, names(place)) == (1, ["a"])


def test_another_writer_is_told(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 1)))
    directory = IndexDirectory(place)
    add_source(directory, FEED, options={})
    with directory.lock():
        for change in (
            lambda: add_source(directory, FEED, name="x", options={}),
            lambda: remove_source(directory, "a"),
        ):
            with pytest.raises(IndexBusy):
                change()
    assert names(place) == ["a", "news.example.org"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_around_the_writing_of_the_registry(place: Path, tmp_path: Path, when: Any) -> None:
    paths = [archive(tmp_path / f"{name}.jsonl", rows(10 * ord(name), 10 * ord(name) + 2)) for name in "ab"]
    add(place, paths[0])
    step = Step("indexer.remembered_sources.registering", "write_registry", when)
    with stopped_at(step, "index", paths[1], "--index", place):
        pass
    assert add(place, paths[1]).articles == 4
    assert [(each.number, each.name) for each in registry_of(IndexDirectory(place)).read] == [(1, "a"), (2, "b")]


_SWAPS = [
    (("indexer.build", "write_registry"), "reindex", ("a.jsonl", "b.jsonl")),
    (("indexer.generations.succession", "write_registry"), "rollback", ("b.jsonl", "a.jsonl b.jsonl")),
    (("indexer.backups.restoring", "write_registry"), "restore", ("a.jsonl", "a.jsonl c.jsonl")),
]


@pytest.mark.parametrize(("step", "command", "sources"), _SWAPS, ids=["reindex", "rollback", "restore"])
def test_the_sources_change_in_the_moment_of_the_swap(
    place: Path, tmp_path: Path, step: tuple[str, str], command: str, sources: tuple[str, str]
) -> None:
    directory = IndexDirectory(place)
    for at, name in enumerate("abc"):
        archive(tmp_path / f"{name}.jsonl", rows(10 * at, 10 * at + 3))
    add(place, tmp_path / "a.jsonl")
    arguments: list[object] = [command, "--index", place]
    if command == "restore":
        add(tmp_path / "other", tmp_path / "c.jsonl")
        arguments[1:1] = [backed_up(tmp_path / "other", tmp_path / "backup"), "--replace"]
    else:
        arguments += [tmp_path / "b.jsonl"] if command == "reindex" else []
    if command == "rollback":
        rebuild(place, tmp_path / "b.jsonl")
    expected = [f"{tmp_path}/{name}" for name in sources[1].split()]
    for moment, found in ((Step("search.index.directory", "replace_file", "before"), 0), (Step(*step, "before"), 1)):
        with stopped_at(moment, *arguments):
            pass
        read = [source.location for source in registry_of(directory).read]
        assert sorted(read) == (expected if found else [f"{tmp_path}/{sources[0]}"])
    report = update(place)
    assert (report.vanished.count, sorted(names(place))) == (0, [Path(each).stem for each in sorted(expected)])
    assert b"generation" not in (place / FILE).read_bytes() and verified(place).sound


def article(number: int, word: str = "خبر") -> Article:
    return Article(f"https://news.example.org/{number}", title=f"{word} {number}", body="نص")


def store(place: Path, feed: Source, month: str, *articles: Article) -> Path:
    """What fetching stores of a feed in a month."""
    return [append_article(fetched_folder(place, feed), f"{month}.jsonl", each) for each in articles][-1]


def test_what_was_fetched_from_a_feed_is_read_by_index_and_reindex(place: Path) -> None:
    directory = IndexDirectory(place)
    feed = add_source(directory, FEED, options={})
    path = store(place, feed, "2026-10", article(1), article(2))
    assert path == place / "fetched" / "1" / "2026-10.jsonl"
    assert update(place).added == 2
    path.write_bytes(path.read_bytes() + b'{"id": "a part of a li')  # as a full disk leaves it
    store(place, feed, "2026-10", article(3))
    store(place, feed, "2026-11", article(1, "نبأ"))
    (path.parent / ".state.json").write_text("{}")
    report = update(place)
    assert (report.added, report.updated, report.skipped, count(place, "نبا")) == (1, 1, 0, 1)
    assert (rebuild(place).articles, count(place, "نبا")) == (3, 1)
    assert verified(place).sound


def test_an_archive_around_the_index_holds_none_of_its_files(tmp_path: Path) -> None:
    archive(tmp_path / "a.jsonl", rows(0, 2))
    place = tmp_path / "index"
    store(place, add_source(IndexDirectory(place), FEED, options={}), "2026-10", article(1))
    assert sum(1 for _ in Sources([tmp_path]).items()) == 2


def backed_up(place: Path, target: Path) -> Path:
    back_up(IndexDirectory(place), target, progress=lambda *_: None)
    return target


def restored(backup: Path, place: Path) -> None:
    restore_backup(IndexDirectory(backup), IndexDirectory(place), replace=True, progress=lambda *_: None)


def test_a_backup_has_the_sources_and_what_was_fetched(place: Path, tmp_path: Path) -> None:
    directory = IndexDirectory(place)
    feed = add_source(directory, FEED, options={})
    store(place, feed, "2026-10", article(1))
    update(place)
    backup = backed_up(place, tmp_path / "backup")
    restored(backup, tmp_path / "other")
    assert listed(tmp_path / "other") == listed(backup) == listed(place)
    assert (rebuild(tmp_path / "other").articles, verified(backup).sound) == (1, True)
    added = add_source(directory, str(archive(tmp_path / "a.jsonl", rows(0, 1))), options={})
    store(place, feed, "2026-10", article(2))
    remove_source(directory, FEED)
    restored(backup, place)
    assert (names(place), added.number) == (["a"], 2)
    add_source(directory, FEED, options={})
    assert update(place).articles == 3  # nothing that was fetched since is lost


def test_a_backup_of_another_index_keeps_what_both_have(place: Path, tmp_path: Path) -> None:
    places = [place, tmp_path / "other"]
    for number, (each, address) in enumerate(zip(places, (FEED, "https://b.example/feed"), strict=True)):
        feed = add_source(IndexDirectory(each), address, name="feed", options={})
        store(each, feed, "2026-10", article(number))
        update(each)
    restored(backed_up(places[1], tmp_path / "backup"), place)
    assert [(each.number, each.name, each.location) for each in read_registry(place).read] == [  # type: ignore[union-attr]
        (2, "feed", "https://b.example/feed"),  # its ids may begin with its name
        (1, "feed-2", FEED),
    ]
    assert update(place).articles == 2


def test_a_registry_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_registry(tmp_path / "nowhere") is None
    source = Source(3, "س", "feed", FEED, "2026-11-26", {"full_text": True, "every": 30, "selector": None}, "removed")
    write_registry(tmp_path, Registry((source,), 7))
    assert read_registry(tmp_path) == Registry((source,), 7)
    write_registry(tmp_path, None)
    assert read_registry(tmp_path) is None
    (tmp_path / FILE).write_bytes(with_checksum({"sources": [{"number": "x"}]}))
    with pytest.raises(IndexDamaged):
        read_registry(tmp_path)
    assert msgspec.json.decode((tmp_path / FILE).read_bytes())["sources"]
    with pytest.raises(IndexMissing):
        remembered_roots(IndexDirectory(tmp_path / "none"), all_there=True)
