"""The help page: the query language's table, with examples that this index answers. Registered by `web/app.py`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from search.examples.index_examples import Examples
from search.pages.plurals import counted
from search.pages.records import SearchRequest
from search.query.guide.sections import SECTIONS, Row, Section
from web.addresses.links import Links
from web.site import links, site

help = Blueprint("help", __name__)


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A query that leads to its results; without `url` it only shows how the operator is typed."""

    query: str
    url: str | None
    count: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One way of writing; form and meaning have code between backticks."""

    form: str
    meaning: str
    examples: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the page and its address in it."""

    anchor: str
    title: str
    more: str
    rows: tuple[RowView, ...]


@help.get("/help")
def page() -> str:
    """What can be typed into the search box."""
    address = links()
    found = site().service().examples(address.language)
    sections = tuple(_section(section, found, address) for section in SECTIONS)
    return render_template("help.html", sections=sections, advanced=address.about("/advanced"))


def _section(section: Section, found: Examples, address: Links) -> SectionView:
    arabic = address.language == "ar"
    return SectionView(
        section.anchor,
        section.title_ar if arabic else section.title_en,
        section.more_ar if arabic else section.more_en,
        tuple(_row(row, found, address) for row in section.rows),
    )


def _row(row: Row, found: Examples, address: Links) -> RowView:
    live = tuple(
        ExampleView(
            example.query,
            address.search(SearchRequest(example.query)),
            counted(example.articles, "article", address.language),
        )
        for example in found.get(row.form, ())
    )
    arabic = address.language == "ar"
    return RowView(
        row.form, row.ar if arabic else row.en, live or (ExampleView(row.arabic if arabic else row.latin, None, ""),)
    )
