"""What is quicker than the standard library writes the same."""

from __future__ import annotations

import html
from urllib.parse import quote, quote_plus

from hypothesis import example, given
from hypothesis import strategies as st

from web.addresses.links import Links
from web.text.escaping import escape

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
@example("قال: <b class=\"x\">'نعم' & لا</b>")
def test_a_text_is_escaped_as_the_standard_library_escapes_it(text: str) -> None:
    assert escape(text) == html.escape(text)


@given(ANY_TEXT)
@example("سوق الأسهم +5% & «عكاظ»")
def test_the_value_of_an_address_is_quoted_as_the_standard_library_quotes_it(text: str) -> None:
    assert Links().at("/search", (("q", text),)) == f"/search?q={quote_plus(text, errors='replace')}"


@given(ANY_TEXT)
@example("http://aawsat.com/home/article/1/هل-تعود؟")
def test_an_id_in_a_path_is_quoted_as_the_standard_library_quotes_it(id: str) -> None:
    address = Links().alone(id)
    if "?" not in address:  # else it cannot stand in a path
        assert address == f"/article/{quote(id, safe='/:@!$()*,~', errors='replace')}"
