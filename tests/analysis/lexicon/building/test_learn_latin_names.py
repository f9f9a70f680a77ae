"""How the weights of Latin names are learned."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from search.analysis.lexicon.building.learn_latin_names import in_pairs, is_held_out, learn, read_names, table
from search.analysis.names.latin_spellings import LatinSpellings, read_pieces

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
    path.write_text(table(in_pairs(NAMES, learn(NAMES))), encoding="utf-8")
    assert table(in_pairs(NAMES, learn(NAMES))) == path.read_text(encoding="utf-8")
    assert "شاليما" in [reading.word for reading in LatinSpellings.load(path).readings("shalima")[:3]]


def test_the_table_says_again_what_was_learned() -> None:
    pieces = in_pairs(NAMES, learn(NAMES))
    read = read_pieces(table(pieces))
    assert read.alone.keys() == pieces.alone.keys() and read.paired.keys() == pieces.paired.keys()
    assert all(abs(read.paired[pair] - added) < 0.01 for pair, added in pieces.paired.items())


def test_a_piece_that_often_stands_behind_another_is_likelier_there_than_one_that_never_does() -> None:
    names = [("ab", "اب")] * 40 + [("am", "ام")] + [("im", "يم")] * 40
    pieces = in_pairs(names, {("^", "^"): 0.2, ("a", "ا"): 0.2, ("b", "ب"): 0.2, ("m", "م"): 0.2, ("i", "ي"): 0.2})
    assert pieces.paired == {}  # no cut reaches the end of a name, whose piece is not among them
    shares = {("^", "^"): 0.2, ("a", "ا"): 0.2, ("b", "ب"): 0.1, ("m", "م"): 0.1, ("i", "ي"): 0.2, ("$", "$"): 0.2}
    pieces = in_pairs(names, shares)
    behind_a = {
        letters: pieces.paired.get((("a", "ا"), (letters, arabic))) for letters, arabic in (("b", "ب"), ("m", "م"))
    }
    assert behind_a["b"] is not None and behind_a["b"] > 0 > pieces.unpaired["a", "ا"]
    assert behind_a["m"] is None  # once is too seldom


def test_a_name_is_always_held_out_or_never(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("Müller\tمولر\n'orfi\tعرفي\n", encoding="utf-8")
    assert read_names(path) == [("muller", "مولر"), ("'orfi", "عرفي")]
    assert 10 < sum(is_held_out(f"name{number}") for number in range(100)) < 35
