"""Words that were written as one: joined names, and words whose space was lost, have the terms of their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer
from search.analysis.compounds import part_spans
from search.analysis.levels import WordLevels
from search.analysis.lexicon.frequencies import FrequencyTable

RULES, LEXICON = Analyzer.default("none"), Analyzer.default()
BOTH = pytest.mark.parametrize("analyzer", [RULES, LEXICON], ids=["rules", "lexicon"])
COMPOUNDS = WordLevels(FrequencyTable.load(), None)


def levels(tokens: list[AnalyzedToken]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(token.exact, token.word, token.stems) for token in tokens]


@BOTH
@pytest.mark.parametrize(
    ("joined", "parted"),
    [
        ("عبدالله", "عبد الله"),
        ("لعبدالله", "لعبد الله"),
        ("وعبدالعزيز", "وعبد العزيز"),
        ("عبدالفتاح السيسي", "عبد الفتاح السيسي"),
        ("عبدالقيوم", "عبد القيوم"),
        ("أبوظبي", "أبو ظبي"),
        ("وأبوظبي", "وأبو ظبي"),
        ("بأبوظبي", "بأبو ظبي"),
        ("ابوبكر", "أبو بكر"),
        ("نصرالله", "نصر الله"),
        ("نورالدين", "نور الدين"),
        ("لنورالدين", "لنور الدين"),
        ("سيفالإسلام", "سيف الإسلام"),
        ("فيسبوك", "فيس بوك"),
        ("ووزارةالصحة", "ووزارة الصحة"),
        ("مصطفىكامل", "مصطفى كامل"),
        ("حتىالآن", "حتى الآن"),
        ("المرأةهل", "المرأة هل"),
        ("وزارةالشؤونالإسلامية", "وزارة الشؤون الإسلامية"),
        ("المسجدالحرام", "المسجد الحرام"),
        ("مايقوم", "ما يقوم"),
        ("اللهوالعدل", "الله والعدل"),
        ("المجلسالبلدي", "المجلس البلدي"),
        ("المخططرقم", "المخطط رقم"),
        ("سبحانالله", "سبحان الله"),
        ("أمدرمان", "أم درمان"),
        ("لايوجد", "لا يوجد"),
        ("ولايزال", "ولا يزال"),
        ("مازال", "ما زال"),
        ("محمدبن سلمان", "محمد بن سلمان"),
        ("أحمدبن حنبل", "أحمد بن حنبل"),
        ("إنشاءالله", "إن شاء الله"),
        ("أبو عبدالله", "أبو عبد الله"),
    ],
)
def test_what_was_written_as_one_has_the_terms_and_positions_of_its_words(
    analyzer: Analyzer, joined: str, parted: str
) -> None:
    assert levels(analyzer.tokens(joined)) == levels(analyzer.tokens(parted))


_WHOLE = (
    "أبواب أبوابه أبوابها عبدي عبيد ابنة أبناء أبوة بنود بنزين البنزين ولاية ولايات لاعب لاعبون لاتينية ماليزيا مالك "
    "ماهر مايو مادة لاجىء شاطىء الطوارىء ينبع سيفا نورا نصرا منصور منفعل ثملا عليما بالإضافة استقبالاتهم مقابلاتهم "
    "الحالات الرسالة المسؤولين والدين الوالدين خالدين بالدين رجال الجاليات العبادي عبدالي فيلادلفيا بنغازي"
)


@BOTH
@pytest.mark.parametrize("word", _WHOLE.split())
def test_words_that_only_look_like_compounds_stay_whole(analyzer: Analyzer, word: str) -> None:
    assert len(analyzer.tokens(word)) == 1


@BOTH
def test_abu_has_one_term_in_all_its_cases(analyzer: Analyzer) -> None:
    words = [analyzer.tokens(text)[0].word for text in ("أبو ظبي", "أبي ظبي", "أبا ظبي", "بأبي ظبي", "لأبو ظبي", "ابو")]
    assert set(words) == {"ابو"}
    assert analyzer.tokens("أبى")[0].word == "ابي", "he refused"
    shared = set(analyzer.keys("أبو")) & set(analyzer.keys("أبي")) & set(analyzer.keys("أبا"))
    assert shared


@BOTH
def test_son_has_one_term_with_and_without_its_alef(analyzer: Analyzer) -> None:
    assert levels(analyzer.tokens("محمد بن سلمان"))[1][1:] == levels(analyzer.tokens("محمد ابن سلمان"))[1][1:]
    assert analyzer.tokens("البن")[0].word == "بن", "coffee has the article"
    assert analyzer.tokens("لبن")[0].word == "لبن"


@BOTH
def test_al_before_a_family_has_one_term_with_and_without_madda(analyzer: Analyzer) -> None:
    assert levels(analyzer.tokens("آل سعود")) == levels(analyzer.tokens("ال سعود"))


def test_father_keeps_its_own_lemma_beside_that_of_names() -> None:
    assert set(LEXICON.keys("أب")) <= set(LEXICON.keys("أبي"))


@BOTH
@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("«عبدالله»،", ["عبد", "الله"]),
        ("عَبْدُاللَّهِ", ["عَبْدُ", "اللَّهِ"]),
        ("عبـداللـه", ["عبـد", "اللـه"]),
        ("عبدﷲ", ["عبد", "ﷲ"]),
        ("وزارةُالصحّة", ["وزارةُ", "الصحّة"]),
    ],
)
def test_each_word_has_the_offsets_of_its_own_letters_and_marks(
    analyzer: Analyzer, written: str, texts: list[str]
) -> None:
    tokens = analyzer.tokens(f"قال {written} أمس")[1:-1]
    assert [token.text for token in tokens] == texts
    assert all(f"قال {written} أمس"[token.start : token.end] == token.text for token in tokens)


def test_a_sign_that_stands_for_letters_of_two_words_belongs_to_both() -> None:
    assert part_spans("جماﻻلدين", ("جمال", "الدين")) == [(0, 4), (3, 8)]
    assert part_spans("ab", ("xyz", "zyx")) == [(0, 2), (0, 2)], "letters that cannot be told apart"


def test_a_run_of_words_without_any_space_is_left_alone() -> None:
    run = "وزارةالصحة" * 5
    assert COMPOUNDS.parts(run) == (run,)


@given(st.text(alphabet=st.sampled_from("ءاأةىبتعدلهنيومقرس"), min_size=1, max_size=24))
def test_parts_joined_are_the_word_and_have_no_further_parts(word: str) -> None:
    parts = COMPOUNDS.parts(word)
    assert "".join(parts) == word
    assert all(COMPOUNDS.parts(part) == (part,) for part in parts)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("عبدالله", "one name"),
        ("وزارةالصحة", "end a word"),
        ("مايقوم", "far more often"),
        ("لايستهلكون", "both its words are common"),
    ],
)
def test_the_decision_is_explained(word: str, why: str) -> None:
    first, second = LEXICON.explain(f"{word} وزير")[:2]
    assert first.joined == second.joined == word
    assert word in first.reason
    assert why in first.reason
    assert LEXICON.explain(f"{word} وزير")[2].joined == ""


def test_the_spelling_of_a_part_of_names_is_explained() -> None:
    [found] = LEXICON.explain("أبي")
    assert (found.word, found.source) == ("ابو", "part of names")


def test_the_last_word_of_what_is_typed_may_be_the_beginning_of_a_name() -> None:
    typed, cut = LEXICON.unfinished_readings("في أبوظ")
    assert [(token.text, token.start, token.end) for token in typed] == [("في", 0, 2), ("أبوظ", 3, 7)]
    assert [(token.text, token.start, token.end) for token in cut] == [("في", 0, 2), ("أبو", 3, 6), ("ظ", 6, 7)]


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("عبدالع", [["عبدالع"], ["عبد", "الع"]]),
        ("أما", [["أما"], ["أم", "ا"]]),
        ("أبو", [["أبو"]]),
        ("أبوظ ", [["أبوظ"]]),
        ("", [[]]),
    ],
)
def test_a_word_that_may_begin_a_name_is_read_as_it_is_typed_too(typed: str, readings: list[list[str]]) -> None:
    assert [[token.text for token in tokens] for tokens in LEXICON.unfinished_readings(typed)] == readings
