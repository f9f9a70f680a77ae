"""The index directory says what it is, and every wrong one gets a sentence with the remedy."""

from pathlib import Path

import pytest

from search.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated, ManifestLost
from search.index.directory import Catalogue, Manifest
from search.index.open_index import open_index

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


def generation(catalogue: Catalogue, name: str, *files: str) -> Path:
    """A generation's folder with these files."""
    folder = catalogue.generation(name)
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).write_bytes(b"")
    return folder


def test_sweeping_removes_what_is_obsolete_and_what_was_never_published(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    generation(catalogue, "1", "meta.json")
    generation(catalogue, "2", "meta.json")
    generation(catalogue, "3", "meta.json", "unpublished")
    generation(catalogue, "4")
    catalogue.sweep(["2"])
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["1"]


def test_a_manifest_says_in_its_generation_what_it_says_in_its_place(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    folder = generation(catalogue, "1", "unpublished")
    assert catalogue.generations() == ()
    catalogue.write(MANIFEST)
    assert catalogue.generations() == ("1",)
    assert (folder / "generation.json").read_bytes() == (tmp_path / "kashaf.json").read_bytes()
    assert catalogue.fields() == catalogue.copy("1")
    assert catalogue.latest() == "1"


def test_a_missing_manifest_over_generations_is_lost_and_not_no_index(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    generation(catalogue, "1", "meta.json")
    for look in (catalogue.read, catalogue.exists):
        with pytest.raises(ManifestLost, match=r"kashaf\.json is missing and generation 1 .*a copy.*kashaf reindex"):
            look()
    catalogue.write(MANIFEST)
    (tmp_path / "kashaf.json").unlink()
    generation(catalogue, "2", "meta.json")
    with pytest.raises(ManifestLost, match=r"generations 1, 2 .*kashaf rollback writes it again"):
        catalogue.read()


def test_a_manifest_that_names_what_is_gone_is_lost(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    generation(catalogue, "2", "meta.json")
    catalogue.write(MANIFEST)
    with pytest.raises(ManifestLost, match="names generation 1, which is gone, and generation 2"):
        catalogue.open_engine()


def test_what_a_file_system_puts_into_its_root_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir(mode=0o700)
    assert not Catalogue(tmp_path).exists()
    with pytest.raises(IndexMissing):
        Catalogue(tmp_path).read()


def test_a_crash_before_the_copy_is_made_up_for(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.write(MANIFEST)
    folder = generation(catalogue, "1", "meta.json", "unpublished")
    catalogue.describe()
    assert catalogue.copy("1") == catalogue.fields()
    assert not (folder / "unpublished").exists()


def test_a_missing_generation_is_damage(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.write(MANIFEST)
    with pytest.raises(IndexDamaged):
        catalogue.open_engine()
