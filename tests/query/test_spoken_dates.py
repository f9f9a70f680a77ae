"""A date said in ordinary words: what is offered in its place, and what is taken for ordinary words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.spoken_dates import SpokenDate, spoken_date

TODAY = date(2026, 8, 6)


def offered(query: str) -> SpokenDate | None:
    return spoken_date(query, parse(query, today=TODAY), today=TODAY)


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("غزة من يوليو إلى أغسطس 2015 حرب", "غزة تاريخ:من يوليو إلى أغسطس 2015 حرب"),
        ("war from July to August 2015", "war date:from July to August 2015"),
        ("بين يوليو وأغسطس 2015", "تاريخ:بين يوليو وأغسطس 2015"),
        ("غزة بين 2011 و2015", "غزة تاريخ:بين 2011 و2015"),
        ("من مارس إلى مايو", "تاريخ:من مارس إلى مايو"),
        ("من 1 إلى 15 يوليو 2017، غزة", "تاريخ:من 1 إلى 15 يوليو 2017، غزة"),
        ("من رمضان 1436 إلى شوال 1436", "تاريخ:من رمضان 1436 إلى شوال 1436"),
        ("من ربيع الأول 1436 إلى ربيع الآخر 1436", "تاريخ:من ربيع الأول 1436 إلى ربيع الآخر 1436"),
        ("بين ربيع الأول وجمادى الأولى 1438", "تاريخ:بين ربيع الأول وجمادى الأولى 1438"),
        ("غزة في ذي الحجة 1437", "غزة تاريخ:في ذي الحجة 1437"),
        ("سوريا منذ 2014", "سوريا تاريخ:منذ 2014"),
        ("حتى مارس 2010", "تاريخ:حتى مارس 2010"),
        ("انفجار في أغسطس 2015", "انفجار تاريخ:في أغسطس 2015"),
    ],
)
def test_words_that_are_a_date_are_offered_as_a_date(query: str, offer: str) -> None:
    found = offered(query)
    assert found and found.query == offer and found.words in query
    assert [place.tree for place in parse(offer, today=TODAY).dates]


@pytest.mark.parametrize(
    "query",
    [
        "مارس",
        "في مارس",
        "حتى مارس",
        "مارس الرياضة",
        "من الجزائر إلى المغرب",
        "من مارس السياسة إلى التجارة",
        "بين نيسان وتويوتا",
        "في ربيع الأول",
        "في الصفحة 1437",
        "من 5 إلى 7",
        "من 1500 إلى 3000 دولار",
        "بين 2000 و3000 شخص",
        "وزير من 2015",
        "منذ أسبوع",
        "غزة أو من يوليو إلى أغسطس 2015",
        "منذ مارس 2015 أو غزة",
        "(من يوليو إلى أغسطس 2015)",
        "«من يوليو إلى أغسطس 2015»",
        "-من يوليو إلى أغسطس 2015",
        "عنوان:من يوليو إلى أغسطس 2015",
        "تاريخ:2014 من يوليو إلى أغسطس 2015",
        "",
    ],
)
def test_ordinary_words_are_left_alone(query: str) -> None:
    assert offered(query) is None


_MIXED = "من إلى بين و في منذ حتى مارس يوليو 2015 2014 15 غزة أو - ( ) from to تاريخ: ،"
WORDS = st.sampled_from(_MIXED.split())


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_what_is_offered_names_one_date_and_keeps_all_other_words(query: str) -> None:
    found = offered(query)
    if found is not None:
        assert len(parse(found.query, today=TODAY).dates) == 1
        assert _words(found.query) == _words(query)


def _words(query: str) -> list[str]:
    """The words without what makes a date of them."""
    for sign in ("تاريخ:", "date:", '"'):
        query = query.replace(sign, "")
    return query.split()
