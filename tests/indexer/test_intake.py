"""What is compared, analysed, committed and counted, with a writer that only remembers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import intake as intake_module
from indexer.cleaning.clean import Cleaned, clean
from indexer.intake import Intake
from indexer.line_counts import LineCounts
from indexer.origins.origins import Origins
from indexer.origins.table import open_table
from indexer.report import Tally
from indexer.run_options import NO_SOONER, CommitEvery, read_commit_every
from indexer.shared_ids import SharedIds
from indexer.workers.completing import Completing
from indexer.workers.prepared import Prepared
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.engines.base import Document
from search.index.documents import article_digest
from search.index.minhash import Sketch
from tests.examples import examples

ANALYZER = BatchAnalyzer(Analyzer.default("none"))


class FakeWriter:
    """Keeps committed documents; counts what it is asked."""

    def __init__(self) -> None:
        self.committed: dict[str, Document] = {}
        self.pending: dict[str, Document] = {}
        self.puts = self.commits = self.looks = 0

    def put(self, document: Document) -> None:
        assert document.id in self.pending or document.id in self.committed
        self.pending[document.id] = document
        self.puts += 1

    def add(self, document: Document) -> None:
        assert document.id not in self.pending and document.id not in self.committed
        self.pending[document.id] = document
        self.puts += 1

    def delete(self, id: str) -> None:
        raise AssertionError("an intake removes nothing")

    def digests(self, ids: Iterable[str]) -> dict[str, int]:
        self.looks += 1
        return {id: self.committed[id].digest for id in ids if id in self.committed}

    def take_rejected(self) -> list[tuple[str, str]]:
        return []

    def commit(self) -> None:
        self.committed |= self.pending
        self.pending.clear()
        self.commits += 1

    def close(self) -> None:
        self.pending.clear()


class NoDuplicates:
    """Near-duplicates are another's business: see tests/search/index."""

    def assign_groups(self, documents: Sequence[tuple[Document, Sketch | None]]) -> Sequence[Document]:
        return [document for document, _ in documents]

    def forget(self) -> None: ...


def article(id: str, body: str = "نص") -> Cleaned:
    result = clean(Article(id, body=body), lambda *_: None)
    assert isinstance(result, Cleaned)
    return result


def take_in(
    writer: FakeWriter,
    articles: Sequence[Cleaned],
    *,
    fresh: bool = False,
    commit_every: CommitEvery = NO_SOONER,
    clock: Callable[[], float] = lambda: 0.0,
) -> tuple[Tally, int]:
    """One run: its counts, and how often searches were let see it."""
    tally, published = Tally(), list[int]()
    with tempfile.TemporaryDirectory() as folder, open_table(Path(folder)) as table:
        intake = Intake(
            writer,
            Completing(ANALYZER),
            duplicates=NoDuplicates(),
            tally=tally,
            shared_ids=SharedIds(tally.remark),
            origins=Origins(table),
            line_counts=LineCounts(Path(folder), ANALYZER, writer.digests),
            published=lambda: published.append(1),
            fresh=fresh,
            commit_every=commit_every,
            clock=clock,
        )
        before = {id: document.digest for id, document in writer.committed.items()}
        for place, cleaned in enumerate(articles, start=1):
            article, raw = cleaned.article, cleaned.raw
            digest = article_digest(raw)
            committed = before.get(article.id)
            prepared = Prepared(place, True, (), article.id, digest, len(raw), committed, raw, None)
            intake.add(prepared, "a.jsonl", as_of=0)
        intake.finish()
    return tally, len(published)


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.added, tally.updated, tally.unchanged, tally.repeated


def test_new_changed_and_unchanged_articles_are_counted_apart() -> None:
    writer = FakeWriter()
    assert counts(take_in(writer, [article("1"), article("2")])[0]) == (2, 0, 0, 0)
    assert counts(take_in(writer, [article("1"), article("2", "نص آخر"), article("3")])[0]) == (1, 1, 1, 0)


def test_unchanged_articles_are_neither_analysed_nor_committed() -> None:
    writer = FakeWriter()
    take_in(writer, [article("1"), article("2")])
    puts, commits = writer.puts, writer.commits
    _, published = take_in(writer, [article("2"), article("1")])
    assert (writer.puts, writer.commits, published) == (puts, commits, 0)


def test_of_one_id_twice_the_last_wins_and_is_counted_once() -> None:
    writer = FakeWriter()
    assert counts(take_in(writer, [article("1", "أول"), article("1", "ثان")])[0]) == (1, 0, 0, 1)
    assert "ثان" in writer.committed["1"].raw.decode()


def test_the_same_file_with_an_id_twice_changes_nothing_the_second_time() -> None:
    writer = FakeWriter()
    rows = [article("1", "أول"), article("1", "ثان")]
    take_in(writer, rows)
    assert counts(take_in(writer, rows)[0]) == (0, 0, 1, 1)
    assert "ثان" in writer.committed["1"].raw.decode()


def test_a_fresh_index_is_not_asked_before_its_first_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "BATCH", 2)
    monkeypatch.setattr(intake_module, "COMMIT_ARTICLES", 4)
    writer = FakeWriter()
    take_in(writer, [article(str(number)) for number in range(4)], fresh=True)
    assert writer.looks == 0
    assert counts(take_in(writer, [article("1"), article("9")])[0]) == (1, 0, 1, 0)


@pytest.mark.parametrize("limit", ["COMMIT_ARTICLES", "COMMIT_BYTES"])
def test_commits_come_often_enough_to_bound_memory(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(intake_module, "BATCH", 2)
    monkeypatch.setattr(intake_module, limit, 4 if limit == "COMMIT_ARTICLES" else 100)
    writer = FakeWriter()
    tally, published = take_in(writer, [article(str(number)) for number in range(20)], fresh=True)
    assert writer.commits == published > 2
    assert tally.added == 20
    assert tally.text_bytes == sum(len(article(str(number)).raw) for number in range(20))


@examples(60)
@given(
    st.lists(st.lists(st.tuples(st.sampled_from("123456"), st.sampled_from(["أ", "ب", "ج"])), max_size=12), max_size=4)
)
def test_whatever_comes_the_last_of_each_id_is_kept_and_every_row_is_counted(runs: list[list[tuple[str, str]]]) -> None:
    writer, kept = FakeWriter(), dict[str, str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake_module, "BATCH", 2)
        patch.setattr(intake_module, "COMMIT_ARTICLES", 4)
        for run in runs:
            tally, _ = take_in(writer, [article(id, body) for id, body in run])
            assert tally.added == len({id for id, _ in run} - kept.keys())
            assert tally.read == len(run)
            kept |= dict(run)
            assert {id: document.raw for id, document in writer.committed.items()} == {
                id: article(id, body).raw for id, body in kept.items()
            }


def test_a_run_commits_after_as_many_articles_as_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "BATCH", 1)
    _, published = take_in(FakeWriter(), [article(str(n)) for n in range(10)], commit_every=CommitEvery(articles=3))
    assert published == 4


def test_a_run_commits_after_as_many_seconds_as_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "BATCH", 1)
    seconds = iter(range(1_000))  # one a look
    _, published = take_in(
        FakeWriter(),
        [article(str(n)) for n in range(10)],
        commit_every=CommitEvery(seconds=4),
        clock=lambda: float(next(seconds)),
    )
    assert published == 3


def test_time_is_looked_at_after_each_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "BATCH", 256)
    seconds = iter(range(1_000))  # one a look
    writer = FakeWriter()
    _, published = take_in(
        writer,
        [article(str(n)) for n in range(10)],
        commit_every=CommitEvery(seconds=4),
        clock=lambda: float(next(seconds)),
    )
    assert (published, len(writer.committed)) == (3, 10)


def test_no_choice_makes_a_run_remember_more_than_the_most() -> None:
    assert read_commit_every("50000").articles == intake_module.COMMIT_ARTICLES
    with pytest.raises(ValueError, match="from 1,000 to 50,000"):
        read_commit_every("50001")


@pytest.mark.parametrize(
    ("written", "articles", "seconds"),
    [("1000", 1_000, 300), ("20,000", 20_000, 300), ("5s", 50_000, 5), ("90s", 50_000, 90), ("60m", 50_000, 3_600)],
)
def test_how_often_to_commit_is_written_as_articles_or_as_time(written: str, articles: int, seconds: float) -> None:
    assert read_commit_every(written) == CommitEvery(articles, seconds)


@pytest.mark.parametrize(
    "written", ["", "0", "999", "4s", "61m", "0m", "1h", "-5s", "1e4", "٣٠s", "9" * 30, "s", "5 m"]
)
def test_another_choice_of_when_to_commit_is_refused_by_name(written: str) -> None:
    with pytest.raises(ValueError, match="from 5s to 60m"):
        read_commit_every(written)


@pytest.mark.parametrize("remembered", [2**20, 1])
def test_of_an_index_that_the_run_began_only_ids_that_it_may_have_are_looked_up(
    remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "_MOST_IDS", remembered)
    monkeypatch.setattr(intake_module, "BATCH", 1)
    writer, each = FakeWriter(), CommitEvery(articles=2)
    new = [article(str(number)) for number in range(6)]
    take_in(writer, new, fresh=True, commit_every=each)
    assert (writer.commits, writer.looks) == (3, 0 if remembered > 1 else 4)
    writer = FakeWriter()
    tally, _ = take_in(writer, [*new, article("1", "آخر"), article("2")], fresh=True, commit_every=each)
    assert (tally.added, tally.updated, tally.unchanged) == (6, 1, 1)
    assert (len(writer.committed), writer.puts) == (6, 7)
