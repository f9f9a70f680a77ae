"""Requests that schemathesis makes of the OpenAPI document of a site, in this process, and what is wrong with answers.

Called by `tests/web/test_api_conformance.py` with some dozens of requests an address, and by
`python -m tests.bench.conformance` with as many as are asked for.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from unittest.mock import patch

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.api.openapi import openapi_document
from web.routes import api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = {
    GenerationMode.POSITIVE: CHECKS,
    GenerationMode.NEGATIVE: [*CHECKS, negative_data_rejection],
}


def operations_of(app: Flask) -> dict[str, APIOperation]:
    """The addresses of the document, whose objects have no keys but those described, by their path."""
    with patch.object(api, "openapi_document", partial(openapi_document, closed=True)):
        schema = schemathesis.openapi.from_wsgi("/api/openapi.json?lang=en", app)
    return {found.ok().path: found.ok() for found in schema.get_all_operations()}


def _has_blank(case: schemathesis.Case) -> bool:
    """Whether a value is empty, which counts as none, and is so no value against the document."""
    values = [each for value in case.query.values() for each in (value if isinstance(value, list) else [value])]
    return not values or any(not str(value).strip() for value in values)


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
        case.validate_response(response, checks=CHECKS if _has_blank(case) else MODES[mode])

    ask()
    return answered
