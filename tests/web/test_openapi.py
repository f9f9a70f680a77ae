"""The OpenAPI document describes what the API takes and answers, and the page /api shows it."""

from __future__ import annotations

import re
from typing import Any, get_args

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from search.pages.sentences import LANGUAGES
from search.service import SearchService
from search.settings import Settings
from web import app as application
from web.addresses import parameters
from web.addresses.parameters import Parameter
from web.api import answers, operations
from web.api.openapi import openapi_document
from web.api.operations import OPERATIONS


@pytest.fixture
def real(sample_service: SearchService) -> FlaskClient:
    """The site over the bundled sample."""
    return application.create_app(Settings(), sample_service).test_client()


def got(client: FlaskClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/api/search?q=القمح&explain=1", answers.SearchAnswer),
        ('/api/search?q=وزراء الخارجيه date:2013..2030 "قمح&facets=0', answers.SearchAnswer),
        ("/api/search?q=ققققق", answers.SearchAnswer),
        ("/api/search?q=في&cursor=*&explain=1", answers.CursorAnswer),
        ("/api/suggest?q=ال", answers.SuggestAnswer),
        ("/api/compare?q=في&q=القمح&q=ققققق", answers.CompareAnswer),
        ("/api/compare", answers.CompareAnswer),
        ("/api/coverage", answers.CoverageAnswer),
        ("/api/info", answers.InfoAnswer),
    ],
)
def test_answers_are_as_they_are_described_to_the_last_key(real: FlaskClient, url: str, kind: type) -> None:
    msgspec.convert(got(real, url), kind)


def test_an_article_and_a_failure_are_as_they_are_described(real: FlaskClient) -> None:
    id = got(real, "/api/search?limit=1")["hits"][0]["id"]
    msgspec.convert(got(real, f"/api/articles/{id}?q=في"), answers.ArticleAnswer)
    msgspec.convert(real.get("/api/articles/none").json, answers.ErrorAnswer)


def test_the_document_has_every_address_of_the_api_and_no_other(client: FlaskClient) -> None:
    served = {str(rule) for rule in client.application.url_map.iter_rules() if str(rule).startswith("/api/")}
    written = {rule.replace("<anything:id>", "{id}").rstrip("/") for rule in served} - {"/api"}
    older = {"/api/article", "/api/article/{id}"}  # stay, and are not advertised
    assert written - older == set(got(client, "/api/openapi.json")["paths"])


def test_every_parameter_of_the_table_is_taken_somewhere() -> None:
    table = {value for value in vars(parameters).values() if isinstance(value, Parameter)}
    assert table == {each for operation in OPERATIONS for each in operation.parameters}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_every_parameter_takes_its_bounds_and_nothing_beyond(
    real: FlaskClient, operation: operations.Operation
) -> None:
    for parameter in operation.parameters:
        if parameter.kind is parameters.Kind.NUMBER and parameter.name != "group":
            asked = {parameter.least: 200, parameter.least - 1: 400, parameter.most + 1: 400}
            for value, status in asked.items():
                url = operation.path.replace("{id}", got(real, "/api/search?limit=1")["hits"][0]["id"])
                given = {parameter.name: str(value)} | {each.name: "x" for each in operation.needs}
                answer = real.get(url, query_string=given)
                assert answer.status_code == status or answer.json["error"]["code"] == "no_such_article"  # type: ignore[index]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_closed_for_tests_and_open_for_programs(language: str) -> None:
    kept = openapi_document("https://a.example", language, title="كشّاف")["components"]["schemas"]
    closed = openapi_document("https://a.example", language, title="كشّاف", closed=True)["components"]["schemas"]
    assert kept.keys() == closed.keys() and len(kept) > 15
    assert {schema["additionalProperties"] for schema in kept.values()} == {True}
    assert {schema["additionalProperties"] for schema in closed.values()} == {False}
    assert all(set(schema["properties"]) - {"reasons"} == set(schema["required"]) for schema in kept.values())


def test_all_that_is_referred_to_is_there(client: FlaskClient) -> None:
    text = client.get("/api/openapi.json?lang=en").text
    named = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert named and named <= got(client, "/api/openapi.json")["components"]["schemas"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_address_with_a_command_that_works(real: FlaskClient, language: str) -> None:
    page = html.fromstring(real.get(f"/api?lang={language}").text)
    commands = [node.text_content() for node in page.xpath("//pre[@class='command']")]
    assert len(commands) == len(OPERATIONS) + 1
    for command in commands:
        address = re.fullmatch(r"curl 'http://localhost(/api/[^' ]+)'", command)
        assert address and real.get(address[1]).status_code == 200
    assert real.get(f"/api/?lang={language}").status_code == 200
    assert page.xpath("//footer//a[starts-with(@href, '/api')]")


def test_names_of_answers_on_the_page_are_schemas_of_the_document() -> None:
    schemas = openapi_document("", "en", title="x")["components"]["schemas"]
    named = {each.__name__ for op in OPERATIONS for each in op.answers if isinstance(each, type) and not get_args(each)}
    assert named <= schemas.keys()
