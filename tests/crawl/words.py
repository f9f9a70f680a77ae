"""Sentences of invented news: real words in the order of news, so that analysing them is real work.

In comes a `random.Random`, out goes Arabic text. Called by `tests/crawl/archive.py`.
"""

from __future__ import annotations

from random import Random
from typing import Final


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


VERBS: Final = _listed(
    """
    قال أعلن أكد أوضح ذكر أضاف كشف بحث ناقش افتتح دشن شهد تابع استقبل زار وقع أطلق دعا حذر نفى اتهم طالب وافق
    رفض أقر نظم شارك سجل حقق فاز تعادل تراجع ارتفع انخفض بلغ وصل غادر عقد ترأس
    """
)
OFFICES: Final = _listed(
    """
    الوزير الرئيس المدير السفير المتحدث الأمين المحافظ القائد المدرب الخبير الباحث النائب المستشار الأمير
    الطبيب
    """
)
NAMES: Final = _listed(
    """
    محمد أحمد علي حسن خالد فهد سعيد ناصر عمر يوسف إبراهيم سالم ماجد طارق هشام سمير كريم رامي وليد باسم فاطمة
    مريم ليلى هند سلمى نورة أمل رنا دينا هدى سعاد عبير منى ريم لطيفة جميلة خديجة زينب حنان وفاء
    """
)
FATHERS: Final = _listed(
    """
    بن_صالح بن_سعد عبدالله عبدالرحمن عبدالعزيز محمود مصطفى جابر عادل فيصل بندر تركي نايف مشعل راشد مبارك حمد
    زايد سيف عيسى موسى داود سليمان يعقوب زكريا أيوب يونس هارون إدريس شعيب صبري فوزي رشدي حمدي مجدي وجدي لطفي
    حلمي شوقي بدر
    """
)
FAMILIES: Final = _listed(
    """
    الحارثي الشمري القحطاني العتيبي الغامدي الزهراني الدوسري المطيري العنزي الحربي السبيعي البلوشي المنصوري
    الكعبي النعيمي الظاهري الشامسي المهيري الهاشمي التميمي الخطيب النجار الحداد البنا الصباغ العطار الخياط
    السقا الدباغ القصاب المغربي المصري الشامي البغدادي الدمشقي الحلبي التونسي الفاسي المكي اليماني الطرابلسي
    البصري الكوفي الموصلي النابلسي
    """
)
PLACES: Final = _listed(
    """
    القاهرة بغداد دمشق بيروت عمان الرياض جدة الدوحة المنامة مسقط صنعاء عدن طرابلس تونس الجزائر الرباط الخرطوم
    القدس غزة أبوظبي دبي الشارقة الكويت واشنطن لندن باريس موسكو بكين طهران أنقرة العراق مصر سوريا لبنان
    الأردن
    """
)
NOUNS: Final = _listed(
    """
    الحكومة الوزارة الشركة الجامعة المدرسة المستشفى المباراة البطولة الميزانية الأسعار النفط الغاز الكهرباء
    المياه الطريق المطار الميناء السوق البنك الاستثمار التجارة الصناعة الزراعة القمح التمور الصادرات الواردات
    الضرائب الانتخابات البرلمان الدستور القانون المحكمة الشرطة الجيش الحدود الهدنة المفاوضات الاتفاق المؤتمر
    القمة الوفد اللاجئين الإغاثة المساعدات الدواء الوباء اللقاح الأطباء الطلاب المعلمين الكتب الرواية الفيلم
    المسرح المتحف الآثار السياحة الفنادق الطقس الأمطار السيول الحرارة البيئة الطاقة التقنية الهواتف الأقمار
    الفضاء العلماء
    """
)
ADJECTIVES: Final = _listed(
    """
    الجديدة الوطنية العربية الدولية المحلية السابقة الأولى الثانية الكبرى المقبلة الحالية الأخيرة المشتركة
    العاجلة السنوية الشهرية الإقليمية الرسمية الخاصة العامة المركزية الاقتصادية السياسية الأمنية الثقافية
    الرياضية
    """
)
LINKS: Final = _listed(
    """
    في من على إلى عن مع بعد قبل خلال حول بين ضد منذ عبر
    """
)
MOMENTS: Final = _listed(
    """
    اليوم أمس الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت صباحا مساء
    """
)
LATIN: Final = _listed(
    """
    government minister market report company oil price match final league season court border trade talks
    weather festival museum student doctor science space energy network phone bank budget export import
    """
)
_PARTICLES: Final = ("", "", "", "و", "ب", "ك")


def sentence(chance: Random) -> str:
    """One sentence of twelve words or more."""
    pick = chance.choice
    others = " ".join(
        f"{pick(LINKS)} {pick(_PARTICLES)}{pick(NOUNS)} {pick(ADJECTIVES)}" for _ in range(chance.randint(2, 3))
    )
    who = f"{pick(OFFICES)} {pick(NAMES)} {pick(FAMILIES)}"
    return (
        f"{pick(('', 'و'))}{pick(VERBS)} {who} {pick(LINKS)} {pick(PLACES)} {pick(MOMENTS)} أن {pick(NOUNS)} {others}."
    )


def text(chance: Random, sentences: int) -> str:
    """A body of so many sentences, two in a paragraph."""
    made = [sentence(chance) for _ in range(sentences)]
    return "\n".join(" ".join(made[n : n + 2]) for n in range(0, sentences, 2))


def headline(chance: Random) -> str:
    """A title of six words."""
    pick = chance.choice
    return f"{pick(NAMES)} {pick(VERBS)} {pick(NOUNS)} {pick(ADJECTIVES)} {pick(LINKS)} {pick(PLACES)}"


def long_text(chance: Random, letters: int) -> str:
    """Words of the news, cut at so many characters."""
    every = NOUNS + ADJECTIVES + VERBS
    return " ".join(chance.choices(every, k=letters // 4 + 1))[:letters].strip()


def person(number: int) -> str:
    """The name of the person of this number; 72,000 numbers have different names."""
    rest, first = divmod(number, len(NAMES))
    rest, father = divmod(rest, len(FATHERS))
    return f"{NAMES[first]} {FATHERS[father]} {FAMILIES[rest % len(FAMILIES)]}".replace("_", " ")


def section(number: int) -> str:
    """The name of the section of this number; a hundred thousand numbers have different names."""
    rest, noun = divmod(number, len(NOUNS))
    rest, adjective = divmod(rest, len(ADJECTIVES))
    return (
        f"{NOUNS[noun]} {ADJECTIVES[adjective]} {LINKS[rest % len(LINKS)]} {PLACES[rest // len(LINKS) % len(PLACES)]}"
    )


def latin(chance: Random, words: int) -> str:
    """Text without an Arabic letter."""
    return " ".join(chance.choices(LATIN, k=words)).capitalize() + "."
