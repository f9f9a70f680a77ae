"""The bundled lemma table: which written words meet, which stay apart, and what an unreadable table says."""

from pathlib import Path

import pytest

from search.analysis.fold import fold
from search.analysis.lexicon.layout import LemmaEntry, pack
from search.analysis.lexicon.lemmas import LemmaTable
from search.errors import LexiconError


@pytest.fixture(scope="module")
def table() -> LemmaTable:
    return LemmaTable.load()


@pytest.mark.parametrize(
    "words",
    [
        "وزير الوزير والوزير لوزير بالوزير وزيرا وزيرها وزراء الوزراء وزرائها",
        "شارع شوارع",
        "كتاب كتابا الكتاب",
        "مدينة مدن المدن",
        "رئيس رؤساء الرؤساء",
        "قرار قرارات",
        "نتيجة نتائج",
        "حزب أحزاب",
        "سعر أسعار",
        "طفل أطفال",
        "قتيل قتلى",
        "عراقي عراقيون العراقية",
        "حالي حاليا",
        "معلومة معلومات",
        "كبير كبيرة كبار",
    ],
)
def test_forms_of_one_word_share_their_first_key(table: LemmaTable, words: str) -> None:
    assert len({table.lookup(word)[0] for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words",
    ["مسؤول مسئول", "شؤون شئون", "رئاسة رءاسة", "هيئة هيأة", "أمريكا امريكا", "مستشفى مستشفي", "وزارة وزاره"],
)
def test_careless_spellings_meet_by_their_folded_form(table: LemmaTable, words: str) -> None:
    assert len({table.lookup_folded(fold(word))[0] for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("name", "stranger"),
    [("بوتين", "تين"), ("لبنان", "بنان"), ("فلسطين", "طين"), ("واشنطن", "اشنطن"), ("كوريا", "وريا")],
)
def test_names_are_not_taken_apart(table: LemmaTable, name: str, stranger: str) -> None:
    assert not set(table.lookup(name)) & set(table.lookup(stranger))


@pytest.mark.parametrize("name", ["بوتين", "نتنياهو", "تشيلسي"])
def test_names_have_no_common_reading(table: LemmaTable, name: str) -> None:
    assert table.lookup(name)
    assert not table.has_common_reading(name)


@pytest.mark.parametrize("word", ["وزير", "يوقع", "المدن", "في"])
def test_ordinary_words_have_a_common_reading(table: LemmaTable, word: str) -> None:
    assert table.has_common_reading(word)


def test_a_word_that_is_not_in_the_table_has_no_keys(table: LemmaTable) -> None:
    assert table.lookup("كلمةلاتوجدفيالجدول") == table.lookup_folded("كلمهلاتوجدفيالجدول") == ()
    assert table.lookup("") == ()


def test_keys_carry_no_white_space_and_name_their_part_of_speech(table: LemmaTable) -> None:
    for word in ["وزير", "يرفض", "زلاتان", "في", "يوقع"]:
        for key in table.lookup(word):
            assert key.isascii()
            assert len(key.split()) == 1
            assert key[-2:] in ("/N", "/V", "/U")


def test_describe_writes_the_lemma_vocalised(table: LemmaTable) -> None:
    assert table.describe("waziyr/N") == "وَزِير (noun)"
    assert table.describe("rafaD/V") == "رَفَض (verb)"


def test_the_folded_form_has_the_keys_of_its_commonest_word(tmp_path: Path) -> None:
    path = tmp_path / "small.table"
    name, preposition = LemmaEntry(("Ealiy~/N",), common=False), LemmaEntry(("EalaY/N",), common=True)
    path.write_bytes(pack({"علي": name, "على": preposition}, {"علي": preposition}))
    small = LemmaTable.load(path)
    assert small.lookup("علي") == ("Ealiy~/N",)
    assert small.lookup_folded("علي") == ("EalaY/N",)
    assert small.fingerprint != LemmaTable.load().fingerprint


@pytest.mark.parametrize("content", [b"", b"no table", b"kashaf-lemmas-1\n" + bytes(90)])
def test_an_unreadable_table_is_named_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.table"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"broken\.table.*--lexicon none"):
        LemmaTable.load(path)


def test_a_truncated_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.table"
    path.write_bytes(pack({"وزير": LemmaEntry(("waziyr/N",), common=True)}, {})[:-16])
    with pytest.raises(LexiconError):
        LemmaTable.load(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="absent"):
        LemmaTable.load(tmp_path / "absent")
