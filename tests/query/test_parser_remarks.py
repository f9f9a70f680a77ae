"""What the parser says about a query, and what it makes of it all the same."""

from datetime import date

import pytest

from search.query.parser import parse
from search.query.tree import All, And, Fuzzy, Not, Nothing, Phrase, Prefix, Tree, Word

TODAY = date(2024, 3, 10)
TWO = And((Word("غزة"), Word("القدس")))


@pytest.mark.parametrize(
    ("query", "kind", "tree"),
    [
        ('"صندوق النقد', "unclosed-quote", Phrase("صندوق النقد")),
        ("غزة «القدس", "unclosed-quote", And((Word("غزة"), Phrase("القدس")))),
        ('غزة" القدس', "stray-quote", TWO),
        ('غزة القدس "', "stray-quote", TWO),
        ("(غزة القدس", "unclosed-parenthesis", TWO),
        ("غزة) القدس", "stray-parenthesis", TWO),
        ("OR غزة القدس", "stray-operator", TWO),
        ("غزة القدس |", "stray-operator", TWO),
        ("غزة القدس NOT", "stray-operator", TWO),
        ("غزة القدس = ", "stray-operator", TWO),
        ("غزة القدس *", "stray-operator", TWO),
        ("غزة القدس ~", "stray-operator", TWO),
        ("غزة *القدس", "stray-operator", TWO),
        ("غزة*القدس", "stray-operator", TWO),
        ("غزة القدس عنوان:", "empty-field", And((*TWO.parts, Word("عنوان")))),
        ("(غزة عنوان:) القدس", "empty-field", And((Word("غزة"), Word("عنوان"), Word("القدس")))),
        ("ب*", "short-prefix", Word("ب")),
        ("بَّ*", "short-prefix", Word("بَّ")),
        ("من~", "short-fuzzy", Word("من")),
        ("مَنْ~2", "short-fuzzy", Word("مَنْ")),
        ("القدس~7", "fuzzy-cut", Fuzzy("القدس", 2)),
        ('"غزة القدس"~99', "near-cut", Phrase("غزة القدس", slop=50)),
        ("-غزة", "only-negative", Not(Word("غزة"))),
        ("-غزة -القدس", "only-negative", And((Not(Word("غزة")), Not(Word("القدس"))))),
        ("؟!", "empty", Nothing()),
        ("()", "empty", Nothing()),
        ("- = +", "empty", Nothing()),
    ],
)
def test_a_remark_for_what_had_to_be_decided(query: str, kind: str, tree: Tree) -> None:
    parsed = parse(query, today=TODAY)
    assert parsed.tree == tree
    assert kind in [remark.kind for remark in parsed.remarks]
    assert len(parsed.remarks) == (2 if query == "- = +" else 1)


def test_a_remark_names_its_piece() -> None:
    (remark,) = parse("«القدس العتيقة", today=TODAY).remarks
    assert (remark.kind, remark.values) == ("unclosed-quote", (("piece", "القدس العتيقة"),))


def test_a_long_piece_is_shortened() -> None:
    (remark,) = parse("«" + "القدس " * 30, today=TODAY).remarks
    assert dict(remark.values)["piece"] == ("القدس " * 30)[:40] + "…"


def test_remarks_of_a_kind_are_few() -> None:
    kinds = [remark.kind for remark in parse(" ".join("*غز" + letter for letter in "ابتثجحخد"), today=TODAY).remarks]
    assert kinds == ["stray-operator"] * 3


def test_a_query_that_is_too_long_is_cut_after_a_word() -> None:
    parsed = parse("كتاب" * 10 + " " + "قلم" * 400, today=TODAY)
    assert parsed.tree == Word("كتاب" * 10)
    assert [remark.kind for remark in parsed.remarks] == ["cut-length"]


def test_one_word_that_is_too_long_is_cut_within() -> None:
    parsed = parse("ب" * 1001, today=TODAY)
    assert parsed.tree == Word("ب" * 1000)
    assert [remark.kind for remark in parsed.remarks] == ["cut-length"]


def test_a_thousand_characters_are_not_cut() -> None:
    assert parse("ب" * 1000, today=TODAY).remarks == ()


def test_a_query_of_too_many_words_is_cut() -> None:
    parsed = parse(" ".join(f"كلمة{n}ب" for n in range(65)), today=TODAY)
    assert isinstance(parsed.tree, And)
    assert [remark.kind for remark in parsed.remarks] == ["cut-words"]


@pytest.mark.parametrize("count", [64, 65, 100])
def test_the_words_of_a_phrase_count(count: int) -> None:
    parsed = parse('"' + " ".join(["غزة"] * count) + '" القدس', today=TODAY)
    assert parsed.tree == Phrase(" ".join(["غزة"] * 64))
    assert [remark.kind for remark in parsed.remarks] == ["cut-words"]


def test_the_first_sixty_four_words_are_kept() -> None:
    words = [f"{n}" for n in range(100, 200)]
    parsed = parse(" ".join(words), today=TODAY)
    assert parsed.tree == And(tuple(Word(word) for word in words[:64]))


def test_parentheses_that_lie_too_deep_are_flattened() -> None:
    parsed = parse("(" * 30 + "غزة" + ")" * 30 + " القدس", today=TODAY)
    assert parsed.tree == TWO
    assert [remark.kind for remark in parsed.remarks] == ["deep-parentheses"]


def test_twenty_parentheses_are_not_too_deep() -> None:
    assert parse("(" * 20 + "غزة" + ")" * 20, today=TODAY).remarks == ()


def test_the_empty_query_gets_no_remark() -> None:
    parsed = parse(" \u200f ", today=TODAY)
    assert (parsed.tree, parsed.remarks) == (All(), ())


def test_a_prefix_of_two_letters_is_long_enough() -> None:
    parsed = parse("بد*", today=TODAY)
    assert (parsed.tree, parsed.remarks) == (Prefix("بد"), ())
