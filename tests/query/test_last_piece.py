"""Which piece of a query is being typed, and what stands before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.last_piece import Piece, last_pieces
from search.query.operators import clean


@pytest.mark.parametrize(
    ("query", "piece"),
    [
        ("", Piece("", "", None, single=True)),
        ("وز", Piece("", "وز", None, single=True)),
        ("تونس وز", Piece("تونس ", "وز", None, "تونس", single=True)),
        ("قمح ", Piece("قمح ", "", None, "", single=True)),
        ("مصدر:", Piece("مصدر:", "", "source")),
        ("مصدر:عك", Piece("مصدر:", "عك", "source")),
        ('تونس source:"وكالة الأن', Piece("تونس source:", "وكالة الأن", "source")),
        ("تونس -قسم:ريا", Piece("تونس -قسم:", "ريا", "section")),
        ("قسم: ريا", Piece("قسم:", "ريا", "section")),
        ("مصدر:أ أو مصدر:ب", Piece("مصدر:أ أو مصدر:", "ب", "source")),
        ("عنوان:قم", Piece("عنوان:", "قم", "title")),
        ("عنوان:=قم", Piece("عنوان:=", "قم", "title")),
        ("تاريخ:20", Piece("تاريخ:", "20", "date")),
        ("قهوة أو شط", Piece("قهوة أو ", "شط", None)),
        ("قهوة -شط", Piece("قهوة -", "شط", None)),
        ("(قهوة شط", Piece("(قهوة ", "شط", None)),
        ('كاتب:"ندى" قهوة سوداء وز', Piece('كاتب:"ندى" قهوة سوداء ', "وز", None, "سوداء")),
        ('"مجلس الأ', Piece('"مجلس ', "الأ", None, "مجلس ")),
        ('"مجلس الأمن"', Piece('"مجلس الأمن"', "", None)),
        ('كاتب:"ندى"', Piece('كاتب:"ندى"', "", None)),
    ],
)
def test_the_likeliest_piece_is_first(query: str, piece: Piece) -> None:
    assert last_pieces(query)[0] == piece


def test_words_after_a_name_may_belong_to_it_or_not() -> None:
    name, word = last_pieces("مصدر:وكالة الأنا")
    assert name == Piece("مصدر:", "وكالة الأنا", "source")
    assert (word.head, word.text, word.field) == ("مصدر:وكالة ", "الأنا", None)


@given(st.text("غزةوأ مصدر:كاتب=-\"«»'()|~*12،. ", max_size=30) | st.text(max_size=30))
def test_any_text_has_pieces_whose_ends_are_its_own(text: str) -> None:
    query = clean(text)
    for piece in last_pieces(query):
        assert query.startswith(piece.head)
        assert query.rstrip().endswith(piece.text.rstrip())
