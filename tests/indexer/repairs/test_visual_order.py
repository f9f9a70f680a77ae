"""Letters that are stored as they are drawn, from the left, come into the order of reading, and no others."""

from __future__ import annotations

import pytest

from tests.indexer.repairs.mending import SOUND_TEXTS, body, kinds, sample_texts, stored

MIRRORED = str.maketrans("()«»[]", ")(»«][")
READ = (
    "أعلنت وزارة الصحة في مدينة الرياض أمس عن خطة جديدة (شاملة).",
    "ووقعت شركة Microsoft Arabia عقدا بقيمة 2.5 مليون دولار في عام 2015.",
    "نتائج كبيرة",
)
DRAWN = (
    ".(ةلماش) ةديدج ةطخ نع سمأ ضايرلا ةنيدم يف ةحصلا ةرازو تنلعأ",
    ".2015 ماع يف رالود نويلم 2.5 ةميقب ادقع Microsoft Arabia ةكرش تعقوو",
    "ةريبك جئاتن",
)


def test_drawn_lines_are_turned_with_numbers_latin_words_and_brackets() -> None:
    found = stored(title=DRAWN[2], body="\n".join(DRAWN))
    assert (found.title, found.body.split("\n")) == (READ[2], list(READ))
    assert kinds(body="\n".join(DRAWN)) == ["drawing-order"]


def test_numbers_that_were_turned_with_the_letters_are_turned_back() -> None:
    whole = "\n".join(READ[:2]).replace("Microsoft Arabia ", "")
    assert body("\n".join(line[::-1].translate(MIRRORED) for line in whole.split("\n"))) == whole


def test_a_drawn_paragraph_amid_sound_ones_is_turned_alone() -> None:
    assert body(f"{READ[1]}\n{DRAWN[0]}\n{READ[2]}") == f"{READ[1]}\n{READ[0]}\n{READ[2]}"


def test_drawn_forms_are_turned_and_become_letters() -> None:
    assert body("ﺓﺪﻳﺪﺟ ﺔﻳﻮﻤﻨﺗ ﺔﻄﺧ ﻦﻋ ﺽﺎﻳﺮﻟﺍ ﺔﻨﻳﺪﻣ ﻲﻓ ﺔﻴﺤﺼﻟﺍ ﻥﻭﺆﺸﻟﺍ ﺓﺭﺍﺯﻭ ﺖﻨﻠﻋﺃ ﻻﻭﺃ") == (
        "أولا أعلنت وزارة الشؤون الصحية في مدينة الرياض عن خطة تنموية جديدة"
    )


def test_harakat_follow_their_letters() -> None:
    drawn = "ةَديدج ةطخ نع ضايرلا ةنيدم يف ةحصلا ةرازو تنلعأ"
    assert "جديدَة" in body(drawn) or "جديدةَ" in body(drawn)


@pytest.mark.parametrize("text", SOUND_TEXTS)
def test_sound_text_is_not_turned(text: str) -> None:
    assert "drawing-order" not in kinds(body=text)


def test_the_sample_is_not_turned_and_turned_back_where_it_was() -> None:
    for text in sample_texts():
        assert "drawing-order" not in kinds(body=text)
