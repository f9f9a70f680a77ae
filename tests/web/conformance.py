"""Requests that schemathesis makes of the OpenAPI document of a site, in this process, and what is wrong with answers.

Called by `tests/web/test_api_conformance.py` with some dozens of requests an address, and by
`python -m tests.bench.conformance` with as many as are asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

import schemathesis
from flask import Flask, request
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.api.openapi import openapi_document
from web.routes import api

_ARRIVED = "query string that arrived last"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def operations_of(app: Flask) -> dict[str, APIOperation]:
    """The addresses of the document, whose objects have no keys but those described, by their path."""

    @app.before_request
    def note_what_arrived() -> None:
        app.extensions[_ARRIVED] = request.query_string.decode("latin-1")

    with patch.object(api, "openapi_document", partial(openapi_document, closed=True)):
        schema = schemathesis.openapi.from_wsgi("/api/openapi.json?lang=en", app)
    return {found.ok().path: found.ok() for found in schema.get_all_operations()}


def breaks(path: str, query: str) -> bool:
    """Whether a query string is against the document, as far as it can be told from the string.

    schemathesis judges what it meant to send: of a boolean in the place of a text the text "false" arrives, of
    an object some text.
    """
    rows = openapi_document("", "en", title="")["paths"][path]["get"]["parameters"]
    named = {row["name"]: row for row in rows if row["in"] == "query"}
    given = parse_qs(query, keep_blank_values=True)
    missing = any(row["required"] and not "".join(given.get(name, [])).strip() for name, row in named.items())
    return missing or any(name not in named or _wrong(values, named[name]["schema"]) for name, values in given.items())


def _wrong(values: list[str], schema: dict[str, Any]) -> bool:
    told = [value for value in values if value.strip()]
    one = schema.get("items", schema)
    if len(told) > schema.get("maxItems", 1):
        return True
    if one["type"] == "integer":
        numbers = [int(value) if re.fullmatch(r"\s*[-+]?\d{1,20}\s*", value) else None for value in told]
        return any(each is None or not one["minimum"] <= each <= one["maximum"] for each in numbers)
    return any(
        value.strip() not in one.get("enum", [value.strip()]) or len(value) > one.get("maxLength", 9e9)
        for value in told
    )


def try_operation(operation: APIOperation, mode: GenerationMode, *, cases: int, seeded: bool = True) -> Counter[int]:
    """Ask for `cases` answers of this address and check each; status → how often it was answered.

    mode: whether the requests are as the document wants them, or not. Raises what schemathesis finds wrong.
    """
    answered: Counter[int] = Counter()

    @settings(
        max_examples=cases,
        deadline=None,
        derandomize=seeded,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        response = case.call(headers={"Accept-Encoding": "identity"})  # which WSGI calls would not unpack
        answered[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)
        arrived = operation.app.extensions[_ARRIVED]
        if breaks(operation.path, arrived):
            assert response.status_code in {400, 404, 405}, f"{response.status_code} for {operation.path}?{arrived}"

    ask()
    return answered
