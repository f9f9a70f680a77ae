"""Rebuilding the lemma table, on a dictionary of a few stems and a few lines of news."""

from pathlib import Path

import pytest

from tests.analysis.lexicon.building.aramorph_sample import write_dictionary, write_news

pytest.importorskip("scipy", reason="rebuilding the lemma table needs the extra `evaluate`")

from search.analysis.lexicon.building.aramorph_dictionary import Dictionary, Stem
from search.analysis.lexicon.building.build_lemma_table import build
from search.analysis.lexicon.building.lemma_merging import Merger
from search.analysis.lexicon.building.respelling import spellings
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.lexicon.reading_layout import open_readings, readings_path


@pytest.fixture
def dictionary(tmp_path: Path) -> Dictionary:
    return Dictionary(write_dictionary(tmp_path / "aramorph"))


@pytest.fixture
def built(tmp_path: Path, dictionary: Dictionary) -> Path:
    """Where the built lemma table lies; the further readings lie beside it."""
    path = tmp_path / "lemmas.table"
    lemmas, readings = build(dictionary, write_news(tmp_path / "news"), least=1, articles=10)
    path.write_bytes(lemmas)
    readings_path(path).write_bytes(readings)
    return path


@pytest.fixture
def table(built: Path) -> LemmaTable:
    return LemmaTable.load(built)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, dictionary: Dictionary) -> None:
    news = write_news(tmp_path / "news")
    assert build(dictionary, news, least=1, articles=10) == build(dictionary, news, least=1, articles=10)


def test_forms_meet_in_a_built_table(table: LemmaTable) -> None:
    for word in ["وزير", "والوزير", "الوزراء", "وزيرة"]:
        assert table.lookup(word)[0] == "waziyr/N"
    assert table.lookup("رفضت") == ("rafaD/V",)
    assert table.lookup("الرفض") == ("rafoD/N",)


def test_a_word_without_a_reading_keeps_its_own_key_without_its_particle(table: LemmaTable) -> None:
    assert table.lookup("زلاتان") == table.lookup("وزلاتان") == ("zlAtAn/U",)
    assert not table.has_common_reading("زلاتان")


def test_a_lone_name_of_the_lexicon_has_no_common_reading(table: LemmaTable) -> None:
    assert table.lookup("ولبنان") == ("lubonAn/N",)
    assert not table.has_common_reading("لبنان")


def test_a_stem_below_a_root_line_is_a_lemma_of_its_own(dictionary: Dictionary) -> None:
    assert [stem.lemma for stem in dictionary.stems if stem.letters == "wHdh"] == ["waHodahu_0"]


def test_every_reading_of_a_written_word_is_found(dictionary: Dictionary) -> None:
    assert {analysis.stem.lemma for analysis in dictionary.analyse("رفض")} == {"rafaD-ui_1", "rafoD_1"}
    assert dictionary.analyse("الرفضت") == []


def test_final_heh_may_stand_for_teh_marbuta(dictionary: Dictionary) -> None:
    assert dictionary.analyse("وزيره") == []
    assert [analysis.stem.lemma for analysis in dictionary.analyse_respelled("وزيره")] == ["waziyr_1"]


def _stem(lemma: str, *, part: str = "NOUN", category: str = "N", senses: frozenset[str] = frozenset()) -> Stem:
    return Stem(lemma, lemma, category, f"{lemma}_1", part, senses, 0)


@pytest.mark.parametrize(
    ("form", "lemma", "part", "category"),
    [
        ("HAliy~AF", "HAliy~", "NOUN", "N"),  # حاليا is حالي
        ("maEoluwmAt", "maEoluwmap", "NOUN", "N"),  # معلومات is معلومة
        ("kuboraY", ">akobar", "ADJ", "N"),  # كبرى is أكبر
        ("qutil", "qatal", "VERB", "PV"),  # قُتل is قَتل
        ("biAlta>okiyd", "ta>okiyd", "NOUN", "N"),  # بالتأكيد is تأكيد
    ],
)
def test_a_form_listed_as_a_lemma_joins_its_origin(form: str, lemma: str, part: str, category: str) -> None:
    stems = [_stem(form, part=part, category=category), _stem(lemma, part=part, category=category)]
    merger = Merger(stems)
    assert merger.key(stems[0]) == merger.key(stems[1])


def test_vocalisations_join_only_with_a_common_sense() -> None:
    include = frozenset({"include"})
    stems = [
        _stem("$amal", part="VERB", category="PV", senses=include),
        _stem("$amil", part="VERB", category="PV", senses=include),
        _stem("dayon", senses=frozenset({"debt"})),
        _stem("diyn", senses=frozenset({"religion"})),
    ]
    first, second, debt, religion = map(Merger(stems).key, stems)
    assert first == second
    assert debt != religion


def test_alef_maksura_inside_a_word_is_an_alef() -> None:
    assert "علاه" in spellings("علىه")
    assert "لليل" in spellings("للليل")


def test_the_verb_forms_of_a_section_without_a_lemma_are_one_lemma(tmp_path: Path) -> None:
    folder = write_dictionary(tmp_path / "words")
    with (folder / "dictStems").open("a", encoding="latin-1") as stems:
        stems.write(";--- rAy\nr>Y\tra>aY\tPV_0\tsee;think\nrY\traY\tIV_0\tsee;think\nrAy\trAy\tN\tflag\n")
    lemmas = {stem.vocalised: stem.lemma for stem in Dictionary(folder).stems}
    assert lemmas["raY"] == lemmas["ra>aY"] == "ra>aY_0"  # يرى and رأى
    assert lemmas["rAy"] == "rAy_0"


def test_the_further_readings_lie_beside_the_lemma_table(built: Path) -> None:
    assert open_readings(readings_path(built)).readings("وزير") == ()
