"""The tables of docs/query-language.md and its Arabic twin, row by row, on both engines over the bundled sample."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from search.analysis.analyzer import Analyzer
from search.engines.base import Engine
from search.query.operators import DATE_FIELDS, FIELD_NAMES
from search.query.parser import parse
from search.query.remarks import KINDS
from search.query.rewrite import Rewriter
from search.query.tree import NAME_FIELDS, TEXT_FIELDS

TODAY = date(2025, 12, 10)
DOCS = Path(__file__).parents[2] / "docs"
PAGES = (DOCS / "query-language.md", DOCS / "query-language.ar.md")
_CELLS = re.compile(r"(?<!\\)\|")


def cells_of(page: Path) -> list[list[str]]:
    """The rows of a page's table of operators."""
    lines = page.read_text("utf-8").splitlines()
    rows = ([cell.strip().replace("\\|", "|") for cell in _CELLS.split(line)[1:-1]] for line in lines)
    return [cells for cells in rows if len(cells) == 6 and cells[3][:1].isdecimal()]


@cache
def _examples(page: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each example of a page's table with the articles it says it finds."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for cells in cells_of(page):
        for query, articles in ((cells[2], cells[3]), (cells[4], cells[5])):
            found.append((query.removeprefix("`").removesuffix("`"), tuple(articles.split())))
    return tuple(found)


@pytest.mark.parametrize(("query", "articles"), _examples(PAGES[0]))
def test_an_example_of_the_documentation_finds_the_articles_of_its_row(
    engine: Engine, query: str, articles: tuple[str, ...]
) -> None:
    parsed = parse(query, today=TODAY)
    rewriter = Rewriter(Analyzer.default(), lambda field, prefix, limit: engine.terms(field, prefix, limit=limit))
    found = engine.search(rewriter.plan(parsed.tree).match, limit=1000)
    ids = sorted(stored.id.removeprefix("sample-") for stored in engine.load([match.ref for match in found.matches]))
    assert tuple(ids) == articles
    assert not parsed.remarks


def test_there_are_examples_of_every_operator() -> None:
    assert len(_examples(PAGES[0])) >= 56


def test_both_pages_have_the_same_examples() -> None:
    assert _examples(PAGES[0]) == _examples(PAGES[1])


@pytest.mark.parametrize("page", PAGES)
def test_every_field_is_documented_by_both_its_names(page: Path) -> None:
    text = page.read_text("utf-8")
    assert set(FIELD_NAMES) == DATE_FIELDS.union(NAME_FIELDS, TEXT_FIELDS)
    for names in FIELD_NAMES.values():
        arabic, english = names.split()[0], names.split()[-1]
        assert f"`{arabic}:` `{english}:`" in text


@pytest.mark.parametrize("page", PAGES)
def test_every_remark_is_documented(page: Path) -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", page.read_text("utf-8"), re.MULTILINE))
    assert documented == KINDS
