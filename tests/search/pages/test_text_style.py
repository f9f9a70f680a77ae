"""Text for a terminal and for a pipe: colours, directions, width."""

from __future__ import annotations

import pytest

from search.pages.records import Segment
from search.pages.text_style import TextStyle

TITLE = (Segment("أسعار "), Segment("القمح", highlighted=True), Segment(" ترتفع"))
PIPE = TextStyle("ar")


def test_a_pipe_gets_the_text_alone() -> None:
    assert PIPE.highlighted(TITLE) == "أسعار القمح ترتفع"
    assert PIPE.isolated("okaz") == "okaz"
    assert list(PIPE.folded("كلمة " * 99, indent="   ")) == ["   " + "كلمة " * 99]
    assert PIPE.row(["2015", "3"]) == "2015\t3"


def test_highlighted_words_are_in_colour_or_between_asterisks() -> None:
    assert TextStyle(color=True).highlighted(TITLE) == "أسعار \x1b[33m\x1b[1mالقمح\x1b[0m ترتفع"
    assert TextStyle(columns=80).highlighted(TITLE) == "أسعار *القمح* ترتفع"


def test_lines_of_a_terminal_fit_and_begin_where_their_language_does() -> None:
    text = " ".join(["وَزارَةُ"] * 10)  # 5 cells each: harakat take none
    for language, beginning in (("ar", "\u200f"), ("en", "")):
        lines = list(TextStyle(language, columns=40).folded(text, indent="   "))
        assert [line.count("وَزارَةُ") for line in lines] == [6, 4]
        assert all(line.startswith(f"{beginning}   و") for line in lines)


def test_a_highlighted_phrase_that_is_folded_stays_highlighted_in_both_lines() -> None:
    phrase = (Segment("مجلس الأمن الدولي", highlighted=True),)
    style = TextStyle(color=True, columns=21)
    lines = list(style.folded("و" * 10 + " " + style.highlighted(phrase)))
    assert len(lines) == 2 and all("\x1b[" in line and line.endswith("\x1b[0m") for line in lines)


def test_what_stands_beside_arabic_is_isolated_and_tables_run_from_left_to_right() -> None:
    style = TextStyle("ar", columns=80)
    assert style.isolated("okaz") == "\u2068okaz\u2069"
    assert style.row(["الشهر", "1"]) == "\u200e\u2068الشهر\u2069\t\u20681\u2069"


@pytest.mark.parametrize("columns", [None, 80])
def test_what_a_terminal_would_obey_is_not_passed_on(columns: int | None) -> None:
    style = TextStyle(columns=columns)
    hostile = "خبر\x1b]0;x\x07\x9b31m\nآخر"
    for shown in (style.isolated(hostile), style.highlighted((Segment(hostile),))):
        assert not set(shown) & {"\x1b", "\x07", "\x9b", "\n"} and "آخر" in shown
