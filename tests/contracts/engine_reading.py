"""The part of the engine suite about scores, orders, counts and terms."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines import id_order
from search.engines.base import MOST_COUNTED, Document, Order
from search.engines.id_order import id_number
from search.query.clauses import (
    Between,
    Boost,
    Clause,
    Combine,
    Constant,
    Everything,
    PhraseClause,
    Similar,
    Term,
    TermSet,
    filtered,
)
from tests.contracts.clause_strategies import FACETS, LOWEST, TERMS, clauses, collections, scored_clauses, words
from tests.contracts.engine_bench import FEW, EngineBench, article, found, ranked, scored
from tests.contracts.reference import commonest, counts, dated, matches
from tests.contracts.reference_scores import score

A = Term("body_stem", "أ")


class ReadingContract(EngineBench):
    """See `EngineContract`."""

    @FEW
    @given(documents=collections, trees=st.lists(scored_clauses, min_size=5, max_size=10))
    def test_scores_are_those_of_the_reference(self, documents: list[Document], trees: list[Clause]) -> None:
        by_id = {document.id: document for document in documents}
        with self.indexed(documents) as engine:
            for clause in trees:
                for id, got in scored(engine, clause).items():
                    assert got >= 0
                    expected = score(clause, by_id[id], documents, self.lengths)
                    assert got == pytest.approx(expected, rel=1e-3, abs=1e-6)

    @pytest.mark.parametrize(
        "clause",
        [
            Term("source", "رويترز"),
            TermSet("body_stem", ("أ", "ب")),
            Similar("body_word", "كتب"),
            Between("day", 1, 2),
            Everything(),
        ],
    )
    def test_some_clauses_score_one_and_boost_and_constant_apply(self, folder: Path, clause: Clause) -> None:
        engine = self.engine(
            folder,
            article("1", body_stem="أ ب أ", body_word="كتاب كتب", source=("رويترز",), day=1),
            article("2", body_stem="أ", body_word="كتب", source=("رويترز", "فرانس"), day=2),
        )
        for made, expected in [
            (clause, 1),
            (Boost(clause, 2.5), 2.5),
            (Boost(Boost(clause, 2), 3), 6),
            (Constant(clause, 4), 4),
            (Constant(clause), 0),
            (Constant(Boost(clause, 2), 3), 3),
            (Boost(Constant(clause, 3), 2), 6),
            (Boost(Combine(must=(clause,), should=(clause,)), 2), 4),
        ]:
            assert scored(engine, made) == pytest.approx({"1": expected, "2": expected}), made

    def test_a_sequence_with_slop_scores_more_than_nothing(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", body_word="أ س ب"), article("2", body_word="أ ب"), article("3"))
        got = scored(engine, PhraseClause("body_word", ("أ", "ب"), slop=2))
        assert set(got) == {"1", "2"}
        assert min(got.values()) > 0

    @pytest.mark.parametrize(
        ("commoner", "several", "as_many"), [("ب", "أ أ ب ب", "أ ب س س"), ("أ", "أ أ ب ب س", "أ ب س أ ب")]
    )
    def test_with_slop_each_place_of_a_term_counts_once_beside_the_nearest_of_the_rarer_one(
        self, folder: Path, commoner: str, several: str, as_many: str
    ) -> None:
        texts = {"several": several, "as-many": as_many, "other": commoner}
        engine = self.engine(folder, *(article(id, body_word=text) for id, text in texts.items()))
        got = scored(engine, PhraseClause("body_word", ("أ", "ب"), slop=2))
        assert got["several"] == pytest.approx(got["as-many"])

    def test_filters_add_nothing_to_the_score(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", body_stem="أ", day=1), article("2", body_stem="أ أ", day=2))
        plain = scored(engine, A)
        assert scored(engine, filtered(A, Between("day", 2), Everything())) == pytest.approx({"2": plain["2"]})

    def test_relevance_puts_the_higher_score_first(self, folder: Path) -> None:
        documents = [
            article(str(n), body_stem=" ".join(["أ"] * n + ["س"] * (9 - n)), body_word="أ") for n in range(1, 9)
        ]
        engine = self.engine(folder, *documents)
        assert ranked(engine, A) == ["8", "7", "6", "5", "4", "3", "2", "1"]
        assert ranked(engine, A, limit=3) == ["8", "7", "6"]

    @FEW
    @given(documents=collections, clause=clauses)
    def test_date_orders_go_by_moment_with_the_undated_last(self, documents: list[Document], clause: Clause) -> None:
        by_id = {document.id: document for document in documents}
        expected = dated(document for document in documents if matches(clause, document))
        known = [moment for moment in expected if moment is not None]
        with self.indexed(documents) as engine:
            oldest = [by_id[id].numbers.get("moment") for id in ranked(engine, clause, order=Order.OLDEST)]
            newest = [by_id[id].numbers.get("moment") for id in ranked(engine, clause, order=Order.NEWEST)]
            assert oldest == expected
            assert newest == [*reversed(known), *expected[len(known) :]]
            assert all(match.score == 0 for match in engine.search(clause, limit=20, order=Order.NEWEST).matches)

    @FEW
    @given(documents=collections, clause=clauses, seed=st.randoms(use_true_random=False))
    def test_articles_of_one_moment_follow_by_id_however_they_came(
        self, documents: list[Document], clause: Clause, seed: Random
    ) -> None:
        matching = sorted((each for each in documents if matches(clause, each)), key=lambda each: each.id)
        for order, sign in ((Order.NEWEST, -1), (Order.OLDEST, 1)):
            in_order = sorted(matching, key=lambda each: sign * each.numbers.get("moment", sign * inf))
            shuffled = seed.sample(documents, len(documents))
            with self.indexed(shuffled) as engine:
                assert ranked(engine, clause, order=order) == [each.id for each in in_order]

    @pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
    def test_very_many_articles_of_one_moment_follow_by_the_number_of_their_id(
        self, folder: Path, order: Order, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(id_order, "MOST_BY_ID", 5)
        crowd = [article(f"s{n}", moment=7) for n in range(6)] + [article(f"u{n}") for n in range(6)]
        few = [article(f"f{n}", moment=9) for n in range(5)]
        engine = self.engine(folder, *reversed(few), *crowd)
        by_number = sorted((each.id for each in crowd), key=id_number)
        dated_ids = [id for id in by_number if id[0] == "s"]
        dated_ids = (
            [f"f{n}" for n in range(5)] + dated_ids
            if order is Order.NEWEST
            else dated_ids + [f"f{n}" for n in range(5)]
        )
        expected = dated_ids + [id for id in by_number if id[0] == "u"]
        for limit in range(1, 18):
            assert ranked(engine, Everything(), order=order, limit=limit) == expected[:limit]

    def test_the_earliest_moment_is_no_missing_moment(self, folder: Path) -> None:
        moments = {"lowest": LOWEST, "zero": 0, "now": 1_500_000_000}
        engine = self.engine(folder, article("none"), *(article(id, moment=n) for id, n in moments.items()))
        assert ranked(engine, Everything(), order=Order.OLDEST) == ["lowest", "zero", "now", "none"]
        assert ranked(engine, Everything(), order=Order.NEWEST) == ["now", "zero", "lowest", "none"]

    @pytest.mark.parametrize("order", Order)
    def test_fewer_hits_are_the_first_of_more(self, folder: Path, order: Order) -> None:
        for start in range(0, 30, 10):
            dates = [{"moment": number % 3} if number % 4 else {} for number in range(start, start + 10)]
            self.write(folder, *(article(str(start + n), body_stem="أ", **date) for n, date in enumerate(dates)))
        engine = self.engine(folder)
        whole = ranked(engine, A, order=order)
        assert len(set(whole)) == 30
        for limit in range(1, 31):
            assert ranked(engine, A, order=order, limit=limit) == whole[:limit]

    @pytest.mark.parametrize("order", Order)
    def test_no_hits_may_be_asked_for(self, folder: Path, order: Order) -> None:
        empty = self.engine(folder).search(A, limit=0, order=order)
        assert (empty.total, empty.matches) == (0, ())
        engine = self.engine(folder, article("1", body_stem="أ"), article("2", body_stem="أ", moment=3))
        found_none = engine.search(A, limit=0, order=order)
        assert (found_none.total, found_none.matches) == (2, ())
        assert engine.search(A, limit=0, order=order, total=False).total == -1

    def test_a_match_names_its_group(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", group=0, moment=1), article("2", group=77, moment=2), article("3"))
        for order in Order:
            matches = engine.search(Everything(), limit=5, order=order).matches
            stored = engine.load([match.ref for match in matches])
            groups = {each.id: match.group for each, match in zip(stored, matches, strict=True)}
            assert groups == {"1": 0, "2": 77, "3": None}

    def test_load_keeps_the_order_of_the_refs(self, folder: Path) -> None:
        self.write(folder, article("1"), article("2"))
        engine = self.engine(folder, article("3"))
        refs = [match.ref for match in engine.search(Everything(), limit=5).matches]
        ids = [stored.id for stored in engine.load(refs)]
        assert [stored.id for stored in engine.load(refs[::-1])] == ids[::-1]
        assert [stored.raw for stored in engine.load(refs)] == [id.encode() for id in ids]

    def test_ids_are_those_of_the_stored_articles_however_often_they_are_asked_for(self, folder: Path) -> None:
        self.write(folder, *(article(id) for id in ("1", "معرف", "a\nb", "gone")))
        self.write(folder, article("2"), article("1"), delete=["gone"])
        engine = self.engine(folder)
        refs = [match.ref for match in engine.search(Everything(), limit=9).matches]
        stored = [each.id for each in engine.load(refs)]
        assert sorted(stored) == ["1", "2", "a\nb", "معرف"]
        for _ in range(3):
            assert engine.ids(refs) == stored
            assert engine.ids(refs[::-1]) == stored[::-1]
        assert engine.ids([]) == []

    @FEW
    @given(documents=collections, clause=clauses)
    def test_counts_are_of_articles_by_value(self, documents: list[Document], clause: Clause) -> None:
        fields = [*FACETS, "day", "month", "moment", "group"]
        among = [document for document in documents if matches(clause, document)]
        with self.indexed(documents) as engine:
            assert engine.counts(clause, fields) == {field: counts(among, field) for field in fields}

    @FEW
    @given(documents=collections, clause=clauses, least=st.integers(1, 4))
    def test_values_that_few_articles_have_are_left_out(
        self, documents: list[Document], clause: Clause, least: int
    ) -> None:
        fields = [*FACETS, "day", "group"]
        every = {field: counts((d for d in documents if matches(clause, d)), field) for field in fields}
        with self.indexed(documents) as engine:
            got = engine.counts(clause, fields, least=least)
        assert got == {field: {v: n for v, n in every[field].items() if n >= least} for field in fields}

    def test_what_is_rare_in_each_part_and_not_in_all_is_not_left_out(self, folder: Path) -> None:
        for part in range(3):
            self.write(folder, article(f"a{part}", group=2**62 + 1), article(f"b{part}", group=2**62 + 2 + part))
        assert self.engine(folder).counts(Everything(), ["group"], least=3) == {"group": {2**62 + 1: 3}}

    def test_an_article_with_one_value_twice_counts_once(self, folder: Path) -> None:
        engine = self.engine(folder, article("1", source=("رويترز", "رويترز")), article("2", source=("رويترز",)))
        assert engine.counts(Everything(), ["source"]) == {"source": {"رويترز": 2}}

    def test_more_values_than_a_thousand_are_all_counted(self, folder: Path) -> None:
        documents = [article(str(n), author=(f"كاتب {n}",), day=n) for n in range(1500)]
        engine = self.engine(folder, *documents)
        got = engine.counts(Everything(), ["author", "day"])
        assert got == {"author": counts(documents, "author"), "day": counts(documents, "day")}

    def test_a_limit_keeps_the_commonest_values_of_facets_and_all_numbers(self, folder: Path) -> None:
        documents = [article(str(n), author=(f"كاتب {n % 70}", "كل يوم"), day=n) for n in range(150)]
        for part in range(3):  # what is common in all may be rare in one segment
            self.write(folder, *documents[part * 50 : part * 50 + 50])
        got = self.engine(folder).counts(Everything(), ["author", "day"], limit=4)
        first = {"كل يوم": 150, "كاتب 0": 3, "كاتب 1": 3, "كاتب 2": 3}
        assert {value: n for value, n in got["author"].items() if n > 2} == first
        assert got["day"] == counts(documents, "day")

    def test_tens_of_thousands_of_values_break_no_count(self, folder: Path) -> None:
        step = 33_000 // self.days_of_many
        authors, sections = ([f"{what} {n}" for n in range(33_000)] for what in ("كاتب", "قسم"))
        documents = (
            article(str(n), author=tuple(authors[n : n + step]), section=tuple(sections[n : n + step]), day=n)
            for n in range(0, 33_000, step)
        )
        engine = self.engine(folder, *documents)
        few = engine.counts(Everything(), ["author", "section", "day"], limit=30)
        assert [len(few[name]) for name in ("author", "section", "day")] == [30, 30, self.days_of_many]
        for limit in (33_000, MOST_COUNTED):  # the first is hardly more than an engine may count at once
            every = engine.counts(Everything(), ["author", "section"], limit=limit)
            assert [len(every[name]) for name in ("author", "section")] == [33_000, 33_000]

    @FEW
    @given(documents=collections, prefix=st.just("") | words, field=st.sampled_from([*TERMS, *FACETS, "id"]))
    def test_terms_are_the_commonest_with_the_prefix(self, documents: list[Document], prefix: str, field: str) -> None:
        with self.indexed(documents) as engine:
            for limit in (1, 3, 100):
                assert engine.terms(field, prefix, limit=limit) == commonest(documents, field, prefix, limit=limit)
            known = [text for text, _ in commonest(documents, field, "", limit=100)]
            expected = [frequency for _, frequency in commonest(documents, field, "", limit=100)]
            assert engine.frequencies(field, [*known, "ليس هنا"]) == [*expected, 0]

    def test_of_equally_common_terms_the_first_by_the_alphabet_are_listed(self, folder: Path) -> None:
        words = ["با", "بb", "ب2", "بي", "بa", "بم", "ب٭"]  # which engines may keep in another order
        engine = self.engine(folder, *(article(word, body_word=word) for word in words))
        for limit in range(1, 9):
            assert engine.terms("body_word", "ب", limit=limit) == [(word, 1) for word in sorted(words)[:limit]]

    def test_several_threads_search_at_once(self, folder: Path) -> None:
        for part in range(3):
            numbers = range(part * 100, part * 100 + 100)
            self.write(folder, *(article(str(n), body_word=f"ك{n % 7} أ ب", source=("س",), moment=n) for n in numbers))
        engine = self.engine(folder)

        def ask(turn: int) -> bool:
            word = Term("body_word", f"ك{turn % 7}")
            near = PhraseClause("body_word", (f"ك{turn % 7}", "أ"))
            expected = {str(n) for n in range(300) if n % 7 == turn % 7}
            total = sum(engine.counts(near, ["source"])["source"].values())
            return found(engine, word) == found(engine, near) == expected and total == len(expected)

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(80)))
