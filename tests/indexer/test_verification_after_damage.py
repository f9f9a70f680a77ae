"""What is damaged is named however the index came to be so: recorded late, marked unpublished, with a changed key."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.generations.checksums import recorded
from indexer.verification.verify import verify
from search.engines.registry import backend
from search.errors import IndexDamaged
from search.index.directory import IndexDirectory
from tests.indexer.archives import archive, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import damaged, flipped, without_checksums


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return archive(tmp_path / "a.jsonl", rows(0, 30))


@pytest.fixture
def place(tmp_path: Path, source: Path) -> Path:
    add(tmp_path / "index", source)
    return tmp_path / "index"


def positions(place: Path) -> Path:
    return next((place / "generations" / "1").glob("*.pos"))


def change_key(place: Path, key: str) -> Path:
    """Gives this key of Tantivy's list of segments another last letter."""
    path = place / "generations" / "1" / "meta.json"
    content = path.read_text()
    assert f'"{key}"' in content
    path.write_text(content.replace(f'"{key}"', f'"{key[:-1]}r"'))
    return path


def test_a_damaged_file_is_never_recorded_as_sound(place: Path, source: Path) -> None:
    without_checksums(place)
    path = positions(place)
    next(flipped(path, 3))
    assert damaged(place) == [path.name]
    add(place, source)  # nothing new, but the checksums are recorded
    table = recorded(path.parent)
    assert table is not None and "meta.json" in table.files and path.name not in table.files
    assert damaged(place) == [path.name]


@pytest.mark.parametrize("key", ["segments", "segment_id", "deletes"])
def test_a_changed_key_in_the_list_of_segments_is_damage(place: Path, key: str) -> None:
    path = change_key(place, key)
    with pytest.raises(IndexDamaged, match=r"meta\.json"):
        backend("tantivy").files(path.parent)
    assert damaged(place) == ["meta.json"]
    without_checksums(place)
    (found,) = verify(IndexDirectory(place), full=True, progress=lambda done, total: None).files.damaged
    assert found.file == "generations/1" and "meta.json" in found.problem


@pytest.mark.parametrize("content", ["[]", "7", '{"segments": null}', '{"segments": [{"segment_id": 7}]}'])
def test_another_list_of_segments_is_damage(place: Path, content: str) -> None:
    path = place / "generations" / "1" / "meta.json"
    path.write_text(content)
    with pytest.raises(IndexDamaged, match=r"meta\.json"):
        backend("tantivy").files(path.parent)


@pytest.mark.parametrize("generation", ["1", "2"])
def test_a_damaged_engine_name_is_named_and_the_other_files_are_checked(place: Path, generation: str) -> None:
    rebuild(place)
    copy = place / "generations" / generation / "generation.json"
    copy.write_bytes(copy.read_bytes().replace(b'"tantivy"', b'"tantivx"'))
    path = positions(place)
    next(flipped(path, 3))
    assert sorted(damaged(place)) == sorted(["generation.json", path.name])


def test_a_served_generation_that_is_still_marked_unpublished_is_checked(place: Path) -> None:
    (place / "generations" / "1" / "unpublished").touch()
    assert damaged(place) == []
    path = positions(place)
    next(flipped(path, 3))
    assert damaged(place) == [path.name]
