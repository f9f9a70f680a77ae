"""The manifest of an index directory, and the sentence with the remedy that every unusable directory gets."""

from pathlib import Path

import pytest

from search.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated, ManifestLost
from search.index.directory import IndexDirectory
from search.index.manifest import Manifest
from search.index.open_index import open_index

MANIFEST = Manifest("tantivy", "abc", "bundled", "1")


def test_the_error_about_a_missing_directory_names_the_command_that_makes_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="kashaf index"):
        IndexDirectory(tmp_path / "none").read()
    assert not IndexDirectory(tmp_path / "none").exists()


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(IndexForeign, match="--index"):
        IndexDirectory(tmp_path).read()
    with pytest.raises(IndexForeign):
        IndexDirectory(tmp_path).exists()


def test_a_file_is_no_index(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(IndexForeign, match="is a file"):
        open_index(file)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    directory.write(MANIFEST)
    assert directory.read() == MANIFEST
    assert [path.name for path in tmp_path.iterdir()] == ["kashaf.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"engine": 3}', b"\xff\xfe"])
def test_the_error_about_a_damaged_manifest_names_reindex(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kashaf.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="reindex"):
        IndexDirectory(tmp_path).read()


def test_the_error_about_another_format_names_reindex(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    directory.write(Manifest("tantivy", "abc", "bundled", "1", format=0))
    with pytest.raises(IndexOutdated, match="kashaf reindex"):
        directory.read()


def test_a_second_writer_is_refused_at_once(tmp_path: Path) -> None:
    one, other = IndexDirectory(tmp_path), IndexDirectory(tmp_path)
    with one.lock(), pytest.raises(IndexBusy, match="another kashaf"), other.lock():
        pass


def test_the_stamp_changes_with_every_write(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    assert directory.stamp() is None
    directory.write(MANIFEST)
    first = directory.stamp()
    directory.write(MANIFEST)
    assert first is not None and directory.stamp() != first


def generation(directory: IndexDirectory, name: str, *files: str) -> Path:
    """A generation's folder with these files."""
    folder = directory.generation(name)
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).write_bytes(b"")
    return folder


def test_sweeping_removes_what_is_obsolete_and_what_was_never_published(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    generation(directory, "1", "meta.json")
    generation(directory, "2", "meta.json")
    generation(directory, "3", "meta.json", "unpublished")
    generation(directory, "4")
    directory.sweep(["2"])
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["1"]


def test_the_copy_of_the_manifest_in_its_generation_is_the_same(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    folder = generation(directory, "1", "unpublished")
    assert directory.generations() == ()
    directory.write(MANIFEST)
    assert directory.generations() == ("1",)
    assert (folder / "generation.json").read_bytes() == (tmp_path / "kashaf.json").read_bytes()
    assert directory.fields() == directory.copy("1")
    assert directory.latest() == "1"


def test_a_missing_manifest_over_generations_is_lost_and_not_no_index(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    generation(directory, "1", "meta.json")
    for look in (directory.read, directory.exists):
        with pytest.raises(ManifestLost, match=r"kashaf\.json is missing and generation 1 .*a copy.*kashaf reindex"):
            look()
    directory.write(MANIFEST)
    (tmp_path / "kashaf.json").unlink()
    generation(directory, "2", "meta.json")
    with pytest.raises(ManifestLost, match=r"generations 1, 2 .*kashaf rollback writes it again"):
        directory.read()


def test_a_lost_manifest_is_an_error_also_beside_a_stray_file(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    generation(directory, "1", "meta.json")
    directory.write(MANIFEST)
    (tmp_path / "kashaf.json").unlink()
    (tmp_path / "kashaf.json.bak").touch()
    for look in (directory.read, directory.exists):
        with pytest.raises(ManifestLost, match=r"kashaf\.json is missing .*kashaf rollback writes it again"):
            look()


def test_generations_of_something_else_make_no_index(tmp_path: Path) -> None:
    generation(IndexDirectory(tmp_path), "1", "meta.json")
    (tmp_path / "notes.txt").touch()
    with pytest.raises(IndexForeign):
        IndexDirectory(tmp_path).exists()


def test_a_manifest_that_names_what_is_gone_is_lost(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    generation(directory, "2", "meta.json")
    directory.write(MANIFEST)
    with pytest.raises(ManifestLost, match="names generation 1, which is gone, and generation 2"):
        directory.open_engine()


def test_what_a_file_system_puts_into_its_root_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir(mode=0o700)
    assert not IndexDirectory(tmp_path).exists()
    with pytest.raises(IndexMissing):
        IndexDirectory(tmp_path).read()


def test_a_crash_before_the_copy_is_made_up_for(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    directory.write(MANIFEST)
    folder = generation(directory, "1", "meta.json", "unpublished")
    directory.complete_copies()
    assert directory.copy("1") == directory.fields()
    assert not (folder / "unpublished").exists()


def test_a_missing_generation_is_damage(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    directory.write(MANIFEST)
    with pytest.raises(IndexDamaged):
        directory.open_engine()
