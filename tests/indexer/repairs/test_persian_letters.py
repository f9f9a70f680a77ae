"""Letters of Persian and other keyboards become those of Arabic in Arabic text, and nowhere else."""

from __future__ import annotations

import pytest

from tests.indexer.repairs.mending import body, kinds, stored


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الخارجیة الإیرانية", "الخارجية الإيرانية"),
        ("ذلک وکانت مملکة", "ذلك وكانت مملكة"),
        ("علی الأرض وعلی السطح", "على الأرض وعلى السطح"),
        ("إلی المدینة", "إلى المدينة"),
        ("حتی المستشفی", "حتى المستشفى"),
        ("المرة الأولی والأخری", "المرة الأولى والأخرى"),
        ("احتوی المعرض وبكی الطفل", "احتوى المعرض وبكى الطفل"),
        ("فی البیت", "في البيت"),
        ("الثقافی", "الثقافي"),
        ("وأھمھا الواحدہ", "وأهمها الواحده"),
        ("ٲعلن فی", "أعلن في"),
        ("مَنَامُکُم", "مَنَامُكُم"),
        ("عربیٌّ", "عربيٌّ"),
    ],
)
def test_letters_of_other_keyboards_become_arabic_by_position(typed: str, meant: str) -> None:
    assert body(f"{typed} قال") == f"{meant} قال".replace("يٌّ", "يٌّ")


def test_letters_that_arabic_writes_in_names_stay() -> None:
    text = "زار پول ڤيينا وچنكيز خان وگورباتشوف وژان في ڨابس"
    assert body(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "وزیر امور خارجه ایران گفت که این کشور برای صلح تلاش می\u200cکند",
        "وزیر اعظم نے کہا ہے کہ یہ ملک کے لیے اہم ہے",
        "سەرۆکی هەرێم لە هەولێر گوتی کە ئەم کارە گرنگە",
    ],
)
def test_persian_urdu_and_kurdish_stay_as_they_are(text: str) -> None:
    assert body(text) == text
    assert stored(title=text.split(" گ")[0], body=text).title == text.split(" گ")[0]


def test_a_persian_quotation_in_arabic_text_stays() -> None:
    quoted = "«این کتاب را برای شما می\u200cخوانم»"
    assert body(f"وقال المدیر بالفارسية: {quoted} في الحفل") == f"وقال المدير بالفارسية: {quoted} في الحفل"


def test_the_alef_of_connection_stays() -> None:
    assert body("فَٱحْتَارَ") == "فَٱحْتَارَ"
    assert kinds(body="فَٱحْتَارَ") == []
