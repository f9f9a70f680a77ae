"""Numbers: one term for the ways to type one number."""

import pytest

from search.analysis.numbers import number_term


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("3650", "3650"),
        ("3,650", "3650"),
        ("3٬650", "3650"),
        ("3،650", "3650"),
        ("1,200,000.5", "1200000.5"),
        ("15.5", "15.5"),
        ("15٫5", "15.5"),
        ("15,5", "15.5"),  # the decimal comma of the Maghreb
        ("0,125", "0.125"),
        ("15.7.2017", "15.7.2017"),
        ("1,2,3", "1.2.3"),
        ("3,6500", "3.6500"),
    ],
)
def test_thousands_are_ungrouped_and_decimals_have_a_point(typed: str, term: str) -> None:
    assert number_term(typed) == term
