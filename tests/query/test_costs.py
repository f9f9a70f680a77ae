"""The estimated cost of clauses, and the cheaper clauses and remarks that a query over its limit gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.query.clauses import Clause, Combine, Nothing, PhraseClause, Similar, Term, TermSet, all_of, any_of
from search.query.costs import (
    MOST_EXPANSIONS,
    MOST_NAMES,
    MOST_PREFIX_TERMS,
    MOST_READINGS,
    Allowance,
    cached_frequencies,
    cost,
)
from search.query.field_clauses import DocumentFrequencies, near_exact, near_in_any_form
from search.query.parser import parse
from search.query.plan import Plan
from search.query.query_words import QueryWords
from search.query.rewrite import Rewriter
from search.query.tree import Tree

TODAY = date(2024, 3, 10)
WORDS = [f"سفين{a}{b}" for a in "ابتثجحخد" for b in "رزسشصضطظ"]


class Name:
    """Takes every word for a name with one other spelling."""

    def may_be_name(self, token: AnalyzedToken) -> bool:
        return True

    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]:
        return (token.word + "و",)


def in_so_many(articles: int) -> DocumentFrequencies:
    """Document frequencies in an index that has every term in so many articles."""

    def count(field: str, texts: Sequence[str]) -> list[int]:
        return [articles] * len(texts)

    return count


def tree(query: str) -> Tree:
    return parse(query, today=TODAY).tree


def plan(query: str, articles: int = 1_000, begun: int = 0) -> Plan:
    """The plan for an index with every term in so many articles, and so many words that begin as asked."""

    def terms(field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return [(f"{prefix}{n}", 1) for n in range(begun)][:limit]

    return Rewriter(Analyzer.default(), terms, Name(), in_so_many(articles)).plan(tree(query))


def kinds(made: Plan) -> list[str]:
    return [remark.kind for remark in made.remarks]


def every(clause: Clause, kind: type) -> list[Clause]:
    """The clauses of this kind, however deep."""
    if isinstance(clause, Combine):
        return [found for part in (*clause.must, *clause.should, *clause.must_not) for found in every(part, kind)]
    return [clause] if isinstance(clause, kind) else []


def test_a_row_costs_by_its_rarest_term() -> None:
    def count(field: str, texts: Sequence[str]) -> list[int]:
        return [{"في": 80_000}.get(text, 10) for text in texts]

    rare, common = PhraseClause("body_word", ("في", "سفينه")), PhraseClause("body_word", ("في", "في"))
    assert cost(common, count) > 100 * cost(rare, count) > 0
    assert cost(any_of(rare, common), count) == cost(rare, count) + cost(common, count)


def test_a_single_term_costs_nothing_worth_counting() -> None:
    assert cost(all_of(Term("body_word", "في"), TermSet("body_word", ("من", "في"))), in_so_many(80_000)) == 0


def test_two_letters_cost_more_than_one() -> None:
    one, two = (cost(Similar("body_word", "سفينه", distance), None) for distance in (1, 2))
    assert two > 4 * one > 0


def test_an_allowance_is_used_up() -> None:
    allowance = Allowance(tree("في"), 10)
    assert [allowance.spend(4) for _ in range(5)] == [True, True, True, False, False]
    assert allowance.spend(0)


def test_one_piece_of_work_gets_in_however_large() -> None:
    allowance = Allowance(tree("في"), 10)
    assert allowance.spend(1_000)
    assert not allowance.spend(1)


def test_work_of_which_there_is_a_cheaper_kind_does_not_exceed() -> None:
    allowance = Allowance(tree("في"), 10)
    assert not allowance.spend_if_covered(11)
    assert allowance.spend_if_covered(10)


def test_frequencies_are_asked_once_for_each_term() -> None:
    asked: list[str] = []

    def count(field: str, texts: Sequence[str]) -> list[int]:
        asked.extend(texts)
        return [len(text) for text in texts]

    known = cached_frequencies(count)
    assert known("body_word", ("في", "من", "في")) == [2, 2, 2]
    assert known("body_word", ("سفينه", "في")) == [5, 2]
    assert sorted(set(asked)) == sorted(["في", "من", "سفينه"])
    assert asked.count("سفينه") == 1


def test_what_fits_is_not_cut() -> None:
    query = 'سفينة~2 مينا* "سفينة في ميناء" ="السفينة ميناء"~5 -"بحر هادئ" =بحر عِلْم'
    assert kinds(plan(query, begun=MOST_EXPANSIONS)) == []


def test_past_the_budget_a_word_is_searched_as_written() -> None:
    made = plan(" ".join(word + "~2" for word in WORDS))
    similar = [clause for clause in every(made.match, Similar) if isinstance(clause, Similar)]
    assert 3 * 4 <= len(similar) <= 5 * 4  # four lists of words for each
    assert kinds(made) == ["budget-similar"] * 3
    assert dict(made.remarks[0].values)["piece"] != "سفيندظ"
    assert Term("body_word", WORDS[-1]) in every(made.match, Term)
    assert WORDS[-1] in made.highlights.words and WORDS[-1] in made.highlights.exact
    assert made.highlights.similar == tuple((word, 2) for word in WORDS[: len(similar) // 4])


def test_the_budget_is_one_for_all_kinds_of_work() -> None:
    words = [word + "~2" for word in WORDS[:5]]
    assert "budget-phrase" in kinds(plan(" ".join([*words, '"سفينة ميناء"'])))


def test_prefixes_share_what_they_may_stand_for() -> None:
    for many in (1, 4, 8, 64):
        made = plan(" OR ".join(f"{word}*" for word in WORDS[:many]), begun=500)
        sets = [clause for clause in every(made.match, TermSet) if isinstance(clause, TermSet)]
        share = min(MOST_EXPANSIONS, MOST_PREFIX_TERMS // many)
        assert {len(each.texts) for each in sets} == {share}
        assert set(kinds(made)) == {"prefix-cut"}


def test_past_the_budget_the_words_of_a_phrase_may_stand_anywhere() -> None:
    made = plan(" ".join(f'"{one} {other}"' for one, other in zip(WORDS[::2], WORDS[1::2], strict=True)), 80_000)
    assert set(kinds(made)) == {"budget-phrase"}
    assert 0 < len(every(made.match, PhraseClause)) < 32
    assert set(WORDS[-2:]) <= made.highlights.words


def test_past_the_budget_what_is_unwanted_is_not_left_out() -> None:
    rows = " ".join(f'-"{one} {other}"' for one, other in zip(WORDS[:40:2], WORDS[1:40:2], strict=True))
    made = plan(f"بحر {rows}", 80_000)
    assert set(kinds(made)) == {"budget-without"}
    assert not {Term("body_word", word) for word in WORDS} & set(every(made.match, Term))


def test_past_the_budget_an_exact_word_is_searched_in_its_forms() -> None:
    made = plan(" ".join("=" + word for word in WORDS), 80_000)
    assert set(kinds(made)) == {"budget-exact"}
    assert Term("body_word", WORDS[-1]) in every(made.match, Term)


def test_exact_words_near_each_other_are_looked_for_at_each_distance_while_that_is_cheap() -> None:
    pair = (WORDS[0], WORDS[1])
    for slop, articles, near in ((5, 100, near_exact), (50, 80_000, near_in_any_form)):
        made = plan(f'="{pair[0]} {pair[1]}"~{slop}', articles)
        assert made.match == any_of(*(near(name, pair, slop, in_so_many(articles)) for name in ("title", "body")))
        assert kinds(made) == (["budget-near"] if near is near_in_any_form else [])


def test_other_spellings_are_sought_for_so_many_names() -> None:
    made = plan(" ".join(WORDS))
    assert len(made.spellings) == MOST_NAMES
    assert kinds(made) == ["budget-names"] * 3
    assert kinds(plan(" ".join(WORDS[:MOST_NAMES]))) == []


def test_what_is_relaxed_costs_nothing_again() -> None:
    made = plan(f"{WORDS[0]} {WORDS[1]} {' '.join(word + '~2' for word in WORDS[2:6])}")
    assert kinds(made) == []
    assert {part for clause in made.kept for part in every(clause, Similar)} == set(every(made.match, Similar))


def test_the_empty_clause_has_no_cost() -> None:
    assert cost(Nothing(), None) == 0


def test_all_words_together_have_a_limited_number_of_further_readings() -> None:
    def four(token: AnalyzedToken) -> tuple[Reading, ...]:
        return tuple(Reading(f"{token.word}{number}", 0.2, "test") for number in range(4))

    query = " ".join(f"=س{WORDS[0]} {word}" for word in WORDS[: MOST_READINGS // 4 + 2])
    words = QueryWords(Analyzer.default(), [four])
    made = Rewriter(Analyzer.default(), lambda field, prefix, limit: [], words=words).plan(tree(query))
    assert sum(len(word.readings) for word in made.words) == MOST_READINGS
    assert kinds(made) == ["budget-readings"] * 2
