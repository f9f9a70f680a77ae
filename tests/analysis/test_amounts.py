"""Per cent, currencies and tens: one term for each, in every spelling, where the words beside them allow it."""

import pytest

from search.analysis.amounts import PERCENT, forms_of_unit, is_number, is_unit, is_year, written_orders
from search.analysis.analyzer import Analyzer
from search.analysis.fold import fold

ANALYZER = Analyzer.default()


def words(text: str) -> list[str]:
    return [token.word for token in ANALYZER.tokens(text)]


@pytest.mark.parametrize(
    "text",
    ["50%", "50 ٪", "50 بالمئة", "50 بالمائة", "50 بالمائه", "50 بالمية", "50 في المئة", "50 فى المائه", "50 في المِئَة"],
)
def test_per_cent_has_one_term_behind_the_number(text: str) -> None:
    assert words(text) == ["50", PERCENT]


def test_in_the_hundred_is_one_token_of_the_text() -> None:
    token = ANALYZER.tokens("ربح 5,5 في المئة فقط")[2]
    assert (token.start, token.end, token.text, token.exact, token.stems) == (8, 16, "في المئة", PERCENT, (PERCENT,))


@pytest.mark.parametrize("text", ["في المئة يوم الأولى", "في المائة متر", "هذه المئة", "في مئة"])
def test_a_hundred_that_is_counted_is_not_per_cent(text: str) -> None:
    assert PERCENT not in words(text)


def test_a_number_before_in_the_hundred_settles_it() -> None:
    assert words("20 في المئة عام") == ["20", PERCENT, "عام"]


@pytest.mark.parametrize(
    ("sign", "name"),
    [("$", "دولار"), ("€", "يورو"), ("£", "جنيه"), ("¥", "ين"), ("USD", "دولار"), ("SAR", "ريال"), ("ر.س", "ريال")],
)
def test_a_sign_or_code_of_a_currency_is_its_word(sign: str, name: str) -> None:
    (number, beside), (named,) = ANALYZER.tokens(f"100 {sign}"), ANALYZER.tokens(name)
    assert (number.word, beside.word, beside.stems) == ("100", named.word, named.stems)


def test_letters_of_riyal_without_a_number_are_letters() -> None:
    assert words("حرف ر.س هنا") == ["حرف", "ر", "س", "هنا"]


@pytest.mark.parametrize(
    ("tens", "digits"),
    [
        ("عشرون عشرين العشرين بعشرين", "20"),
        ("ثلاثون ثلاثين", "30"),
        ("أربعون أربعين اربعين", "40"),
        ("خمسون خمسين", "50"),
        ("ستون ستين", "60"),
        ("سبعون سبعين", "70"),
        ("ثمانون ثمانين", "80"),
        ("تسعون تسعين", "90"),
    ],
)
def test_tens_are_their_digits_in_both_cases(tens: str, digits: str) -> None:
    assert [(token.word, token.stems) for token in ANALYZER.tokens(tens)] == [(digits, (digits,))] * len(tens.split())


def test_tens_after_and_are_words_of_their_own_and_no_units() -> None:
    tens, units = ANALYZER.tokens("خمس وعشرون والعشرين"), ANALYZER.keys("خمس عشر ثلاث ست")
    assert tens[1].stems == tens[2].stems == (fold("عشرون"),)
    assert not {*tens[1].stems, *ANALYZER.keys("وثلاثين وخمسون وستين")} & {*units}


def test_the_forms_of_a_unit_begin_with_the_one_asked_for() -> None:
    assert forms_of_unit("مليارات")[:3] == ("مليارات", "مليار", "مليارا")
    assert forms_of_unit("وزير") == ()


@pytest.mark.parametrize("term", ["مليارات", "دولار", PERCENT, "يونيو"])
def test_units_and_months_are_what_numbers_stand_before(term: str) -> None:
    assert is_unit(term)
    assert not is_unit("وزير")


def test_a_sign_stands_before_or_behind_its_number() -> None:
    assert written_orders(("50", PERCENT)) == (("50", PERCENT), (PERCENT, "50"))
    assert written_orders(("دولار", "100")) == (("دولار", "100"), ("100", "دولار"))
    assert written_orders(("100", "وزير")) == (("100", "وزير"),)


def test_numbers_and_years() -> None:
    assert [is_number(term) for term in ("5", "5.3", "g20", "", "يوم")] == [True, True, False, False, False]
    assert [is_year(term) for term in ("2016", "1899", "1437", "20.6")] == [True, False, False, False]
