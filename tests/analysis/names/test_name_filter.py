"""The filter of foreign names: it accepts names, and neither ordinary words nor Arabic names."""

from pathlib import Path

import pytest

from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.names.name_filter import NameFilter
from search.errors import LexiconError

FILTER = NameFilter.load(LemmaTable.load(), FrequencyTable.load())

FOREIGN = "بوتين كاميرون كيري روحاني ظريف ميسي طهران بكين غوتيريش جوتيريس نتنياهو كلينتون كلنتون هليكوبتر هيليكوبتر"
ORDINARY = "وزير رئيس حكومة بارز كاتب مدرسة يقول استعاد مسؤول شارع قرارات الحكومه مستشفي لاعبون اقتصادي"
ARABIC = "محمد حسين سلمان نايف ابراهيم عبدالله عبدالعزيز يوسف"


@pytest.mark.parametrize("word", FOREIGN.split())
def test_foreign_names_pass(word: str) -> None:
    assert FILTER.accepts(word)


@pytest.mark.parametrize("word", ORDINARY.split())
def test_ordinary_words_do_not_pass(word: str) -> None:
    assert not FILTER.accepts(word)


@pytest.mark.parametrize("word", ARABIC.split())
def test_arabic_names_do_not_pass(word: str) -> None:
    assert not FILTER.accepts(word)


@pytest.mark.parametrize("word", ["مايو", "يونيو", "يوليو", "جويليه", "اغسطس", "شعبان", "رمضان"])
def test_months_do_not_pass(word: str) -> None:
    assert not FILTER.accepts(word)


@pytest.mark.parametrize("word", ["", "لي", "بوش", "obama", "2015", "g20"])
def test_short_words_latin_words_and_numbers_do_not_pass(word: str) -> None:
    assert not FILTER.accepts(word)


def test_a_rare_form_of_an_ordinary_word_does_not_pass() -> None:
    assert not FILTER.accepts("واستقالتكما")


def test_without_a_lexicon_only_listed_names_pass() -> None:
    only_listed = NameFilter(None, FrequencyTable.of([]), names=frozenset({"كيري"}), arabic_names=frozenset())
    assert only_listed.accepts("كيري")
    assert not only_listed.accepts("غوتيريش")


def test_a_missing_list_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="reinstall"):
        NameFilter.load(None, FrequencyTable.of([]), path=tmp_path / "none.txt")
