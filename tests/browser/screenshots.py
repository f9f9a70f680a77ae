"""`make screenshots`: every kind of page at two widths, light and dark, in both languages, as a picture each.

Over the bundled sample, or over the index that KASHAF_INDEX names. Writes screenshots/KIND-LANGUAGE-WIDTH-SCHEME.png.
"""

from __future__ import annotations

import os
import shutil
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.page_kinds import PageKind, page_kinds
from tests.browser.running import CHROMIUM, QUIET, ROOT, find_chromium, running

FOLDER = ROOT / "screenshots"
WIDTHS = (390, 1280)
HEIGHT = 900


def main() -> None:
    """Takes them all; what was there before is replaced."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(f"Chromium is not installed: apt-get install {CHROMIUM[0]}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    index = os.environ.get("KASHAF_INDEX")
    with running(*(("serve", "--index", index) if index else ("demo",))) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        kinds = page_kinds(site)
        for language, width, scheme in product(("ar", "en"), WIDTHS, ("light", "dark")):
            _take(browser, site, kinds, language=language, width=width, scheme=scheme)
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures of {len(kinds)} kinds of page in {FOLDER}")


def _take(browser: Browser, site: str, kinds: list[PageKind], *, language: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    for kind in kinds:
        page.goto(in_language(kind.path, language))
        if kind.opened and (opener := page.locator(kind.opened)).first.is_visible():
            opener.first.click()
        page.screenshot(path=picture(kind, language, width, scheme), full_page=True)
    context.close()


def in_language(path: str, language: str) -> str:
    """The page in this language."""
    return path if language == "ar" else f"{path}{'&' if '?' in path else '?'}lang={language}"


def picture(kind: PageKind, language: str, width: int, scheme: str) -> Path:
    """Where the picture of a page goes."""
    return FOLDER / f"{kind.name}-{language}-{width}-{scheme}.png"


if __name__ == "__main__":
    main()
