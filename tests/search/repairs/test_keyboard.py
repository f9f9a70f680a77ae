"""A query typed on the wrong keyboard is read as the other one would have typed it."""

import pytest

from search.repairs.keyboard import as_arabic, as_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hgl,wg", "الموصل"), ("hgrvhv", "القرار"), ("gfkhk", "لبنان"), ("bfkhk", "لابنان"), ("HpfhF", "أحباب")],
)
def test_latin_keys_typed_for_arabic(typed: str, meant: str) -> None:
    assert as_arabic(typed) == meant


def test_lam_alef_is_one_key_before_lam_and_alef() -> None:
    assert as_arabic("sbl") == "سلام"
    assert as_latin("بخخفلاشمم") == "football"


def test_arabic_keys_typed_for_latin() -> None:
    assert as_latin("لخخلمث") == "google"


def test_a_character_on_no_key_gives_nothing() -> None:
    assert as_arabic("كتاب") is None
    assert as_latin("google") is None
    assert as_arabic("€") is None


def test_digits_and_spaces_stay() -> None:
    assert as_arabic("sbl 2017") == "سلام 2017"
