"""Bylines and datelines: the agencies, places and persons that they name, and what is left alone."""

from __future__ import annotations

import pytest

from indexer.cleaning.clean import Cleaned, clean
from indexer.cleaning.credits import Credits, read_credits
from search.article import Article, decode_article

_TEXT = "استقبل الأمير في مكتبه أمس عددا من المواطنين"


def credits(agencies: str = "", places: str = "", persons: str = "") -> Credits:
    return Credits(*(tuple(filter(None, names.split("، "))) for names in (agencies, places, persons)))


@pytest.mark.parametrize(
    ("author", "found"),
    [
        ("واس - الرياض", credits("واس", "الرياض")),
        ("الرياض: واس", credits("واس", "الرياض")),
        ("الرباط - ومع", credits("ومع", "الرباط")),
        ("الرياض - واس:", credits("واس", "الرياض")),
        ("د ب أ  واس- القاهرة", credits("د ب أ، واس", "القاهرة")),
        ("برلين (أ.ف.ب)", credits("أ ف ب", "برلين")),
        ("“الفرنسية”", credits("أ ف ب")),
        ("سبق- وكالات:", credits("وكالات")),
        ("جدة - أحمد علي", credits("", "جدة", "أحمد علي")),
        ("أحمد الشميري (صنعاء)", credits("", "صنعاء", "أحمد الشميري")),
        ("عبدالله البرقاوي- سبق- الرياض:", credits("", "الرياض", "عبدالله البرقاوي")),
        ("القاهرة - مكتب الجزيرة - علي فراج:", credits("", "القاهرة", "علي فراج")),
        ("الدمام، الخبر - فهد المريخي، إبراهيم الشيبان", credits("", "الدمام، الخبر", "فهد المريخي، إبراهيم الشيبان")),
        ("حجب العصيمي ومحمد السويهري", credits("", "", "حجب العصيمي، محمد السويهري")),
        ("محمد ولد محمد سالم", credits("", "", "محمد ولد محمد سالم")),
        ("نظير مجلي رام الله", credits("", "رام الله", "نظير مجلي")),
        ("«الاقتصادية» من الرياض", credits("", "الرياض")),
        ("إبراهيم الزاحم من الرياض", credits("", "الرياض", "إبراهيم الزاحم")),
        ("د. عبد الله المدني", credits("", "", "عبدالله المدني")),
        ("أ.د عبد الله الدايل", credits("", "", "عبدالله الدايل")),
        ("الشيخ نزيه مطرجي", credits("", "", "نزيه مطرجي")),
        ("احمد العتيبى - جدة", credits("", "جدة", "أحمد العتيبي")),
        ("عبد الله علي، عبدالله علي", credits("", "", "عبدالله علي")),
        ("كتب - عبدالله الـــزماي:", credits("", "", "عبدالله الزماي")),
        ("مكة - بسام اللحياني:", credits("", "مكة المكرمة", "بسام اللحياني")),
        ("الرياض - الدمام", credits("", "الدمام")),  # الرياض is a paper too
        ("فهد عامر الأحمدي", credits("", "", "فهد عامر الأحمدي")),
    ],
)
def test_an_author_names_agencies_places_and_persons(author: str, found: Credits) -> None:
    assert read_credits(author, _TEXT) == found


@pytest.mark.parametrize(
    "author",
    [
        "كلمة اليوم",
        "سكاي نيوز",
        "متابعة - الجزيرة",
        "(زائر)",
        "الضفة الغربية",
        "شرم الشيخ",
        "رأس تنورة",
        "مجموعة البركة",
        "القاص الكويتي",
        "دنيا الوطن",
        "الرياضي",
        "محرر الصفحة",
        "وكان الطقس غائما أمس وتوقعت الأرصاد أن تهطل أمطار غزيرة على مناطق الشمال",
        "",
    ],
)
def test_what_is_not_surely_a_name_is_none(author: str) -> None:
    assert read_credits(author, _TEXT) == credits()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("واس - الرياض:\nاستقبل الأمير", credits("واس", "الرياض")),
        ("الرياض: واس\nاستقبل الأمير", credits("واس", "الرياض")),
        ("القاهرة (رويترز) - قال وزير النفط", credits("رويترز", "القاهرة")),
        ("رام الله: «الخليج»، وكالات جددت الحكومة", credits("وكالات", "رام الله")),
        ("الخرطوم 26 شوال 1436 هـ الموافق 11 اغسطس 2015 م واس\nوصل الوفد", credits("واس", "الخرطوم")),
        ("أبوظبي علي أسعد: فقدت الأسواق", credits("", "أبوظبي", "علي أسعد")),
        ("جدة - أحمد علي:\nانطلقت الحملة", credits("", "جدة", "أحمد علي")),
        ("كتب عثمان حسن:\nانطلق المعرض", credits("", "", "عثمان حسن")),
        ("مسقط – أنقذت طائرة بحارا", credits("", "مسقط")),
        ("دبي: رانيا الغزاوي كشفت هيئة الصحة", credits("", "دبي", "رانيا الغزاوي")),
        ("دبي: إيمان عبد الله آل علي أكدت وزارة الصحة", credits("", "دبي", "إيمان عبدالله آل علي")),
        ("دبي: رانيا الغزاوي في مستشفى راشد", credits("", "دبي", "رانيا الغزاوي")),
        ("دبي: مجلس الوزراء أعلن قراره", credits("", "دبي")),
        ("دبي: محمدو لحبيبعقدت ضمن الفعاليات ندوة", credits("", "دبي")),  # a space is lost
        ("واشنطن: خلص تقرير صدر عن الجيش", credits("", "واشنطن")),
        ("زار وزير الخارجية دبي: مدينة المستقبل", credits()),
        (_TEXT, credits()),
    ],
)
def test_a_text_begins_with_its_dateline(body: str, found: Credits) -> None:
    assert read_credits(None, body) == found


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("الدوحة في 09 يوليو /قنا/ ", credits("قنا", "الدوحة")),
        ("الباحة 25 شوال 1436هـ الموافق 10 أغسطس 2015م واس\n", credits("واس", "الباحة")),
        ("برلين - ، د ب أ - ", credits("د ب أ", "برلين")),
        ("دبي - إيمان عبد الله: ", credits("", "دبي", "إيمان عبدالله")),
        ("بغداد/ مشرق الأسدي\n\n", credits("", "بغداد", "مشرق الأسدي")),
        ("نيروبي:", credits("", "نيروبي")),
    ],
)
def test_a_dateline_that_no_colon_ends_is_read_too(head: str, found: Credits) -> None:
    assert read_credits(None, head + _TEXT) == found


def test_what_author_and_text_name_is_named_once() -> None:
    found = read_credits("سعيد آل هطلاء- سبق- أبها:", "سعيد آل هطلاء- سبق- أبها: كشف المدير")
    assert found == credits("", "أبها", "سعيد آل هطلاء")


def test_byline_and_text_stay_as_they_were_written() -> None:
    cleaned = clean(Article("1", "عنوان", "واس - جدة:\nاستقبل الأمير", author="الرياض - واس:"), lambda *_: None)
    assert isinstance(cleaned, Cleaned)
    article = decode_article(cleaned.raw)
    assert (article.author, article.body) == ("الرياض - واس:", "واس - جدة:\nاستقبل الأمير")
    assert (article.agencies, article.places, article.persons) == (("واس",), ("الرياض", "جدة"), ())
    assert article.writers == ()


@pytest.mark.parametrize(
    ("author", "writers"),
    [("أحمد علي - جدة", ("أحمد علي",)), ("كلمة اليوم", ("كلمة اليوم",)), ("واس", ()), (None, ())],
)
def test_an_author_that_names_nothing_known_is_the_writer(author: str | None, writers: tuple[str, ...]) -> None:
    cleaned = clean(Article("1", "عنوان", _TEXT, author=author), lambda *_: None)
    assert isinstance(cleaned, Cleaned) and cleaned.article.writers == writers
