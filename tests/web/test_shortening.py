"""What a list shows of long titles and names, and how many long addresses a page carries."""

from __future__ import annotations

from search.pages.records import Segment
from web.text.shortening import LONGEST_ADDRESS, LONGEST_NAME, MOST_ADDRESSES, fitting, shortened, shortened_marked


def test_short_text_stays_as_it_is() -> None:
    assert shortened("وكالة الأنباء") == "وكالة الأنباء"
    assert shortened("س" * LONGEST_NAME) == "س" * LONGEST_NAME


def test_long_text_is_cut_between_words() -> None:
    assert shortened("الأمين العام للأمم المتحدة", 20) == "الأمين العام للأمم…"
    assert shortened("س" * 400) == "س" * LONGEST_NAME + "…"
    assert shortened("س " + "ع" * 400, 20) == "س " + "ع" * 18 + "…"


def test_what_is_left_of_a_title_stays_highlighted() -> None:
    marked = (Segment("قال "), Segment("محمد بن سالم", True), Segment(" إنه سيعود"))
    assert shortened_marked(marked, 12) == (Segment("قال "), Segment("محمد بن", True), Segment("…"))
    assert shortened_marked(marked, 200) == marked


def test_a_part_of_a_page_carries_so_many_bytes_of_addresses() -> None:
    assert fitting(["/search?q=x"] * 400) == 400
    assert fitting(["/" * 6_000] * 400) == MOST_ADDRESSES // 6_000
    assert fitting(["/short", "/" * (LONGEST_ADDRESS + 1), "/short"]) == 1
    assert fitting([]) == 0
