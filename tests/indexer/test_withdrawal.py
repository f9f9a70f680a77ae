"""What was deleted stays deleted, on each engine, whatever is read, rebuilt or rolled back afterwards."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from indexer.generations.succession import rollback
from indexer.withdrawal import delete, restore
from search.errors import IndexDamaged, IndexMissing
from search.index.directory import IndexDirectory
from search.index.withdrawn import read_withdrawn
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at


def test_no_later_run_brings_a_deleted_article_back(place: Path, path: Path, tmp_path: Path, engine: str) -> None:
    add(place, path, engine=engine)
    assert delete(IndexDirectory(place), ["1", "2"]).deleted == ("1", "2")
    again = add(place, path)
    assert (again.withdrawn, again.unchanged, again.added, count(place)) == (2, 28, 0, 28)
    rebuilt = rebuild(place)
    assert (rebuilt.withdrawn, rebuilt.added, count(place)) == (2, 28, 28)
    archive(path, [*rows(0, 2, "نبأ"), *rows(2, 30)])  # corrected, with the same id
    assert add(place, path).withdrawn == 2
    assert count(place, "نبا") == 1
    for name in ("b", "c"):  # a copy elsewhere is the same article
        other = archive(tmp_path / f"{name}.jsonl", rows(2, 3))
        assert (add(place, other).withdrawn, count(place)) == (1, 28)
    assert add(place, archive(other, rows(2, 3, "آخر"))).added == 1  # another paper's article of the same number


def test_a_correction_by_the_same_publisher_in_another_file_stays_deleted(place: Path, tmp_path: Path) -> None:
    named = [{**row, "source": "الرياض"} for row in rows(0, 30)]
    add(place, archive(tmp_path / "day1.jsonl", named))
    delete(IndexDirectory(place), ["1"])
    corrected = [{**row, "source": "الرياض"} for row in rows(1, 2, "نبأ")]
    assert add(place, archive(tmp_path / "day2.jsonl", corrected)).withdrawn == 1
    assert rebuild(place).withdrawn == 2


@pytest.mark.parametrize("forward", [False, True])
def test_a_rollback_brings_no_deleted_article_back(place: Path, path: Path, engine: str, forward: bool) -> None:
    add(place, path, engine=engine)
    rebuild(place)
    if forward:
        rollback(IndexDirectory(place))
    delete(IndexDirectory(place), ["3"])
    assert rollback(IndexDirectory(place)).articles == 29
    assert (count(place), IndexDirectory(place).read().articles) == (29, 29)
    assert rollback(IndexDirectory(place)).articles == 29
    assert verified(place).sound


def test_restored_articles_come_back_with_the_next_run(place: Path, path: Path, engine: str) -> None:
    add(place, path, engine=engine)
    delete(IndexDirectory(place), ["1", "2"])
    done = restore(IndexDirectory(place), ["2", "9", "2"])
    assert (done.restored, done.missing) == (("2",), ("9",))
    assert (add(place, path).added, count(place)) == (1, 29)


def test_day_and_reason_are_remembered_and_a_slip_is_not(place: Path, path: Path) -> None:
    add(place, path)
    done = kashaf("delete", "1", "99", "--reason", "حكم قضائي", "--index", place)
    assert (done.returncode, done.stdout) == (1, "deleted 1\n")
    assert done.stderr == "kashaf: not in the index: '99': kashaf search shows the ids\n"
    (found,) = read_withdrawn(place).values()
    assert (found.day, found.reason, found.source) == (date.today().isoformat(), "حكم قضائي", 1)


def test_the_report_and_info_count_the_withdrawn_articles(place: Path, path: Path) -> None:
    add(place, path)
    kashaf("delete", "1", "2", "--index", place)
    assert "\nwithdrawn 2 (" in kashaf("index", path, "--index", place).stdout
    assert json.loads(kashaf("reindex", "--json", "--index", place).stdout)["withdrawn"] == 2
    assert "\nwithdrawn  2\n" in kashaf("info", "--index", place).stdout
    assert json.loads(kashaf("info", "--json", "--index", place).stdout)["withdrawn"] == 2
    nothing = kashaf("restore-article", "5", "--index", place)
    assert (nothing.returncode, nothing.stdout) == (1, "restored 0\n")
    lifted = kashaf("restore-article", "1", "5", "--json", "--index", place)
    assert json.loads(lifted.stdout) == {"restored": ["1"], "missing": ["5"]}
    assert lifted.returncode == 1 and lifted.stderr.startswith("kashaf: not withdrawn: '5': ")


def test_who_deletes_once_more_is_told_and_has_done_nothing_wrong(place: Path, path: Path) -> None:
    add(place, path)
    assert delete(IndexDirectory(place), ["1"]).withdrawn == ()
    again = delete(IndexDirectory(place), ["1", "none", "1"])
    assert (again.deleted, again.missing, again.withdrawn) == ((), ("none",), ("1",))


def test_an_archive_of_which_all_was_withdrawn_is_no_error(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, path)
    delete(IndexDirectory(place), ["0", "1"])
    assert (add(place, path).withdrawn, rebuild(place).articles) == (2, 0)


def test_nothing_to_restore_from_where_there_is_no_index(place: Path) -> None:
    with pytest.raises(IndexMissing):
        restore(IndexDirectory(place), ["1"])
    assert not place.exists()


def test_a_changed_id_among_them_is_noticed(place: Path, path: Path) -> None:
    add(place, path)
    delete(IndexDirectory(place), ["1"])
    file = place / "withdrawn.json"
    file.write_bytes(file.read_bytes().replace(b'"1"', b'"7"'))
    with pytest.raises(IndexDamaged, match=r"withdrawn\.json is damaged .*checksum"):
        add(place, path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"withdrawn": ["1"]}'])
def test_what_remembers_them_is_damaged(place: Path, path: Path, content: bytes) -> None:
    """Reading on would bring back what had to go; searching goes on."""
    add(place, path)
    delete(IndexDirectory(place), ["1"])
    (place / "withdrawn.json").write_bytes(content)
    for work in (add, rebuild):
        with pytest.raises(IndexDamaged, match=r"withdrawn\.json is damaged .*backup"):
            work(place, path)
    assert count(place) == 29
    assert "\nwithdrawn  unknown\n" in kashaf("info", "--index", place).stdout
    assert kashaf("verify", "--index", place).returncode == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("what", ["write", "commit"])
def test_killed_while_deleting(place: Path, path: Path, engine: str, what: str, when: str) -> None:
    add(place, path, engine=engine)
    module = {"tantivy": "search.engines.tantivy.engine", "whoosh": "search.engines.whoosh.writer"}[engine]
    writing = Step("indexer.withdrawal", "write_withdrawn", when)
    step = writing if what == "write" else Step(module, f"{engine.title()}Writer.commit", when)
    with stopped_at(step, "delete", "1", "--index", place):
        pass
    assert count(place) in (29, 30)
    remembered = bool(read_withdrawn(place))
    assert remembered == ((what, when) != ("write", "before"))
    add(place, path)
    assert count(place) == (29 if remembered else 30)
