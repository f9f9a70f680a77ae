"""Which clauses score articles by the words of a query, and with which weight."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from search import unanswered
from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.query.clauses import Boost, Clause, Constant, PhraseClause, Term
from search.query.field_clauses import word_phrase
from search.ranking.profile import NEWS
from search.ranking.signals import Signals
from search.ranking.words import Frequency


def frequencies(counts: dict[str, int]) -> Frequency:
    return lambda field, texts: [counts.get(text, 10) for text in texts]


def signals(tokens: Sequence[AnalyzedToken], frequency: Frequency) -> tuple[Clause, ...]:
    return Signals(NEWS, frequency, lambda: 1_000).of(tokens)


def scored(token: AnalyzedToken, counts: dict[str, int]) -> tuple[Clause, ...]:
    return signals([token], frequencies(counts))


def boosts(clauses: Sequence[Clause], text: str) -> list[float]:
    """The factors with which the term scores in the body, at level stem."""
    return [c.factor for c in clauses if isinstance(c, Boost) and c.clause == Term("body_stem", text)]


def word() -> AnalyzedToken:
    token = Analyzer.default().tokens("وزير")[0]
    return replace(token, readings=(Reading("زير/N", 0.25, "test"),))


def test_a_further_reading_scores_its_probability_of_what_the_word_scores() -> None:
    token = word()
    found = scored(token, {})
    [own], [other] = boosts(found, token.stems[0]), boosts(found, "زير/N")
    assert other == 0.25 * own


def test_a_rare_further_reading_scores_no_more_than_a_common_one() -> None:
    token = word()
    [common] = boosts(scored(token, {token.stems[0]: 500, "زير/N": 500}), "زير/N")
    [rare] = boosts(scored(token, {token.stems[0]: 500, "زير/N": 1}), "زير/N")
    assert rare < common / 4


def test_having_the_word_scores_for_its_likeliest_stem_only() -> None:
    token = word()
    assert [c.clause for c in scored(token, {}) if isinstance(c, Constant)] == [Term("body_stem", token.stems[0])]


def test_a_word_in_many_articles_scores_more_in_place_of_its_presence_in_a_long_query() -> None:
    words = "شركة مدينة حكومة جامعة مدرسة وزير طريق"
    stems = [token.stems[0] for token in Analyzer.default().tokens(words)]
    rare, often = query(words, {}), query(words, dict.fromkeys(stems[:2], 101))
    assert [c.clause.text for c in often if isinstance(c, Constant) and isinstance(c.clause, Term)] == stems[2:]
    assert boosts(often, stems[0]) == [NEWS.often_stem * factor for factor in boosts(rare, stems[0])]
    assert boosts(often, stems[2]) == boosts(rare, stems[2])
    assert phrases(often, "body_word") == phrases(rare, "body_word")[1:]


def test_presence_and_nearness_of_a_short_query_are_the_same_in_many_articles() -> None:
    words = "شركة مدينة حكومة جامعة مدرسة وزير"
    counts = dict.fromkeys((token.stems[0] for token in Analyzer.default().tokens(words)[:2]), 140)
    rare, often = query(words, {}), query(words, counts)
    assert [c.clause for c in often if isinstance(c, Constant)] == [c.clause for c in rare if isinstance(c, Constant)]
    assert phrases(often, "body_word") == phrases(rare, "body_word")


def test_a_reading_as_one_written_form_scores_in_the_fields_of_words() -> None:
    token = replace(word(), readings=(Reading("زير", 0.25, "test", level="word"),))
    found = {c.clause for c in scored(token, {}) if isinstance(c, Boost)}
    assert {Term("body_word", "زير"), Term("title_word", "زير")} <= found
    assert Term("body_stem", "زير") not in found


def query(text: str, counts: dict[str, int]) -> tuple[Clause, ...]:
    tokens = Analyzer.default().tokens(text)
    return signals(tokens, frequencies(counts))


def phrases(clauses: Sequence[Clause], field: str) -> list[tuple[str, ...]]:
    """The phrases of a field that score BM25, in order."""
    boosted = [c.clause for c in clauses if isinstance(c, Boost)]
    return [clause.texts for clause in boosted if isinstance(clause, PhraseClause) and clause.field == field]


def test_neighbours_score_in_the_headline_however_common_they_are() -> None:
    found = query("رئيس الوزراء", {"ra}iys/N": 900, "waziyr/N": 900})
    assert phrases(found, "title_word") == [("رءيس", "وزراء")]
    assert phrases(found, "body_word") == []


def test_nearness_of_common_words_is_limited_to_three_pairs_of_a_query() -> None:
    words = "شركة مدينة حكومة جامعة مدرسة"
    rare = query(words, {})
    common = query(words, dict.fromkeys((token.stems[0] for token in Analyzer.default().tokens(words)), 150))
    assert len(phrases(rare, "body_word")) == 4
    assert phrases(common, "body_word") == phrases(rare, "body_word")[:3]


def test_all_words_of_a_short_query_in_a_row_score_a_constant() -> None:
    rows = _rows(query("رئيس الوزراء العراقي", {}))
    assert rows == [("رءيس", "وزراء", "عراقي")] * 2
    assert _rows(query("رئيس الوزراء العراقي يزور مصر وسوريا ولبنان", {})) == []


def test_a_query_of_mostly_function_words_scores_in_a_row_like_a_name() -> None:
    def scores(text: str) -> set[float]:
        found = [c for c in query(text, {}) if isinstance(c, Constant) and isinstance(c.clause, PhraseClause)]
        return {c.score for c in found}

    usual = {NEWS.title_row, NEWS.body_row}
    assert scores("في النهر") == usual
    assert scores("على ضفة النهر") == {2 * score for score in usual}
    assert scores("ما وراء النهر") == {NEWS.named + 2 * score for score in usual}
    assert scores("لا إله إلا الله") == {NEWS.named + 3 * score for score in usual}


@pytest.mark.parametrize("text", ["كريم عبدالعزيز", "كريم عبد العزيز"])
def test_a_name_of_two_tokens_is_one_word_beside_another(text: str) -> None:
    found, row = query(text, {}), ("كريم", "عبد", "عزيز")
    assert phrases(found, "title_word") == [row]
    assert [c for c in found if isinstance(c, Constant) and isinstance(c.clause, PhraseClause)] == [
        Constant(word_phrase("title", row), 2 * NEWS.title_row),
        Constant(word_phrase("body", row), 2 * NEWS.body_row),
    ]


def test_a_name_of_two_tokens_that_is_the_whole_query_scores_in_the_headline() -> None:
    assert phrases(query("عبدالعزيز", {}), "title_word") == [("عبد", "عزيز")]


def test_two_names_with_one_token_alike_have_a_row() -> None:
    assert _rows(query("عبدالله عبدالعزيز", {})) == [("عبد", "الله", "عبد", "عزيز")] * 2


def test_names_of_two_tokens_count_as_one_word_of_a_short_query() -> None:
    assert len(_rows(query("عبدالله عبدالعزيز عبدالرحمن الفيصل السعدون الحربي", {}))) == 2
    assert _rows(query("عبدالله عبدالعزيز عبدالرحمن الفيصل السعدون الحربي اليوم", {})) == []


def _rows(clauses: Sequence[Clause]) -> list[tuple[str, ...]]:
    constant = [c.clause for c in clauses if isinstance(c, Constant)]
    return [clause.texts for clause in constant if isinstance(clause, PhraseClause)]


def test_function_words_alone_score_the_form_typed() -> None:
    found = query("الحين", {})
    assert Boost(Term("body_word", "=الحين"), NEWS.word) in found
    assert Boost(Term("title_exact", "الحين"), NEWS.title_exact) in found
    assert not [c for c in query("الحين المطر", {}) if c == Boost(Term("body_word", "=الحين"), NEWS.word)]


def test_a_rare_form_of_a_verb_scores_alone_where_no_headline_has_it() -> None:
    """سلا is a town, and a form of the verb of سيسل."""
    form = Boost(Term("body_word", "سلا"), NEWS.lone_form)
    [token] = Analyzer.default().tokens("سلا")

    def alone(in_titles: int, with_lemma: int) -> tuple[Clause, ...]:
        counts = {"title_exact": in_titles, "body_stem": with_lemma}
        return signals([token], lambda field, texts: [counts.get(field, 10)] * len(texts))

    assert token.stems[0].endswith("/V") and form in alone(0, 50)
    assert form not in alone(1, 50) and form not in alone(0, 49)
    assert form not in query("سلا الرياض", {"سلا": 0, token.stems[0]: 50})


def test_a_rare_form_of_a_noun_scores_alone_whatever_headlines_have() -> None:
    """شاعرة is a poetess, and a form of شاعر."""
    form = Boost(Term("body_word", "شاعره"), NEWS.lone_form)
    [token] = Analyzer.default().tokens("شاعرة")

    def alone(with_lemma: int) -> tuple[Clause, ...]:
        return signals([token], lambda field, texts: [{"body_stem": with_lemma}.get(field, 10)] * len(texts))

    assert not token.stems[0].endswith("/V") and form in alone(50)
    assert form not in alone(49)
    assert form not in query("شاعرة الرياض", {"شاعره": 0, token.stems[0]: 50})


def test_what_a_word_scores_is_worked_out_once() -> None:
    asked: list[tuple[str, ...]] = []

    def counted(field: str, texts: Sequence[str]) -> list[int]:
        asked.append((field, *texts))
        return [10] * len(texts)

    found = Signals(NEWS, counted, lambda: 1_000)
    tokens = Analyzer.default().tokens("وزير مدينة")
    first = found.of(tokens)
    assert asked[0] == ("body_stem", *(token.stems[0] for token in tokens))  # at once: an engine may be far away
    asked.clear()
    assert found.of(tokens) == first == Signals(NEWS, counted, lambda: 1_000).of(tokens)
    assert found.of(tokens[:1]) and found.of(tokens[:1])
    assert [field for field, *_ in asked] == ["body_stem", "body_word"]  # by the other one; the form of a lone word


def test_what_is_counted_while_a_part_of_the_index_does_not_answer_is_not_remembered() -> None:
    missing = [1]

    def counted(field: str, texts: Sequence[str]) -> list[int]:
        unanswered.note(sum(missing))
        return [0 if missing else 500] * len(texts)

    found = Signals(NEWS, counted, lambda: 1_000)
    tokens = Analyzer.default().tokens("وزير")
    with unanswered.tolerated():
        partial = found.of(tokens)
        assert unanswered.parts() == 1
    missing.clear()
    assert found.of(tokens) != partial
