"""Finds the articles that answer a parsed query: matches them, applies the filters, ranks and collapses duplicates.

In: an open index, the tree of a query and the request that it came with. Out: an `Answer`, of which
`search/results_page.py` makes a page and `search/all_hits.py` a list. The other readings of a query
(`search/repairs/query_repairs.py`) are answered through it too, and what counts plans queries through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import msgspec
from msgspec.structs import replace

from search import unanswered
from search.analysis.analyzer import AnalyzedToken
from search.budget import Budget
from search.engines.base import Found, Match, Order
from search.index.open_index import OpenIndex
from search.pages.records import Note, SearchRequest
from search.query.clauses import Clause, Combine, Constant, filtered
from search.query.parser import parse
from search.query.plan import Plan
from search.query.rewrite import Rewriter
from search.query.tree import All, Parsed, Tree
from search.ranking.neighbours import Names
from search.ranking.profile import RankingProfile
from search.ranking.signals import preferred, recency, spelled
from search.repairs import notes
from search.results.copies import first_of_groups
from search.results.facets import filter_clauses
from search.results.typed_spelling import as_typed, doubtful_spellings

_FETCHED = 100  # matches read even for a short page, so that near-duplicates further down are collapsed and counted


class Answer(msgspec.Struct, frozen=True):
    """What was searched and found.

    plan     the query over index terms, and the remarks that planning made
    match    the clause that decides which articles match, without the request's filters
    total    the number of matching articles, near-duplicates included
    hits     one match for each near-duplicate group, in order, from the first hit to the last of the requested page
    fetched  the matches that were read to find those hits, near-duplicates included, in order
    order    how the hits are sorted: from the newest on where nothing in the query can be ranked by relevance
    notes    what the reader is told about how the query was read
    cut      whether only some of the articles were searched, for want of time or since a part of the index is not there
    is_repaired  whether another reading of the query was searched, since the query found nothing
    """

    plan: Plan
    match: Clause
    total: int
    hits: tuple[Match, ...]
    fetched: tuple[Match, ...]
    order: Order
    notes: tuple[Note, ...] = ()
    cut: bool = False
    is_repaired: bool = False

    def with_note(self, note: Note) -> Answer:
        """The same answer with one more note, before the others."""
        return replace(self, notes=(note, *self.notes))

    def remarks(self, parsed: Parsed) -> tuple[Note, ...]:
        """Return what was remarked on the query as typed; nothing where it was read in another encoding, in which what
        looks like a sign of the query language is part of a letter."""
        in_other_encoding = any(note.kind == "encoding" for note in self.notes)
        return () if in_other_encoding else notes.of_remarks(parsed.remarks)

    def repaired_by(self, note: Note) -> Answer:
        """The same answer as that of another reading of the query, which the note names."""
        return replace(self.with_note(note), is_repaired=True)


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers the query of one request, and the other readings of it, over one index and within one budget.

    most: the hits that an answer has at most; with 0 it has no more than the total, and with None as many as reach to
    the end of the request's page
    """

    index: OpenIndex
    request: SearchRequest
    profile: RankingProfile
    today: date
    budget: Budget = field(default_factory=Budget)
    most: int | None = None

    def answer(self, tree: Tree) -> Answer:
        """Return the articles that match the whole tree, which means: with all the words of the query."""
        plan, own = self.read(tree)
        return self._answer(plan, plan.match, tree, own)

    def count(self, tree: Tree, *, beside: Clause | None = None) -> int:
        """Return the number of articles that match the whole tree, near-duplicates included; beside: what they must
        not match."""
        plan, _ = self.read(tree)
        others = Combine(must=(plan.match,), must_not=(beside,)) if beside else plan.match
        clause = filtered(others, *filter_clauses(self.request.filters))
        return self.budget.spend(partial(self.index.engine.search, clause, limit=0)).total

    def read(self, tree: Tree) -> tuple[Plan, tuple[Note, ...]]:
        """Add the owner's synonyms to the tree and plan it; return the plan and the notes on what was added or left
        out."""
        expanded = self.index.expander.expanded(tree, synonyms=self.request.names)
        plan = self.plan(expanded.tree)
        query = self.request.query
        own = notes.of_remarks(expanded.remarks + plan.remarks)
        own += notes.of_spellings(plan.spellings, query, self.index.written)
        own += notes.of_latin(plan.latin, query)
        return plan, own + notes.of_synonyms(expanded.synonyms, query)

    def plan(self, tree: Tree) -> Plan:
        """Return the plan of the tree: its clauses over the index's terms, with other spellings of names if the request
        allows them, in other letters too."""
        index = self.index
        others = (index.latin, index.joined) if self.request.names else (None, None)
        spellings = index.spellings if self.request.names else None
        frequencies, words = index.engine.frequencies, index.ranking.words
        rewriter = Rewriter(index.analyzer, index.terms, spellings, frequencies, words, index.name_parts, *others)
        return rewriter.plan(tree)

    def relaxed(self, answer: Answer, tree: Tree) -> Answer:
        """Return the articles that have most of the words, for a query of which no article has all.

        answer: the answer without hits; it is returned, with a note, where there is nothing to relax or no time to.
        """
        plan = answer.plan
        wanted, most = plan.wanted, len(plan.wanted) - 1
        if most < 1:
            return answer
        if not self.budget.allows(2):
            return answer.with_note(notes.out_of_time())
        least = min(most, self._most_words_of_an_article(plan))
        if not least:
            return answer
        query_notes = (*answer.notes, notes.relaxed(least, len(wanted)))
        return self._answer(plan, filtered(Combine(should=wanted, least=least), *plan.kept), tree, query_notes)

    def _most_words_of_an_article(self, plan: Plan) -> int:
        """Return the largest number of wanted words in one article that fulfils the rest of the query.

        Each word scores 1, so that the score of the best match is that number.
        """
        counted = Combine(should=tuple(Constant(word, 1.0) for word in plan.wanted))
        clause = filtered(counted, *plan.kept, *filter_clauses(self.request.filters))
        found = self.budget.spend(lambda: self.index.engine.search(clause, limit=1, total=False)).matches
        return round(found[0].score) if found else 0

    def _answer(self, plan: Plan, match: Clause, tree: Tree, query_notes: tuple[Note, ...]) -> Answer:
        clause, order = self._ranked(plan, match, tree)
        wanted = self.request.page * self.request.limit if self.most is None else self.most
        collapse = self.request.collapses
        typed = doubtful_spellings(plan.words, self.index.analyzer.lemmas) if order is Order.RELEVANCE else ()
        size = max(_FETCHED, 2 * wanted if collapse else wanted) if collapse or typed else wanted
        while True:
            found = self.budget.spend(partial(self._search, clause, limit=size, order=order))
            if typed:
                found = self.budget.spend(partial(self._as_typed, found, typed))
            hits = first_of_groups(found.matches) if collapse else found.matches
            if len(hits) >= wanted or len(found.matches) >= found.total or not self.budget.allows():
                break
            size *= 4
        cut = bool(self.budget.cut or unanswered.parts())
        query_notes += notes.of_cut(self.budget)
        return Answer(plan, match, found.total, tuple(hits[:wanted]), found.matches, order, query_notes, cut)

    def _as_typed(self, found: Found, spellings: Sequence[str]) -> Found:
        """Reorder the first matches, always as many, so that pages neither repeat nor miss a hit."""
        first = as_typed(self.index.engine, found.matches[:_FETCHED], spellings)
        return Found(found.total, first + found.matches[_FETCHED:])

    def _search(self, clause: Clause, *, limit: int, order: Order) -> Found:
        """Return the first matches in order; by relevance, matches that no signal scores follow, the newest first."""
        found = self.index.engine.search(clause, limit=limit, order=order)
        all_scored = not found.matches or found.matches[-1].score > 0
        if order is not Order.RELEVANCE or all_scored or not isinstance(clause, Combine):
            return found
        scored = sum(match.score > 0 for match in found.matches)
        unscored = Combine(must=clause.must, must_not=clause.should)
        rest = self.index.engine.search(unscored, limit=limit - scored, order=Order.NEWEST, total=False).matches
        return Found(found.total, found.matches[:scored] + rest)

    def _ranked(self, plan: Plan, match: Clause, tree: Tree) -> tuple[Clause, Order]:
        narrowed = filtered(Constant(match, 0.0), *filter_clauses(self.request.filters))
        order = self.request.order
        if order is not Order.RELEVANCE:
            return narrowed, order
        others = (word for _, words in plan.spellings for word in words)
        scored = word_signals(self.index, plan.words, self.profile, plan.names) + spelled(others, self.profile)
        scored += preferred(plan.preferred, self.profile)
        if isinstance(tree, All) or not scored:
            return narrowed, Order.NEWEST  # no clause scores, so relevance cannot order the matches
        scored += recency(self.profile, self.today)
        return Combine(must=(narrowed,), should=scored), order


def answer_or_repair(answerer: Answerer, parsed: Parsed) -> Answer:
    """Return the query's answer; without hits, that of the first repair with hits, else articles with most words."""
    request = answerer.request
    strict = answerer.answer(parsed.tree)
    if strict.total or not request.repair or unanswered.parts():  # what does not answer may have what was asked for
        return strict
    for repair in answerer.index.repairs.likeliest_first(request.query, parsed.tree):
        if not answerer.budget.allows():
            return strict.with_note(notes.out_of_time())
        mended = answerer.answer(parse(repair.query, today=answerer.today).tree)
        if mended.total:
            return mended.repaired_by(notes.of_repair(repair, request.query))
    return answerer.relaxed(strict, parsed.tree)


def word_signals(
    index: OpenIndex, words: Sequence[AnalyzedToken], profile: RankingProfile, names: Names = ()
) -> tuple[Clause, ...]:
    """Return the clauses that score articles by these words and names, with the document frequencies of this index."""
    return index.ranking.signals(profile).of(words, names)
