"""Which words only one of two texts has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.results.differences import differences


def own_words(older: str, newer: str) -> list[tuple[str, str]]:
    return [(run.kind, run.words) for run in differences(older, newer).runs]


def test_the_same_text_is_one_run() -> None:
    found = differences("افتتح الوزير المستشفى.", "افتتح الوزير المستشفى.")
    assert (found.same, [run.kind for run in found.runs]) == (True, ["same"])


def test_words_that_only_one_text_has_are_listed_in_reading_order() -> None:
    assert own_words("افتتح الوزير مستشفى كبيرا أمس", "افتتح وزير الصحة مستشفى كبيرا") == [
        ("same", "افتتح"),
        ("older", "الوزير"),
        ("newer", "وزير الصحة"),
        ("same", "مستشفى كبيرا"),
        ("older", "أمس"),
    ]


def test_a_comma_more_is_no_other_word_and_is_not_counted() -> None:
    found = differences("قال الوزير أمس", "قال الوزير، أمس")
    assert [(run.kind, run.words) for run in found.runs if run.kind != "same"] == [("newer", "،")]
    assert (found.older, found.newer) == (0, 0)


def test_harakat_belong_to_their_word() -> None:
    assert own_words("يوقع عقد", "يوقّع عقد") == [("older", "يوقع"), ("newer", "يوقّع"), ("same", "عقد")]


def test_only_the_first_words_of_a_long_text_are_compared() -> None:
    found = differences("كلمة " * 5, "كلمة " * 3, most=3)
    assert (found.cut, found.same) == (True, True)
    assert not differences("كلمة " * 3, "كلمة " * 3, most=3).cut


@given(st.text("اب ،\n", max_size=40), st.text("اب ،\n", max_size=40))
def test_what_is_shown_is_both_texts(older: str, newer: str) -> None:
    found = differences(older, newer)
    for kind, text in (("older", older), ("newer", newer)):
        shown = "".join(run.text for run in found.runs if run.kind in {kind, "same"})
        assert "".join(shown.split()) == "".join(text.split())
