"""How the weights of Latin names are learned."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from search.analysis.lexicon.building.learn_latin_names import is_held_out, learn, read_names, table
from search.analysis.names.latin_spellings import LatinSpellings

CONSONANTS = {"b": "ب", "t": "ت", "sh": "ش", "l": "ل", "m": "م"}
VOWELS = {"a": "ا", "i": "ي"}
NAMES = [
    (f"{one}{vowel}{two}{other}", "".join((CONSONANTS[one], VOWELS[vowel], CONSONANTS[two], VOWELS[other])))
    for one, vowel, two, other in product(CONSONANTS, VOWELS, CONSONANTS, VOWELS)
]


def test_letters_that_write_one_sound_become_a_piece() -> None:
    pieces = learn(NAMES)
    of_sh = {piece: share for piece, share in pieces.items() if "sh" in piece[0]}
    assert "ش" in max(of_sh, key=lambda piece: of_sh[piece])[1]
    assert 0.9 < sum(pieces.values()) <= 1


def test_the_table_of_what_was_learned_reads_a_name_that_was_not_in_the_list(tmp_path: Path) -> None:
    path = tmp_path / "weights.txt"
    path.write_text(table(learn(NAMES)), encoding="utf-8")
    assert table(learn(NAMES)) == path.read_text(encoding="utf-8")
    assert "شاليما" in [reading.word for reading in LatinSpellings.load(path).readings("shalima")[:3]]


def test_a_name_is_always_held_out_or_never(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("Müller\tمولر\n'orfi\tعرفي\n", encoding="utf-8")
    assert read_names(path) == [("muller", "مولر"), ("'orfi", "عرفي")]
    assert 10 < sum(is_held_out(f"name{number}") for number in range(100)) < 35
