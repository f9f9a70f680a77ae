"""Every chunk that has a stem has the letters of the stem: leaving chunks out by letters loses none."""

from __future__ import annotations

import gzip
import json
from itertools import islice

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.chunk_letters import lettered
from search.analysis.context import without_tags
from search.analysis.lexicon.lemma_letters import LemmaLetters
from search.analysis.stem_letters import BITS, FOREIGN, StemLetters
from tests.conftest import SHARED

ANALYZER = Analyzer.default()
assert ANALYZER.lemmas is not None
LETTERS = StemLetters(
    ANALYZER.lemmas, LemmaLetters.beside(ANALYZER.lemmas), ANALYZER.chunk_stems, ANALYZER.stems_of_term
)
CHUNKS = (
    "وزير الوزراء للوزير كتاب كتبهم والمكتبة أفواههم فم نسائنا امرأة شباط فيفري فبراير نيسان $120 دولار خمسون وعشرون "
    "50 المئة بالمائة 3% ر.س أبي أبا بن الأسواق أنظمة أموالهم فنادقها لاجئون مسؤول مسئول قطري سوريا السورية "
    "پاريس ﷲ کتاب عبدالله لعبدالعزيز وزارةالصحة COVID-19 كَتَبَ «وللوزير»، آموك ألحقيها يبيه كولومبيا الكولومبيون"
)
WRITTEN = CHUNKS.split()


def lacking(chunk: str) -> list[str]:
    """The stems of a chunk without whose letters it is."""
    stems = [stem for each in ANALYZER.chunk_stems(chunk).split() for stem in without_tags(each)]
    letters = lettered(chunk)
    return [stem for stem in stems if not letters.having(chunk, LETTERS.masks(stem))[0]]


@pytest.mark.parametrize("chunk", WRITTEN)
def test_a_chunk_may_have_its_own_stems(chunk: str) -> None:
    assert lacking(chunk) == []


@pytest.mark.parametrize(
    ("word", "letters"),
    [("كتاب", "كبت"), ("وزير", "زر"), ("هواتف", "فت"), ("كمبريدج", "جكدبمر"), ("هيئة", "")],
)
def test_letters_are_those_that_every_form_has(word: str, letters: str) -> None:
    (stem,) = ANALYZER.keys(word)
    assert LETTERS.masks(stem) == (sum(map(BITS.__getitem__, letters)),)


def test_each_name_of_a_month_has_letters_of_its_own() -> None:
    (stem,) = ANALYZER.keys("فبراير")
    assert {sum(map(BITS.__getitem__, letters)) for letters in ("فبر", "شبط")} <= {*LETTERS.masks(stem)}


@pytest.mark.parametrize("word", ["2015", "stc", "CNN"])
def test_what_is_not_arabic_is_written_with_other_characters(word: str) -> None:
    (stem,) = ANALYZER.keys(word)
    assert LETTERS.masks(stem) == (FOREIGN,)


@pytest.mark.parametrize("word", ["دولار", "ريال"])
def test_a_currency_may_be_a_sign_too(word: str) -> None:
    (stem,) = ANALYZER.keys(word)
    assert FOREIGN in LETTERS.masks(stem)
    assert 0 not in LETTERS.masks(stem)


def test_ten_in_words_is_its_number() -> None:
    assert LETTERS.masks("50") == (0,)


def test_other_words_are_left_out() -> None:
    text = "قالت الوزارة كتبهم المدينة تكتب"
    masks = [mask for stem in ANALYZER.keys("كتاب") for mask in LETTERS.masks(stem)]
    assert lettered(text).having(text, masks) == ([2, 4], ["كتبهم", "تكتب"])


@pytest.mark.shared
@pytest.mark.parametrize("name", ["saudinewsnet", "khaleej", "ant"])
def test_a_chunk_of_the_news_may_have_its_own_stems(name: str) -> None:
    with gzip.open(SHARED / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        chunks = {chunk for line in islice(lines, 150) for chunk in json.loads(line)["body"].split()}
    assert len(chunks) > 2_000
    assert not any(map(lacking, chunks))
