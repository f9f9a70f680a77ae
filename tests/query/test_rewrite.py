"""The tree of a query → its plan: clauses over index terms, words to rank and highlight, remarks."""

from datetime import date

import pytest

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.query.clauses import (
    Between,
    Clause,
    Combine,
    Everything,
    Nothing,
    Similar,
    Term,
    TermSet,
    all_of,
    any_of,
)
from search.query.costs import MOST_EXPANSIONS
from search.query.field_clauses import exact_phrase, near_exact, near_words, word_phrase
from search.query.parser import parse
from search.query.plan import Plan
from search.query.query_words import QueryWords
from search.query.rewrite import Rewriter

TODAY = date(2024, 3, 10)
INDEX = {
    "body_word": ["سفينه", "سفن", "سفير", "=السفينه", "=والسفينه"],
    "title_word": ["سفينه"],
    "source_word": ["جزيره"],
}


def terms(field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    return [(term, 1) for term in INDEX.get(field, ()) if term.startswith(prefix)][:limit]


def plan(query: str) -> Plan:
    return Rewriter(Analyzer.default(), terms).plan(parse(query, today=TODAY).tree)


def match(query: str) -> Clause:
    return plan(query).match


def exact(*texts: str) -> Clause:
    return any_of(exact_phrase("title", texts), exact_phrase("body", texts))


def row(*texts: str) -> Clause:
    return any_of(word_phrase("title", texts), word_phrase("body", texts))


def test_a_plain_word_matches_at_the_level_of_stems() -> None:
    stems = Analyzer.default().tokens("سفينة")[0].stems
    assert match("سفينة") == any_of(*(Term(f"{name}_stem", stem) for stem in stems for name in ("title", "body")))


def test_an_exact_word_matches_its_letters() -> None:
    assert match("=السفينة") == exact("السفينه")


def test_a_function_word_among_words_does_not_have_to_be_there() -> None:
    assert match("سفينة في ميناء") == all_of(match("سفينة"), match("ميناء"))


def test_function_words_alone_are_wanted() -> None:
    assert match("من أين") == all_of(match("من"), match("أين"))


def test_a_function_word_that_is_exact_or_in_a_field_is_wanted() -> None:
    assert match("سفينة =في") == all_of(match("سفينة"), exact("في"))
    assert match("سفينة عنوان:في") == all_of(match("سفينة"), match("عنوان:في"))


def test_a_phrase_is_without_particles_and_keeps_its_function_words() -> None:
    assert match('"والسفينة في الميناء"') == row("سفينه", "في", "ميناء")
    assert match('="السفينة في الميناء"') == exact("السفينه", "في", "الميناء")


def test_a_word_of_several_tokens_is_matched_in_a_row() -> None:
    assert match("COVID-19") == match('"COVID 19"') == row("covid", "19")
    assert match("=COVID-19") == exact("covid", "19")


def test_near_words_come_in_either_order() -> None:
    assert match('نص:"سفينة ميناء"~4') == near_words("body", ("سفينه", "ميناء"), 4)
    assert match('نص:="السفينة ميناء"~4') == near_exact("body", ("السفينه", "ميناء"), 4)


def test_a_word_near_itself_is_the_word() -> None:
    assert match('نص:"سفينة سفينة"~4') == Term("body_word", "سفينه")


def test_a_prefix_stands_for_the_words_of_the_index() -> None:
    assert match("نص:سفين*") == TermSet("body_word", ("سفينه",))
    assert match("نص:السف*") == TermSet("body_word", ("=السفينه",))
    assert match("زرافة*") == Nothing()


def test_the_prefix_of_a_name_may_have_its_article() -> None:
    assert match("مصدر:الجز*") == match("مصدر:جز*") == TermSet("source_word", ("جزيره",))


def test_a_prefix_of_very_many_words_is_cut_with_one_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"سفين{n}" for n in range(MOST_EXPANSIONS + 50)]
    monkeypatch.setitem(INDEX, "body_word", many)
    monkeypatch.setitem(INDEX, "title_word", many)
    cut = plan("سفين* -سفين*")
    assert [remark.kind for remark in cut.remarks] == ["prefix-cut"]
    assert match("عنوان:سفين*") == TermSet("title_word", tuple(many[:MOST_EXPANSIONS]))


def test_a_fuzzy_word_is_compared_as_written_and_without_particles() -> None:
    texts = ("السفينه", "=السفينه")
    assert match("نص:السفينه~2") == any_of(*(Similar("body_word", text, 2) for text in texts))
    assert match("مصدر:الجزيرة~") == Similar("source_word", "جزيره", 1)


def test_of_a_name_written_as_one_its_last_word_is_compared() -> None:
    assert match("نص:عبدالفتاح~") == all_of(match("نص:عبد"), match("نص:الفتاح~"))


@pytest.mark.parametrize("sign", ["ﷺ", "ﷲ", "ﷻ"])
def test_a_sign_that_stands_for_several_words_is_compared_as_one(sign: str) -> None:
    assert isinstance(match(f"نص:{sign}~2"), Combine | Similar)


def test_names_of_publishers_are_words_of_theirs() -> None:
    assert match("مصدر:الجزيرة") == Term("source_word", "جزيره")
    assert match('مصدر:"قناة الجزيرة"') == all_of(Term("source_word", "قناه"), Term("source_word", "جزيره"))


def test_a_date_is_a_range_of_days() -> None:
    first, last = date(2017, 1, 1).toordinal(), date(2017, 12, 31).toordinal()
    assert match("تاريخ:2017") == Between("day", first, last)
    assert match("بعد:2017") == Between("day", last + 1, None)


def test_without() -> None:
    assert match("سفينة -ميناء") == Combine(must=(match("سفينة"),), must_not=(match("ميناء"),))
    assert match("-ميناء") == Combine(must=(Everything(),), must_not=(match("ميناء"),))
    assert match("-ميناء -سفينة") == Combine(must=(Everything(),), must_not=(match("ميناء"), match("سفينة")))


def test_or() -> None:
    assert match("سفينة أو ميناء") == any_of(match("سفينة"), match("ميناء"))


def test_everything_and_nothing() -> None:
    assert (match(""), match("؟")) == (Everything(), Nothing())


@pytest.mark.parametrize(
    "query", ["-ميناء", "سفينة -ميناء", '-"ميناء صور"', "-=ميناء", "-سفين*", "-سفينة~", "مصدر:الجز* مصدر:الجزيرة~"]
)
def test_what_is_not_in_the_text_is_neither_highlighted_nor_ranked(query: str) -> None:
    made, kept = plan(query), plan("سفينة" if query.startswith("سفينة") else "")
    assert made.highlights == kept.highlights
    assert made.words == kept.words


def test_highlights_of_each_operator() -> None:
    assert plan("=السفينة").highlights.exact == {"السفينه"}
    assert plan('"السفينة الجانحة"').highlights.phrases == (("سفينه", "جانحه"),)
    assert plan('="السفينة الجانحة"').highlights.exact_phrases == (("السفينه", "الجانحه"),)
    assert plan("السف*").highlights.exact == {"السفينه"}
    assert plan("سفي*").highlights.words == {"سفينه", "سفير"}
    assert plan("سفينة~2").highlights.similar == (("سفينه", 2),)
    assert plan("COVID-19").highlights.phrases == (("covid", "19"),)


def test_function_words_are_highlighted_only_where_nothing_else_is() -> None:
    assert "في" not in plan("سفينة في").highlights.stems
    assert plan("في").highlights.stems


def test_content_words_may_be_relaxed_and_all_else_is_kept() -> None:
    made = plan('سفينة في ميناء "صور القديمة" =صور -سمك تاريخ:2017 مصدر:الجزيرة')
    assert made.wanted == (match("سفينة"), match("ميناء"))
    assert made.kept == tuple(match(part) for part in ('"صور القديمة"', "=صور", "-سمك", "تاريخ:2017", "مصدر:الجزيرة"))


def test_a_single_word_is_not_relaxed() -> None:
    made = plan("سفينة تاريخ:2017")
    assert (made.wanted, made.kept) == ((match("سفينة"),), ())


class OneName:
    """Knows another spelling of one name."""

    def may_be_name(self, token: AnalyzedToken) -> bool:
        return token.word == "غوتيريش"

    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]:
        return ("جوتيريس",)


def test_other_spellings_of_a_name_are_searched_with_a_note() -> None:
    made = Rewriter(Analyzer.default(), terms, OneName()).plan(parse("غوتيريش -غوتيريش2", today=TODAY).tree)
    assert made.spellings == (("غوتيريش", ("جوتيريس",)),)
    assert made.highlights.forms == {"جوتيريس"}


def second_reading(token: AnalyzedToken) -> tuple[Reading, ...]:
    return (Reading("سفينه-اخرى", 0.25, "test"),) if token.word == "سفينه" else ()


def read_twice(query: str) -> Plan:
    tree = parse(query, today=TODAY).tree
    return Rewriter(Analyzer.default(), terms, words=QueryWords(Analyzer.default(), [second_reading])).plan(tree)


def test_a_further_reading_matches_is_lit_and_is_left_to_ranking_with_its_weight() -> None:
    made = read_twice("سفينة")
    (stem,) = Analyzer.default().tokens("سفينة")[0].stems
    assert made.match == any_of(*(Term(f"{n}_stem", s) for s in (stem, "سفينه-اخرى") for n in ("title", "body")))
    assert made.highlights.stems == {stem, "سفينه-اخرى"}
    assert [reading.weight for reading in made.words[0].readings] == [0.25]


def test_exact_words_phrases_and_names_have_no_further_readings() -> None:
    for query in ("=السفينة", '"السفينة الكبيرة"', "مصدر:السفينة"):
        made = read_twice(query)
        assert not any(word.readings for word in made.words)
        assert "سفينه-اخرى" not in str(made.match)


def test_a_function_word_has_no_further_readings() -> None:
    words = QueryWords(Analyzer.default(), [lambda token: (Reading("x", 0.5, "test"),)])
    made = Rewriter(Analyzer.default(), terms, words=words)
    assert [bool(word.readings) for word in made.plan(parse("في سفينة", today=TODAY).tree).words] == [False, True]
