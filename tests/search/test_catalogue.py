"""The index directory says what it is, and every wrong one gets a sentence with the remedy."""

from pathlib import Path

import pytest

from search.catalogue import Catalogue, Manifest
from search.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated
from search.opened import open_index
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, sample_articles

MANIFEST = Manifest("tantivy", "abc", "bundled", "1")


def test_a_missing_directory_says_how_to_make_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="kashaf index"):
        Catalogue(tmp_path / "none").read()
    assert not Catalogue(tmp_path / "none").exists()


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(IndexForeign, match="--index"):
        Catalogue(tmp_path).read()
    with pytest.raises(IndexForeign):
        Catalogue(tmp_path).exists()


def test_a_file_is_no_index(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(IndexForeign, match="is a file"):
        open_index(file)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.write(MANIFEST)
    assert catalogue.read() == MANIFEST
    assert [path.name for path in tmp_path.iterdir()] == ["kashaf.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"engine": 3}', b"\xff\xfe"])
def test_a_damaged_manifest_says_reindex(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kashaf.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="reindex"):
        Catalogue(tmp_path).read()


def test_another_format_says_reindex(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.write(Manifest("tantivy", "abc", "bundled", "1", format=0))
    with pytest.raises(IndexOutdated, match="kashaf reindex"):
        catalogue.read()


def test_another_analyser_says_reindex(tmp_path: Path) -> None:
    place = build_index(tmp_path / "index", sample_articles()[:2])
    catalogue = Catalogue(place)
    manifest = catalogue.read()
    catalogue.write(Manifest(manifest.engine, "other", manifest.lexicon, manifest.generation))
    with pytest.raises(IndexOutdated, match="kashaf reindex"):
        SearchService.open(Settings(index=place))


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    with Catalogue(tmp_path).lock(), pytest.raises(IndexBusy, match="another kashaf"), Catalogue(tmp_path).lock():
        pass


def test_the_stamp_changes_with_every_write(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    assert catalogue.stamp() is None
    catalogue.write(MANIFEST)
    first = catalogue.stamp()
    catalogue.write(MANIFEST)
    assert first is not None and catalogue.stamp() != first


def test_sweeping_keeps_the_served_generation(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    for name in ("1", "2", "3"):
        catalogue.generation(name).mkdir(parents=True)
    catalogue.sweep("2")
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["2"]


def test_a_missing_generation_is_damage(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.write(MANIFEST)
    with pytest.raises(IndexDamaged):
        catalogue.open_engine()
