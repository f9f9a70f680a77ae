"""An index is not lost by accident: without its manifest, by a rebuild that holds too little, by a rebuild at all."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from indexer.generations.succession import rollback
from indexer.report import SwapRefused
from indexer.withdrawal import delete
from search.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexStateError, KashafError, ManifestLost
from search.index import elsewhere
from search.index.directory import IndexDirectory
from search.service import SearchService
from search.settings import Settings
from tests.damage import put_in_place
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, generations, rebuild, totals_meanwhile
from tests.indexer.damaging import change_manifest


def without_copies(place: Path) -> None:
    """Leaves the generations as an older program made them."""
    for copy in place.glob("generations/*/generation.json"):
        copy.unlink()


@pytest.mark.parametrize("older", [False, True], ids=["copies", "older program"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"engine": 3}'])
def test_without_its_manifest_an_index_is_not_overwritten(
    place: Path, path: Path, tmp_path: Path, content: bytes | None, older: bool
) -> None:
    add(place, path)
    if older:
        without_copies(place)
    manifest = (place / "kashaf.json").read_bytes()
    (place / "kashaf.json").unlink()
    if content is not None:
        (place / "kashaf.json").write_bytes(content)
    remedy = "put it back from a copy" if older else "kashaf rollback writes it again"
    with pytest.raises(ManifestLost, match=remedy):
        add(place, archive(tmp_path / "one.jsonl", rows(50, 51)))
    with pytest.raises(ManifestLost, match="kashaf reindex PATH"):
        delete(IndexDirectory(place), ["1"])
    with pytest.raises(ManifestLost):
        SearchService.open(Settings(index=place))
    (place / "kashaf.json").write_bytes(manifest)
    assert count(place) == 30


@pytest.mark.parametrize("content", [None, b"{"])
def test_rollback_writes_a_lost_manifest_again(place: Path, path: Path, engine: str, content: bytes | None) -> None:
    add(place, path, engine=engine)
    rebuild(place)
    before = IndexDirectory(place).read()
    (place / "kashaf.json").unlink()
    if content is not None:
        (place / "kashaf.json").write_bytes(content)
    done = rollback(IndexDirectory(place))
    assert (done.generation, done.articles, done.before, done.recovered) == ("2", 30, None, True)
    assert IndexDirectory(place).read() == before
    assert add(place, path).unchanged == 30


def test_what_was_served_last_is_recovered_also_after_a_rollback(place: Path, path: Path) -> None:
    add(place, path)
    rebuild(place)
    rollback(IndexDirectory(place))
    (place / "kashaf.json").unlink()
    assert rollback(IndexDirectory(place)).generation == "1"
    assert rollback(IndexDirectory(place)).generation == "2"


def test_a_manifest_of_an_older_day_does_not_cost_the_index(place: Path, path: Path) -> None:
    add(place, path)
    old = (place / "kashaf.json").read_bytes()
    rebuild(place, keep_previous=False)
    (place / "kashaf.json").write_bytes(old)
    assert generations(place) == ["2"]
    with pytest.raises(IndexDamaged, match=r"names generation 1, which is gone, .*kashaf rollback"):
        add(place, path)
    assert rollback(IndexDirectory(place)).articles == 30
    assert count(place) == 30


def test_reindex_over_a_lost_manifest_keeps_what_lies_there(place: Path, path: Path) -> None:
    add(place, path)
    (place / "kashaf.json").unlink()
    archive(path, rows(0, 20))
    with pytest.raises(SwapRefused, match="20 articles where 30 are served"):
        rebuild(place)
    archive(path, rows(0, 40))
    assert rebuild(place).articles == 40  # from the sources that the generation remembers
    assert generations(place) == ["1", "2"]
    assert rollback(IndexDirectory(place)).articles == 30


def test_reindex_over_what_an_older_program_left_keeps_it_and_compares_with_it(place: Path, path: Path) -> None:
    add(place, path, engine="whoosh")
    without_copies(place)
    (place / "kashaf.json").unlink()
    archive(path, rows(0, 3))
    with pytest.raises(SwapRefused, match="3 articles where 30 are served"):
        rebuild(place, path)
    assert rebuild(place, path, allow_shrink=True).articles == 3
    assert generations(place) == ["1", "2"]
    with pytest.raises(IndexDamaged, match=r"generation 1 .* does not say how it was made"):
        rollback(IndexDirectory(place))


def test_a_run_that_was_killed_before_its_first_commit_may_start_again(place: Path, path: Path) -> None:
    folder = place / "generations" / "1"
    folder.mkdir(parents=True)
    (folder / "unpublished").touch()
    (folder / "meta.json").write_text("{")
    assert add(place, path).added == 30
    assert generations(place) == ["1"]
    assert not (folder / "unpublished").exists()


def test_strict_decides_before_the_swap(place: Path, tmp_path: Path, engine: str) -> None:
    packed = gzip.compress(archive(tmp_path / "whole.jsonl", rows(0, 1000)).read_bytes())
    source = tmp_path / "a.jsonl.gz"
    source.write_bytes(packed)
    add(place, source, engine=engine)
    source.write_bytes(packed[: -len(packed) // 20])  # nine tenths are still there
    before = (place / "kashaf.json").read_bytes()
    with pytest.raises(SwapRefused, match="1 skipped, and --strict") as refused:
        rebuild(place, strict=True, allow_shrink=True)
    assert (refused.value.report.skipped, refused.value.report.articles) == (1, 1000)
    assert refused.value.report.added < 1000
    assert ((place / "kashaf.json").read_bytes(), generations(place), count(place)) == (before, ["1"], 1000)


@pytest.mark.parametrize(("left", "refused"), [(27, False), (26, True), (1, True)])
def test_an_archive_does_not_shrink_by_more_than_a_tenth_unasked(
    place: Path, path: Path, left: int, refused: bool
) -> None:
    add(place, path)
    archive(path, rows(0, left))
    if refused:
        with pytest.raises(SwapRefused, match=f"hold {left} articles where 30 are served .*--allow-shrink"):
            rebuild(place)
        assert (count(place), generations(place)) == (30, ["1"])
    assert rebuild(place, allow_shrink=refused).articles == count(place) == left


def test_an_index_whose_files_are_damaged_is_measured_by_what_it_recorded(place: Path, path: Path) -> None:
    add(place, path)
    for file in (place / "generations" / "1").glob("*.*"):
        if file.name != "generation.json":
            put_in_place(file, b"")
    archive(path, rows(0, 3))
    with pytest.raises(SwapRefused, match="3 articles where 30"):
        rebuild(place)
    archive(path, rows(0, 30))
    assert rebuild(place).articles == 30


def test_rolling_back_twice_comes_forward_again(place: Path, path: Path, engine: str) -> None:
    add(place, path, engine=engine)
    archive(path, rows(0, 40, "نبأ"))
    assert rebuild(place).kept == "1"
    back = rollback(IndexDirectory(place))
    assert (back.generation, back.articles, back.before, back.recovered) == ("1", 30, "2", False)
    assert (count(place), count(place, "خبر")) == (30, 30)
    forward = rollback(IndexDirectory(place))
    assert (forward.generation, forward.articles, forward.before) == ("2", 40, "1")
    assert (count(place), count(place, "نبا")) == (40, 40)


def test_after_a_rollback_the_index_grows_and_both_are_kept(place: Path, path: Path, tmp_path: Path) -> None:
    add(place, path)
    rebuild(place)
    rollback(IndexDirectory(place))
    assert add(place, archive(tmp_path / "b.jsonl", rows(30, 35))).articles == 35
    assert delete(IndexDirectory(place), ["0"]).deleted == ("0",)
    assert generations(place) == ["1", "2"]
    assert rollback(IndexDirectory(place)).articles == 29  # what was deleted stays deleted
    assert rollback(IndexDirectory(place)).articles == 34


def test_a_third_rebuild_removes_the_oldest(place: Path, path: Path) -> None:
    add(place, path)
    for kept in (["1", "2"], ["2", "3"], ["3", "4"]):
        rebuild(place)
        assert generations(place) == kept
    assert rollback(IndexDirectory(place)).generation == "3"
    rebuild(place)
    assert generations(place) == ["3", "5"]


@pytest.mark.parametrize("discarded", [False, True])
def test_what_could_not_be_removed_is_removed_by_a_later_run(
    place: Path, path: Path, discarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        add(place, path) if not place.exists() else rebuild(place)
    (place / "generations" / "1").mkdir(exist_ok=True)
    (place / "generations" / "1" / "held").touch()  # as if the third run had not been let remove it
    change_manifest(place, obsolete=["1"])
    with monkeypatch.context() as patched:
        patched.setattr(elsewhere, "remove_folder", lambda folder: None)
        rebuild(place, keep_previous=not discarded)
    assert generations(place) == ["1", "2", "3", "4"]
    assert set(IndexDirectory(place).read().obsolete) == ({"1", "2", "3"} if discarded else {"1", "2"})
    add(place, path)
    assert generations(place) == (["4"] if discarded else ["3", "4"])


def test_a_refused_rebuild_costs_neither_of_the_two(place: Path, path: Path) -> None:
    add(place, path)
    rebuild(place)
    archive(path, rows(0, 3))
    with pytest.raises(SwapRefused):
        rebuild(place)
    assert generations(place) == ["1", "2"]
    assert rollback(IndexDirectory(place)).articles == 30


def test_discarding_the_previous_index_leaves_one(place: Path, path: Path) -> None:
    add(place, path)
    rebuild(place)
    assert rebuild(place, keep_previous=False).kept is None
    assert generations(place) == ["3"]
    with pytest.raises(IndexStateError, match="keeps no previous"):
        rollback(IndexDirectory(place))


def test_a_damaged_index_is_not_kept_in_place_of_a_sound_one(place: Path, path: Path) -> None:
    add(place, path)
    rebuild(place)
    (place / "generations" / "2" / "meta.json").write_bytes(b"{")
    rebuild(place)
    assert generations(place) == ["1", "3"]


def test_rolling_back_to_damaged_files_is_refused(place: Path, path: Path) -> None:
    add(place, path)
    rebuild(place)
    (place / "generations" / "1" / "meta.json").write_bytes(b"{")
    before = (place / "kashaf.json").read_bytes()
    with pytest.raises(IndexDamaged, match="generations/1"):
        rollback(IndexDirectory(place))
    assert (place / "kashaf.json").read_bytes() == before


def test_rollback_needs_an_index(place: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        rollback(IndexDirectory(place))
    assert not place.exists()
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(KashafError, match="no Kashaf index"):
        rollback(IndexDirectory(tmp_path))


def test_an_index_of_an_older_analyser_is_refused_rebuilt_and_brought_back(place: Path, path: Path) -> None:
    add(place, path)
    without_copies(place)
    change_manifest(place, analyser="0000")
    with pytest.raises(IndexOutdated, match=r"analyser 0000 \(format \d+\), this program writes .*kashaf reindex"):
        add(place, path)
    with pytest.raises(IndexOutdated, match="the old index serves meanwhile"):
        delete(IndexDirectory(place), ["1"])
    rebuild(place)
    assert IndexDirectory(place).read().analyser != "0000"
    rollback(IndexDirectory(place))
    assert (IndexDirectory(place).read().analyser, count(place)) == ("0000", 30)


def test_a_server_follows_a_rollback(place: Path, path: Path, engine: str) -> None:
    add(place, path, engine=engine)
    archive(path, rows(0, 40))
    rebuild(place)
    totals, last = totals_meanwhile(place, lambda: rollback(IndexDirectory(place)), times=3)
    assert totals <= {30, 40}
    assert last == 30


def test_reindex_and_rollback_report_what_they_did(place: Path, path: Path) -> None:
    assert kashaf("index", path, "--index", place).returncode == 0
    archive(path, rows(0, 10))
    refused = kashaf("reindex", "--index", place)
    assert refused.returncode == 1
    assert refused.stdout.startswith("added 10, ")
    assert "30 articles in the index" in refused.stdout
    assert refused.stderr == (
        "kashaf: the rebuilt index would hold 10 articles where 30 are served now: the index stays as it was; "
        "--allow-shrink swaps it in all the same\n"
    )
    swapped = kashaf("reindex", "--allow-shrink", "--index", place)
    assert swapped.stdout.endswith(
        "the index before this one is kept as generation 1: kashaf rollback brings it back\n"
    )
    back = kashaf("rollback", "--index", place)
    first, second = back.stdout.splitlines()
    assert first.startswith("generation 1 is served again: 30 articles, of 20")
    assert second == "generation 2 is kept: another kashaf rollback brings it back"
    forward = json.loads(kashaf("rollback", "--json", "--index", place).stdout)
    assert (forward["generation"], forward["articles"], forward["before"], forward["recovered"]) == (
        "2",
        10,
        "1",
        False,
    )
