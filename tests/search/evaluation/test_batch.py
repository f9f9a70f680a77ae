"""Runs, scores and comparisons over topics with known answers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

import corpus
from search.errors import LibraryMissing, SourceError
from search.evaluation.batch import MEASURES, RunRow, Topic, measures, read_judgments, read_topics, run_topics, score
from search.evaluation.compare import compare, compared_lines
from search.ranking.profile import NEWS
from search.service import SearchService


def test_the_sample_is_ranked_well_on_every_engine(service: SearchService) -> None:
    rows = list(run_topics(service.index, read_topics(corpus.TOPICS), limit=100, profile=NEWS))
    found = score(rows, read_judgments(corpus.QRELS))
    assert found["nDCG@10"] >= 0.85 and found["R@100"] >= 0.97


def test_a_run_row_is_a_line_of_a_trec_run() -> None:
    assert str(RunRow("t1", "a", 1, 2.5)) == "t1 Q0 a 1 2.500000 kashaf"


def test_the_measures_are_what_they_are_called() -> None:
    assert tuple(map(str, measures())) == MEASURES


def test_a_topic_without_hits_counts_nothing() -> None:
    judged = read_judgments(corpus.QRELS)
    assert score([], judged) == {"nDCG@10": 0.0, "RR@10": 0.0, "R@100": 0.0}


def test_the_error_about_a_missing_file_does_not_blame_its_encoding(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"none\.tsv cannot be read \(No such file or directory\): name another file$"
    ):
        read_topics(tmp_path / "none.tsv")
    file = tmp_path / "topics.tsv"
    file.write_bytes("t1\tقمح\n".encode("cp1256"))
    with pytest.raises(SourceError, match=r"is not UTF-8 text .*: convert it"):
        read_topics(file)


@pytest.mark.parametrize("content", ["", "\n\n", "no tab here\n", "two words\tquery\n"])
def test_bad_topics_are_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "topics.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"topics\.tsv"):
        read_topics(file)


def test_bad_judgments_are_named(tmp_path: Path) -> None:
    file = tmp_path / "qrels.txt"
    file.write_text("a b c\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"qrels\.txt"):
        read_judgments(file)


def test_two_profiles_side_by_side(service: SearchService) -> None:
    topics, judged = read_topics(corpus.TOPICS), read_judgments(corpus.QRELS)
    crippled = replace(NEWS, stem=0, lead=0, title=0, title_pair=0, title_exact=0, presence=0, near=0, word=1)
    runs = [list(run_topics(service.index, topics, limit=100, profile=profile)) for profile in (NEWS, crippled)]
    found = compare(*runs, judged, topics)
    (first, *_), changes = found.measures, found.changes
    assert first.after < first.before and first.losses > first.wins
    assert first.wins + first.losses + first.ties == 25
    assert 0 <= first.p < 0.2
    assert changes and all(row.before != row.after for row in changes)
    assert len(list(compared_lines(found, ("news", "word")))) == 1 + 3 + len(changes)


def test_a_run_compared_with_itself_ties_everywhere() -> None:
    judged = read_judgments(corpus.QRELS)
    rows = [RunRow(judgment.query_id, judgment.doc_id, 1, 1.0) for judgment in judged]
    found = compare(rows, rows, judged, [Topic("1", "x")])
    assert found.changes == () and all(row.p == 1.0 and row.wins == row.losses == 0 for row in found.measures)


def test_without_the_extra_evaluate_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(LibraryMissing, match=r"pip install 'kashaf\[evaluate\]'"):
        read_judgments(corpus.QRELS)
    with pytest.raises(LibraryMissing, match=r"pip install 'kashaf\[evaluate\]'"):
        score([RunRow("t1", "a", 1, 2.5)], [])
