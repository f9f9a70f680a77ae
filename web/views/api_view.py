"""The tables of the API → what the page about it shows: each address with its parameters and a command that works.

In: the site's `Links`, absolute, and a query and an article of the index at hand. Out: an `ApiView`. Pure; called by
`web/routes/api_page.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import quote

from search.limits import MOST_LISTED
from search.pages.plurals import number
from web.addresses.links import Links
from web.addresses.parameters import Kind, Parameter
from web.api import operations
from web.api.error_codes import ERROR_CODES
from web.api.operations import OPERATIONS, Operation
from web.messages.table import say


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter: its name, which values it takes, what it means; whether it must be given."""

    name: str
    values: str
    meaning: str
    needed: bool


@dataclass(frozen=True, slots=True)
class OperationView:
    """An address: its anchor on the page, what it is for, its parameters, the schemas of its answers, an example."""

    path: str
    anchor: str
    summary: str
    parameters: tuple[ParameterRow, ...]
    answers: tuple[str, ...]
    example: str

    @property
    def command(self) -> str:
        """The example as a command, whose quotation marks hold in every shell."""
        return f"curl '{self.example}'"


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A code of an error, its status, and what it means."""

    code: str
    status: int
    meaning: str


@dataclass(frozen=True, slots=True)
class ApiView:
    """The page."""

    document: str
    operations: tuple[OperationView, ...]
    errors: tuple[ErrorRow, ...]
    cursors: str
    cursor_command: str


def build_api_view(links: Links, *, query: str, article: str | None) -> ApiView:
    """The page with commands for this query and this article, None where the index has none."""
    language, root = links.language, links.root
    shown = tuple(_operation(each, root, language, query, article) for each in OPERATIONS)
    errors = tuple(ErrorRow(each.code, each.status, each.ar if language == "ar" else each.en) for each in ERROR_CODES)
    cursors = say(language, "api_cursors_lead", most=number(MOST_LISTED))
    first = f"{root}{operations.SEARCH.path}?cursor=*&limit=100&q={_written(query)}"
    return ApiView(f"{root}{operations.OPENAPI.path}", shown, errors, cursors, f"curl '{first}'")


def _operation(operation: Operation, root: str, language: str, query: str, article: str | None) -> OperationView:
    return OperationView(
        operation.path,
        operation.name,
        operation.ar if language == "ar" else operation.en,
        tuple(_row(each, operation, language) for each in operation.parameters),
        tuple(_type_name(each) for each in operation.answers if isinstance(each, type)),
        _example(operation, root, query, article or "1"),
    )


def _row(parameter: Parameter, operation: Operation, language: str) -> ParameterRow:
    said = [_values(parameter, language)]
    if parameter.values > 1:
        said.append(say(language, "api_many", most=number(parameter.values)))
    if parameter.default is not None:
        said.append(say(language, "api_default", value=parameter.default))
    between = "؛ " if language == "ar" else "; "
    meaning = parameter.ar if language == "ar" else parameter.en
    return ParameterRow(parameter.name, between.join(said), meaning, parameter in operation.needs)


def _values(parameter: Parameter, language: str) -> str:
    if parameter.kind is Kind.NUMBER and parameter.least >= 0:
        return say(language, "api_range", least=number(parameter.least), most=number(parameter.most))
    if parameter.kind is Kind.NUMBER:
        return say(language, "api_number")
    if parameter.kind is Kind.TEXT:
        return say(language, "api_characters", most=number(parameter.longest))
    return (
        say(language, "api_switch") if parameter.kind is Kind.SWITCH else say(language, "and").join(parameter.choices)
    )


def _type_name(answer: Any) -> str:
    return "object" if get_args(answer) else str(answer.__name__)


def _example(operation: Operation, root: str, query: str, article: str) -> str:
    if operation is operations.ARTICLE and not {"", ".", ".."}.isdisjoint(article.split("/")):
        operation = operations.ARTICLE_BY_ID  # no path has such an id: browsers and curl resolve its dots
    path = f"{root}{operation.path}".replace("{id}", _written(article))
    asked = operation.example.format(query=_written(query), id=_written(article))
    return f"{path}?{asked}" if asked else path


def _written(text: str) -> str:
    return quote(text, safe="", errors="replace")
