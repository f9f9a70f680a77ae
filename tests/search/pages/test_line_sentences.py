"""Lines of the command line in Arabic and English."""

from __future__ import annotations

import pytest

from search.pages.line_sentences import LINES, line_text
from tests.search.pages.test_sentences import TANWIN, blanks


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    arabic, english = LINES["ar"], LINES["en"]
    assert arabic.keys() == english.keys()
    for key, sentence in arabic.items():
        assert {name for name, _ in blanks(sentence)} == {name for name, _ in blanks(english[key])}, key
        assert not TANWIN.search(sentence)


@pytest.mark.parametrize(
    ("left", "arabic"),
    [
        (1, "قارنا أول 4 أبحاث، وبقي خارج المقارنة بحث واحد"),
        (2, "قارنا أول 4 أبحاث، وبقي خارج المقارنة بحثان"),
        (11, "قارنا أول 4 أبحاث، وبقي خارج المقارنة 11 بحثا"),
    ],
)
def test_numbers_agree_with_their_nouns(left: int, arabic: str) -> None:
    assert line_text("dropped", "ar", limit=4, count=left) == arabic
