"""Names in Latin letters read in Arabic letters, by the bundled weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.names.known_pairs import known_names, latin
from search.analysis.names.latin_spellings import ARABIZI_WORD, LatinSpellings, Pieces, bundled
from search.errors import LexiconError


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("soleimani", "سليماني"),
        ("sulaymani", "سليماني"),
        ("suleymany", "سليماني"),
        ("mosul", "موصل"),
        ("gorbachev", "غورباتشوف"),
        ("rouhani", "روحاني"),
        ("schmidt", "شميت"),
        ("qaddafi", "قذافي"),
    ],
)
def test_a_name_in_latin_letters_is_read_in_arabic_letters(name: str, word: str) -> None:
    assert word in {reading.word for reading in bundled().readings(name)}


@pytest.mark.parametrize(
    ("typed", "word"),
    [("7alab", "حلب"), ("3ali", "علي"), ("sha3b", "شعب"), ("2a5bar", "اخبار"), ("6are8", "طارق"), ("9ala7", "صلاح")],
)
def test_digits_stand_for_the_arabic_letters_they_look_like(typed: str, word: str) -> None:
    assert ARABIZI_WORD.fullmatch(typed)
    assert word in {reading.word for reading in bundled().readings(typed)}


@pytest.mark.parametrize("text", ["covid19", "2017", "f16", "b52", "iphone", "4x4", "7"])
def test_codes_and_numbers_are_no_arabic_typed_with_digits(text: str) -> None:
    assert not ARABIZI_WORD.fullmatch(text)


def test_a_spelling_of_the_name_is_likelier_than_one_of_another_name() -> None:
    odds = {reading.word: reading.log_odds for reading in bundled().readings("baghdadi")}
    assert odds["بغدادي"] > 15
    assert odds["بغدادي"] > odds.get("بغداد", -99.0) + 2


def test_a_piece_is_as_likely_as_the_piece_before_it_makes_it() -> None:
    likely = {("^a", "^ا"): -1.0, ("b", "ب"): -2.0, ("p", "ب"): -2.0, ("b", "ف"): -2.5, ("$", "$"): -1.0}
    alone = LatinSpellings(Pieces(likely)).readings("ab")
    pair = LatinSpellings(Pieces(likely, {}, {(("^a", "^ا"), ("b", "ف")): 1.0})).readings("ab")
    assert [reading.word for reading in alone] == ["اب", "اف"] and [reading.word for reading in pair] == ["اف", "اب"]
    unpaired = LatinSpellings(Pieces(likely, {("^a", "^ا"): -3.0}, {(("^a", "^ا"), ("b", "ف")): 0.0})).readings("ab")
    assert [round(reading.behind, 9) for reading in unpaired] == [0.0, 2.5]


def test_how_far_a_reading_is_behind_the_likeliest_is_told() -> None:
    readings = {reading.word: reading.behind for reading in bundled().readings("messi")}
    assert readings["ميسي"] == 0.0 and all(behind >= 0 for behind in readings.values())
    assert readings.get("موسي", 99.0) > 6


@given(st.text("abcdefghijklmnopqrstuvwxyz'23579^$", max_size=30))
def test_any_name_has_some_hundreds_of_readings_at_most(name: str) -> None:
    readings = bundled().readings(name)
    assert len(readings) <= 400 and all(isinstance(reading.log_odds, float) for reading in readings)


def test_names_that_english_has_of_its_own_are_known() -> None:
    english = known_names().of_english
    assert "حلب" in english["aleppo"] and "مصر" in english["egypt"] and "حمص" in english["homs"]
    assert "قاهره" in english["cairo"] and "سليمان" in known_names().arabic
    assert latin("Abdel_Munsif") == "abdelmunsif" and latin("Élysée") == "elysee"


def test_a_table_that_cannot_be_read_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_text("a\tا\n", encoding="utf-8")
    for name in ("broken.txt", "missing.txt"):
        with pytest.raises(LexiconError, match="reinstall"):
            LatinSpellings.load(tmp_path / name)
