"""Foreign names in real news: their spellings meet, no ordinary word joins them, ordinary words gain nothing."""

from collections import Counter
from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.names import NameFilter, SpellingIndex
from search.analysis.token_pairs import is_word_term
from search.engines.base import Engine
from search.index.directory import IndexDirectory
from search.query.clauses import Term

pytestmark = pytest.mark.shared

# Reviewed by eye: a name of the news → every other spelling of it that two or more articles use.
SPELLINGS = {
    "نتنياهو": "نتانياهو",
    "غوتيريش": "",
    "كلينتون": "كلنتون",
    "ترامب": "ترمب",
    "اردوغان": "اردوجان",
    "مورينيو": "مورينهو",
    "غوارديولا": "جوارديولا",
    "كوالالمبور": "كولالمبور كوالامبور",
    "فيرغسون": "فيرجسون فيرغوسون فرغوسون",
    "فينغر": "فينجر",
    "شنغهاي": "شنجهاي",
    "بوروشينكو": "بوروشنكو",
    "سيميوني": "",  # سيموني is as near to سيمون
    "بنزيمه": "بنزيما",
    "شفاينشتايغر": "شفاينشتايجر",
    "موغيريني": "موجيريني موغريني",
    "كيسنجر": "كيسنغر كيسينجر",
    "غوغل": "جوجل",
    "ويكيليكس": "ويكليكس",
    "سامسونغ": "سامسونج",
    "مايكروسوفت": "مايكرسوفت",
    "تشيلسي": "تشلسي",
    "يوفنتوس": "يوفينتوس",
    "فنزويلا": "فينزويلا",
    "موزمبيق": "موزامبيق",
    "زيمبابوي": "زمبابوي زيمبابويه",
    "مانشستر": "مانشيستر",
    "ناغازاكي": "ناجازاكي نجازاكي ناكازاكي",
    "فولكسفاغن": "فولكسفاجن فوكسفاجن",
    "هيونداي": "هونداي",
    "كريستيانو": "كرستيانو",
    "انفانتينو": "اينفانتينو",
    "كاليفورنيا": "كاليفورينا",
    "رونالدو": "رنالدو",
    "واشنطن": "واشنطون",
    "هيوستن": "هيوستون",
    "هليكوبتر": "",
    "اوباما": "",
    "بوتين": "",
    "كاميرون": "",
    "روحاني": "",
    "ظريف": "",
    "ميسي": "",
    "طهران": "",
    "ميركل": "",
    "لندن": "",
    "باريس": "",
    "هولاند": "",
    "موسكو": "",
    "بلاتر": "",
    "بيكيه": "",
    "نيمار": "",
    "ايبولا": "",
    "لافروف": "",
    "تسيبراس": "",
    "كوستا": "",
    "روني": "",
    "سواريز": "",
    "لوكاكو": "",
    "بوغبا": "",
    "انشيلوتي": "",
    "بلاتيني": "",
    "شتاينماير": "",
    "نوكيا": "",
    "تايوان": "",
    "دورتموند": "",
    "ليفربول": "",
    "ارسنال": "",
    "توتنهام": "",
    "ريبيري": "",
    "بيرلو": "",
    "نادال": "",
    "فيدرر": "",
    "هيروشيما": "",
    "فوكوشيما": "",
    "كيري": "",
    "بكين": "",
    "نيويورك": "",
    "كاسياس": "",
}
# Other names that the rules take for the same one; known, and few. نيويوركي and زيداني are adjectives, not spellings.
MISTAKEN = {"كيري": "كاييري", "بكين": "بوكين", "نيويورك": "نيويوركي", "كاسياس": "كوسياس", "اوباما": "اوباميه"}
ORDINARY = """
رئيس وزير حكومة مجلس دولة مدينة منطقة شركة وزارة جامعة مدرسة طالب معلم طبيب مستشفى مريض علاج دواء صحة تعليم
اقتصاد سوق سعر ارتفاع انخفاض نفط غاز بنك قرض استثمار مشروع تنمية ميزانية عجز ضريبة تجارة صناعة زراعة مزارع
لاعب مدرب فريق مباراة بطولة هدف حكم ملعب جمهور نادي اتحاد دوري كأس فوز خسارة تعادل
حرب سلام هدنة اتفاق مفاوضات هجوم قصف قتيل جريح ضحية لاجئ نازح حدود جيش جندي ضابط شرطة محكمة قاض سجين
كتاب كاتب شاعر رواية قصيدة فيلم مخرج ممثل مسرح متحف معرض فنان موسيقى تراث
شارع طريق جسر مطار طائرة سيارة قطار ميناء سفينة حادث مرور وقود
ماء كهرباء طاقة بيئة مناخ أمطار سيول زلزال حريق غابة صحراء
بارز بقية ظرف ظروف ظريفة مسؤول مسئول قرار نتيجة بيان تصريح مؤتمر اجتماع زيارة انتخابات مرشح حزب معارضة
يقول أعلن أكد أضاف قالت يستعد تمكن واصل طالب رفض وافق
الحكومة والوزير للطلاب بالمدينة وزرائها مدارسهم
"""


@pytest.fixture(scope="module")
def name_filter() -> NameFilter:
    return NameFilter.load(LemmaTable.load(), FrequencyTable.load())


@pytest.fixture(scope="module")
def engine(newspapers: Path) -> Engine:
    return IndexDirectory(newspapers).open_engine()[1]


@pytest.fixture(scope="module")
def words(engine: Engine) -> Counter[str]:
    """The word-level terms of all bodies, with the number of articles that have each, replaced ones among them."""
    return Counter({term: count for term, count in engine.terms("body_word", "", limit=10**7) if is_word_term(term)})


@pytest.fixture(scope="module")
def index(words: Counter[str], name_filter: NameFilter) -> SpellingIndex:
    return SpellingIndex((word, count) for word, count in words.items() if name_filter.accepts(word))


def test_the_list_is_long_enough_to_show_something() -> None:
    assert len(SPELLINGS) >= 60
    assert len(set(ORDINARY.split())) >= 100


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_name_finds_its_spellings_and_no_stranger(
    name: str, index: SpellingIndex, name_filter: NameFilter, engine: Engine
) -> None:
    assert name_filter.accepts(name)
    known, found = set(SPELLINGS[name].split()), {s.word for s in index.spellings(name)}
    missing = {word for word in known if word in index} - found
    # A particle taken off wrongly leaves a piece of the name, which is no stranger.
    others = {word for word in found - known if word not in name and name not in word}
    twice = {word for word in others if engine.search(Term("body_word", word), limit=0).total >= 2}
    strangers = twice - {MISTAKEN.get(name)}
    assert (missing, strangers) == (set(), set())


def test_ordinary_words_gain_nothing(index: SpellingIndex, name_filter: NameFilter) -> None:
    analyzer = Analyzer.default()
    asked = {word for written in ORDINARY.split() for word in (token.word for token in analyzer.tokens(written))}
    gained = {word: index.spellings(word) for word in asked if name_filter.accepts(word)}
    assert not {word: found for word, found in gained.items() if found}


def test_no_common_ordinary_word_passes_the_filter(words: Counter[str], name_filter: NameFilter) -> None:
    lemmas = LemmaTable.load()
    common = [word for word, _ in words.most_common(5000) if lemmas.has_common_reading_folded(word)]
    passing = [word for word in common if name_filter.accepts(word)]
    assert len(common) > 3500
    assert len(passing) <= 20  # foreign names that the lexicon reads as words: كيري, ميسي
