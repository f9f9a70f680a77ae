"""Tokens: where words and numbers begin and end in raw text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.tokens import spans
from tests.examples import examples

MIXED_TEXT = st.text(
    alphabet=st.sampled_from("ابتةىيوأؤئءلـَُِّّْٰ\u200c\u200f\u202b٠١٣٫٬،.,-_'\"()«» \n\tabéÀ0129ﻻﷺﹰ%٪$"), max_size=30
)


def written(text: str) -> list[str]:
    """The tokens of a text."""
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال الرئيس: نعم، لا!", ["قال", "الرئيس", "نعم", "لا"]),
        ("القُوَّاتِ العِراقِيَّة", ["القُوَّاتِ", "العِراقِيَّة"]),  # a word never breaks at its harakat
        ("مـحـمـد", ["مـحـمـد"]),
        ("«الجزيرة»", ["الجزيرة"]),
        ("السعودية/الإمارات", ["السعودية", "الإمارات"]),
        ("#السعودية_اليوم", ["السعودية", "اليوم"]),
        ("می\u200cشود", ["می\u200cشود"]),  # Persian's non-joiner stands inside a word
        ("كلمة\u200f كلمة", ["كلمة", "كلمة"]),  # a bidi mark behind a word belongs to the line
        ("الع\u200fراق", ["الع\u200fراق"]),
        ("ﻻﻋﺐ", ["ﻻﻋﺐ"]),
        ("الـCNN", ["الـ", "CNN"]),
        ("COVID19 وG20", ["COVID19", "و", "G20"]),
        ("Dès l'Aube", ["Dès", "l", "Aube"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("1436هـ 2017م", ["1436", "هـ", "2017", "م"]),
        ("و قال", ["و", "قال"]),
        ("50% ٪٥٠ 50 ٪", ["50", "%", "٪", "٥٠", "50", "٪"]),
        ("$100 100$ US$100", ["$", "100", "100", "$", "US", "$", "100"]),
        ("(5%) 5.5%، 20%", ["5", "%", "5.5", "%", "20", "%"]),
        ("Ke$ha قال% ربح$ %كلمة", ["Ke", "ha", "قال", "ربح", "كلمة"]),
        ("%%% $$", []),
        ("ـــ -- ...", []),
        ("", []),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    assert written(text) == words


@pytest.mark.parametrize("number", ["3,650", "15.5", "٣٬٦٥٠", "١٥٫٥", "3,650.25", "2017", "۱۲"])
def test_a_number_stays_together(number: str) -> None:
    assert written(f"بلغ {number}، ثم") == ["بلغ", number, "ثم"]


@pytest.mark.parametrize(
    ("text", "numbers"), [("في 2017.", ["2017"]), ("1، 2، 3", ["1", "2", "3"]), ("15th", ["15th"])]
)
def test_a_mark_after_a_number_does_not_belong_to_it(text: str, numbers: list[str]) -> None:
    assert [token for token in written(text) if token[0].isdigit()] == numbers


def test_offsets_count_in_the_raw_text() -> None:
    assert list(spans("قالَ، نعم")) == [(0, 4), (6, 9)]


@examples(150)
@given(st.text(max_size=40) | MIXED_TEXT)
def test_tokens_come_in_order_and_hold_no_white_space(text: str) -> None:
    before = 0
    for start, end in spans(text):
        assert before <= start < end <= len(text)
        assert not any(character.isspace() for character in text[start:end])
        before = end


@examples(150)
@given(st.text(max_size=40) | MIXED_TEXT)
def test_a_text_has_the_tokens_of_its_chunks(text: str) -> None:
    assert written(text) == [token for chunk in text.split() for token in written(chunk)]
