"""The amounts of a query: which words a number belongs to, and in which forms they are looked for."""

import pytest

from search.analysis.analyzer import Analyzer
from search.query.amounts import amounts
from search.query.clauses import Combine, PhraseClause


def rows(query: str) -> set[tuple[str, ...]]:
    """The rows of words that are looked for in headlines."""
    found = set()
    for clause, _ in amounts(Analyzer.default().query_tokens(query), "title"):
        parts = clause.should if isinstance(clause, Combine) else (clause,)
        found |= {part.texts for part in parts if isinstance(part, PhraseClause) and part.field == "title_word"}
    return found


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("5 مليارات دولار", ("5", "مليارات", "دولار")),
        ("5 مليارات دولار", ("5", "مليار", "دولارات")),
        ("5 مليار", ("5", "مليارات")),
        ("100 دولار", ("دولار", "100")),
        ("المادة 140", ("ماده", "140")),
        ("20 قتيلا", ("20", "قتيلا")),
        ("خمسين مليون ريال", ("50", "مليون", "ريال")),
        ("15 يوليو 2016", ("15", "يوليو", "2016")),
        ("يوليو 2016", ("يوليو", "2016")),
    ],
)
def test_a_number_is_looked_for_beside_its_words(query: str, row: tuple[str, ...]) -> None:
    assert row in rows(query)


@pytest.mark.parametrize("query", ["السعودية إيران 2016", "رؤية 2030", "في 5 من", "وزير الداخلية", "5", "5 5", ""])
def test_years_function_words_and_numbers_alone_are_no_amounts(query: str) -> None:
    assert not rows(query)


def test_two_of_three_words_count_half() -> None:
    shares = [share for _, share in amounts(Analyzer.default().query_tokens("5 مليارات دولار"), "body")]
    assert shares == [1.0, 0.5, 0.5]
