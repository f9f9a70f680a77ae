"""A flipped byte in any file is found and the file is named; articles that cannot be found are named."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from indexer import intake
from indexer.generations import checksums
from indexer.generations.checksums import recorded
from indexer.generations.succession import rollback
from indexer.verification import article_lookup
from indexer.withdrawal import delete
from search.engines.registry import EMBEDDED
from search.errors import IndexDamaged, IndexMissing
from search.index import documents
from search.index.directory import IndexDirectory
from search.index.manifest import Manifest
from search.index.open_index import open_index
from tests.damage import put_in_place
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import damaged, flipped, of_kind, verified, without_checksums
from tests.small_index import build_index, sample_articles

_FLIPS = 10
_TANTIVY = (".idx", ".pos", ".term", ".store", ".fast", ".fieldnorm", ".del", "meta.json", ".managed.json")
_WHOOSH = (".seg", ".toc")
_BOTH = ("names.tsv", "kashaf.json", "generation.json", "checksums.json")
_MAY_BE_GONE = ("checksums.json", "names.tsv", "kashaf.json")  # the last one has a test of its own
_KINDS = [*(("tantivy", kind) for kind in (*_TANTIVY, *_BOTH)), *(("whoosh", kind) for kind in (*_WHOOSH, *_BOTH))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An index of each engine with a deletion, and the names that its searches found."""
    folder = tmp_path_factory.mktemp("made")
    places = {}
    for engine in EMBEDDED:
        place = places[engine] = folder / engine
        add(place, archive(folder / "a.jsonl", rows(0, 24)), engine=engine)
        delete(IndexDirectory(place), ["7"])
        open_index(place).warm()
    return places


@pytest.mark.parametrize(("engine", "kind"), _KINDS)
def test_a_flipped_byte_is_found_and_its_file_is_named(
    made: dict[str, Path], tmp_path: Path, engine: str, kind: str
) -> None:
    place = tmp_path / "index"
    shutil.copytree(made[engine], place)
    assert verified(place).sound
    path = of_kind(place, kind)
    for at in flipped(path, _FLIPS):
        assert path.name in damaged(place), at
    assert verified(place).sound


@pytest.mark.parametrize("name", ["kashaf.json", "generation.json", "checksums.json", "names.tsv"])
def test_no_byte_of_a_small_file_goes_unnoticed(made: dict[str, Path], tmp_path: Path, name: str) -> None:
    place = tmp_path / "index"
    shutil.copytree(made["tantivy"], place)
    path = of_kind(place, name)
    for at in flipped(path, path.stat().st_size):
        assert path.name in damaged(place), at


@pytest.mark.parametrize(("engine", "kind"), [pair for pair in _KINDS if pair[1] not in _MAY_BE_GONE])
def test_a_file_that_is_gone_or_cut_is_named(made: dict[str, Path], tmp_path: Path, engine: str, kind: str) -> None:
    place = tmp_path / "index"
    shutil.copytree(made[engine], place)
    path = of_kind(place, kind)
    put_in_place(path, path.read_bytes()[:-1])
    assert path.name in damaged(place)
    path.unlink()
    assert path.name in damaged(place)


def test_a_sound_index_is_sound_after_all_that_changes_it(
    place: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 3)
    monkeypatch.setattr(intake, "COMMIT_ARTICLES", 6)
    path = archive(tmp_path / "a.jsonl", rows(0, 50))
    steps = [
        lambda: add(place, path, engine=engine),
        lambda: add(place, path),
        lambda: add(place, archive(path, [*rows(0, 12, "نبأ"), *rows(12, 50), *rows(300, 310)])),
        lambda: delete(IndexDirectory(place), ["3", "49"]),
        lambda: rebuild(place, allow_shrink=True),
        lambda: rollback(IndexDirectory(place)),
        lambda: add(place, archive(path, [*rows(0, 50), *rows(300, 310), *rows(400, 407)])),
    ]
    for step in steps:
        step()
        found = verified(place)
        assert (found.sound, found.files.unknown, found.note) == (True, [], None)
        assert found.articles is not None and found.articles.looked_up == count(place)


def test_files_are_read_once_for_their_checksum(
    place: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)), engine=engine)
    measured = list[str]()
    measure = checksums.measure
    monkeypatch.setattr(checksums, "measure", lambda path: measured.append(path.name) or measure(path))
    before = set(recorded(place / "generations" / "1").files)  # type: ignore[union-attr]
    add(place, archive(tmp_path / "b.jsonl", rows(30, 60)))
    assert measured
    assert not before & {name for name in measured if name not in ("meta.json", ".managed.json", *checksums.OWN)}


def test_the_previous_index_is_checked_too(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)))
    rebuild(place)
    path = next((place / "generations" / "1").glob("*.pos"))
    next(flipped(path, 3))
    (damage,) = verified(place).files.damaged
    assert damage.file == f"generations/1/{path.name}"


def test_of_an_index_without_checksums_what_can_be_checked_is(place: Path, tmp_path: Path, engine: str) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 30))
    add(place, path, engine=engine)
    without_checksums(place)
    found = verified(place)
    assert found.sound and found.files.unknown[0] == "kashaf.json"
    assert found.articles is not None and found.articles.looked_up == 30
    if engine == "tantivy":  # its files carry checksums of their own
        store = next(place.glob("generations/1/*.store"))
        for _ in flipped(store, _FLIPS):
            assert damaged(place) == [store.name]
    add(place, path)  # nothing new
    found = verified(place)
    assert (found.sound, found.files.unknown) == (True, [])


def test_articles_that_are_not_found_are_named(place: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    original = documents._fields

    def lossy(body, title, names):  # type: ignore[no-untyped-def]
        fields = original(body, title, names)
        return {**fields, "body_stem": " ".join(fields["body_stem"].split()[1:]), "title_exact": ""}

    with monkeypatch.context() as patched:
        patched.setattr(documents, "_fields", lossy)
        build_index(place, sample_articles()[:5], engine=engine)
    found = verified(place)
    assert not found.sound and found.articles is not None
    assert len(found.articles.lost) == 5
    assert all("do not lead to it" in lost.problem and "title_exact" in lost.problem for lost in found.articles.lost)


def test_the_words_of_another_analyser_are_not_looked_up(place: Path) -> None:
    build_index(place, sample_articles()[:5])
    manifest = IndexDirectory(place).read()
    IndexDirectory(place).write(Manifest(manifest.engine, "other", manifest.lexicon, manifest.generation))
    found = verified(place)
    assert found.sound and found.note is not None and "another version" in found.note


def test_a_thousand_articles_spread_evenly_are_looked_up_unless_all_are_asked_for(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_lookup, "_SAMPLE", 10)
    add(place, archive(tmp_path / "a.jsonl", rows(0, 95)))
    for full, looked_up in ((False, 10), (True, 95)):
        found = verified(place, full=full).articles
        assert found is not None and (found.looked_up, found.stored) == (looked_up, 95)


def test_the_command_names_the_damaged_file_and_fails(place: Path, tmp_path: Path, engine: str) -> None:
    assert (
        kashaf("index", archive(tmp_path / "a.jsonl", rows(0, 30)), "--index", place, "--engine", engine).returncode
        == 0
    )
    done = kashaf("verify", "--index", place)
    assert (done.returncode, done.stderr) == (0, "")
    assert "files are as they were written" in done.stdout
    assert "30 of 30 articles looked up, not found: 0" in done.stdout
    path = of_kind(place, ".store" if engine == "tantivy" else ".seg")
    next(flipped(path, 3))
    done = kashaf("verify", "--index", place)
    assert done.returncode == 1
    assert f"damaged: generations/1/{path.name}: is not as it was written" in done.stdout
    assert done.stderr.startswith(f"kashaf: index {place} is not sound (damaged: generations/1/{path.name})")
    found = json.loads(kashaf("verify", "--json", "--index", place).stdout)
    assert (found["sound"], [each["file"] for each in found["damaged"]]) == (False, [f"generations/1/{path.name}"])


def test_verify_needs_an_index_and_names_a_lost_manifest(place: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        verified(place)
    add(place, archive(tmp_path / "a.jsonl", rows(0, 3)))
    (place / "kashaf.json").unlink()
    assert damaged(place) == ["kashaf.json"]


def test_damage_that_no_checksum_knows_of_is_an_answer_and_no_crash(place: Path, tmp_path: Path, engine: str) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)), engine=engine)
    without_checksums(place)
    path = of_kind(place, "meta.json" if engine == "tantivy" else ".toc")
    for _ in flipped(path, 30):
        with suppress(IndexDamaged):
            verified(place)
