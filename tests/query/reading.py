"""Short ways to read a query in a test, on one fixed day."""

from datetime import date

from search.query.parser import parse
from search.query.tree import And, Tree, Word

TODAY = date(2024, 3, 10)


def tree(query: str) -> Tree:
    return parse(query, today=TODAY).tree


def quiet(query: str) -> Tree:
    """The tree of a query about which there is nothing to say."""
    parsed = parse(query, today=TODAY)
    assert parsed.remarks == ()
    return parsed.tree


def words(query: str) -> list[str]:
    """The texts of a query that is plain words."""
    found = quiet(query)
    parts = found.parts if isinstance(found, And) else (found,)
    assert all(isinstance(part, Word) and part.field is None and not part.exact for part in parts)
    return [part.text for part in parts if isinstance(part, Word)]
