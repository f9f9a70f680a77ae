"""Words of a query are read once for each chunk, as if the whole text were read anew."""

from __future__ import annotations

import pytest

from search import unanswered
from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.analyzer import Analyzer
from search.analysis.memo import LONGEST
from search.analysis.readings import with_readings
from search.query.query_words import QueryWords

ANALYZER = Analyzer.default()


def test_words_are_read_once_and_keep_their_own_places() -> None:
    asked: list[str] = []

    def other_forms(token: AnalyzedToken) -> list[Reading]:
        asked.append(token.word)
        return [Reading(f"{token.word}-اخرى", 0.5, "test", level="word")]

    words = QueryWords(ANALYZER, [other_forms])
    [first], [space, again] = words.of_text("سفينة"), words.of_text("وزير سفينة")
    assert asked == ["سفينه", "وزير"]
    assert again.readings == first.readings != ()
    assert (first.start, first.end) == (0, 5)
    assert (space.start, space.end, again.start, again.end) == (0, 4, 5, 10)


@pytest.mark.parametrize("text", ["ارتفع 30 في المئة", "في المئة يوم الأولى", "آب 2015", "وزاره الماليه في المئه", ""])
def test_words_that_their_neighbours_decide_are_read_beside_them(text: str) -> None:
    words = QueryWords(ANALYZER)
    expected = [with_readings(token, ANALYZER.reading_sources) for token in ANALYZER.query_tokens(text)]
    assert words.of_text(text) == words.of_text(text) == expected
    assert [(token.start, token.text) for token in expected] == [
        (token.start, text[token.start : token.end]) for token in expected
    ]


def test_readings_found_while_a_part_of_the_index_does_not_answer_are_not_remembered() -> None:
    missing, found = [1], [Reading("زورق/N", 0.5, "test")]

    def forms(token: AnalyzedToken) -> list[Reading]:
        unanswered.note(sum(missing))
        return [] if missing else found

    words = QueryWords(ANALYZER, [forms])
    with unanswered.tolerated():
        assert words.of_text("سفينة")[0].readings == ()
    missing.clear()
    assert words.of_text("سفينة")[0].readings == tuple(found)


def test_a_chunk_that_is_no_word_is_read_without_being_remembered() -> None:
    asked: list[str] = []
    words = QueryWords(ANALYZER, [lambda token: asked.append(token.word) or ()])
    for _ in range(2):
        words.of_text("سفينة" + "-" * LONGEST)
    assert asked == ["سفينه", "سفينه"]
