"""The analyser as a whole: levels, tokens with offsets, months, the lemma table in front of the rules."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.tokens import spans
from search.errors import LexiconError
from tests.examples import examples

RULES = Analyzer.default("none")
LEXICON = Analyzer.default()
LEVELS = pytest.mark.parametrize("analyzer", [RULES, LEXICON], ids=["rules", "lexicon"])
TEXTS = st.text(max_size=40) | st.text(
    alphabet=st.sampled_from('ابتةىيوأؤئءلكـَُِّّْ\u200c\u200f٠١٣٫٬،.,-"()«» \n\u00a0abÉ019ﻻﷺ%'), max_size=40
)


@LEVELS
@pytest.mark.parametrize("text", ["", " \n", "ـــ ّ --", "ﹰ"])
def test_a_text_without_a_word_has_no_tokens(analyzer: Analyzer, text: str) -> None:
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
@pytest.mark.parametrize(
    ("word", "rest"),
    [("وَالوَزِيرُ", "وزير"), ("بإب", "إب"), ("ﻭﺍﻟﻮﺯﻳﺮ", "وزير"), ("آب", "آب"), ("شباط", "شباط"), ("7", "7")],
)
def test_a_word_is_told_without_its_particles_as_it_is_written(analyzer: Analyzer, word: str, rest: str) -> None:
    assert analyzer.tokens(word)[0].without_particles == rest


@pytest.mark.parametrize(
    ("chunk", "alone"),
    [
        ("«والوزير»،", True),
        ("كتبهم", True),
        ("كَتَبَ", False),
        ("عبدالله", False),
        ("نيسان", False),
        ("النفط،الغاز", False),
    ],
)
def test_a_word_of_the_table_between_signs_is_one_token_whatever_stands_beside_it(chunk: str, alone: bool) -> None:
    token = LEXICON.lone_token(chunk)
    assert (token is not None) is alone
    if token:
        assert [(token.exact, token.word, " ".join(token.stems))] == LEXICON.levels([chunk])
        assert [(token.start, token.end)] == list(spans(chunk))


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


@LEVELS
@examples(50)
@given(text=TEXTS)
def test_any_token_is_the_text_at_its_offsets(analyzer: Analyzer, text: str) -> None:
    for token in analyzer.tokens(text):
        assert text[token.start : token.end] == token.text


@LEVELS
@examples(50)
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
    assert len(LEXICON.keys("قتل")) == 2
    assert [token.word for token in LEXICON.tokens("قتل")] == ["قتل"]


@pytest.mark.parametrize("written", ["سوريا", "وسوريا", "بسوريا", "لسوريا"])
def test_a_country_stays_whole(written: str) -> None:
    assert LEXICON.keys(written) == ("سوريا",)


def test_a_country_is_not_the_noun_written_alike() -> None:
    assert not set(LEXICON.keys("قطر")) & set(LEXICON.keys("قطار"))
    assert LEXICON.query_tokens("قطر")[0].stems == ("قطر",)


def test_the_fingerprint_differs_between_tables() -> None:
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
