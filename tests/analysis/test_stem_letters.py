"""Every chunk that has a stem has the letters of the stem: leaving chunks out by letters loses none."""

from __future__ import annotations

import gzip
import json
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import chunks_by_stem as module
from search.analysis.analyzer import Analyzer
from search.analysis.chunks_by_stem import ChunksByStem
from search.analysis.context import without_tags
from search.analysis.lexicon.lemma_letters import LemmaLetters
from search.analysis.stem_letters import StemLetters
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
    return [stem for stem in stems if chunk not in LETTERS.likely([chunk], [stem])]


@pytest.mark.parametrize("chunk", WRITTEN)
def test_a_chunk_may_have_its_own_stems(chunk: str) -> None:
    assert lacking(chunk) == []


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("كتاب", "كبت"),
        ("وزير", "زر"),
        ("هواتف", "فت"),
        ("كمبريدج", "جكدبمر"),
        ("فبراير", ""),
        ("2015", ""),
        ("دولار", ""),
    ],
)
def test_letters_are_those_that_every_form_has(word: str, letters: str) -> None:
    (stem,) = ANALYZER.keys(word)
    assert sorted(LETTERS.of(stem)) == sorted(letters)


def test_other_words_are_left_out() -> None:
    chunks = ["قالت", "الوزارة", "كتبهم", "المدينة", "تكتب"]
    assert set(LETTERS.likely(chunks, ANALYZER.keys("كتاب"))) == {"كتبهم", "تكتب"}


@given(st.lists(st.tuples(st.sets(st.sampled_from(WRITTEN)), st.sampled_from(WRITTEN)), min_size=1, max_size=40))
def test_leaving_chunks_out_changes_nothing_that_is_found(asked: list[tuple[set[str], str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_COMMON", 3)
        whole, some = ChunksByStem(ANALYZER.chunk_stems), ChunksByStem(ANALYZER.chunk_stems, lambda: LETTERS.likely)
        for chunks, word in asked:
            stems = ANALYZER.keys(word)
            found = some.with_any(set(chunks), stems, by_letters=True)
            having = {chunk for chunk in chunks if not set(stems).isdisjoint(ANALYZER.chunk_stems(chunk).split())}
            assert having <= found <= whole.with_any(set(chunks), stems)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["saudinewsnet", "khaleej", "ant"])
def test_a_chunk_of_the_news_may_have_its_own_stems(name: str) -> None:
    with gzip.open(SHARED / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        chunks = {chunk for line in islice(lines, 150) for chunk in json.loads(line)["body"].split()}
    assert len(chunks) > 2_000
    assert not any(map(lacking, chunks))
