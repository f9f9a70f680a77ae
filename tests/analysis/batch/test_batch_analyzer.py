"""The batch analyser: the terms of any text are those of its tokens, whatever other texts are analysed with it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.amounts import PERCENT
from search.analysis.analyzer import Analyzer
from search.analysis.batch import batch_analyzer, chunk_vocabulary
from search.analysis.batch.batch_analyzer import LEAD_WORDS, BatchAnalyzer, TextTerms
from search.analysis.context import IN_DOUBT
from search.analysis.fold import fold
from search.analysis.term_encoding import decode_term, decode_terms, encode_terms
from search.analysis.vocalisation import INNER_MARKS, vocalised_term
from tests.examples import examples

RULES, LEXICON = Analyzer.default("none"), Analyzer.default()
BATCH = {RULES: BatchAnalyzer(RULES), LEXICON: BatchAnalyzer(LEXICON)}
LEVELS = pytest.mark.parametrize("analyzer", [RULES, LEXICON], ids=["rules", "lexicon"])
TEXTS = st.text(max_size=40) | st.text(
    alphabet=st.sampled_from('ابتةىيوأؤئءلكـَُِّّْ\u200c\u200f٠١٣٫٬،.,-_"()«» \n\u00a0abÉ019ﻻﷺ%٪$€😀𞸀'), max_size=40
)
_WORDS = (
    "نيسان",
    "كانون",
    "الثاني",
    "15",
    "و12",
    "ـ",
    "وزير",
    "شباط/فبراير",
    "سيارة",
    "الماضي",
    "قُتِل",
    "3،650",
    "مارس",
    "في",
    "المئة",
    "في-المائة",
    "يوم",
    "50%",
    "%",
    "$5",
    "ر.س",
    "ر",
    "س",
)
WORDS = st.lists(st.sampled_from(_WORDS), max_size=12)
_PARTS = (
    "عبد",
    "عَبْدُ",
    "الله",
    "العزيز",
    "أبو",
    "ظبي",
    "و",
    "ل",
    "بأبي",
    "ة",
    "ى",
    "وزارة",
    "الصحة",
    "ما",
    "لا",
    "يقوم",
    "محمد",
    "بن",
)
COMPOUNDS = st.lists(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4).map("".join), max_size=8).map(" ".join)
ARTICLE = """القُوَّاتِ العِراقِيَّة تستعيد مدينة الموصل في 10 تموز/يوليو ٢٠١٧، وقال رئيس الوزراء "حيدر العبادي" إنّ
3,650 مقاتلاً (منهم 15.5%) انسحبوا؛ و كتبت CNN عن الـ«معركة» في كانون الثاني الماضي."""


def of(analyzer: Analyzer, text: str) -> TextTerms:
    return BATCH[analyzer].terms([text])[0]


def words(terms: str) -> list[str]:
    return decode_terms(terms).split()


def check(analyzer: Analyzer, text: str, terms: TextTerms) -> None:
    """The terms are those of the tokens."""
    tokens = analyzer.tokens(text)
    assert words(terms.exact) == [token.exact for token in tokens]
    assert words(terms.word) == [token.word for token in tokens]
    assert words(terms.stem) == [stem for token in tokens for stem in token.stems]
    assert words(terms.stem)[: len(words(terms.lead))] == words(terms.lead)
    vocalised = (token for token in tokens if INNER_MARKS.search(token.text))
    assert {*map(decode_term, terms.vocalised)} == {vocalised_term(token.word, token.text) for token in vocalised}


def test_each_level_has_one_term_a_word_and_marks_numbers_and_scripts_are_normalised() -> None:
    terms = of(RULES, "القُوَّاتِ العراقيه، ٣٬٦٥٠ و CNN")
    assert words(terms.exact) == ["القوات", "العراقيه", "3650", "و", "cnn"]
    assert words(terms.word) == ["قوات", "عراقيه", "3650", "و", "cnn"]
    assert words(terms.stem) == [*RULES.keys("قوات"), *RULES.keys("عراقي"), "3650", "و", "cnn"]
    assert words(terms.lead) == words(terms.stem)
    assert [*map(decode_term, terms.vocalised)] == ["قوات|القُوَّاتِ"]


def test_the_lead_is_the_stem_level_of_the_first_words() -> None:
    text = " ".join(["وزير"] * (LEAD_WORDS + 5))
    assert words(of(RULES, text).lead) == ["وزير"] * LEAD_WORDS


@LEVELS
@pytest.mark.parametrize("text", ["", " \n", "ـــ ّ --", "ﹰ"])
def test_a_text_without_a_word_has_no_terms(analyzer: Analyzer, text: str) -> None:
    assert [part.strip() for part in of(analyzer, text)[:3]] == ["", "", ""]
    assert BATCH[analyzer].terms([]) == []


@LEVELS
def test_doubtful_names_of_months_are_decided_by_their_neighbours(analyzer: Analyzer) -> None:
    assert words(of(analyzer, "في كانون الثاني").word) == ["في", "يناير", "ثاني"]
    assert words(of(analyzer, "سيارة نيسان").stem)[-1:] == list(analyzer.keys("نيسان"))
    check(analyzer, "كانون:\u0300:\u0300:ثان", of(analyzer, "كانون:\u0300:\u0300:ثان"))  # chunks without a term
    distant = "15 نيسان " + "وزير " * 9 + "سيارة نيسان " + "وزير " * 40 + "20 نيسان"
    check(analyzer, distant, of(analyzer, distant))


@LEVELS
def test_per_cent_is_one_term_wherever_it_stands_in_a_batch(analyzer: Analyzer) -> None:
    far = " وزير" * 5
    texts = (
        f"ارتفعت 12.5 في المئة وبلغت 14 في المائة{far} في المئة",
        f"في المئة يوم الأولى{far} في المئة يوم12{far} بلغت 80 في المئة عام 2015",
        f"بلغت 5 في المئة في المئة نيسان و12 في المئة وبلغت 30 في المئة في 15 نيسان 2015 و20 في المئة{far} 7 في\nالمئة",
        "50% كانون قُتِل 15 يوم في-المائة",
        "كتب في",
        "المئة الأولى",
    )
    for text, terms in zip(texts, BATCH[analyzer].terms(texts), strict=True):
        check(analyzer, text, terms)
    assert words(of(analyzer, texts[0]).word).count(PERCENT) == 3


@LEVELS
def test_the_lead_ends_with_its_last_word_where_that_begins_per_cent(analyzer: Analyzer) -> None:
    cut, whole = BATCH[analyzer].terms(["وزير " * (LEAD_WORDS - before) + "في المئة وزير" for before in (1, 2)])
    assert words(cut.lead)[LEAD_WORDS - 1 :] == list(analyzer.keys("في"))
    assert words(whole.lead)[LEAD_WORDS - 2 :] == [PERCENT]
    assert words(cut.word)[-2:] == words(whole.word)[-2:] == [PERCENT, "وزير"]


def test_a_letter_within_a_number_is_no_riyal_and_not_in_doubt() -> None:
    check(LEXICON, "بلغت 50ر11 مليون 5ر.س", of(LEXICON, "بلغت 50ر11 مليون 5ر.س"))
    (_, settled, _), (_, open_, _) = LEXICON.levels(["50ر11", "5ر"])
    assert IN_DOUBT not in settled
    assert IN_DOUBT in open_


@LEVELS
def test_terms_are_those_of_the_tokens_of_an_article(analyzer: Analyzer) -> None:
    check(analyzer, ARTICLE, of(analyzer, ARTICLE))


@LEVELS
@examples(100)
@given(texts=st.lists(TEXTS | WORDS.map(" ".join) | COMPOUNDS, max_size=6))
def test_terms_are_those_of_the_tokens_of_any_texts(analyzer: Analyzer, texts: list[str]) -> None:
    for text, terms in zip(texts, BATCH[analyzer].terms(texts), strict=True):
        check(analyzer, text, terms)


@LEVELS
def test_words_that_were_written_as_one_have_the_terms_of_each(analyzer: Analyzer) -> None:
    joined, parted = BATCH[analyzer].terms(
        ["وصل لعبدالله إلى أبوظبي ووزارةالصحة", "وصل لعبد الله إلى أبو ظبي ووزارة الصحة"]
    )
    assert (words(joined.exact), words(joined.word), words(joined.stem)) == (
        words(parted.exact),
        words(parted.word),
        words(parted.stem),
    )
    marked = of(analyzer, "قال عَبْدُاللَّهِ")
    assert {*map(decode_term, marked.vocalised)} == {"عبد|عَبْدُ", "الله|اللَّهِ"}
    check(analyzer, "قال عَبْدُاللَّهِ", marked)


@examples(60)
@given(batches=st.lists(st.lists(TEXTS | WORDS.map(" ".join), max_size=5), min_size=2, max_size=4))
def test_neither_pieces_nor_forgetting_nor_crowded_slots_change_anything(batches: Sequence[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_analyzer, "_PIECE", 48)
        patch.setattr(batch_analyzer, "_SLACK", 44)
        patch.setattr(chunk_vocabulary, "_CHUNKS", 40)
        patch.setattr(chunk_vocabulary, "_SLOTS", 64)
        small = BatchAnalyzer(LEXICON)
        for texts in batches:
            for text, terms in zip(texts, small.terms(texts), strict=True):
                check(LEXICON, text, terms)


def test_a_word_has_one_hash_wherever_it_stands() -> None:
    texts = ["وزير زار مدينة ـ", "😀 الوزير: مدينة", "وزارة"]
    one, other, third = (terms.hashes.tolist() for terms in BATCH[LEXICON].terms(texts))
    assert one[3] == 0
    assert (one[0], one[2]) == (other[1], other[2])
    assert len({*one, *other, *third}) == 5


def test_a_run_without_a_space_is_cut_and_other_terms_stay_the_same() -> None:
    long = "ا" * 200_000
    before, within, after = BATCH[LEXICON].terms(["قبل", long, "وزير"])
    assert words(before.exact) == ["قبل"]
    assert "".join(words(within.exact)) == long
    assert words(after.stem) == list(LEXICON.keys("وزير"))


@pytest.mark.parametrize("text", ["ﷺ" * 60_000, " ".join(f"{'ﷺ' * (1 + n % 7)}{n}" for n in range(12_000))])
def test_ligatures_that_become_many_letters_are_terms_like_others(text: str) -> None:
    first, after = BATCH[LEXICON].terms([text, "وزير"])
    assert len(first.exact) > 400_000
    assert words(after.stem) == list(LEXICON.keys("وزير"))


@given(st.text(alphabet=st.sampled_from("ءابتثجحخدذرزسشصضطظعغفقكلمنهويأabz09.|َ"), min_size=1))
def test_a_term_has_one_coded_form(word: str) -> None:
    assert decode_term(encode_terms(word)) == word
    assert (
        fold(word) != word or not encode_terms(word).isascii() or word.isascii() or len(encode_terms(word)) == len(word)
    )


def test_lemma_keys_are_their_own_code_and_letters_stay_in_order() -> None:
    assert decode_term(encode_terms("AbriyqAn/N")) == "AbriyqAn/N"
    letters = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    assert encode_terms(letters).isascii()
    assert sorted(letters, key=encode_terms) == sorted(letters)
