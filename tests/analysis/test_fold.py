"""Folding: marks and invisible characters are removed, and letters that writers exchange become one letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.fold import fold, strip_marks
from tests.examples import examples

ARABIC_TEXT = st.text(alphabet=st.characters(min_codepoint=0x0600, max_codepoint=0x06FF), max_size=12)


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("القُوَّاتِ", "القوات"),
        ("مـــحـــمـــد", "محمد"),
        ("هٰذا", "هذا"),
        ("\u202bالعراق\u202c", "العراق"),
        ("الع\u200fراق", "العراق"),
        ("ال\u200bعراق", "العراق"),
        ("\ufeffالعراق", "العراق"),
        ("ﺍﻟﻌﺮﺍﻕ", "العراق"),  # presentation forms, out of a PDF
        ("ﻻﻋﺐ", "لاعب"),  # the ligature of ل and ا
        ("ﷲ", "الله"),
        ("ا\u0654حمد", "أحمد"),  # hamza as a mark of its own
        ("ا\u0653خر", "آخر"),
        ("کتاب", "كتاب"),  # Persian ک
        ("علی", "علي"),  # Persian ی
        ("ہند", "هند"),  # Urdu ہ
        ("٢٠١٧", "2017"),
        ("۲۰۱۷", "2017"),
        ("CNN", "cnn"),
        ("Élysée", "elysee"),
        ("E\u0301lyse\u0301e", "elysee"),
        ("Łódź", "lodz"),
        ("Straße", "straße"),
        ("İstanbul", "istanbul"),
    ],
)
def test_the_bare_form_loses_what_carries_no_letter(typed: str, bare: str) -> None:
    assert strip_marks(typed) == bare


@pytest.mark.parametrize("word", ["أحمد", "إلى", "آخر", "مسؤول", "شئون", "مدرسة", "مستشفى", "قرآن"])
def test_the_bare_form_keeps_hamzas_and_final_letters_as_written(word: str) -> None:
    assert strip_marks(word) == word


@pytest.mark.parametrize(
    "spellings",
    [
        "أحمد احمد إحمد",
        "آخر اخر",
        "ٱلله الله",
        "مسؤول مسئول",
        "شؤون شئون",
        "رئاسة رءاسة",
        "العراقية العراقيه",
        "مستشفى مستشفي",
        "هيئة هيأة",
        "مئة مائة",
        "خمسمئة خمسمائة",
        "لاجئ لاجىء لاجيء",
        "شيء شئ شىء",
        "سيئ سيء",
        "قرآن قران",
        "فيينا ڤيينا",
        "پوتين بوتين",
        "كوكل گوگل",
    ],
)
def test_spellings_of_one_word_fold_to_one_term(spellings: str) -> None:
    assert len({fold(strip_marks(word)) for word in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["علم عالم", "وزير وزيرة", "سال سئل", "شيء شيئا", "ماء مئة", "باء با"])
def test_different_words_stay_apart(pair: str) -> None:
    first, second = pair.split()
    assert fold(first) != fold(second)


@pytest.mark.parametrize("text", ["", "ّ", "ـــ", "\u200f"])
def test_nothing_is_left_of_marks_alone(text: str) -> None:
    assert strip_marks(text) == ""


def test_a_ligature_of_several_words_is_one_term() -> None:
    assert strip_marks("ﷺ") == "صلىاللهعليهوسلم"


@examples(150)
@given(st.text(max_size=12) | ARABIC_TEXT)
def test_stripping_twice_is_stripping_once(text: str) -> None:
    bare = strip_marks(text)
    assert strip_marks(bare) == bare
    assert not any(character.isspace() for character in bare)


@examples(150)
@given(st.text(max_size=12) | ARABIC_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(strip_marks(text))
    assert fold(folded) == folded
    assert strip_marks(folded) == folded
