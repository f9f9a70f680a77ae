"""A real site over the bundled sample, and Debian's Chromium to look at it.

The site is `kashaf demo`, as a newcomer starts it. Without a browser the tests are left out with one line; in CI that
is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.running import CHROMIUM, QUIET, find_chromium, running

DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a running demo, without the slash at its end."""
    with running("demo") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each page of it gets a profile of its own."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Chromium is not installed: apt-get install {CHROMIUM[0]}")
        pytest.skip("Chromium is not installed: the browser tests are left out")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a desktop; the test fails if its console complains, for instance of the security policy."""
    context = browser.new_context(viewport=DESKTOP, base_url=site)  # type: ignore[arg-type]
    complaints: list[str] = []
    opened = context.new_page()
    opened.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []
