"""Pieces of a text with folded words are found without folding the text, and are those that folding it would give."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.fold import fold_letters
from search.results.careful_form import chunks_having, pieces_with

WRITTEN = st.lists(st.text("ابتأةىيپبچجلمءؤ", min_size=1, max_size=5), max_size=12).map(" ".join)
FOLDED = st.text("ابتهيجلم", min_size=1, max_size=3)


def pieces_of_all(text: str, folded: tuple[str, ...], before: int) -> Iterator[str]:
    chunks = text.split()
    forms = [fold_letters(chunk) for chunk in chunks]
    for at, form in enumerate(forms):
        row = forms[at : at + len(folded)]
        in_row = len(row) == len(folded) and all(word in chunk for word, chunk in zip(folded, row, strict=True))
        if in_row or "".join(folded) in form:
            yield " ".join(chunks[max(0, at - before) : at + len(folded) + 1])


@given(WRITTEN, st.lists(FOLDED, min_size=1, max_size=3).map(tuple), st.integers(0, 2))
def test_pieces_are_those_that_folding_the_whole_text_gives(text: str, folded: tuple[str, ...], before: int) -> None:
    assert list(pieces_with(text, *folded, before=before)) == list(pieces_of_all(text, folded, before))


@pytest.mark.parametrize(
    ("text", "word", "pieces"),
    [
        ("زار أوبـَاما القاهرة أمس", "اوباما", ["أوباما القاهرة"]),
        ("في ڤيينا وفيينا", "فيينا", ["ڤيينا وفيينا", "وفيينا"]),
        ("جامعة بغداد", "جامعه", ["جامعة بغداد"]),
        ("إيهاب", "ايه", ["إيهاب"]),
        ("لا شيء هنا", "سعود", []),
    ],
)
def test_a_folded_word_is_found_however_its_letters_are_written(text: str, word: str, pieces: list[str]) -> None:
    assert list(pieces_with(text, word)) == pieces


MIXED = st.lists(st.text("اlﬁBéＣøЖא٥5.-%$و\u064b\ufefb", min_size=1, max_size=5), max_size=8).map(" ".join)


@given(MIXED)
def test_a_word_of_another_script_is_found_among_its_letters_as_often_as_in_the_whole_text(text: str) -> None:
    analyzer = Analyzer.default("none")
    (bare,) = pieces_with(text, "b")  # harakat part the words of other scripts (5ًB), so they are taken out before
    found = analyzer.tokens(bare)
    words = {term for token in found for term in (token.word, token.exact)}
    for word in (word for word in words if any(letter.isalpha() and not "ء" <= letter <= "ي" for letter in word)):
        tokens = (token for chunk in chunks_having(text, word) for token in analyzer.tokens(chunk))
        of_chunks = [token.text for token in tokens if word in (token.word, token.exact)]
        assert of_chunks == [token.text for token in found if word in (token.word, token.exact)] != []


def test_of_an_arabic_text_only_the_words_of_another_script_are_looked_at() -> None:
    text = "قال Mohammed بن سلمان، في 2015 و٥٠٪: «Café» وﷲ أعلم"
    assert list(chunks_having(text, "mohammed")) == ["Mohammed", "«Café»", "وﷲ"]
