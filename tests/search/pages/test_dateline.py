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


@pytest.mark.parametrize(
    "head",
    [
        "نيروبي:",  # without a space
        "نيروبي: ",
        "نيروبي : ",
        "رام الله- ",
        "رام الله- وفا- ",
        "تل أبيب –  – ",
        "فرانكفورت-أ ف ب- ",
        "برلين - ، د ب أ - ",
        "القاهرة - (أ ف ب): ",
        "دبي - الخليج ",
        "دبي الخليج: ",
        "دبي «الخليج» ",
        "دبي ـ «الخليج» ",
        'أبوظبي -"الخليج" ',
        "دبي - إيمان عبد الله: ",
        "دبي إيمان عبد الله: ",
        "عمان - منير طلال - ",
        "القاهرة- غزة- ",
        "القاهـرة ـ ",
        "دبي ـ ",
        "بغداد/ حيدر مدلول : ",
        "بغداد/ مشرق الأسدي\n\n",
        "عين اليوم – متابعات ",
        "رام الله 12-7-2012 وفا- ",
        "تونس 11 ديسمبر 2016 (وات) - ",
        "الدوحة في 09 يوليو /قنا/ ",
        "الباحة 25 شوال 1436هـ الموافق 10 أغسطس 2015م واس\n ",
        "نجران 26 شوال 1436 هـالموافق 11 اغسطس 2015 مواس\n ",
    ],
)
def test_a_dateline_is_read_whatever_parts_it_from_the_sentence(head: str) -> None:
    assert (head + NEWS)[dateline_end(head + NEWS) :] == NEWS


@pytest.mark.parametrize(
    "text",
    [
        "ميونيخ: دماء في الأولمبياد",
        "ميونيخ 1972: دماء في الأولمبياد",
        "القدس - عاصمة فلسطين - مدينة السلام",
        "القدس «العاصمة» تحتفل بعيدها",
        "المحليات (المدن) مكان الحراك الاجتماعي",
        "الخبر الأول:\nاختفاء العشرات",
        "أبوظبي - منّي بونعامه استضاف اتحاد الكتاب ندوة",
        "باريس 30/12/2009 هو غني عن التعريف",
        "الرياض: 100 مليون ريال للمشاريع",
        "لندن 27-7-2012 افتتاح - مراسم الألعاب",
        "بورصة دبي: افتتح المؤشر على ارتفاع",
    ],
)
def test_a_town_before_what_opens_no_sentence_stays(text: str) -> None:
    assert dateline_end(text) == 0


@pytest.mark.parametrize(
    ("head", "writers"),
    [
        ("دبي: رانيا الغزاوي ", ("رانيا الغزاوي",)),
        ("دبي:رانيا الغزاوي ", ("رانيا الغزاوي",)),
        ("رأس الخيمة - عدنان عكاشة ", ("عدنان عكاشة",)),
        ("أبوظبي:نجاة الفارس وآية الديب ", ("نجاة الفارس", "آية الديب")),
        ("الفجيرة: محمد الوسيلة، محمد صبري ", ("محمد الوسيلة", "محمد صبري")),
        ("دبي: ايمان عبد الله آل علي ", ("إيمان عبدالله آل علي",)),  # in its usual spelling
    ],
)
def test_known_writers_behind_a_town_are_skipped(head: str, writers: tuple[str, ...]) -> None:
    text = head + "تعتزم إدارة المستشفى رفع القدرة"
    assert text[dateline_end(text, writers) :] == "تعتزم إدارة المستشفى رفع القدرة"
    assert dateline_end(text) == 0


@pytest.mark.parametrize("head", ["رام الله- وفا- ", "فرانكفورت-أ ف ب- ", "القاهرة- غزة- "])
def test_behind_an_agency_or_a_second_town_and_a_sign_any_word_may_stand(head: str) -> None:
    assert dateline_end(head + "تطغى مشاركة الشباب على البعثة") == len(head)


def test_what_a_sentence_has_is_no_name_before_a_dash() -> None:
    assert dateline_end("القاهرة - كشف النقاب عنه - وصل الوفد") == len("القاهرة - ")


def test_writers_are_whole_words_and_stand_behind_a_town() -> None:
    assert dateline_end("دبي: رانيا الغزاويكشفت هيئة", ("رانيا الغزاوي",)) == 0
    assert dateline_end("شعر: حبيب الصايغ ألقى قصيدة", ("حبيب الصايغ",)) == 0
