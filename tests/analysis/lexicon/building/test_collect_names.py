"""Which words of an archive are collected as names, by how they are used."""

import gzip
import json
from pathlib import Path

import pytest

from search.analysis.lexicon.building import collect_names
from search.analysis.lexicon.lemmas import LemmaTable

TEXTS = [
    *["قال ظريف ان السلام ممكن"] * 30,
    *["سافر محمد بن سلمان الي لندن"] * 30,
    *["هبطت طائرة هليكوبتر في المطار"] * 30,
    *["كان الكاتب المصري كاتب رواية والكتاب كتاب جديد"] * 30,
]


@pytest.fixture(scope="module")
def uses(tmp_path_factory: pytest.TempPathFactory) -> collect_names.Uses:
    folder = tmp_path_factory.mktemp("news")
    with gzip.open(folder / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": "", "body": text}) + "\n" for text in TEXTS)
    return collect_names.count_uses(folder)


@pytest.fixture(scope="module")
def lemmas() -> LemmaTable:
    return LemmaTable.load()


def test_a_word_that_verbs_of_saying_introduce_is_a_name(uses: collect_names.Uses, lemmas: LemmaTable) -> None:
    assert "ظريف" in set(collect_names.ambiguous_names(uses, lemmas))


def test_a_word_beside_bn_is_an_arabic_name(uses: collect_names.Uses, lemmas: LemmaTable) -> None:
    assert set(collect_names.arabic_names(uses, lemmas)) == {"محمد", "سلمان"}


def test_a_noun_of_more_than_four_radicals_is_a_loan(uses: collect_names.Uses, lemmas: LemmaTable) -> None:
    assert set(collect_names.loan_words(uses, lemmas)) == {"هليكوبتر"}


def test_ordinary_words_are_no_names(uses: collect_names.Uses, lemmas: LemmaTable) -> None:
    collected = {*collect_names.ambiguous_names(uses, lemmas), *collect_names.arabic_names(uses, lemmas)}
    assert not collected & {"كاتب", "الكاتب", "كتاب", "روايه", "المصري", "طائره"}


def test_the_command_writes_a_sorted_text(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": "", "body": text}) + "\n" for text in TEXTS)
    out = tmp_path / "names.txt"
    assert collect_names.main([str(tmp_path), str(out)]) == 0
    assert out.read_text(encoding="utf-8").splitlines()[1:] == ["ظريف", "هليكوبتر", "-سلمان", "-محمد"]


def test_wrong_usage_of_the_command_prints_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert collect_names.main([]) == 2
    assert "usage" in capsys.readouterr().err
