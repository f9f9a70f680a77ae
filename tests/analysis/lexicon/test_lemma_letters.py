"""The letters of each key are those of all its words, and belong to one table."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import copy

import pytest

from search.analysis.fold import fold_letters
from search.analysis.lexicon.building.collect_letters import collected
from search.analysis.lexicon.layout import LemmaEntry, pack
from search.analysis.lexicon.lemma_letters import SUFFIX, LemmaLetters
from search.analysis.lexicon.lemmas import BUNDLED, LemmaTable


def table(folder: Path, **words: str) -> LemmaTable:
    """A table of these words, each with one key or two."""
    path = folder / "lemmas.table"
    entries = {word: LemmaEntry(tuple(keys.split()), common=True) for word, keys in words.items()}
    path.write_bytes(pack(entries, {}))
    return LemmaTable.load(path)


def test_letters_are_those_of_every_word_of_a_key(tmp_path: Path) -> None:
    lemmas = table(tmp_path, كتاب="kitAb/N", كتب="kitAb/N katab/V", أكتبها="katab/V", فم="fam/N")
    assert LemmaLetters.beside(lemmas) is None
    lemmas.path.with_suffix(SUFFIX).write_bytes(collected(lemmas))
    letters = LemmaLetters.beside(lemmas)
    assert letters is not None
    assert letters.of("kitAb/N") == letters.of("katab/V") == set("كتب") and letters.of("fam/N") == set("فم")
    assert letters.of("wazyr/N") == set()


def test_letters_of_another_table_are_not_read(tmp_path: Path) -> None:
    lemmas = table(tmp_path, كتاب="kitAb/N")
    copy(BUNDLED.with_suffix(SUFFIX), lemmas.path.with_suffix(SUFFIX))
    assert LemmaLetters.beside(lemmas) is None
    lemmas.path.with_suffix(SUFFIX).write_bytes(b"")
    assert LemmaLetters.beside(lemmas) is None


def test_the_bundled_letters_are_those_of_the_bundled_table() -> None:
    lemmas = LemmaTable.load()
    letters = LemmaLetters.beside(lemmas)
    assert letters is not None
    words = lemmas.sections.words
    for number in range(0, len(words), 97):
        word = words.restore_key(number)
        assert all(letters.of(key) <= set(fold_letters(word)) for key in lemmas.lookup(word)), word


def test_a_machine_with_another_order_of_bytes_has_no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", "big")
    assert LemmaLetters.beside(LemmaTable.load()) is None
