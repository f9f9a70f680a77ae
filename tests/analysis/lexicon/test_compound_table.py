"""The table of compounds: where names and lost spaces are cut, and which two words are one name."""

from pathlib import Path

import pytest

from search.analysis.lexicon.compound_table import CompoundTable, bundled_compounds, read_compound_table
from search.errors import LexiconError

TABLE = CompoundTable("# made by a test\nابو\tبكر ظبي\nنصر\tالله\n-المسجد\tالحرام\n-ما\tيقوم\n")


@pytest.mark.parametrize(
    ("joined", "letters"),
    [
        ("ابوظبي", 3),
        ("ابيظبي", 3),
        ("اباظبي", 3),
        ("لابوظبي", 4),
        ("وبابوظبي", 5),
        ("نصرالله", 3),
        ("عبدالباقي", 3),
        ("وعبدالله", 4),
        ("عبدالي", 0),
        ("ابواب", 0),
        ("سابوظبي", 0),
        ("", 0),
    ],
)
def test_a_joined_name_is_cut_behind_its_first_word_and_particles(joined: str, letters: int) -> None:
    assert TABLE.cut_of_name(joined) == letters


def test_a_lost_space_is_one_only_as_it_is_written() -> None:
    assert TABLE.cut_of_lost_space("المسجدالحرام") == 6
    assert TABLE.cut_of_lost_space("والمسجدالحرام") == 7
    assert TABLE.cut_of_lost_space("مايقوم") == 2
    assert TABLE.cut_of_lost_space("مأيقوم") == 0


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("أبو", "ظبي", True),
        ("لأبي", "ظبي", True),
        ("عبد", "الله", True),
        ("لعبد", "العزيز", True),
        ("المسجد", "الحرام", False),
        ("أبو", "قرن", False),
        ("أب", "وظبي", False),
    ],
)
def test_two_words_are_one_name_if_they_would_be_cut_so(first: str, second: str, *, one: bool) -> None:
    assert TABLE.is_name(first, second) is one


def test_the_names_that_a_word_begins_go_on_behind_its_first_word() -> None:
    assert TABLE.names_beginning("ابوظ") == [("ابو", "ظبي")]
    assert TABLE.names_beginning("لابوظ") == [("لابو", "ظبي")]
    assert TABLE.names_beginning("ابو") == []


def test_the_bundled_table_is_read_once_and_has_a_fingerprint() -> None:
    assert bundled_compounds() is bundled_compounds()
    assert bundled_compounds().fingerprint != TABLE.fingerprint
    assert bundled_compounds().is_name("أبو", "ظبي")


def test_the_error_about_a_table_that_cannot_be_read_names_it(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="nowhere"):
        read_compound_table(tmp_path / "nowhere.txt")
