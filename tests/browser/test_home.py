"""The home page in a real browser: its parts stand one below another in the middle of the page."""

import pytest

from tests.browser.conftest import View

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_sign_box_and_links_stand_in_the_middle(view: View, width: int) -> None:
    page = view(width)
    page.goto("/")
    boxes = [page.locator(f".hero {part}").bounding_box() for part in (".sign", ".tagline", ".search", ".beside")]
    placed = [box for box in boxes if box is not None]
    assert len(placed) == len(boxes)
    for box in placed:
        assert abs(box["x"] + box["width"] / 2 - width / 2) < 8
    assert [box["y"] for box in placed] == sorted(box["y"] for box in placed)
