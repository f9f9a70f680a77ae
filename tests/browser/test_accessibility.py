"""axe-core looks at every kind of page, in both languages, light and dark, narrow and wide: it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.page_kinds import PageKind, page_kinds
from tests.browser.screenshots import in_language

pytestmark = pytest.mark.browser

#: Language, width and colours; together they show each rule of the style sheet once.
LOOKS = [("ar", 1280, "light"), ("en", 390, "dark")]


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def looked_at(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[tuple[Page, str, list[str]]]:
    """A page in one look, its language, and what its console complains of."""
    language, width, scheme = request.param
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, language, complaints
    context.close()


def test_no_kind_of_page_has_a_fault_that_axe_knows_or_an_error_in_its_console(
    looked_at: tuple[Page, str, list[str]], site: str
) -> None:
    page, language, complaints = looked_at
    faults = [fault for kind in page_kinds(site) for fault in _faults(page, kind, language, complaints)]
    assert faults == []


def _faults(page: Page, kind: PageKind, language: str, complaints: list[str]) -> Iterator[str]:
    complaints.clear()
    answer = page.goto(in_language(kind.path, language))
    assert answer is not None and answer.status == kind.status
    if kind.opened and (opener := page.locator(kind.opened)).first.is_visible():
        opener.first.click()
    for fault in Axe().run(page).response["violations"]:
        places = ", ".join(str(node["target"]) for node in fault["nodes"][:3])
        yield f"{kind.name}: {fault['id']} ({fault['help']}) at {places}"
    refused = f"status of {kind.status} " if kind.status >= 400 else None  # the browser's own word about a failure page
    yield from (f"{kind.name}: {said}" for said in complaints if refused is None or refused not in said)


def test_a_fault_would_be_found(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content('<!doctype html><html lang="ar"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == ["image-alt"]
    context.close()
