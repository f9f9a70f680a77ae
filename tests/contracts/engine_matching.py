"""The part of the engine suite about what each clause matches."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Document, Order
from search.query.clauses import (
    Between,
    Boost,
    Clause,
    Combine,
    Constant,
    Everything,
    Nothing,
    PhraseClause,
    Similar,
    Term,
    TermSet,
    all_of,
    any_of,
    filtered,
)
from tests.contracts.clause_strategies import HIGHEST, LOWEST, TERMS, clauses, collections
from tests.contracts.engine_bench import FEW, EngineBench, article, everything, found
from tests.contracts.reference import matching

A, B, C = Term("body_stem", "أ"), Term("body_stem", "ب"), Term("body_stem", "ج")


class MatchingContract(EngineBench):
    """See `EngineContract`."""

    @FEW
    @given(documents=collections, trees=st.lists(clauses, min_size=10, max_size=20))
    def test_random_trees_match_what_the_reference_matches(
        self, documents: list[Document], trees: list[Clause]
    ) -> None:
        with self.indexed(documents) as engine:
            for clause in trees:
                expected = matching(clause, documents)
                assert found(engine, clause) == expected
                assert engine.search(clause, limit=1).total == len(expected)
                assert engine.search(clause, limit=1, order=Order.NEWEST).total == len(expected)

    @pytest.mark.parametrize("field", TERMS)
    def test_every_terms_field_splits_on_white_space_and_on_nothing_else(self, folder: Path, field: str) -> None:
        terms = ["3,650", "15.5", "بن-علي", "a@b.c", "c++", "«", "ـــ", "كِتَاب", "👩‍👩‍👧", "\u200f", "É", "İ", "x" * 300]
        engine = self.engine(folder, article("أ", **{field: " ".join(terms)}))
        for term in terms:
            assert found(engine, Term(field, term)) == {"أ"}, term
        for part in ("3", "650", "بن", "a", "c", "i", "x", "كتاب", ""):
            assert found(engine, Term(field, part)) == set(), part

    def test_a_long_term_is_a_term_like_others(self, folder: Path) -> None:
        long = "ط" * 10_000
        engine = self.engine(folder, article("أ", body_word=f"قبل {long} بعد"), article("ب", body_word="قبل بعد"))
        assert found(engine, Term("body_word", long)) == {"أ"}
        assert found(engine, PhraseClause("body_word", ("قبل", long, "بعد"))) == {"أ"}

    def test_empty_fields_are_as_those_left_out(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ", body_word="", title_stem=" ", source=()), article("ب"))
        assert everything(engine) == {"أ", "ب"}
        assert found(engine, Term("body_word", "")) == set()
        assert engine.counts(Everything(), ["source"]) == {"source": {}}

    def test_keywords_are_matched_whole_and_as_they_are(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ ب", source=("وكالة الأناضول", "AFP")))
        for value in ("وكالة الأناضول", "AFP"):
            assert found(engine, Term("source", value)) == {"أ ب"}
        for part in ("وكالة", "afp", "الأناضول وكالة"):
            assert found(engine, Term("source", part)) == set()
        assert found(engine, Term("id", "أ ب")) == {"أ ب"}
        assert found(engine, TermSet("id", ("أ ب", "ج"))) == {"أ ب"}

    def test_a_term_set_matches_any_of_its_terms_and_none_without_terms(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", lead="أ"), article("2", lead="ب ج"), article("3", lead="د"))
        assert found(engine, TermSet("lead", ("أ", "ج", "ليس هنا"))) == {"1", "2"}
        assert found(engine, TermSet("lead", ())) == set()

    @pytest.mark.parametrize("others", [0, 50, 500])
    def test_a_term_set_of_any_size_matches_and_scores_alike(self, folder: Path, others: int) -> None:
        engine = self.engine(folder, article("1", lead="أ ب", source=("أ",)), article("2", source=("ب",)), article("3"))
        for field, expected in (("lead", {"1"}), ("source", {"1", "2"}), ("id", set[str]())):
            wanted = TermSet(field, ("أ", "ب", *(f"ليس {number}" for number in range(others))))
            assert found(engine, wanted) == expected, field
            assert {match.score for match in engine.search(wanted, limit=9).matches} <= {1.0}, field

    def test_two_words_match_wherever_each_of_them_is(self, folder: Path) -> None:
        places = ("", "أ", "ب", "أ ب")
        documents = [
            article(f"{body}|{title}|{lead}", body_stem=body, title_stem=title, lead=lead, source=("رويترز",))
            for body, title, lead in product(places, places, ("", "أ"))
        ]
        engine = self.engine(folder, *documents)
        first, second = (
            any_of(Term("body_stem", text), Term("title_stem", text), TermSet("lead", (text, "ج"))) for text in "أب"
        )
        for clause in (
            all_of(first, second),
            filtered(all_of(first, second), TermSet("source", ("رويترز",))),
            all_of(first, all_of(second, first)),
            Combine(must=(first, second), must_not=(Term("lead", "أ"),)),
            Combine(must=(first, second), least=1),
        ):
            expected = matching(clause, documents)
            assert found(engine, Constant(clause, 2.0)) == found(engine, clause) == expected
            assert engine.counts(clause, ["source"])["source"].get("رويترز", 0) == len(expected)
            assert {match.score for match in engine.search(Constant(clause, 2.0), limit=99).matches} <= {2.0}

    def test_a_sequence_is_one_term_after_another(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", body_word="أ ب ج أ أ"), article("2", body_word="ب أ ج"))
        for texts, expected in [
            (("أ", "ب"), {"1"}),
            (("ب", "أ"), {"2"}),
            (("أ", "ب", "ج"), {"1"}),
            (("أ", "أ"), {"1"}),
            (("أ", "ج"), {"2"}),
            (("ج", "أ", "أ"), {"1"}),
            (("أ", "ليس"), set()),
        ]:
            assert found(engine, PhraseClause("body_word", texts)) == expected, texts

    def test_slop_is_the_distance_from_the_place_behind_the_first_term(self, folder: Path) -> None:
        texts = {f"+{between}": "أ " + between * "و " + "ب" for between in range(5)}
        texts |= {f"3{id}": "س س س " + text for id, text in texts.items()}
        texts |= {f"-{between}": "ب " + between * "و " + "أ" for between in range(5)}
        documents = [article(id, title_word=text) for id, text in texts.items()]
        engine = self.engine(folder, *documents)
        for slop in range(7):
            clause = PhraseClause("title_word", ("أ", "ب"), slop=slop)
            assert found(engine, clause) == matching(clause, documents), slop

    def test_similar_counts_letters_and_an_exchange_twice(self, folder: Path) -> None:
        terms = ["كتاب", "كتب", "كتابه", "كباب", "كاتب", "مكتبة", "تكاب", "ك", "كتابنا", "قطار"]
        documents = [article(term, body_word=term) for term in terms]
        engine = self.engine(folder, *documents)
        for distance in (1, 2):
            clause = Similar("body_word", "كتاب", distance=distance)
            assert found(engine, clause) == matching(clause, documents), distance
        assert "تكاب" not in found(engine, Similar("body_word", "كتاب", distance=1))

    def test_between_includes_its_bounds_and_none_is_open(self, folder: Path) -> None:
        numbers = {"lowest": LOWEST, "-1": -1, "0": 0, "1": 1, "highest": HIGHEST}
        documents = [article(id, moment=n, day=n, month=n, group=n) for id, n in numbers.items()]
        documents.append(article("none"))
        engine = self.engine(folder, *documents)
        for field in ("moment", "day", "month", "group"):
            for low in (None, LOWEST, -1, 0, HIGHEST):
                for high in (None, LOWEST, 0, 1, HIGHEST):
                    clause = Between(field, low, high)
                    assert found(engine, clause) == matching(clause, documents), clause

    def test_combine_wants_all_of_must_none_of_must_not_and_least_of_should(self, folder: Path) -> None:
        terms = {"": "", "أ": "أ", "ب": "ب", "أب": "أ ب", "أج": "أ ج", "بج": "ب ج", "أبج": "أ ب ج"}
        documents = [article(id, body_stem=text) for id, text in terms.items()]
        engine = self.engine(folder, *documents)
        for clause in [
            Combine(must=(A, B)),
            Combine(must=(A,), should=(B, C)),
            Combine(must=(A,), should=(B, C), least=1),
            Combine(must=(A,), should=(B, C), least=2),
            Combine(must=(A,), should=(B, C), least=3),
            Combine(must=(A,), least=1),
            Combine(should=(A, B, C)),
            Combine(should=(A, B, C), least=1),
            Combine(should=(A, B, C), least=2),
            Combine(should=(A, B, C), least=3),
            Combine(should=(A, B), least=3),
            Combine(should=(A, A), least=2),
            Combine(should=(A,), must_not=(B,)),
            Combine(must=(Everything(),), must_not=(A, B)),
            Combine(must=(A,), must_not=(Everything(),)),
            Combine(must=(A, Nothing())),
            Combine(should=(A, Nothing()), least=1),
            Combine(must=(Constant(A), Boost(B, 2))),
        ]:
            assert found(engine, clause) == matching(clause, documents), clause

    def test_combine_with_neither_must_nor_should_matches_nothing(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", body_stem="أ"), article("2", body_stem="ب"))
        inner = Combine(must_not=(A,))
        for clause in (inner, Combine(), Combine(must=(inner,)), Combine(should=(inner,)), Combine(least=1)):
            assert found(engine, clause) == set(), clause
        assert found(engine, Combine(should=(inner, B))) == {"2"}
        assert found(engine, Combine(must=(B,), must_not=(inner,))) == {"2"}

    def test_total_counts_all_and_is_minus_one_where_not_asked(self, folder: Path) -> None:
        engine = self.engine(folder, *(article(str(n), body_stem="أ", moment=n) for n in range(7)))
        for order in Order:
            assert engine.search(A, limit=2, order=order).total == 7
            unasked = engine.search(A, limit=2, order=order, total=False)
            assert (unasked.total, len(unasked.matches)) == (-1, 2)
