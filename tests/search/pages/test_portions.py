"""A long text in portions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.pages.portions import portion_at


def test_a_short_text_is_one_portion() -> None:
    portion = portion_at("نص قصير", 5)
    assert (portion.start, portion.end, portion.number, portion.starts) == (0, 7, 1, (0,))


def test_a_portion_ends_at_a_line_then_at_a_sentence_then_at_a_space() -> None:
    assert portion_at("aaaa\nbb. cc dd", 0, longest=8).end == 5
    assert portion_at("aaaa. bb cc dd", 0, longest=8).end == 6
    assert portion_at("aaaa bbb cc dd", 0, longest=8).end == 5
    assert portion_at("a" * 20, 0, longest=8).end == 8


def test_a_place_beyond_the_end_or_before_the_start_is_in_the_last_or_first_portion() -> None:
    assert portion_at("a b c d e f", 99, longest=4).end == 11
    assert portion_at("a b c d e f", -1, longest=4).start == 0


@given(st.text("اب .\n", max_size=80), st.integers(-5, 90), st.integers(2, 20))
def test_portions_cover_the_text_and_the_one_of_a_place_holds_it(text: str, place: int, longest: int) -> None:
    portion = portion_at(text, place, longest=longest)
    assert portion.end - portion.start <= longest
    if 0 <= place < len(text):
        assert portion.start <= place < portion.end
    parts = [portion_at(text, start, longest=longest) for start in portion.starts]
    assert "".join(text[part.start : part.end] for part in parts) == text
