"""Hostile strings: each gives a tree and few remarks, in work that grows no faster than the string."""

import sys
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.engines.base import Engine
from search.pages.sentences import LANGUAGES, note_text
from search.query.lexer import lex
from search.query.operators import MOST_DEPTH, MOST_WORDS, clean
from search.query.parser import parse
from search.query.remarks import Remarks
from search.query.rewrite import Rewriter
from search.query.tree import And, Not, Or, Phrase, Tree, Word
from search.repairs.notes import of_remarks
from tests.examples import examples

TODAY = date(2024, 3, 10)

SIGNS = [
    "(",
    ")",
    '"',
    "«",
    "»",
    "“",
    "'",
    "-",
    "=",
    "|",
    "*",
    "~",
    ":",
    "+",
    "أو ",
    "OR ",
    "NOT ",
    "عنوان:",
    "تاريخ:",
    "قبل: ",
]
HIDDEN = [
    "\x00",
    "\u200b",
    "\u200e",
    "\u200f",
    "\u202b",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\u00ad",
    "\ud800",
    "\udfff",
]
FAMILIES = [
    *(sign * count for sign in SIGNS for count in (1, 2, 1000)),  # nothing but one operator
    *(sign + "غزة" for sign in SIGNS),  # unclosed, in front
    *("غزة" + sign for sign in SIGNS),  # and behind
    *(a + b + "غزة" for a, b in product(SIGNS[:12], SIGNS[:12])),  # operators on operators
    *(f"غز{c}ة{c} {c}القدس" for c in HIDDEN),  # what cannot be seen
    *(c * 1000 for c in HIDDEN),
    *("(" * n + "غزة" + ")" * m for n, m in ((1, 0), (0, 1), (21, 21), (5000, 0), (0, 5000), (5000, 5000))),
    *('"(' * n + "غزة" for n in (1, 50, 3000)),
    *(("غزة " * n)[:-1] for n in (64, 65, 500)),
    *((sign + "غزة ") * 300 for sign in SIGNS),
    "ا" * 100_000,
    "غزة " * 25_000,
    '"' * 100_000,
    "(" * 100_000,
    "'غزة " * 20_000,
    "تاريخ:2017 " * 9_000,
    "\u064b" * 100_000,
    "ﷺ" * 100_000,
    "\U0001f600" * 1000,
    "تاريخ:" + "9" * 500,
    "تاريخ:" + "1 " * 400,
    "تاريخ:" + "السبت " * 100,
    '"غزة"~' + "9" * 500,
    "غزة~" + "٩" * 500,
    "%s%n{0}<script>\\'; DROP TABLE--",
]


def _walk(tree: Tree) -> Iterator[Tree]:
    yield tree
    for part in tree.parts if isinstance(tree, And | Or) else (tree.part,) if isinstance(tree, Not) else ():
        yield from _walk(part)


def _sound(query: str) -> None:
    """What holds for every query."""
    parsed = parse(query, today=TODAY)
    nodes = list(_walk(parsed.tree))
    assert len(nodes) <= 2 * MOST_WORDS * (MOST_DEPTH + 2)
    assert sum(isinstance(node, Word | Phrase) for node in nodes) <= MOST_WORDS
    assert len(parsed.remarks) <= 20
    for node in nodes:
        if isinstance(node, And | Or):
            assert len(node.parts) == len(set(node.parts)) > 1
            assert not any(type(part) is type(node) for part in node.parts)
        if isinstance(node, Word | Phrase):
            node.text.encode()
            assert node.text
    assert all(note_text(note, language).encode() for note in of_remarks(parsed.remarks) for language in LANGUAGES)


def _work(query: str) -> int:
    """How many functions run, of Python and of C, while a query is read."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        parse(query, today=TODAY)
    finally:
        sys.setprofile(None)
    return calls


def test_there_are_three_hundred_hostile_strings() -> None:
    assert len(set(FAMILIES)) >= 300


@pytest.mark.parametrize("query", FAMILIES, ids=range(len(FAMILIES)))
def test_a_hostile_string_is_read_like_any_other(query: str) -> None:
    _sound(query)


def test_every_engine_answers_a_hostile_string(engine: Engine) -> None:
    rewriter = Rewriter(Analyzer.default(), lambda field, prefix, limit: engine.terms(field, prefix, limit=limit))
    totals = [engine.search(rewriter.plan(parse(query, today=TODAY).tree).match, limit=1).total for query in FAMILIES]
    assert max(totals) == engine.documents  # what hides all its characters is the empty query
    assert min(totals) == 0


@pytest.mark.parametrize("piece", [*SIGNS, *HIDDEN, "غزة ", "'غزة ", "((", '"a" ', "a:b ", "غزة،", "=-", "\u064b"])
def test_work_does_not_grow_with_what_is_cut_off(piece: str) -> None:
    at_bound, far_beyond = _work(piece * 1100), _work(piece * 20_000)
    assert far_beyond <= at_bound * 1.5 + 200


@pytest.mark.parametrize("piece", [*SIGNS, "غزة ", "'غزة ", '"a" ', "«غزة ", "غزة~2 ", "غز* ", "a-b_c ", "غزة،القدس "])
def test_pieces_are_as_many_as_characters_at_most(piece: str) -> None:
    text = clean(piece * 2000)
    assert len(lex(text, Remarks())) <= len(text)


def test_the_worst_date_is_tried_a_bounded_number_of_times() -> None:
    assert _work("تاريخ:" + "السبت " * 100) <= _work("تاريخ:" + "السبت " * 10) + 5000


_PIECES = [*"()\"«»“”'|-=+*~:،؟. غزةأوORNT12٣\u064b\u200f\x00\ud800（：", "عنوان:", "تاريخ:", " أو "]
_TANGLE = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)


@examples(200)
@given(st.text(max_size=200) | _TANGLE)
@example("\U0001d7d8~\U0001d7d9")
@example('تاريخ:""')
@example('تاريخ:(غزة "")')
@example('بعد:""~2')
def test_any_string_gives_a_tree(query: str) -> None:
    _sound(query)


@examples(100)
@given(_TANGLE)
def test_reading_depends_on_nothing_but_the_query(query: str) -> None:
    assert parse(query, today=TODAY) == parse(query, today=TODAY)
