"""Words that a reader takes for one: the list, and the lemma keys that become one by it."""

from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.equal_words import ALSO, INSTEAD, ONE, EqualWord, equal_words, joined_keys, own_key
from search.analysis.lexicon.frequencies import TEH_MARBUTA_LAST, FrequencyTable
from search.analysis.lexicon.listed_forms import listed, listed_forms, listed_names
from search.errors import LexiconError

LEXICON = Analyzer.default()
TABLE = {
    "زلازل": ("zalAzil/N",),
    "زلزال": ("zilozAl/N",),
    "صحافي": ("SaHAfiy~/N",),
    "الصحفي": ("SuHufiy~/N",),
    "تمر": ("mar~/V",),
    "التمر": ("tamor/N",),
    "هزة": ("zilozAl/N",),
}


def look_up(word: str) -> tuple[str, ...]:
    return TABLE.get(word, ())


def test_the_key_of_one_word_becomes_the_key_of_the_other() -> None:
    rows = [EqualWord("زلازل", "زلزال", ONE), EqualWord("صحافي", "صحفي", ONE)]
    assert joined_keys(rows, look_up) == {"zalAzil/N": "zilozAl/N", "SaHAfiy~/N": "SuHufiy~/N"}


def test_a_key_that_is_joined_twice_becomes_the_last_one() -> None:
    rows = [EqualWord("زلازل", "صحافي", ONE), EqualWord("صحافي", "صحفي", ONE)]
    assert set(joined_keys(rows, look_up).values()) == {"SuHufiy~/N"}


def test_what_the_table_reads_as_another_word_or_lacks_joins_nothing() -> None:
    assert joined_keys([EqualWord("هزة", "صحفي", ONE), EqualWord("زلزلة", "زلزال", ONE)], look_up) == {}


def test_the_own_key_of_a_word_is_a_noun_of_its_letters() -> None:
    assert own_key("تمر", look_up) == "tamor/N"
    assert own_key("هزة", look_up) is None


def test_every_row_names_two_words_and_a_known_relation() -> None:
    for word, other, how in equal_words():
        assert word != other and how in (ONE, ALSO, INSTEAD)


def test_no_word_stands_there_twice() -> None:
    words = [row.word for row in equal_words()]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("row", [row for row in equal_words() if row.how == ONE], ids=lambda row: row.word)
def test_each_row_meets_with_the_bundled_table(row: EqualWord) -> None:
    assert set(LEXICON.keys(row.word)) & set(LEXICON.keys(row.other))


@pytest.mark.parametrize("row", [row for row in equal_words() if row.how != ONE], ids=lambda row: row.word)
def test_a_plural_of_another_word_meets_its_singular_in_every_dress(row: EqualWord) -> None:
    singular = {*LEXICON.keys(row.other), *LEXICON.keys(f"ال{row.other}")}
    for form in (row.word, f"وال{row.word}", f"ب{row.word}"):
        assert set(LEXICON.keys(form)) & singular


def test_a_plural_of_another_word_may_have_both_keys_or_one() -> None:
    assert set(LEXICON.keys("الطرق")) >= {*LEXICON.keys("طريقة"), *LEXICON.keys("طريق")}
    assert not set(LEXICON.keys("تكاليف")) & set(LEXICON.keys("تكليف"))


def test_a_name_that_looks_like_an_inflected_word_is_the_name() -> None:
    assert LEXICON.keys("تكريت") == LEXICON.keys("وتكريت") == ("tkryt/U",)  # not: you rented
    assert LEXICON.keys("باسم")[0] == "bAsm/U"  # in the name of, too
    assert set(LEXICON.keys("باسم")) & set(LEXICON.keys("اسم"))


def test_listed_forms_are_those_of_the_lists() -> None:
    forms = listed_forms(look_up)
    assert forms.keys() <= listed()
    assert not forms["تكريت"].keys[0].startswith("takar~aY") and forms["تكريت"].alone


@pytest.mark.parametrize("word", ["أهله", "وأهله", "أهلها", "لأهلها"])
def test_his_people_are_no_crescents(word: str) -> None:
    assert LEXICON.keys(word) == LEXICON.keys("أهل") != LEXICON.keys("الأهلة") == LEXICON.keys("هلال")


def test_heh_stands_for_teh_of_a_listed_form_where_these_letters_are_mostly_written_with_teh() -> None:
    form = listed_forms(lambda word: ("hilAl/N",) if word == "هلال" else ())["اهله"]
    mostly_teh = FrequencyTable.of([("اهله", 100, TEH_MARBUTA_LAST)])
    assert form.may_be("اهلة", mostly_teh) and form.may_be("اهله", mostly_teh)
    mostly_heh = FrequencyTable.of([("اهله", 100, 0)])
    assert form.may_be("اهلة", mostly_heh) and not form.may_be("اهله", mostly_heh)
    assert form.may_be("اهله", FrequencyTable.of([("غيرها", 100, 0)]))  # no count says what is meant


def test_a_name_alone_keeps_its_first_letter_behind_any_particle() -> None:
    for word in ("كروس", "وكروس", "لكروس"):
        [token] = LEXICON.tokens(word)
        assert (token.word, token.stems) == ("كروس", ("krws/U",))
    assert LEXICON.tokens("بعقوبة")[0].word == "عقوبه"  # beside: by a punishment, too


@pytest.mark.parametrize("word", ["السادات", "والسادات", "للسادات", "بالسادات"])
def test_a_name_with_the_article_is_listed_behind_every_particle(word: str) -> None:
    assert LEXICON.keys(word) == ("AlsAdAt/U",)
    assert LEXICON.tokens(word)[0].word == "سادات"
    assert LEXICON.query_tokens(word)[0].stems == ("AlsAdAt/U",)


def test_property_is_no_form_of_the_king() -> None:
    assert set(LEXICON.keys("أملاك")) == set(LEXICON.keys("ممتلكات")) != set(LEXICON.keys("الملك"))


def test_a_hamza_that_a_name_has_not_tells_another_word() -> None:
    assert LEXICON.keys("بابل") == ("bAbl/U",) != LEXICON.keys("بإبل")
    assert LEXICON.keys("كايمان") == ("kAymAn/U",) and LEXICON.keys("كإيمان") == LEXICON.keys("إيمان")


def test_the_accusative_has_no_alef_behind_teh() -> None:
    assert "اهلها" not in listed() and "افكارا" in listed()


def test_a_list_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="reinstall"):
        equal_words(tmp_path / "none.tsv")
    broken = tmp_path / "broken.tsv"
    broken.write_text("كلمة\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="reinstall"):
        equal_words(broken)
    with pytest.raises(LexiconError, match="reinstall"):
        listed_names((broken,))


def test_the_explanation_names_lists_and_joined_lemmas() -> None:
    [name] = LEXICON.explain("وتكريت")
    assert name.source == "list of names" and "تكريت" in name.reason
    [plural] = LEXICON.explain("والطرق")
    assert plural.source == "list of forms" and "طرق" in plural.reason
    [joined] = LEXICON.explain("الصحافي")
    assert "صَحافِيّ" in joined.reason and "one word" in joined.reason
