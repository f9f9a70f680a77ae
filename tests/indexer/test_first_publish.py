"""What is committed is kept where publishing it is interrupted, and a lock stays with the process that holds it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from indexer.build import Choices, index
from indexer.generations.succession import rollback
from indexer.sources import Sources
from search.errors import IndexBusy, IndexDamaged
from search.index import directory as index_directory
from search.index.directory import COPY, IndexDirectory
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, sample_articles


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text("عنوان الخبر\n\nالقمح في المخازن", encoding="utf-8")
    return path


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_index_that_its_manifest_names_is_kept_where_the_next_step_fails(
    tmp_path: Path, text: Path, trouble: BaseException | type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = index_directory.replace_file

    def interrupted(path: Path, content: bytes) -> None:
        if path.name == COPY:
            raise trouble
        write(path, content)

    place = tmp_path / "index"
    with monkeypatch.context() as patched, pytest.raises(BaseException):  # noqa: B017
        patched.setattr(index_directory, "replace_file", interrupted)
        index(IndexDirectory(place), Sources([text]), Choices())
    assert SearchService.open(Settings(index=place)).facts().articles == 1
    assert index(IndexDirectory(place), Sources([text]), Choices()).articles == 1


def test_a_second_writer_leaves_the_directory_and_its_lock_alone(
    tmp_path: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "index"
    directory, exists = IndexDirectory(place), Path.exists
    with IndexDirectory(place).lock():
        # The second one looked before the first one made the directory.
        monkeypatch.setattr(Path, "exists", lambda path: path != place and exists(path))
        with pytest.raises(IndexBusy):
            index(directory, Sources([text]), Choices())
        monkeypatch.undo()
        assert (place / "writer.lock").exists()
        with pytest.raises(IndexBusy), directory.lock():
            pass


@pytest.mark.parametrize("generation", [None, 3, "", "../other", "/elsewhere", "..", "a/b"])
def test_a_manifest_names_a_folder_of_its_own_or_is_damaged(tmp_path: Path, generation: object) -> None:
    place = build_index(tmp_path / "index", sample_articles()[:2])
    directory = IndexDirectory(place)
    fields = {**msgspec.to_builtins(directory.read()), "generation": generation}
    if generation is None:
        del fields["generation"]
    (place / "kashaf.json").write_bytes(msgspec.json.encode(fields))
    with pytest.raises(IndexDamaged, match="damaged"):
        directory.read()
    assert directory.fields() is None
    rollback(directory)
    assert SearchService.open(Settings(index=place)).facts().articles == 2
