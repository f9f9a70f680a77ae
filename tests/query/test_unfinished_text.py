"""The unfinished end of a query that is being typed, its field, and what stands before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.operators import clean
from search.query.unfinished_text import UnfinishedText, unfinished_texts


@pytest.mark.parametrize(
    ("query", "piece"),
    [
        ("", UnfinishedText("", "", None, single=True)),
        ("وز", UnfinishedText("", "وز", None, single=True)),
        ("تونس وز", UnfinishedText("تونس ", "وز", None, "تونس", single=True)),
        ("قمح ", UnfinishedText("قمح ", "", None, "", single=True)),
        ("مصدر:", UnfinishedText("مصدر:", "", "source")),
        ("مصدر:عك", UnfinishedText("مصدر:", "عك", "source")),
        ('تونس source:"وكالة الأن', UnfinishedText("تونس source:", "وكالة الأن", "source")),
        ("تونس -قسم:ريا", UnfinishedText("تونس -قسم:", "ريا", "section")),
        ("قسم: ريا", UnfinishedText("قسم:", "ريا", "section")),
        ("مصدر:أ أو مصدر:ب", UnfinishedText("مصدر:أ أو مصدر:", "ب", "source")),
        ("عنوان:قم", UnfinishedText("عنوان:", "قم", "title")),
        ("عنوان:=قم", UnfinishedText("عنوان:=", "قم", "title")),
        ("تاريخ:20", UnfinishedText("تاريخ:", "20", "date")),
        ("قهوة أو شط", UnfinishedText("قهوة أو ", "شط", None)),
        ("قهوة -شط", UnfinishedText("قهوة -", "شط", None)),
        ("(قهوة شط", UnfinishedText("(قهوة ", "شط", None)),
        ('كاتب:"ندى" قهوة سوداء وز', UnfinishedText('كاتب:"ندى" قهوة سوداء ', "وز", None, "قهوة سوداء")),
        ("مصدر:عكاظ قهوة سوداء وز", UnfinishedText("مصدر:", "عكاظ قهوة سوداء وز", "source")),
        ("عنوان:وزير ال", UnfinishedText("عنوان:وزير ", "ال", None, "وزير")),
        ('"مجلس الأ', UnfinishedText('"مجلس ', "الأ", None, "مجلس ", in_phrase=True)),
        ('"مجلس الأمن"', UnfinishedText('"مجلس الأمن"', "", None)),
        ('كاتب:"ندى"', UnfinishedText('كاتب:"ندى"', "", None)),
    ],
)
def test_the_likeliest_piece_is_first(query: str, piece: UnfinishedText) -> None:
    assert unfinished_texts(query)[0] == piece


def test_words_after_a_name_may_belong_to_it_or_not() -> None:
    name, word = unfinished_texts("مصدر:وكالة الأنا")
    assert name == UnfinishedText("مصدر:", "وكالة الأنا", "source")
    assert (word.head, word.text, word.field) == ("مصدر:وكالة ", "الأنا", None)


@given(st.text("غزةوأ مصدر:كاتب=-\"«»'()|~*12،. ", max_size=30) | st.text(max_size=30))
def test_any_text_has_pieces_whose_ends_are_its_own(text: str) -> None:
    query = clean(text)
    for piece in unfinished_texts(query):
        assert query.startswith(piece.head)
        assert query.rstrip().endswith(piece.text.rstrip())
