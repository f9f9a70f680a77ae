"""Names of months: all families in one table, and one index term for all names of a month."""

import pytest

from search.analysis.fold import fold, strip_marks
from search.analysis.months import (
    CANONICAL_MONTH,
    HIJRI_MONTHS,
    MONTHS,
    UNSURE_MONTH,
    folded,
    month_between,
    month_pair,
)

LEVANT = "كانون الثاني، شباط، آذار، نيسان، أيار، حزيران، تموز، آب، أيلول، تشرين الأول، تشرين الثاني، كانون الأول"
EGYPT = "يناير، فبراير، مارس، أبريل، مايو، يونيو، يوليو، أغسطس، سبتمبر، أكتوبر، نوفمبر، ديسمبر"
TUNISIA = "جانفي، فيفري، مارس، أفريل، ماي، جوان، جويلية، أوت، سبتمبر، أكتوبر، نوفمبر، ديسمبر"
MOROCCO = "يناير، فبراير، مارس، أبريل، ماي، يونيو، يوليوز، غشت، شتنبر، أكتوبر، نونبر، دجنبر"
HIJRI = "محرم، صفر، ربيع الأول، ربيع الآخر، جمادى الأولى، جمادى الآخرة، رجب، شعبان، رمضان، شوال، ذو القعدة، ذو الحجة"


@pytest.mark.parametrize("family", [LEVANT, EGYPT, TUNISIA, MOROCCO])
def test_every_family_names_the_twelve_months_in_order(family: str) -> None:
    assert [MONTHS[folded(name)] for name in family.split("،")] == list(range(1, 13))


def test_the_hijri_months_in_order() -> None:
    assert [HIJRI_MONTHS[folded(name)] for name in HIJRI.split("،")] == list(range(1, 13))


@pytest.mark.parametrize(
    ("variant", "month"),
    [
        ("إبريل", 4),
        ("ابريل", 4),
        ("يونيه", 6),
        ("يوليه", 7),
        ("أوكتوبر", 10),
        ("فيفرى", 2),
        ("كانون أول", 12),
        ("كانون ثان", 1),
    ],
)
def test_variants_of_spelling(variant: str, month: int) -> None:
    assert MONTHS[folded(variant)] == month


def test_the_tables_are_in_folded_words() -> None:
    for name in (*MONTHS, *HIJRI_MONTHS, *UNSURE_MONTH, *CANONICAL_MONTH.values()):
        assert all(fold(strip_marks(word)) == word for word in name.split())


@pytest.mark.parametrize(
    "names", ["شباط فبراير فيفري", "تموز يوليو جويلية يوليوز", "آذار مارس", "جانفي يناير", "أيلول شتنبر سبتمبر"]
)
def test_all_names_of_a_month_are_one_term(names: str) -> None:
    assert len({CANONICAL_MONTH[folded(name)] for name in names.split()}) == 1


def test_different_months_are_different_terms() -> None:
    assert len(set(CANONICAL_MONTH.values())) == 12
    assert all(MONTHS[name] == MONTHS[term] for name, term in CANONICAL_MONTH.items())


def test_a_name_is_either_sure_or_unsure() -> None:
    assert not UNSURE_MONTH & CANONICAL_MONTH.keys()


@pytest.mark.parametrize(
    ("pair", "term"),
    [
        ("كانون الثاني", "يناير"),
        ("كانون الأول", "ديسمبر"),
        ("تشرين ثاني", "نوفمبر"),
        ("تشرين ثان", "نوفمبر"),
        ("15 نيسان", "أبريل"),
        ("نيسان 2017", "أبريل"),
        ("أبريل نيسان", "أبريل"),
        ("نيسان أبريل", "أبريل"),
        ("آب أغسطس", "أغسطس"),
        ("شهر ماي", "مايو"),
        ("ماي ماضي", "مايو"),  # at the level word, without the article: ماي الماضي
        ("نيسان عام", "أبريل"),
        ("نهاية جوان", "يونيو"),
        ("غرة جوان", "يونيو"),
        ("12 أوت", "أغسطس"),
    ],
)
def test_an_unsure_name_is_a_month_beside_the_right_word(pair: str, term: str) -> None:
    assert month_pair(*folded(pair).split()) == folded(term)


@pytest.mark.parametrize(
    "pair",
    [
        "سيارة نيسان",
        "نيسان باترول",
        "تيريزا ماي",
        "ماي ماي",
        "جوان لابورتا",
        "تايم أوت",
        "أب الأسرة",
        "كانون الطبيعة",
        "جامعة تشرين",
        "نيسان 370",
        "99 نيسان",
        "نيسان أغسطس",
        "يوليو 2017",
    ],
)
def test_an_unsure_name_is_no_month_beside_other_words(pair: str) -> None:
    assert month_pair(*folded(pair).split()) is None


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("سيارة", "نيسان", "2015"),
        ("شركة", "نيسان", "مقبل"),
        ("تيريزا", "ماي", "2017"),
        ("تايم", "أوت", "2016"),
        ("واتس", "آب", "2016"),
    ],
)
def test_what_stands_before_decides_against_a_month_before_the_year_behind_does(
    before: str, word: str, after: str
) -> None:
    assert month_pair(*folded(f"{word} {after}").split())
    assert month_between(*folded(f"{before} {word} {after}").split()) is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("في جوان 2016", "يونيو"),
        ("عام 2014 نيسان 2015", "أبريل"),
        ("في 15 جوان ارتفع", "يونيو"),
        ("وزير 12 أوت 2016", "أغسطس"),
    ],
)
def test_a_year_behind_or_a_day_before_makes_a_month(text: str, term: str) -> None:
    words = folded(text).split()
    at = next(number for number, word in enumerate(words) if word in UNSURE_MONTH)
    assert month_between(words[at - 1], words[at], words[at + 1]) == folded(term)


@pytest.mark.parametrize("pair", ["جوان 1437", "أب 1300", "نيسان 1438"])
def test_a_hijri_year_makes_no_month_of_the_common_year(pair: str) -> None:
    assert month_between("", *folded(pair).split()) is None
