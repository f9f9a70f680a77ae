"""The rule stemmer, without any lexicon: endings, verbs, broken plurals; and what should not be stemmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.fold import fold
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.rule_stemmer import RuleStemmer, Step
from tests.examples import examples

RULES = Analyzer.default("none")
STEMMER = RuleStemmer(FrequencyTable.load())

MEETING = [
    "وزير الوزير والوزير لوزير وللوزير بالوزير وزيرا وزيرها وزراء الوزراء وزرائها",
    "قرار القرار قرارات القرارات قرارا قراره بقراراتها",
    "حكومة الحكومة حكومات الحكومات حكومته لحكومتها والحكومتين",
    "لاعب لاعبون لاعبين اللاعبين لاعبان لاعبي لاعبا للاعبين",
    "مصري المصري مصرية المصرية مصريون المصريين مصريا مصريات",
    "جديد جديدة الجديد الجديدة جديدا",
    "مسؤول مسئول المسؤول المسئولين مسؤولون مسؤولي",
    "القوات قوات بقوات قواتها القُوَّات",
    "عراقي العراقية العراقيه عراقيون",
    "قناة قنوات القنوات قناتها",
    "مباراة المباراة مباريات المباريات",
    "كتب يكتب تكتب كتبت كتبوا",
    "قال قالت قالوا وقال يقول تقول يقولون سيقول",
    "أعلن أعلنت يعلن تعلن وأعلن",
    "استخدم يستخدم تستخدم استخدمت",
    "وصل يصل تصل وصلت سيصل",
    "من منه منها منهم ومنهم",
    "هذا هذه هؤلاء بهذا",
]
BROKEN = [
    ("شوارع", "شارع"),
    ("رؤساء", "رئيس"),
    ("نتائج", "نتيجة"),
    ("أحزاب", "حزب"),
    ("أسعار", "سعر"),
    ("أطفال", "طفل"),
    ("قتلى", "قتيل"),
    ("وزراء", "وزير"),
    ("أصدقاء", "صديق"),
    ("قوانين", "قانون"),
    ("رسائل", "رسالة"),
    ("مشاريع", "مشروع"),
    ("تقارير", "تقرير"),
    ("مصانع", "مصنع"),
    ("فنادق", "فندق"),
    ("حقوق", "حق"),
    ("أسواق", "سوق"),
    ("أموال", "مال"),
    ("أنظمة", "نظام"),
]
WHOLE = "بوتين فلسطين واشنطن لبنان بايدن كوريا فرنسا ليبيا المانيا الماس التهاب التزام مستشفى قرآن يابان باريس إيران"
APART = ["مصر مصري", "دور دورة", "علم عالم", "وطن وطني", "إعلام أعلام", "كوريا كوري", "شارع شرع", "عمل عملية"]


@pytest.mark.parametrize("words", MEETING)
def test_the_forms_of_a_word_meet(words: str) -> None:
    assert len({RULES.keys(word) for word in words.split()}) == 1


@pytest.mark.parametrize(("plural", "singular"), BROKEN)
def test_a_broken_plural_meets_its_singular(plural: str, singular: str) -> None:
    assert RULES.keys(plural) == RULES.keys(singular)
    assert RULES.keys("ال" + plural) == RULES.keys(singular)


@pytest.mark.parametrize("word", WHOLE.split())
def test_names_and_words_that_only_look_inflected_should_not_be_stemmed(word: str) -> None:
    assert RULES.keys(word) == (fold(word),)


@pytest.mark.parametrize("words", APART)
def test_different_words_stay_apart(words: str) -> None:
    first, second = words.split()
    assert RULES.keys(first) != RULES.keys(second)


@pytest.mark.parametrize("word", ["ا", "من", "لم", "هو", "ةة", "ءءء"])
def test_short_words_are_their_own_stems(word: str) -> None:
    assert RULES.keys(word) == (fold(word),)


def test_every_step_is_named_and_leaves_a_form() -> None:
    assert STEMMER.steps("وزراءها", "وزرائها", definite=False) == [
        Step("pronoun", "وزراء"),
        Step("broken plural", "وزير"),
    ]
    assert STEMMER.steps("وزير", "وزير", definite=False) == []


def test_the_article_rules_out_pronouns_and_verbs() -> None:
    assert STEMMER.stem("تكتب", "تكتب", definite=True) == "تكتب"
    assert STEMMER.stem("تكتب", "تكتب", definite=False) == "كتب"


@examples(150)
@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ", min_size=1, max_size=10), st.booleans())
def test_random_letters_have_a_stem(word: str, definite: bool) -> None:
    assert STEMMER.stem(fold(word), word, definite=definite)
