"""Lines that say who wrote a text, with a label and without."""

from __future__ import annotations

import pytest

from indexer.readers.bylines import is_signed_place, writer_in


def unlabelled(line: str) -> str | None:
    return writer_in([line, "نص الخبر هنا."], may_lack_label=True)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("محمود الحضري", "محمود الحضري"),
        ("عبد الله محمد:", "عبد الله محمد"),
        ("د. كريم شغيدل", "د. كريم شغيدل"),
        ("| يوسف القعيد |", "يوسف القعيد"),
        ("جـابـر الحـرمـي", "جابر الحرمي"),
        ("بغداد – حسين التميمي", "بغداد – حسين التميمي"),
        ("القاهرة: حسام فاروق", "القاهرة: حسام فاروق"),
        ("عبد الحافظ الصاوي-القاهرة", "عبد الحافظ الصاوي-القاهرة"),
        ("ذمار / عادل الطشي -", "عادل الطشي"),  # no place that is known
        ("أحمد فرحات، مصطفى إبراهيم", "أحمد فرحات، مصطفى إبراهيم"),
        ("عبدالله القاضي - علي السريحي", "عبدالله القاضي - علي السريحي"),
    ],
)
def test_a_line_with_nothing_but_a_name_is_a_byline_of_a_text(line: str, author: str) -> None:
    assert unlabelled(line) == author
    assert writer_in([line, "نص الخبر هنا."]) is None  # on a page it may be the caption of a picture


@pytest.mark.parametrize(
    "line",
    [
        "بداية الفاجعة",
        "ثورة صاحب الحمار",
        "سحر الصورة وجنائزيتها",
        "عقبة سوداء",
        "أولاً ــ فضل العلم",
        "يمن برس - متابعات",
        "محمد رسول الله صلى الله عليه وسلم",
        "تصوير/ خميس السعيدي",
        "ترجمة: نادية المختار",
        "كتاب محمد حسين",
        "خالد قال كلمته",
        "علي, عمر",
        "John Smith",
        "نادي الهلال السعودي",
    ],
)
def test_other_short_lines_are_none(line: str) -> None:
    assert unlabelled(line) is None


def test_a_byline_stands_near_the_beginning() -> None:
    lines = ["أ", "ب", "ج", "محمود الحضري"]
    assert writer_in(lines, may_lack_label=True) is None
    assert writer_in(lines[1:], may_lack_label=True) == "محمود الحضري"


def test_a_place_and_a_name_are_no_title() -> None:
    assert is_signed_place("القاهرة - عمر عطية، صالح شلبي")
    assert not is_signed_place("محمود الحضري")  # an article may be about him
    assert not is_signed_place("القاهرة - قمة جديدة")


def test_an_agency_may_be_one_word() -> None:
    assert writer_in(["متابعة: وكالات"]) == "وكالات"
    assert writer_in(["متابعة: خاصة"]) is None
