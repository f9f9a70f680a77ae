"""After `kashaf delete --purge` no byte of the article is in any file of the index directory, on either engine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from indexer.build import Choices, index
from indexer.fetching.memory import Arrival, FeedState, open_memory
from indexer.fetching.places import TABLE
from indexer.generations.succession import rollback
from indexer.purging import rewriting
from indexer.purging.purge import Purged, purge
from indexer.remembered_sources.registering import add_source, remembered_roots
from indexer.withdrawal import delete, restore
from search.analysis.fold import fold
from search.article import Article
from search.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStateError
from search.index.directory import IndexDirectory
from search.index.source_registry import fetched_folder
from search.index.withdrawn import FILE, Withdrawal, read_withdrawn
from search.pages.records import SearchRequest
from search.query.clauses import Everything
from search.service import SearchService
from search.settings import Settings
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, generations, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

SECRET = ["قسطنطينوفيتش", "مزرقشان", "زغبراطور"]
ARTICLE = {
    "id": "secret",
    "title": f"خبر عن {SECRET[0]}",
    "body": f"قال {SECRET[1]} في المدينة إن {SECRET[2]} يعود",
    "author": SECRET[1],
    "source": SECRET[2],
}


def held(place: Path) -> dict[str, list[str]]:
    """The files that hold a word of the article in UTF-8, as it is written or folded; what engines store, unpacked."""
    words = [form.encode() for word in SECRET for form in {word, fold(word)}]
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found[path.name] = [word.decode() for word in words if word in content]
    found["stored"] = [word.decode() for raw in stored(place) for word in words if word in raw]
    return {name: words for name, words in found.items() if words}


def stored(place: Path) -> Iterator[bytes]:
    """What the engine gives back of all articles, and its terms, also those of articles that are marked as deleted."""
    _, engine = IndexDirectory(place).open_engine()
    matches = engine.search(Everything(), limit=100).matches
    yield from (each.raw for each in engine.load([match.ref for match in matches]))
    for field in ("body_stem", "body_word", "title_stem", "title_exact", "source", "author", "lead"):
        yield " ".join(term for term, _ in engine.terms(field, "", limit=10_000)).encode()


def marked(place: Path) -> int:
    """How many articles lie in the segments of the generations, marked as deleted."""
    total = 0
    for meta in place.glob("generations/*/meta.json"):
        for segment in msgspec.json.decode(meta.read_bytes())["segments"]:
            total += (segment["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"]
    return total


@pytest.fixture
def secretive(place: Path, tmp_path: Path, engine: str) -> Path:
    """An index with the article in two generations, some commits, names that a search has written, and a feed."""
    directory = IndexDirectory(place)
    path = archive(tmp_path / "a.jsonl", [*rows(0, 20), ARTICLE, *rows(20, 30)])
    feed = add_source(directory, "https://a.example/feed", options={})
    archive(fetched_folder(place, feed) / "2026-11.jsonl", [{**ARTICLE, "id": "https://a.example/1"}, *rows(50, 52)])
    add(place, path, engine=engine)
    index(directory, remembered_roots(directory, all_there=True), Choices())
    rebuild(place)
    service = SearchService.open(Settings(index=place))
    service.prepare(service.index)
    service.search(SearchRequest(SECRET[0]))
    service.close()
    return place


IDS = ["secret", "https://a.example/1"]


def test_no_byte_of_a_purged_article_is_left(secretive: Path) -> None:
    place = secretive
    assert {"2026-11.jsonl", "names.tsv", "stored"} <= held(place).keys()
    delete(IndexDirectory(place), IDS[:1], reason="حكم")
    assert len(held(place)) > 3
    done = purge(IndexDirectory(place), IDS, reason="قضاء")
    assert done == Purged(tuple(IDS), (), 32, 1)
    assert (held(place), marked(place), len(generations(place))) == ({}, 0, 1)
    today = next(iter(read_withdrawn(place).values())).day
    assert read_withdrawn(place) == {id: Withdrawal(today, "قضاء") for id in IDS}
    assert set(msgspec.json.decode((place / FILE).read_bytes())["withdrawn"]["secret"]) == {"day", "reason"}
    assert (count(place), verified(place).sound) == (32, True)


def test_a_purged_article_stays_away_and_can_be_restored(secretive: Path, tmp_path: Path) -> None:
    directory = IndexDirectory(secretive)
    purge(directory, IDS)
    assert index(directory, remembered_roots(directory, all_there=True), Choices()).withdrawn == 1
    assert add(secretive, tmp_path / "a.jsonl", read_all=True).withdrawn == 1
    assert (rebuild(secretive).withdrawn, held(secretive)) == (1, {})
    with closing(sqlite3.connect(secretive / "generations" / generations(secretive)[-1] / "origins.sqlite")) as table:
        assert table.execute("select count(*) from entries where id = 'secret'").fetchone() == (1,)
    restore(directory, ["secret"])
    assert add(secretive, tmp_path / "a.jsonl").added == 1


def test_the_command_says_what_is_left_elsewhere(place: Path, tmp_path: Path) -> None:
    add(place, archive(tmp_path / "a.jsonl", [*rows(0, 3), ARTICLE]))
    done = kashaf("delete", "secret", "x", "--purge", "--index", place)
    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            "purged 1: the index was written anew with 3 articles",
            "no index before it is kept; backups that were made before still hold them",
        ],
    )
    assert done.stderr == "kashaf: not in the index: 'x': kashaf search shows the ids\n"
    with pytest.raises(IndexStateError, match="keeps no previous generation"):
        rollback(IndexDirectory(place))
    again = json.loads(kashaf("delete", "secret", "--purge", "--json", "--index", place).stdout)
    assert again == {"purged": ["secret"], "missing": [], "articles": 3, "lines": 0}


def test_what_is_unknown_or_busy_changes_nothing(place: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        purge(IndexDirectory(place), ["x"])
    assert not place.exists()
    add(place, archive(tmp_path / "a.jsonl", rows(0, 3)))
    before = (place / "kashaf.json").read_bytes()
    assert purge(IndexDirectory(place), ["x"]).missing == ("x",)
    with IndexDirectory(place).lock(), pytest.raises(IndexBusy):
        purge(IndexDirectory(place), ["1"])
    assert ((place / "kashaf.json").read_bytes(), read_withdrawn(place)) == (before, {})


def test_only_the_line_of_the_feed_whose_article_it_is_goes(place: Path) -> None:
    """Two feeds number their articles from 1."""
    directory = IndexDirectory(place)
    files = []
    for name in "ab":
        feed = add_source(directory, f"https://{name}.example/feed", options={})
        files.append(archive(fetched_folder(place, feed) / "2026-11.jsonl", [{**ARTICLE, "id": "1", "source": name}]))
    index(directory, remembered_roots(directory, all_there=True), Choices())
    with open_memory(place) as memory:  # its page is still to be fetched
        for name in "ab":
            waiting = Arrival(["id 1"], Article("1", title=f"ينتظر {name}"), "2026-11.jsonl", "x")
            memory.note_feed(f"https://{name}.example/feed", FeedState(), [waiting])
    assert purge(directory, ["b.example/1"]).lines == 1
    remembered = (place / "fetched" / TABLE).read_bytes()
    assert ("ينتظر a".encode() in remembered, "ينتظر b".encode() in remembered) == (True, False)
    assert [len(path.read_text().splitlines()) if path.exists() else 0 for path in files] == [1, 0]
    assert count(place) == 1


STEPS = [
    Step("indexer.purging.purge", "write_withdrawn", "after"),
    Step("indexer.purging.purge", "remove_fetched", "after"),
    Step("indexer.purging.purge", "rewrite", "after"),
    Step("indexer.generations.growing_generation", "GrowingGeneration.publish", "before"),
    Step("indexer.generations.growing_generation", "GrowingGeneration.publish", "after"),
]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_killed_at_any_step_the_same_command_does_the_rest(place: Path, tmp_path: Path, step: Step) -> None:
    add(place, archive(tmp_path / "a.jsonl", [*rows(0, 5), ARTICLE]))
    with stopped_at(step, "delete", "secret", "--purge", "--index", place):
        pass
    assert verified(place).sound
    purge(IndexDirectory(place), ["secret"])
    assert (held(place), count(place), verified(place).sound) == ({}, 5, True)


def test_articles_that_are_not_found_are_not_lost_by_a_purge(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 9)))
    monkeypatch.setattr(rewriting, "parts_of", lambda engine: [engine.search(Everything(), limit=5).matches])
    with pytest.raises(IndexDamaged, match=r"5 of 9 articles of .* were found, so nothing is purged"):
        purge(IndexDirectory(place), ["3"])
    monkeypatch.undo()
    assert (count(place), purge(IndexDirectory(place), ["3"]).articles) == (9, 8)
