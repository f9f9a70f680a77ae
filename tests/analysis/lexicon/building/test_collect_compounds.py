"""Which names and lost spaces are collected from an archive, by what it writes in one word and in two."""

import gzip
import json
from pathlib import Path

import pytest

from search.analysis.lexicon.building import collect_compounds
from search.analysis.lexicon.lemmas import LemmaTable

TEXTS = [
    *["سافر عبد الفتاح إلى أبو ظبي مع أبو بكر"] * 30,
    *["سافر عبدالفتاح إلى أبوظبي مع أبوبكر"] * 20,
    *["تصفح فيس بوك أمس"] * 12,
    *["تصفح فيسبوك أمس"] * 10,
    *["محمد بن سلمان في المسجد الحرام"] * 50,
    *["أبواب البنزين وبنزين و بن زين كثيرة"] * 10,
    *["لأيهم بعد", "لا يهم أحدا"],
    *["وصل إلى المسجدالحرام", "لايزال", "لا يزال هنا", "شاهد 3 لا يزال"],
    *["ترك نذر ان يصوم"] * 12,
    *["نذران كثيران"],
]


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> collect_compounds.Counts:
    folder = tmp_path_factory.mktemp("news")
    with gzip.open(folder / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": "", "body": text}) + "\n" for text in TEXTS)
    return collect_compounds.count(folder)


def test_names_are_those_that_the_news_writes_in_both_ways(counts: collect_compounds.Counts) -> None:
    names = set(collect_compounds.names(counts))
    assert {("عبد", "الفتاح"), ("ابو", "ظبي"), ("ابو", "بكر"), ("فيس", "بوك")} <= names
    assert not {("بن", "زين"), ("المسجد", "الحرام"), ("محمد", "بن")} & names


def test_lost_spaces_are_rare_words_of_which_the_two_words_are_common(counts: collect_compounds.Counts) -> None:
    lost = set(collect_compounds.lost_spaces(counts, LemmaTable.load(), collect_compounds.names(counts)))
    assert {("المسجد", "الحرام"), ("لا", "يزال"), ("محمد", "بن")} <= lost
    assert not {("نذر", "ان"), ("لأ", "يهم")} & lost


def test_the_list_has_a_row_for_each_first_word_and_the_same_bytes_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(collect_compounds.rows([("ابو", "ظبي"), ("عبد", "الله"), ("ابو", "بكر")], "-"))
    assert rows == ["-ابو\tبكر ظبي", "-عبد\tالله"]
    assert collect_compounds.main(["one"]) == 2
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": "", "body": text}) + "\n" for text in TEXTS)
    for name in ("a", "b"):
        assert collect_compounds.main([str(tmp_path), str(tmp_path / name)]) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert "ابو\tبكر ظبي\n" in (tmp_path / "a").read_text(encoding="utf-8")
    assert "names" in capsys.readouterr().err
