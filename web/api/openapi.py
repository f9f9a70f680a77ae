"""The tables of the API → its OpenAPI 3.1 document.

In: the address of the site and a language, "ar" or "en". Out: a dictionary of JSON types. Parameters come from the rows
by which requests are checked, schemas from the types of `web/api/answers.py`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

import msgspec

from web.addresses.parameters import Kind, Parameter
from web.api import operations
from web.api.answers import ErrorAnswer
from web.api.error_codes import ERROR_CODES, ErrorCode
from web.api.operations import OPERATIONS, Operation

VERSION: Final = "1.0.0"  # of the API: the first number is raised when a program that relied on it must change
_REFERENCE: Final = "#/components/schemas/{name}"
_JSON: Final = "application/json"
_SUGGESTIONS: Final = "application/x-suggestions+json"
_ETAG: Final = {"description": "Send it back as If-None-Match.", "schema": {"type": "string"}}


def openapi_document(root: str, language: str, *, title: str, closed: bool = False) -> dict[str, Any]:
    """The document. closed: whether objects may have no keys but those described, to which tests hold answers; programs
    should pass over keys that they do not know."""
    arabic = language == "ar"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "summary": "بحث في أرشيف أخبار عربية" if arabic else "Search in an archive of Arabic news",
            "description": f"Kashaf {version('kashaf')}",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": root or "/"}],
        "paths": {each.path: _path(each, arabic=arabic) for each in OPERATIONS},
        "components": {"schemas": _schemas(closed=closed)},
    }


def _path(operation: Operation, *, arabic: bool) -> dict[str, Any]:
    shown = [_parameter(each, operation, arabic=arabic) for each in operation.parameters]
    if "{id}" in operation.path:
        shown.insert(0, _path_parameter(arabic=arabic))
    return {
        "get": {
            "operationId": operation.name,
            "summary": operation.ar if arabic else operation.en,
            "parameters": shown,
            "responses": {"200": _answer(operation), **_failures(operation, arabic=arabic)},
        }
    }


def _parameter(parameter: Parameter, operation: Operation, *, arabic: bool) -> dict[str, Any]:
    one = _schema(parameter)
    several = {"type": "array", "items": one, "maxItems": parameter.values}
    needed = parameter in operation.needs
    found = {
        "name": parameter.name,
        "in": "query",
        "required": needed,
        "description": parameter.ar if arabic else parameter.en,
        "schema": several if parameter.values > 1 else one,
    }
    if not needed:
        found["allowEmptyValue"] = True  # it counts as none
    else:
        found["schema"] = one | {"minLength": 1}
    if parameter.example is not None:
        found["example"] = [parameter.example] if parameter.values > 1 else parameter.example
    return found


def _schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.kind is Kind.NUMBER:
        found: dict[str, Any] = {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
        return found if parameter.default is None else found | {"default": int(parameter.default)}
    if parameter.kind is Kind.TEXT:
        return {"type": "string", "maxLength": parameter.longest}
    found = {"type": "string", "enum": list(parameter.choices)}
    return found if parameter.default is None else found | {"default": parameter.default}


def _path_parameter(*, arabic: bool) -> dict[str, Any]:
    said = "معرّف المقال، مرمّزا للعناوين." if arabic else "The id of the article, percent-encoded."
    return {"name": "id", "in": "path", "required": True, "description": said, "schema": {"type": "string"}}


def _answer(operation: Operation) -> dict[str, Any]:
    schemas = [_shown_schema(each) for each in operation.answers]
    content = {_JSON: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}}
    if operation is operations.SUGGEST:
        content = {_JSON: {"schema": schemas[0]}, _SUGGESTIONS: {"schema": schemas[1]}}
    return {"description": "OK", "headers": {"ETag": _ETAG}, "content": content}


def _shown_schema(answer: Any) -> dict[str, Any]:
    (found,), _ = msgspec.json.schema_components([answer], ref_template=_REFERENCE)
    return found


def _failures(operation: Operation, *, arabic: bool) -> dict[str, Any]:
    allowed = {*operation.fails, *operations.ANY}
    found: dict[int, list[ErrorCode]] = {}
    for each in ERROR_CODES:
        if each.code in allowed:
            found.setdefault(each.status, []).append(each)
    content = {_JSON: {"schema": {"$ref": _REFERENCE.format(name="ErrorAnswer")}}}
    return {
        str(status): {
            "description": "\n".join(f"- `{each.code}`: {each.ar if arabic else each.en}" for each in codes),
            "content": content,
        }
        for status, codes in found.items()
    }


@lru_cache(maxsize=2)
def _schemas(*, closed: bool) -> dict[str, Any]:
    types = [each for operation in OPERATIONS for each in operation.answers]
    _, found = msgspec.json.schema_components([*types, ErrorAnswer], ref_template=_REFERENCE)
    for schema in found.values():
        if not closed and schema.get("additionalProperties") is False:
            schema["additionalProperties"] = True
    return found
