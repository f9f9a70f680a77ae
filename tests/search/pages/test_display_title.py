"""What an article without a title is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.pages.display_title import LONGEST, display_title, is_untitled

SENTENCE = "افتتح وزير الصحة مستشفى جديدا في المدينة"


def called(body: str, **more: str) -> str:
    return display_title(Article("id-1", "", body, **more))  # type: ignore[arg-type]


def test_a_title_is_shown_as_it_is_on_one_line() -> None:
    article = Article("id-1", " عنوان\nالخبر ", SENTENCE)
    assert display_title(article) == "عنوان الخبر"
    assert not is_untitled(article)
    assert is_untitled(Article("id-1", "\n ", SENTENCE))


def test_the_first_sentence_ends_at_a_stop_a_mark_or_a_line_end() -> None:
    for end in (". وأضاف", "! وأضاف", "؛ وأضاف", "\nوأضاف", ".وأضاف"):
        assert called(SENTENCE + end) == SENTENCE + end[0].strip(".؛\n")
    assert called(f"{SENTENCE}؟ وأضاف") == f"{SENTENCE}؟"


def test_a_full_stop_in_a_number_or_behind_a_single_letter_ends_no_sentence() -> None:
    assert called("ارتفع المؤشر العام بنسبة 95 .1% أمس. وزاد") == "ارتفع المؤشر العام بنسبة 95 .1% أمس"
    assert called("أكدت الكاتبة المعروفة د . منى أن الكتاب صدر. وزادت") == "أكدت الكاتبة المعروفة د . منى أن الكتاب صدر"
    assert called("أعلنت شركة إتش . تي . سي أرباحها. وزادت") == "أعلنت شركة إتش . تي . سي أرباحها"


def test_a_long_sentence_is_cut_at_a_word() -> None:
    title = called("وزارة " * 40)
    assert title.endswith("وزارة…")
    assert len(title) <= LONGEST + 1
    assert called("و" * 300) == "و" * LONGEST + "…"


def test_a_very_short_beginning_is_shown_with_what_follows() -> None:
    assert called(f"(1)\n{SENTENCE}.") == f"(1) {SENTENCE}"


def test_datelines_and_the_line_of_the_author_are_skipped() -> None:
    assert called(f"دبي: «الخليج» {SENTENCE}.") == SENTENCE
    assert called(f"محمد الحويل\n{SENTENCE}.", author="محمد الحويل") == SENTENCE
    assert called(f"سبق- الرياض: {SENTENCE}.", author="سبق- الرياض:") == SENTENCE
    assert called("محمد الحويل", author="محمد الحويل") == "محمد الحويل"
    assert called(f"نيروبي:{SENTENCE}.") == SENTENCE
    written_by = {"persons": ("رانيا الغزاوي",)}
    assert display_title(Article("id-1", "", f"دبي: رانيا الغزاوي {SENTENCE}.", **written_by)) == SENTENCE


def test_without_title_and_body_the_address_or_the_id_is_shown() -> None:
    assert called(" ", url="https://example.org/1") == "https://example.org/1"
    assert called("") == "id-1"
    assert called("***\n...") == "id-1"


def test_marks_that_turn_the_direction_of_a_line_are_left_out() -> None:
    assert called("أقنعيه بالحسنى \u202e\u202cزوجي\u202e \u202cرفض سفري") == "أقنعيه بالحسنى زوجي رفض سفري"


@given(st.text(st.sampled_from("اب دز.!؟؛:\n-1\u202e«»"), max_size=200))
def test_a_made_title_is_one_line_that_is_never_empty_or_long(body: str) -> None:
    title = called(body)
    assert title.strip()
    assert "\n" not in title
    assert len(title) <= LONGEST + 1
