"""Whatever schemathesis makes of the OpenAPI document, the API answers as the document says, and never 500."""

from __future__ import annotations

import pytest
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation

from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, sample_articles
from tests.web.conformance import breaks, operations_of, try_operation
from web.api.operations import OPENAPI, OPERATIONS
from web.app import create_app

CASES = 8  # requests of each kind for each address
PATHS = [operation.path for operation in OPERATIONS if operation is not OPENAPI]  # which schemathesis leaves out


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, APIOperation]:
    kept = Settings(index=build_index(tmp_path_factory.mktemp("conformance") / "index", sample_articles()))
    return operations_of(create_app(kept, SearchService.open(kept)))


@pytest.mark.parametrize("path", PATHS)
def test_requests_as_the_document_wants_them_are_answered_as_it_says(
    described: dict[str, APIOperation], path: str
) -> None:
    answered = try_operation(described[path], GenerationMode.POSITIVE, cases=CASES)
    assert answered[200] or path.startswith("/api/articles")


@pytest.mark.parametrize("path", PATHS)
def test_requests_against_the_document_are_refused(described: dict[str, APIOperation], path: str) -> None:
    answered = try_operation(described[path], GenerationMode.NEGATIVE, cases=CASES)
    assert sum(answered.values()) >= 1 and answered.keys() <= {200, 400, 404, 405}


def test_a_query_string_is_known_to_be_against_the_document() -> None:
    for query in (
        "x=1",
        "limit=a",
        "sort=best",
        "q=1&q=2",
        "names=2",
        f"q={'x' * 2001}",
        "source=" + "&source=".join("x" * 51),
    ):
        assert breaks("/api/search", query)
    for query in ("", "limit=", "q=false&section=null&limit=3&sort=newest&group=-1152921504606846975"):
        assert not breaks("/api/search", query)
    assert breaks("/api/articles", "q=x") and not breaks("/api/articles", "id=x")
