"""An article without repeated lines is the same whether the hashes of its words are known or worked out anew."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.index.documents import analyse_articles
from search.index.ranked_terms import LeavingOut

ANALYZER = BatchAnalyzer(Analyzer.default())
LINE = "رابط الخبر بصحيفة الوئام"
TEXT = (
    "أعلن وزير الصحة في الرياض أن نسبة النمو بلغت 3.5 في المئة يوم الأحد، وقال إن الوزارة ستبني عشرين مستشفى جديدا في "
    "مناطق المملكة خلال عامين 2015-2016 بتكلفة 1,200 مليون ريال"
)


def _analysed(body: str, part: tuple[int, int], *, known: bool) -> object:
    article = Article("1", "عنوان الخبر", body, source=("الوئام",))
    (found,) = analyse_articles([article], ANALYZER)
    found = msgspec.structs.replace(found, words=found.words if known else None)
    (left,) = LeavingOut(ANALYZER).analysed([(article, found)], [part])
    return left.terms, left.sketch


@pytest.mark.parametrize("title", ["", "عنوان الخبر"])
def test_only_articles_with_lines_that_may_be_repeated_carry_the_hashes_of_their_words(title: str) -> None:
    with_line, without = (Article("1", title, body, source=("الوئام",)) for body in (f"{TEXT}\n{LINE}", TEXT))
    carried = [found.words for found in analyse_articles([with_line, without], ANALYZER)]
    assert carried[0] is not None
    assert carried[1] is None


@pytest.mark.parametrize("line", [LINE, "3.5 في المئة", "محمَّد العبدالله 50%", "CNN 🙂 2017م"])
@pytest.mark.parametrize("text", [TEXT, "خبر قصير", "3.\n5 في\nالمئة"])
def test_a_line_behind_or_before_a_text_is_left_out_alike(line: str, text: str) -> None:
    behind, before = f"{text}\n{line}", f"{line}\n{text}\n{LINE}"
    for body, part in ((behind, (0, len(text))), (before, (len(line) + 1, len(line) + 1 + len(text)))):
        assert _analysed(body, part, known=True) == _analysed(body, part, known=False)


@settings(max_examples=40)
@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_any_part_of_a_text_is_left_alike_within_words_too(one: int, other: int) -> None:
    body, part = f"{TEXT}\n{LINE}", (min(one, other), max(one, other))
    assert _analysed(body, part, known=True) == _analysed(body, part, known=False)
