"""What a browser asks for when it shows a page: nothing of other sites, and little."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.page_kinds import page_kinds
from tests.web.weight import MOST

pytestmark = pytest.mark.browser

TOGETHER = 8  # pages that are open at the same time


def test_no_kind_of_page_asks_anything_of_another_site(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    kinds = page_kinds(site)
    pages = [context.new_page() for _ in range(TOGETHER)]
    for first in range(0, len(kinds), TOGETHER):
        for page, kind in zip(pages, kinds[first:], strict=False):
            page.goto(kind.path)
        for page in pages:  # each has asked while the others came
            page.wait_for_load_state("networkidle")
    context.close()
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith(f"{site}/")] == []


@pytest.mark.parametrize("path", ["/search?q=في", "/search", "/search?q=في&lang=en"])
def test_a_page_of_results_and_all_it_loads_are_under_60_kb_gzipped(browser: Browser, site: str, path: str) -> None:
    page = browser.new_page(base_url=site)  # with nothing in its cache
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.locator(".hit").count() > 5 and len(answers) >= 4
    sent = sum(len(gzip.compress(answer.body(), 6)) for answer in answers)
    page.close()
    assert sent < MOST
