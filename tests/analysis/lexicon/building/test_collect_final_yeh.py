"""Which words in ي are listed as hardly ever written in ى, by how often an archive writes both."""

import gzip
import json
from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.building import collect_final_yeh
from search.analysis.lexicon.final_yeh_words import ALONE, BESIDE, BUNDLED, final_yeh_words
from search.errors import LexiconError

TEXTS = [
    *["التقى حسني مبارك وحسني البورزان في نادي المدينة، تفادي الخطأ، أبي"] * 61,
    *["نادى أحدا"] * 3,
    *["كان حسنى مبارك هنا"] * 2,
    *["الخدمة الذى قدمها حسنى فى المدينة"] * 40,  # writes every ي as ى
    *["تلا زكي آية على قاضي القضاة وعلي والرقي"] * 59,
    *["زكى نفسه"] * 3,
    *["قاضى الرجل جاره ، أبى تفادى الرقى"],
    *["مصطفي هنا"] * 20,
    *["يمضي وقتا"] * 20,
    *["خطاب بلاتيني"] * 9,
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    with gzip.open(folder / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"title": "", "body": text}) + "\n" for text in TEXTS)
    return folder


def listed(news: Path, *names: str) -> dict[str, str]:
    spellings = collect_final_yeh.Spellings.of(news)
    return dict(collect_final_yeh.rows(spellings, frozenset(names), Analyzer.default()))


def test_a_word_is_listed_that_few_write_in_maksura(news: Path) -> None:
    assert listed(news)["حسني"] == ALONE


def test_a_name_beside_a_verb_needs_fewer(news: Path) -> None:
    assert listed(news, "زكي")["زكي"] == BESIDE
    assert "زكي" not in listed(news)


def test_a_word_that_may_be_its_own_in_maksura_needs_more(news: Path) -> None:
    assert listed(news).keys() == {"حسني"}
    assert listed(news, "قاضي")["قاضي"] == ALONE


def test_names_in_maksura_and_names_that_are_too_rare_are_left(news: Path) -> None:
    assert "حسني" not in listed(news, "حسنى")
    assert "أبي" not in listed(news, "أبي")  # my father, beside the verb أبى
    assert "بلاتيني" not in listed(news)
    assert listed(news, "بلاتيني")["بلاتيني"] == ALONE


def test_the_same_news_give_the_same_bytes(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert collect_final_yeh.main(["one"]) == 2
    for name in ("a", "b"):
        assert collect_final_yeh.main([str(news), str(tmp_path / name)]) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert final_yeh_words(tmp_path / "a")["حسني"] == ALONE
    assert "words" in capsys.readouterr().err


def test_the_bundled_list_has_words_in_yeh_with_one_of_two_signs() -> None:
    words = final_yeh_words()
    assert words["حسني"] == ALONE
    assert set(words.values()) == {ALONE, BESIDE}
    assert all(word.endswith("ي") for word in words)
    assert not {"علي", "مصطفي", "نادي", "ليلي", "قوي"} & words.keys()


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="reinstall Kashaf"):
        final_yeh_words(tmp_path / BUNDLED.name)
