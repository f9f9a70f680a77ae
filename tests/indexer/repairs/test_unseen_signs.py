"""Signs that nobody sees go, numbers are as they were seen, and what joins letters of other scripts stays."""

from __future__ import annotations

import pytest

from tests.indexer.repairs.mending import body, kinds, stored


@pytest.mark.parametrize("mark", "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_marks_of_direction_go(mark: str) -> None:
    assert body(f"يوليو/{mark}تموز{mark}") == "يوليو/تموز"
    assert stored(title=f"{mark}عنوان").title == "عنوان"


@pytest.mark.parametrize("sign", "\u00ad\u200b\u2060\ufeff\u200c\u200d")
def test_signs_of_no_width_go(sign: str) -> None:
    assert body(f"المشا{sign}كل كثيرة") == "المشاكل كثيرة"
    assert kinds(body=f"المشا{sign}كل") == ["unseen-signs"]


@pytest.mark.parametrize("space", "\u00a0\u2003\u2009\u202f\u3000")
def test_spaces_become_the_common_one(space: str) -> None:
    assert body(f"في{space}البيت") == "في البيت"
    assert kinds(body=f"في{space}البيت") == ["other-spaces"]


def test_numbers_behind_an_override_are_as_they_were_seen() -> None:
    assert body("قبل عام\u202e 5991، \u202cوبفضل الله") == "قبل عام 1995، وبفضل الله"
    assert body("لدفع\u202e 05% \u202cمن إجمالي") == "لدفع 50% من إجمالي"
    assert body("(\u202cالأنعام\u202e: 25 - 45 \u202cفرمى") == "(الأنعام: 52 - 54 فرمى"
    assert body("كتب\u202e www.example2015.com \u202cأمس") == "كتب www.example2015.com أمس"
    assert body("\u202eوصدر عن المجلس العالمي للصحة في جنيف تقرير عن 53٪ من السكان") == (
        "وصدر عن المجلس العالمي للصحة في جنيف تقرير عن 53٪ من السكان"
    )
    assert body("عام\u202e 1995 \u202cقال") == "عام 1995 قال"  # 5991 is no year


def test_numbers_parted_by_a_right_to_left_mark_are_as_they_were_seen() -> None:
    assert body("بنسبة 45.\u200f1 في المائة") == "بنسبة 1.45 في المائة"
    assert body("جوائزها 960.\u200f407.\u200f1 يورو") == "جوائزها 1.407.960 يورو"
    assert kinds(body="بنسبة 45.\u200f1 في") == ["turned-numbers"]
    assert body("العام 2017/\u200f2018") == "العام 2017/2018"


def test_a_joiner_that_shows_a_letter_as_within_a_word_becomes_tatweel() -> None:
    assert body("في رجب 1438ه\u200d. وقال") == "في رجب 1438هـ. وقال"
    assert body("1438ه\u200dـ") == "1438هـ"


def test_joiners_of_persian_and_of_other_scripts_stay() -> None:
    for text in ("عائلة 👨\u200d👩\u200d👧 سعيدة", "हिन्दी क्\u200dष", "این کتاب را می\u200cخوانم که گفت"):
        assert body(text) == text


def test_control_pictures_signs_of_windows_and_bullets_of_word() -> None:
    assert body("سطر␍␊آخر") == "سطر آخر"
    assert body("قال \x93نعم\x94 \x96 وأضاف\x85وأكد") == "قال “نعم” – وأضاف\nوأكد"
    assert body("\uf0fc بند\n\uf0b7 آخر") == "✓ بند\n• آخر"
