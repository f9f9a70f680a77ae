"""The stamps of the lemma table: they say of each word what the rules for particles say."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from search.analysis.batch.hashing import hash_lines
from search.analysis.context import IN_DOUBT
from search.analysis.fold import fold
from search.analysis.levels import WordLevels
from search.analysis.lexicon.building.stamp_lemma_table import stamped
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import STAMP_MASK, STAMP_SHIFT, LemmaEntry, pack, stamp
from search.analysis.lexicon.lemmas import BUNDLED, LemmaTable
from search.analysis.word_rules import stamping_rules

FREQUENCIES, LEMMAS = FrequencyTable.load(), LemmaTable.load()
WORDS = {
    word: LemmaEntry(("waziyr/N",), common=True)
    for word in ("وزير", "الوزير", "وللوزير", "لله", "مائة", "لاجئ", "لبنان", "وتموز")
}


def no_hashes(words: Sequence[str]) -> bytes:
    return b""


def table(folder: Path, content: bytes) -> LemmaTable:
    path = folder / "t.table"
    path.write_bytes(content)
    return LemmaTable.load(path)


def test_the_bundled_table_is_stamped_by_the_rules_and_counts_of_today() -> None:
    remedy = "run python -m search.analysis.lexicon.building.stamp_lemma_table"
    assert stamping_rules(FREQUENCIES) == LEMMAS.rules, remedy
    assert stamped(BUNDLED.read_bytes(), FREQUENCIES) == BUNDLED.read_bytes(), remedy


def test_stamped_particles_are_those_that_the_rules_find(tmp_path: Path) -> None:
    made = table(tmp_path, stamped(pack(WORDS, {}), FREQUENCIES))
    with_stamps, without = WordLevels(FREQUENCIES, made), WordLevels(FREQUENCIES, None)
    for word in WORDS:
        assert with_stamps.levels(word)[1].lstrip(IN_DOUBT) == without.decisions(word).word
    hashes, entries = made.arrays()
    assert {*zip(hashes, entries, strict=True)} == {(int(hash_lines([word])[0]), made.entry(word)) for word in WORDS}
    assert [_letters(made, word) for word in WORDS] == [0, 2, 3, None, None, None, None, None]


@pytest.mark.parametrize("rules", ["", "another version"])
def test_stamps_of_other_rules_are_passed_over(tmp_path: Path, rules: str) -> None:
    made = table(tmp_path, stamp(pack(WORDS, {}), lambda word: 1, no_hashes, rules=rules))
    assert made.rules == rules
    assert WordLevels(FREQUENCIES, made).levels("الوزير") == ("الوزير", "وزير", "waziyr/N")


def test_a_stamp_changes_neither_fingerprint_nor_readings(tmp_path: Path) -> None:
    plain = table(tmp_path, pack(WORDS, {}))
    marked = table(tmp_path, stamp(pack(WORDS, {}), len, no_hashes, rules="r"))
    assert marked.fingerprint == plain.fingerprint
    for word in WORDS:
        assert marked.lookup(word) == plain.lookup(word)
        assert marked.lookup_folded(fold(word)) == plain.lookup_folded(fold(word))


def _letters(table: LemmaTable, word: str) -> int | None:
    entry = table.entry(word)
    assert entry is not None
    stamp = (entry & STAMP_MASK) >> STAMP_SHIFT
    return stamp - 1 if stamp else None
