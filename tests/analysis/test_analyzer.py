"""The analyser as a whole: levels, tokens with offsets, months, the lemma table in front of the rules."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.analyzer import LEAD_WORDS, Analyzer
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.errors import LexiconError

RULES = Analyzer.default("none")
LEXICON = Analyzer.default()
LEVELS = pytest.mark.parametrize("analyzer", [RULES, LEXICON], ids=["rules", "lexicon"])
TEXTS = st.text(max_size=40) | st.text(
    alphabet=st.sampled_from('ابتةىيوأؤئءلكـَُِّّْ\u200c\u200f٠١٣٫٬،.,-"()«» \n\u00a0abÉ019ﻻﷺ%'), max_size=40
)
ARTICLE = """القُوَّاتِ العِراقِيَّة تستعيد مدينة الموصل في 10 تموز/يوليو ٢٠١٧، وقال رئيس الوزراء "حيدر العبادي" إنّ
3,650 مقاتلاً (منهم 15.5%) انسحبوا؛ و كتبت CNN عن الـ«معركة» في كانون الثاني الماضي."""


def test_each_level_has_one_term_a_word_and_marks_numbers_and_scripts_are_normalised() -> None:
    terms = RULES.terms("القُوَّاتِ العراقيه، ٣٬٦٥٠ و CNN", lead=True)
    assert terms.exact.split() == ["القوات", "العراقيه", "3650", "و", "cnn"]
    assert terms.word.split() == ["قوات", "عراقيه", "3650", "و", "cnn"]
    assert terms.stem.split() == [*RULES.keys("قوات"), *RULES.keys("عراقي"), "3650", "و", "cnn"]
    assert terms.lead == terms.stem


def test_the_lead_is_the_stem_level_of_the_first_words_and_comes_only_when_asked_for() -> None:
    text = " ".join(["وزير"] * (LEAD_WORDS + 5))
    assert RULES.terms(text).lead == ""
    assert RULES.terms(text, lead=True).lead.split() == ["وزير"] * LEAD_WORDS


@LEVELS
@pytest.mark.parametrize("text", ["", " \n", "ـــ ّ --", "ﹰ"])
def test_nothing_comes_of_nothing(analyzer: Analyzer, text: str) -> None:
    assert analyzer.terms(text, lead=True).exact.strip() == ""
    assert analyzer.tokens(text) == []
    assert analyzer.keys(text) == ()
    assert analyzer.explain(text) == []


@LEVELS
def test_tokens_carry_offsets_into_the_raw_text(analyzer: Analyzer) -> None:
    tokens = analyzer.tokens("قالَ «الوزيرُ»: نعم")
    assert [(token.start, token.end, token.text, token.word) for token in tokens] == [
        (0, 4, "قالَ", "قال"),
        (6, 13, "الوزيرُ", "وزير"),
        (16, 19, "نعم", "نعم"),
    ]


@LEVELS
@pytest.mark.parametrize("word", ["في", "وفي", "من", "منها", "ما", "هذا", "على", "ولكن", "التي", "إنّ"])
def test_function_words_are_marked(analyzer: Analyzer, word: str) -> None:
    assert [token.function for token in analyzer.tokens(word)] == [True]


@LEVELS
@pytest.mark.parametrize("word", ["وزير", "الوزير", "بوتين", "2017", "CNN", "قال"])
def test_content_words_are_not_function_words(analyzer: Analyzer, word: str) -> None:
    assert [token.function for token in analyzer.tokens(word)] == [False]


def test_a_lone_waw_is_a_word() -> None:
    assert [token.text for token in RULES.tokens("و قال")] == ["و", "قال"]


@LEVELS
@pytest.mark.parametrize("names", ["شباط فبراير فيفري", "تموز يوليو", "بتموز يوليو"])
def test_all_names_of_a_month_are_one_term(analyzer: Analyzer, names: str) -> None:
    first, *others = analyzer.tokens(names)
    assert all((token.word, token.stems) == (first.word, first.stems) for token in others)


@LEVELS
def test_doubtful_names_of_months_are_decided_by_their_neighbours(analyzer: Analyzer) -> None:
    january, april = analyzer.keys("يناير"), analyzer.keys("أبريل")
    tokens = analyzer.tokens("في كانون الثاني و15 نيسان، سيارة نيسان جديدة")
    stems = [token.stems for token in tokens if token.exact in ("كانون", "نيسان")]
    assert stems[:2] == [january, april]
    assert stems[2] == analyzer.keys("نيسان") != april
    assert analyzer.terms("في كانون الثاني").word.split() == ["في", "يناير", "ثاني"]
    assert analyzer.terms("سيارة نيسان").stem.split()[-1:] == list(analyzer.keys("نيسان"))


@LEVELS
def test_terms_and_tokens_agree_on_an_article(analyzer: Analyzer) -> None:
    terms, tokens = analyzer.terms(ARTICLE), analyzer.tokens(ARTICLE)
    assert terms.exact.split() == [token.exact for token in tokens]
    assert terms.word.split() == [token.word for token in tokens]
    assert terms.stem.split() == [stem for token in tokens for stem in token.stems]


@LEVELS
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_terms_and_tokens_agree_on_any_text(analyzer: Analyzer, text: str) -> None:
    terms, tokens = analyzer.terms(text), analyzer.tokens(text)
    assert terms.exact.split() == [token.exact for token in tokens]
    assert terms.word.split() == [token.word for token in tokens]
    assert terms.stem.split() == [stem for token in tokens for stem in token.stems]
    for token in tokens:
        assert text[token.start : token.end] == token.text


@LEVELS
@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_any_text_can_be_explained(analyzer: Analyzer, text: str) -> None:
    assert [found.stems for found in analyzer.explain(text)] == [token.stems for token in analyzer.tokens(text)]


LISTED = [
    "وزير الوزير والوزير لوزير وللوزير بالوزير وزيرا وزيرها وزراء الوزراء وزرائها",
    "شارع شوارع",
    "كتاب كتب",
    "مدينة مدن",
    "رئيس رؤساء",
    "قرار قرارات",
    "نتيجة نتائج",
    "حزب أحزاب",
    "سعر أسعار",
    "طفل أطفال",
    "قتيل قتلى",
    "مسؤول مسئول",
    "شؤون شئون",
    "رئاسة رءاسة",
    "مستشفى مستشفي",
    "العراقية العراقيه",
    "وكالة الوكالة",
    "والكتاب كتاب",
    "والرئيس رئيس",
]


@pytest.mark.parametrize("words", LISTED)
def test_with_the_lexicon_the_forms_of_a_word_share_a_key(words: str) -> None:
    first, *others = (set(LEXICON.keys(word)) for word in words.split())
    assert all(first & other for other in others)


@pytest.mark.parametrize("pair", ["زير وزير", "وتين بوتين", "كال وكالة", "مصر مصري", "لسط فلسطين", "إعلام أعلام"])
def test_with_the_lexicon_different_words_stay_apart(pair: str) -> None:
    first, second = pair.split()
    assert not set(LEXICON.keys(first)) & set(LEXICON.keys(second))


@pytest.mark.parametrize("rare", ["وبالوزيرتين", "كالوزيرين", "وللوزيرات"])
def test_a_rare_form_meets_its_lemma_through_the_rules(rare: str) -> None:
    assert set(LEXICON.keys(rare)) & {*LEXICON.keys("وزير"), *LEXICON.keys("وزيرة")}


def test_an_ambiguous_word_has_two_keys() -> None:
    assert len(LEXICON.keys("رفض")) == 2
    assert LEXICON.terms("رفض").word == "رفض"


@pytest.mark.parametrize("written", ["سوريا", "وسوريا", "بسوريا", "لسوريا"])
def test_a_country_stays_whole(written: str) -> None:
    assert LEXICON.keys(written) == ("سوريا",)


def test_a_country_is_not_the_noun_written_alike() -> None:
    assert not set(LEXICON.keys("قطر")) & set(LEXICON.keys("قطار"))
    assert LEXICON.query_tokens("قطر")[0].stems == ("قطر",)


def test_the_fingerprint_tells_the_tables_apart() -> None:
    other = Analyzer(FrequencyTable.of([("وزير", 5, 0)]))
    assert len({RULES.fingerprint, LEXICON.fingerprint, other.fingerprint}) == 3
    assert RULES.fingerprint == Analyzer(FrequencyTable.load()).fingerprint


def test_the_default_analyser_is_made_once_and_takes_another_table() -> None:
    assert Analyzer.default() is LEXICON
    bundled = LemmaTable.load()
    assert Analyzer.default(str(bundled.path)).fingerprint == LEXICON.fingerprint


def test_a_lexicon_that_cannot_be_read_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="absent"):
        Analyzer.default(str(tmp_path / "absent.table"))
