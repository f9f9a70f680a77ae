"""Exactly the written words that matched are highlighted, in the best passages of the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.pages.records import HighlightedText
from search.query.highlights import Highlights
from search.query.rewrite import Rewriter
from search.query.tree import And, Fuzzy, Phrase, Prefix, Tree, Word
from search.results.chunk_offsets import BLOCK_LENGTH
from search.results.highlighter import Highlighter
from search.results.passages import PASSAGE_WORDS
from tests.examples import examples

ANALYZER = Analyzer.default()
_MIXED = "وزير، الوزراءِ «النفط،الغاز» في المئة 15 نيسان عبدالله پاريس قوات عراقيةٍ . 50 … 😀وزير مجلس الأمن"
MIXED = [*_MIXED.split(), "\n"]
QUERIES = (Word("وزير"), Phrase("مجلس الأمن"), And((Word("عبدالله"), Word("50"))), Prefix("قوا"), Word("نيسان"))


def highlights(tree: Tree) -> Highlights:
    return Rewriter(ANALYZER, lambda field, prefix, limit: [("قوات", 1), ("قوانين", 1)]).plan(tree).highlights


def highlighter(tree: Tree) -> Highlighter:
    return Highlighter(ANALYZER, highlights(tree))


def highlighted(shown: HighlightedText) -> list[str]:
    return [segment.text for segment in shown if segment.highlighted]


def plain(shown: HighlightedText) -> str:
    return "".join(segment.text for segment in shown)


def offsets(shown: HighlightedText) -> list[tuple[str, int | None]]:
    return [(segment.text, segment.offset) for segment in shown]


@pytest.mark.parametrize("query", ["القوات العراقيه", "قوات عراقية", "لِلقُوَّاتِ العِراقِيَّة"])
def test_a_word_is_highlighted_whole_with_its_particles_and_marks(query: str) -> None:
    tree = And(tuple(Word(word) for word in query.split()))
    shown = highlighter(tree).highlight("قال إنّ لِلقُوَّاتِ العِراقِيَّةِ، والقوات (العراقية) «قواتٌ» كثيرة")
    assert highlighted(shown) == ["لِلقُوَّاتِ", "العِراقِيَّةِ", "والقوات", "العراقية", "قواتٌ"]


def test_punctuation_beside_a_word_stays_dark() -> None:
    assert highlighted(highlighter(Word("وزير")).highlight("«الوزير»، ووزير؛ (وزراء).")) == ["الوزير", "ووزير", "وزراء"]


def test_never_a_bare_article() -> None:
    assert highlighted(highlighter(Word("الكتاب")).highlight("ال ال كتاب الـ ال")) == ["كتاب"]


def test_a_phrase_is_highlighted_as_one_and_its_words_elsewhere_are_not() -> None:
    shown = highlighter(Phrase("مجلس الأمن")).highlight(
        "عقد مجلس الأمن جلسة، وقال مجلس آخر إن الأمن مستتب في مَجلِسِ الأمن"
    )
    assert highlighted(shown) == ["مجلس الأمن", "مَجلِسِ الأمن"]


def test_an_exact_word_is_highlighted_only_as_written() -> None:
    assert highlighted(highlighter(Word("كتاب", exact=True)).highlight("كتاب والكتاب كُتُب كِتاب")) == ["كتاب", "كِتاب"]


def test_prefix_and_fuzzy_words_are_highlighted() -> None:
    assert highlighted(highlighter(Prefix("قوا")).highlight("القوات وقوانين وقلم")) == ["القوات", "وقوانين"]
    assert highlighted(highlighter(Fuzzy("حكومة")).highlight("الحكومه حكوة حديقة")) == ["الحكومه", "حكوة"]


def test_function_words_are_highlighted_only_when_nothing_else_was_asked() -> None:
    text = "جلس في البيت من الصباح"
    assert highlighted(highlighter(And((Word("في"), Word("البيت")))).highlight(text)) == ["البيت"]
    assert highlighted(highlighter(And((Word("في"), Word("من")))).highlight(text)) == ["في", "من"]


def test_the_segments_joined_are_the_text() -> None:
    text = "قال الوزير:\n«الوزراء» 3,650 — COVID-19"
    assert plain(highlighter(Word("وزير")).highlight(text)) == text


def test_a_snippet_shows_the_passage_where_most_words_stand_together() -> None:
    filler = "كلام عام لا يعني أحدا. " * 40
    body = f"وزير هنا. {filler} وقّع وزير الصحة اتفاق الدواء الجديد. {filler}"
    tree = And((Word("وزير"), Word("الصحة"), Word("الدواء")))
    best = max(highlighter(tree).snippets(body), key=lambda snippet: len(highlighted(snippet)))
    assert highlighted(best) == ["وزير", "الصحة", "الدواء"]


def test_snippets_never_overlap_and_keep_the_order_of_the_text() -> None:
    words = {20: "وزير", 45: "الصحة", 48: "وزير.", 150: "دواء"}
    body = " ".join(words.get(i, f"كلمة{i}") for i in range(200))
    tree = And((Word("دواء"), Word("وزير"), Word("الصحة")))
    first, second = (plain(snippet).strip("… ") for snippet in highlighter(tree).snippets(body))
    assert body.index(first) + len(first) <= body.index(second)


def test_a_text_without_highlighted_words_shows_its_beginning() -> None:
    body = " ".join(f"كلمة{i}" for i in range(100))
    (snippet,) = highlighter(Word("وزير")).snippets(body)
    assert plain(snippet) == " ".join(f"كلمة{i}" for i in range(PASSAGE_WORDS)) + " …"


def test_an_empty_text_has_no_snippet() -> None:
    assert highlighter(Word("وزير")).snippets(" \n ") == ()


def test_new_lines_become_spaces() -> None:
    (snippet,) = highlighter(Word("وزير")).snippets("قال\n\nوزير   الصحة")
    assert plain(snippet) == "قال وزير الصحة"


@given(st.text("وزير الة\n.،َّ3aZ", max_size=120))
@examples(75)
def test_highlighting_any_text_loses_nothing(text: str) -> None:
    assert plain(highlighter(Word("وزير")).highlight(text)) == text
    flat = " ".join(text.split())
    snippets = highlighter(Word("وزير")).snippets(text)
    assert bool(snippets) == bool(flat)
    for snippet in snippets:
        assert plain(snippet).removeprefix("… ").removesuffix(" …") in flat


def test_a_word_far_down_a_long_text_is_found_with_its_offset() -> None:
    body = f"{'كلمة ' * 60_000}قال الوزير {'كلمة ' * 60_000}"
    (snippet,) = highlighter(Word("وزير")).snippets(body)
    (shown,) = [segment for segment in snippet if segment.highlighted]
    assert shown.offset == body.index("الوزير") and shown.text == "الوزير"
    assert snippet[0].text == "… " and snippet[-1].text == " …"


@pytest.mark.parametrize("tree", [Word("وزير"), Fuzzy("الوزبر", 1)])
def test_a_long_text_is_read_only_until_the_words_are_found(tree: Tree) -> None:
    reader, body = highlighter(tree), f"{'كلمة ' * 30_000}قال الوزير {'كلمة ' * 900_000}"
    before = reader._left
    assert highlighted(reader.snippets(body)[0]) == ["الوزير"]
    assert 0 < before - reader._left <= 2 * BLOCK_LENGTH


def test_a_page_of_long_texts_is_not_read_to_the_end_of_each() -> None:
    reader, body = highlighter(Word("وزير")), f"{'كلمة ' * 900_000}قال الوزير"
    assert [bool(highlighted(reader.snippets(body)[0])) for _ in range(4)] == [True, False, False, False]


@given(st.lists(st.lists(st.sampled_from(MIXED)).map(" ".join), max_size=4), st.sampled_from(QUERIES))
def test_texts_read_together_are_highlighted_as_each_by_itself(texts: list[str], tree: Tree) -> None:
    ANALYZER.chunks_by_stem.warm()
    together, alone = highlighter(tree), highlighter(tree)
    together.read_together(texts)
    for text in texts:
        assert offsets(together.highlight(text)) == offsets(alone.highlight(text))
        assert list(map(offsets, together.snippets(text))) == list(map(offsets, alone.snippets(text)))
