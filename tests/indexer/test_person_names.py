"""One spelling for the name of one person, and no letter changed that is not surely left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning.person_names import usual_name
from search.analysis.fold import fold, strip_marks


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("احمد العتيبي", "أحمد العتيبي"),  # hamza, by the list of names
        ("ابراهيم التميمي", "إبراهيم التميمي"),
        ("ناهد اوشي", "ناهد أوشي"),  # by the counts of the news
        ("سمير الادريسي", "سمير الإدريسي"),
        ("فايز الاسمري", "فايز الأسمري"),
        ("حمزه بوفهيد", "حمزة بوفهيد"),
        ("محمد فلاته", "محمد فلاتة"),
        ("حمدى سعد", "حمدي سعد"),
        ("طارق على فدعق", "طارق علي فدعق"),
        ("غازى القحطانى", "غازي القحطاني"),
        ("محمد النجادى", "محمد النجادي"),
        ("محمد مصطفي أبوشامة", "محمد مصطفى أبو شامة"),
        ("عايدة عبد الحميد", "عايدة عبدالحميد"),
        ("محمد العبد الله", "محمد العبدالله"),
        ("سلام ابوشهاب", "سلام أبو شهاب"),
        ("مجدي زهرالدين", "مجدي زهر الدين"),
        ("علي ال حمود", "علي آل حمود"),
        ("محمد رُضا", "محمد رضا"),
        ("عبدالله الـــزماي", "عبدالله الزماي"),
        (" نايف  الرشيد", "نايف الرشيد"),
    ],
)
def test_what_careless_bylines_leave_out_is_put_there(written: str, usual: str) -> None:
    assert usual_name(written) == usual


@pytest.mark.parametrize(
    "name",
    [
        *("أسمهان الغامدي", "عبير أبو شمالة", "سلطان السلمي", "هدى الحسيني", "عبده خال", "طه حسين", "ليلى علوي"),
        *("مني بونعامة", "سلوى المدني", "يحيى الشبرقي", "عيسى الحكمي", "أحمد المسري", "علي العمري", "ناصر العيسى"),
        *("مروى حسن", "زلفى شحرور", "سجى علي", "عائشة الكبرى", "هاني الموسيقى"),
        *("ديفيد آكس", "أميمة سند", "عبدالعال سالم", "حمد آل شرية", "بشرى موسى", "الحسيني البجلاتي", "Hassan Daier"),
    ],
)
def test_a_careful_name_stays_as_it_is(name: str) -> None:
    assert usual_name(name) == name


@given(st.text(st.sampled_from("ابدعلهةىيأإآ وـَ"), max_size=24))
def test_the_usual_name_has_the_same_letters_and_is_its_own_usual_name(name: str) -> None:
    def letters(text: str) -> str:
        return "".join(fold(strip_marks(word)) for word in text.split())

    usual = usual_name(name)
    assert letters(usual) == letters(name.replace("ـ", ""))
    assert usual_name(usual) == usual
