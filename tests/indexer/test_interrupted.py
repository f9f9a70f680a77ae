"""What a killed run leaves beside its commits: what is to be told, ids to be settled, files to be cleared away.

`test_killed.py` has the steps of a run; here stands what only shows in the run after it.
"""

from __future__ import annotations

import json
from pathlib import Path

import py7zr
import pytest

from indexer.build import Choices, index
from indexer.fetching.places import append_article, remove_lines
from indexer.generations.succession import rollback
from indexer.purging.purge import purge
from indexer.remembered_sources.registering import add_source, remembered_roots
from indexer.report import Report
from indexer.withdrawal import delete
from search.article import Article
from search.index.directory import IndexDirectory
from search.index.repeated_lines import read_counted
from search.index.source_registry import fetched_folder, read_registry
from search.service import SearchService
from search.settings import Settings
from search.storage.temporary_folders import sweep_temporary_folders, temporary_folder
from tests import forked
from tests.indexer.archives import archive, count, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

_COMMITTED = Step("indexer.origins.origins", "Origins.commit", "before")


def told(place: Path) -> int | None:
    """How many articles the manifest tells of."""
    return IndexDirectory(place).read().articles


@pytest.mark.parametrize("prune", [False, True])
def test_the_next_run_tells_servers_of_a_commit_that_no_manifest_tells_of(
    place: Path, tmp_path: Path, prune: bool
) -> None:
    folder = tmp_path / "in"
    archive(folder / "a.jsonl", rows(0, 4 if prune else 6))
    archive(folder / "b.jsonl", rows(6, 10))
    add(place, folder)
    archive(folder / "a.jsonl", rows(0, 3 if prune else 9))
    step = Step("indexer.origins.current", "_remove", "after") if prune else _COMMITTED
    server = SearchService.open(Settings(index=place))
    before = server.index.directory.stamp()
    with stopped_at(step, "index", folder, "--allow-shrink", "--index", place):
        pass
    add(place, folder)
    assert count(place) == told(place) == (7 if prune else 10)
    assert server.index.directory.stamp() != before
    settled = IndexDirectory(place).read()
    add(place, folder)
    assert IndexDirectory(place).read() == settled  # once is enough


def test_a_deletion_that_was_killed_before_it_was_told_is_told_by_the_next(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 10)))
    with stopped_at(
        Step("search.engines.tantivy.engine", "TantivyWriter.commit", "after"), "delete", "3", "--index", place
    ):
        pass
    assert delete(IndexDirectory(place), ["3"]).withdrawn == ("3",)
    assert count(place) == told(place) == 9


def test_a_run_that_fails_behind_its_commit_is_told_by_the_next(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path)
    archive(path, rows(0, 5))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(Exception, match="no space left"):
        patched.setattr(IndexDirectory, "write", full)
        add(place, path)
    assert (count(place), told(place)) == (5, 3)
    add(place, path)
    assert told(place) == 5
    assert verified(place).files.unknown == []


def test_an_article_keeps_its_id_where_its_correction_was_committed_and_the_table_was_not(
    place: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    archive(first / "a.jsonl", rows(100, 103))
    archive(second / "b.jsonl", rows(0, 3, "مجلس"))
    add(place, first, second)
    archive(first / "c.jsonl", rows(0, 2, "وزير"))  # ids of the second, which corrects its articles now
    archive(second / "b.jsonl", rows(0, 3, "قرية"))
    with stopped_at(_COMMITTED, "index", first, second, "--index", place):
        pass
    add(place, first, second)
    assert {id: text(place, id) for id in ("0", "first/0", "2")} == {"0": "قرية", "first/0": "وزير", "2": "قرية"}
    assert count(place) == 8


def text(place: Path, id: str) -> str:
    """The first word of the article's headline."""
    article = SearchService.open(Settings(index=place)).article(id)
    return article.title.split()[0] if article else ""


def test_what_a_killed_purge_was_writing_beside_fetched_articles_is_neither_read_nor_kept(
    place: Path, tmp_path: Path
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)))
    directory = IndexDirectory(place)
    fetched = fetched_folder(place, add_source(directory, "https://a.example/feed", options={}))
    for id in ("kept", "purged"):
        path = append_article(fetched, "2026-01.jsonl", Article(id=id, title=f"خبر {id}", body="نص"))
    bring_up_to_date(directory)
    with stopped_at(Step("pathlib", "Path.replace", "before", 2), "delete", "--purge", "purged", "--index", place):
        left = [each for each in fetched.iterdir() if each != path]
        assert [each.name[0] for each in left] == ["."]
    (fetched / left[0].name).write_bytes(path.read_bytes())  # at another moment it would hold the article
    assert bring_up_to_date(directory).articles == 31
    assert purge(directory, ["purged"]).lines == 1
    assert [each.name for each in fetched.iterdir()] == ["2026-01.jsonl"]
    assert remove_lines(path, ["purged"]) == 0 and b"kept" in path.read_bytes()


def bring_up_to_date(directory: IndexDirectory) -> Report:
    """Reads all sources, as `kashaf index --no-fetch` does."""
    return index(directory, remembered_roots(directory, all_there=False), Choices())


def test_temporary_folders_of_killed_processes_go_and_those_in_use_stay(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    content = tmp_path / "in" / "texts.7z"
    content.parent.mkdir()
    with py7zr.SevenZipFile(content, "w") as packed:
        packed.writestr("خبر من المدينة\nنص الخبر كله", "1.txt")
    killed = forked.run(
        *("index", content.parent, "--index", place),
        environ={"TMPDIR": str(temporary)},
        prepared=("tests.indexer.stopping.die_at", "indexer.readers.seven_zip", "_unpacked", "after"),
    )
    assert (killed.returncode, len(list(temporary.iterdir()))) == (-9, 1)
    (temporary / "kashaf-passing-x").mkdir()  # of a process that was killed before it took the lock
    with temporary_folder() as used:
        assert list(temporary.iterdir()) == [used]
        sweep_temporary_folders()
        assert add(place, content.parent).articles == 1
        assert list(temporary.iterdir()) == [used]
    assert list(temporary.iterdir()) == []


def test_an_index_that_was_swapped_in_and_has_no_copy_of_its_manifest_yet_is_sound(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path)
    archive(path, rows(0, 12))
    step = Step("search.index.directory", "replace_file", "after")
    with stopped_at(step, "reindex", "--index", place):
        assert not (place / "generations" / "2" / "generation.json").exists()
    assert (count(place), verified(place).sound) == (12, True)
    rebuild(place)
    assert verified(place).sound
    (place / "generations" / "3" / "generation.json").unlink()
    assert not verified(place).sound


def test_what_was_counted_of_repeated_lines_outlives_the_article_that_was_written_last(
    place: Path, tmp_path: Path
) -> None:
    line = "رابط الخبر بصحيفة الوئام"
    with_line = [{**each, "body": f"{each['body']}\nثم قال\n{line}"} for each in rows(0, 40)]
    path = archive(tmp_path / "a.jsonl", with_line)
    add(place, path)
    delete(IndexDirectory(place), [with_line[-1]["id"]])
    archive(path, [*with_line[:-1], *rows(40, 41)])
    add(place, path)
    counted = read_counted(place / "generations" / "1")
    assert counted and line in [each.text for each in counted.after.repeated.values()]
    assert [*counted.after.articles.values()] == [41]


def test_a_rollback_that_was_killed_is_done_by_a_second_one_with_its_sources(place: Path, tmp_path: Path) -> None:
    first, second = archive(tmp_path / "a.jsonl", rows(0, 10)), archive(tmp_path / "b.jsonl", rows(10, 12))
    add(place, first, second)
    rebuild(place, first, allow_shrink=True)
    with stopped_at(Step("indexer.generations.succession", "write_registry_of", "after"), "rollback", "--index", place):
        assert count(place) == 10
    rollback(IndexDirectory(place))
    registry = read_registry(place)
    assert count(place) == 12
    assert registry and [source.location for source in registry.read] == [str(first), str(second)]


def test_a_table_of_contents_that_a_killed_run_of_whoosh_was_writing_is_removed(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 3)), engine="whoosh")
    folder = place / "generations" / "1"
    with stopped_at(Step("whoosh.filedb.filestore", "FileStorage.rename_file", "before"), "reindex", "--index", place):
        (left,) = (place / "generations" / "2").glob("*.toc.*")
    unfinished = folder / left.name
    unfinished.write_bytes(b"x")
    add(place, archive(tmp_path / "b.jsonl", rows(3, 5)))
    assert count(place) == 5 and not unfinished.exists()


@pytest.mark.parametrize("command", [("delete", "--purge", "3"), ("reindex", "--discard-previous")], ids=" ".join)
def test_a_generation_that_a_killed_run_began_to_remove_is_none(
    place: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 10)))
    rebuild(place)
    step = Step("search.storage.atomic_files", "shutil.rmtree", "before")
    with stopped_at(step, *command, "--index", place):
        assert any(path.suffix == ".gone" for path in (place / "generations").iterdir())
        assert IndexDirectory(place).generations() == ("2",)
        assert verified(place).sound and count(place) == 10
    add(place, archive(tmp_path / "b.jsonl", rows(10, 12)))
    assert [path.name for path in (place / "generations").iterdir()] == ["2"]


LEFT = {
    "whoosh": ("MAIN.tmp", "MAIN_6pqys0iemo8bq0vx.trm", "_MAIN_0.toc"),
    "tantivy": (
        *(f"bc1b25f5dba940e2a97324e55bfe795f{ending}" for ending in (".idx", ".store", ".12.del")),
        ".tmpVg8e0g",
    ),
}


def test_files_of_an_engine_that_a_killed_run_left_are_removed_by_the_next_though_it_commits_nothing(
    place: Path, tmp_path: Path, engine: str
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 3))
    add(place, path, engine=engine)
    folder = place / "generations" / "1"
    before = {each.name for each in folder.iterdir()}
    for name in LEFT[engine]:
        (folder / name).write_bytes(b"x")
    if engine == "tantivy":  # which notes each file before it begins it
        managed = folder / ".managed.json"
        managed.write_text(json.dumps([*json.loads(managed.read_text()), *LEFT[engine]]))
    add(place, path)
    assert {each.name for each in folder.iterdir()} == before
