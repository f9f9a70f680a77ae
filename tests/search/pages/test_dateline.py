"""Datelines and bylines at the head of a text, as fourteen sources of real news write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.pages.dateline import dateline_end

NEWS = "افتتح وزير الصحة صباح أمس مستشفى جديدا"


@pytest.mark.parametrize(
    "head",
    [
        "الرياض - واس: ",
        "الرياض: واس ",
        "دبي: «الخليج» ",
        "دبي:«الخليج» ",
        'أبوظبي - "الخليج":',
        "القاهرة: «الخليج»، وكالات ",
        "القاهرة «الخليج»: ",
        "صنعاء «الخليج»، وكالات: ",
        "رأس الخيمة - عدنان عكاشة:",
        "أبوظبي علي أسعد: ",
        "رأس الخيمة عدنان عكاشة:",
        "بغداد: رويترز ",
        "بغداد: رويتر ",
        "القاهرة (رويترز) - ",
        "بريدة - (د.ب.أ): ",
        "سويد الحارثي- سبق- أستراليا: ",
        "كتب عثمان حسن: ",
        "متابعة ضمياء فالح: ",
        "إعداد: د. محمد القرق\n",
        "عين اليوم – متابعات\n",
        "خالد الفرج ـ عنيزة\n",
        "أبها - مريم الجابر \n ",
        "الخرطوم 26 شوال 1436 هـ الموافق 11 اغسطس 2015 م واس\n ",
    ],
)
def test_a_place_with_its_voice_or_a_byline_is_skipped_whole(head: str) -> None:
    assert (head + NEWS)[dateline_end(head + NEWS) :] == NEWS


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        "قال تعالى: ولا تطرد الذين يدعون ربهم بالغداة والعشي",
        "قال: «ونزلنا من السماء ماء مباركا»",
        "كأس العالم - المجموعة الأولى: فوز كبير للمنتخب",
        "هناك مثل يقول: لولا الخطأ لما وجد الصواب",
        "في الرياض - كما في جدة: ازدحام المدارس",
        "دبي: رانيا الغزاوي تعتزم إدارة المستشفى رفع القدرة",  # where the name ends is not sure
        "متابعة: ضمياء فالح خيمت أجواء الحزن على الفريق",
        "محمد الحويل\nما من إيجابيات تحملها الذاكرة للدورتين",
        "الهلال - النصر\nانتهت المباراة بالتعادل",
        "الرياض - واس:",  # nothing follows
        "",
    ],
)
def test_what_is_not_surely_a_dateline_stays(text: str) -> None:
    assert dateline_end(text) == 0


@given(st.text(st.sampled_from('دبي واس:-–«»"().\n أبق1\u202e'), max_size=60))
def test_any_text_has_a_dateline_within_it(text: str) -> None:
    end = dateline_end(text)
    assert 0 <= end <= len(text)
    assert end == 0 or text[end:].strip()
