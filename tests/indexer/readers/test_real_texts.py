"""Texts of nineteen countries in Windows-1256 that nobody here made: their fields, as a careful reader reads them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from indexer.readers.contract import Blob
from indexer.readers.registry import read_blob
from search.article import Article
from tests.conftest import SHARED
from tests.contracts.reader import cleaned

pytestmark = pytest.mark.shared
PLACE = SHARED / "news" / "kacst-windows1256.zip"


class Told(NamedTuple):
    """How the title begins, the day or moment, the author, the source."""

    title: str
    published: str | None = None
    author: str | None = None
    source: str = ""


TEXTS = {
    "AEE17": Told("«الاقتصاد» تُلزم المورّدين بـ «فتح كل"),
    "BHP9": Told("نتـائـــج الانتخابــات الليبيــة", "2012-07-09", source="صحيفة الوطن"),
    "BHSC30": Told("الرياضــــــــــــــة ومصــــــــــــــاب", "2012-07-02"),
    "BHR25": Told("رؤية للنهوض بخط المصحف الشريف", "2012-09-21", "أحـمد محمد علي سليمان"),
    "DZC11": Told("عطر الأحباب", "2012-11-04"),
    "DZC18": Told("قالوا إنهم يشعرون بالمرارة", "2012-09-16", "حميد عبد القادر"),
    "EGS21": Told(""),  # its first line is a paragraph
    "IQE26": Told("البورصة تدرس أسباب تراجع مؤشرات القطاع", None, "بغداد – حسين ثغب التميمي"),
    "IQSC1": Told("د. اسماء سامي الخياط: للملوثات", "2012-11-10T03:04:00"),
    "KWR12": Told("رمضان.. غزوات وفتوحات", None, "أحمد فرحات ، مصطفى إبراهيم"),
    "LBE2": Told("النظام المصرفي اللبناني في خانة الاستهداف", None, "د. محمد شطح"),
    "LBP6": Told("هل تجاوزت الحكومة أزمتها", "2012-07-11", "عمر البردان"),
    "MAR15": Told("العمل التطوعي وباعث الإيمان", "2012-10-20", "طارق بوستا", "صحافة اليوم"),
    "MAS31": Told("التأهل إلى كأس إفريقيا في المتناول", "2012-09-05", "أحمد ذو الرشاد", "الصباح"),
    "MAS35": Told("برشلونة في المقدمة العالمية", "2012-09-05", None, "الاتحاد الاشتراكي"),
    "MASC41": Told("إضاءة: الغدة الدرقية محرك الجسم", "2012-04-25", None, "بيان اليوم"),
    "OMC17": Told("اليوم اختتام معرض أنامل البلة", None, "عبدالله بن عامر اللويهي"),
    "PSC35": Told("745 ناشرا يشاركون في معرض الكتاب الدولي", "2012-01-20"),
    "PSE20": Told("ناجي خلال تفقده أسواق قلقيلية", "2012-07-17"),
    "PSS12": Told("", "2012-06-24", "محمد العمري"),  # its first line is the dateline
    "PSS8": Told("أبو فله الخليلي.. قصة عشق للعميد", "2012-07-03", "عنان شحادة"),
    "PSSC9": Told("التزاوج الطبيعي في يوليو", "2012-05-05T15:01:00", "أسماء صرصور", "صحيفة فلسطين"),
    "QAE5": Told("تفاؤل ومطالب لسياحة مصر بعهد مرسي", None, "عبد الحافظ الصاوي-القاهرة"),
    "QAP14": Told("", None, "القاهرة - عمر عطية، صالح شلبي"),  # its first line is the byline
    "QAS22": Told("4 مباريات اليوم لتحديد المراكز", None, "عبد الله محمد"),
    "SAE17": Told("النفط السعودي لن ينضب", "2012-06-19T19:18:00"),
    "SAE9": Told("غرفة مكة:حجم الإستثمار ضئيل", "2012-06-23T20:55:00", None, "الوئام"),
    "SAP19": Told("إخوان الإسلام ... وإخوان المسيحية!", "2012-07-08T08:38:00"),
    "SAP5": Told("المملكة تدعو إلى تبني موقف حازم", "2012-07-06"),
    "SDS15": Told("حرس الحدود بداية ناجحة!!", None, "كمال حامد"),
    "SYR6": Told("السلفية الشيعية تغذيها المناخات المذهبية", "2012-04-30T03:04:00", "قاسم قصير"),
    "SYS5": Told("بونوتشي وفر على إيطاليا جدلا إضافياً", "2012-06-19"),
    "TMC6": Told("أيام قرطاج المسرحيّة", "2012-07-28", None, "البيان"),
    "TME10": Told("في اللقاء الاعلامي الدوري بالوزارة الاولى", "2012-07-26"),
    "TMS6": Told("النجم قبل 24 ساعة من مواجهة سان شاين", "2012-07-20T13:46:16"),
    "YER22": Told("«الأمن في الأوطان»", "2012-07-13", "محمد عبدالغني مصطفى"),
    "YES4": Told("الهلال يتجاوز النجم بهدف الصلوي", None, "عادل الطشي"),
    "YESC12": Told("ة للمرضى.. لصيام رمضان", "2012-07-17T15:01:02"),
}


@cache
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(PLACE)


@cache
def places() -> dict[str, str]:
    """Name of a text without its folder and suffix → its name in the zip."""
    return {name.rpartition("/")[2].removesuffix(".txt"): name for name in archive().namelist()}


def read(name: str) -> Iterator[Article]:
    raw = archive().read(places()[name])
    yield from cleaned(list(read_blob(Blob(f"{name}.txt", iter([raw])))))


@pytest.mark.parametrize("name", TEXTS)
def test_the_fields_of_a_text(name: str) -> None:
    (found,) = read(name)
    told = TEXTS[name]
    assert found.title[: len(told.title)] == told.title and bool(found.title) == bool(told.title)
    assert (found.published, found.author) == (told.published, told.author)
    assert found.source == ((told.source,) if told.source else ())
    assert found.title not in found.body.split("\n")


def test_what_stands_beside_the_date_may_be_the_section() -> None:
    (found,) = read("SYS5")
    assert found.section == "رياضة"
