"""The passages that a snippet shows are those with the most different highlighted words, cut at sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.results.chunk_offsets import Chunks
from search.results.passages import BACK, PASSAGE_WORDS, Span, choose

WINDOW = PASSAGE_WORDS - BACK
KEYS = st.lists(st.tuples(st.integers(0, 150), st.sampled_from("abcd")), max_size=25, unique_by=lambda each: each[0])


def spans(keys: list[tuple[int, str]], chunks: Chunks) -> list[Span]:
    return [Span(chunks.start(at), chunks.end(at), at, key) for at, key in sorted(keys)]


def worth(row: list[Span], first: int) -> float:
    """The score of the passage that begins with a span, worked out from the start."""
    here = [span.key for span in row[first:] if span.chunk - row[first].chunk < WINDOW]
    return round(sum(0.02 if key in here[:at] else 1.0 for at, key in enumerate(here)), 6)


@given(KEYS)
def test_the_first_passage_has_the_most_different_words(keys: list[tuple[int, str]]) -> None:
    chunks = Chunks(" ".join(["كلمة"] * 160))
    row = spans(keys, chunks)
    chosen = choose(chunks, row, 1)
    assert len(chosen) == bool(row)
    if row:
        best = max(worth(row, at) for at in range(len(row)))
        ((first, last),) = chosen
        assert any(worth(row, at) == best and first <= row[at].chunk < last for at in range(len(row)))


def test_of_passages_with_as_many_words_the_first_is_chosen() -> None:
    chunks = Chunks(" ".join(["كلمة"] * 160))
    assert choose(chunks, spans([(20, "a"), (70, "a"), (120, "a")], chunks), 1) == [(15, 49)]


def test_a_second_passage_has_a_word_that_the_first_has_not() -> None:
    chunks = Chunks(" ".join(["كلمة"] * 160))
    assert len(choose(chunks, spans([(20, "a"), (120, "a")], chunks), 2)) == 1
    assert len(choose(chunks, spans([(20, "a"), (120, "b")], chunks), 2)) == 2


def test_a_passage_begins_and_ends_with_a_line_or_a_sentence() -> None:
    words = ["كلمة"] * 160
    words[45] = "\nسطر"
    words[75] = "آخر."
    chunks = Chunks(" ".join(words))
    assert choose(chunks, spans([(50, "a")], chunks), 1) == [(45, 76)]
