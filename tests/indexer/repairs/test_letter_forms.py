"""Forms of letters become letters, harakat stand on the letter before, and marks have one order."""

from __future__ import annotations

import unicodedata

from indexer.repairs.letter_forms import as_letters
from tests.indexer.repairs.mending import body, kinds


def test_forms_of_letters_become_letters() -> None:
    assert body("سيطرت اﻟﻤﻘﺎﻭﻣﺔ ﺍﻟﺸﻌﺒﻴﺔ اليوم") == "سيطرت المقاومة الشعبية اليوم"
    assert kinds(body="ﻛﺸﻔﺖ مصادر") == ["letter-forms"]


def test_lam_with_alef_becomes_two_letters() -> None:
    assert body("اﻷمن واﻹيمان واﻵخر وﻻ") == "الأمن والإيمان والآخر ولا"


def test_ligatures_of_letters_become_letters_and_signs_stay() -> None:
    assert body("عبدﷲ وﷴ") == "عبدالله ومحمد"
    assert body("النبي ﷺ و147 ﷼ ﴿آية﴾ ﷽ ﷻ") == "النبي ﷺ و147 ﷼ ﴿آية﴾ ﷽ ﷻ"


def test_harakat_with_a_place_of_their_own_stand_on_the_letter_before() -> None:
    assert body("ماحكﱠ جلدك") == unicodedata.normalize("NFC", "ماحكَّ جلدك")
    assert body("كﹷتب") == "كَتب"
    assert body("قوله تعالى: ﱡ قل") == "قوله تعالى:  قل"  # no letter to stand on


def test_a_hamza_apart_is_joined_to_its_letter() -> None:
    assert body("ا\u0654ستاذ وقرا\u0653ن وا\u0655مرأة") == "أستاذ وقرآن وإمرأة"
    assert kinds(body="ا\u0654ستاذ") == ["order-of-marks"]


def test_the_marks_of_a_letter_have_one_order() -> None:
    assert body("مُحَم\u0651\u064eد") == body("مُحَم\u064e\u0651د")


def test_persian_forms_become_the_letters_of_arabic() -> None:
    assert body("قال ﮐﺎﺗﺐ ﻓﯽ الصحيفة") == "قال كاتب في الصحيفة"


def test_text_without_forms_is_itself() -> None:
    text = "نص ـ بلا أشكال"
    assert as_letters(text) is text or as_letters(text) == text
