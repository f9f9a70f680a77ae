"""The readings that a query's words have by the table: of the word as typed, and of its lemma's other forms."""

from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.reading_layout import FOLDED, FORMS, pack_readings
from search.analysis.table_readings import SOURCE, TableReadings
from search.errors import LexiconError
from search.query.query_words import QueryWords

ANALYZER = Analyzer.default()


def beside(folder: Path, content: bytes) -> Path:
    (folder / "lemmas.readings").write_bytes(content)
    return folder / "lemmas.table"


def read(word: str, rows: dict[str, list[tuple[str, float]]], folder: Path) -> list[tuple[str, str, float]]:
    source = TableReadings.beside(beside(folder, pack_readings(rows)))
    assert source is not None
    return [(each.term, each.level, round(each.weight, 1)) for each in source(ANALYZER.tokens(word)[0])]


def test_a_word_has_the_readings_of_its_spelling(tmp_path: Path) -> None:
    rows = {"أثار": [("|vAr/N", 0.2)], FOLDED + "اثار": [(">avar/N", 0.6)]}
    assert read("أثار", rows, tmp_path) == [("|vAr/N", "stem", 0.2)]


def test_typed_without_hamza_a_word_has_those_of_all_spellings(tmp_path: Path) -> None:
    rows = {"اثار": [("|vAr/N", 0.2)], FOLDED + "اثار": [(">avar/N", 0.6)]}
    assert read("اثار", rows, tmp_path) == [(">avar/N", "stem", 0.6)]


def test_harakat_do_not_hide_a_word_from_the_table(tmp_path: Path) -> None:
    assert read("عَقد", {"عقد": [("Eaqod/N", 0.4)]}, tmp_path) == [("Eaqod/N", "stem", 0.4)]


def test_a_lemma_may_be_written_in_a_form_that_the_index_has_under_another(tmp_path: Path) -> None:
    stem = ANALYZER.tokens("عقود")[0].stems[0]
    assert read("عقود", {FORMS + stem: [("عقد", 0.3)]}, tmp_path) == [("عقد", "word", 0.3)]


def test_a_country_has_no_further_readings(tmp_path: Path) -> None:
    assert read("قطر", {"قطر": [("quTor/N", 0.4)]}, tmp_path) == []


def test_a_lemma_table_without_further_readings_is_no_error(tmp_path: Path) -> None:
    assert TableReadings.beside(tmp_path / "lemmas.table") is None


def test_a_damaged_table_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"lemmas\.readings.*reinstall"):
        TableReadings.beside(beside(tmp_path, b"damaged"))


@pytest.mark.parametrize(
    ("typed", "form"),
    [("عقد", "العقد"), ("دخل", "الدخل"), ("كشف", "الكشف"), ("العقود", "عقد"), ("طلب", "يطلب")],
)
def test_the_bundled_table_knows_both_readings_of_common_words(typed: str, form: str) -> None:
    [token], [other] = QueryWords(ANALYZER).of_text(typed), ANALYZER.tokens(form)
    searched = {(each.level, each.term) for each in token.readings if 0 < each.weight < 1 and each.source == SOURCE}
    assert not set(token.stems) & set(other.stems)
    assert searched & {("word", other.word), *(("stem", stem) for stem in other.stems)}


def test_see_is_one_verb_in_both_its_shapes() -> None:
    assert ANALYZER.tokens("رأى")[0].stems == ANALYZER.tokens("يرى")[0].stems


def test_explanations_name_further_readings() -> None:
    [found] = ANALYZER.explain("عقد")
    assert [(reading.source, "عَقْد" in reading.description) for reading in found.readings] == [(SOURCE, True)]
