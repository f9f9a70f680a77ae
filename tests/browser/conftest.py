"""A real site over the bundled sample, and Debian's Chromium to look at it.

The site is `kashaf demo`, as a newcomer starts it. Without a browser the tests are left out with one line; in CI that
is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

import corpus
from tests.bench.processes import kashaf
from tests.browser.running import CHROMIUM, QUIET, find_chromium, running

DESKTOP = {"width": 1280, "height": 900}
View = Callable[..., Page]


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo, without the slash at its end.

    KASHAF_TEST_ENGINE=opensearch has the same sample on a cluster, behind `kashaf serve`.
    """
    if os.environ.get("KASHAF_TEST_ENGINE") != "opensearch":
        with running("demo") as address:
            yield address
        return
    addresses, place = request.getfixturevalue("cluster"), tmp_path_factory.mktemp("on-a-cluster") / "index"
    name = f"browsed-{uuid4().hex}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KASHAF_CLUSTER", addresses)
        patched.setenv("KASHAF_CLUSTER_INDEX", name)
        kashaf("index", "--engine", "opensearch", "--index", place, corpus.ARTICLES)
        with running("serve", "--index", str(place)) as address:
            yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Chromium is not installed: apt-get install {CHROMIUM[0]}")
        pytest.skip("Chromium is not installed: the browser tests are left out")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def view(browser: Browser, site: str) -> Iterator[View]:
    """Gives a page as wide and coloured as asked for: to open one takes Chromium longer than most of what it shows.

    Tests share two such pages, one of them without JavaScript, and so leave nothing in them.
    """
    opened: dict[bool, Page] = {}

    def viewed(
        width: int = 1280, *, height: int = 900, javascript: bool = True, scheme: str = "light", forced: str = "none"
    ) -> Page:
        if javascript not in opened:
            opened[javascript] = browser.new_context(base_url=site, java_script_enabled=javascript).new_page()
        page = opened[javascript]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="null", color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
        return page

    yield viewed
    for page in opened.values():
        page.context.close()


@pytest.fixture(scope="session")
def _desktop(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, base_url=site)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def page(_desktop: Page) -> Iterator[Page]:
    """A page on a desktop that keeps nothing of the test before; the test fails if its console complains."""
    _desktop.goto("/healthz")
    _desktop.evaluate("localStorage.clear(); sessionStorage.clear()")
    with _without_complaints(_desktop):
        yield _desktop


@pytest.fixture
def own_page(browser: Browser, site: str) -> Iterator[Page]:
    """The same with a profile of its own, for a test that changes what the browser allows or does."""
    context = browser.new_context(viewport=DESKTOP, base_url=site)  # type: ignore[arg-type]
    opened = context.new_page()
    with _without_complaints(opened):
        yield opened
        context.close()


@contextmanager
def _without_complaints(page: Page) -> Iterator[None]:
    """Fails if the page's console complains meanwhile, for instance of the security policy."""
    complaints: list[str] = []

    def of_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def of_script(error: Error) -> None:
        complaints.append(str(error))

    page.on("console", of_console)
    page.on("pageerror", of_script)
    yield
    page.remove_listener("console", of_console)
    page.remove_listener("pageerror", of_script)
    assert complaints == []
