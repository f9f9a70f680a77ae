"""An article's body as blocks: paragraphs, sub-headings, captions in another script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.pages.records import HighlightedText, Segment, plain_text
from web.views.article_blocks import blocks

PARAGRAPH = "وقال مسؤول في غرفة عمليات الإنقاذ إن السفينة أرسلت نداء استغاثة عند الساعة الثانية صباحا بالتوقيت المحلي."


def kinds(*lines: str) -> list[str]:
    return [block.kind for block in blocks((Segment("\n".join(lines)),))]


def test_a_short_line_without_a_full_stop_between_paragraphs_is_a_sub_heading() -> None:
    assert kinds(PARAGRAPH, "", "إعلان النصر", PARAGRAPH) == ["paragraph", "heading", "paragraph"]


def test_a_short_sentence_is_a_paragraph() -> None:
    assert kinds(PARAGRAPH, "انتهى الاجتماع.", PARAGRAPH) == ["paragraph"] * 3
    assert kinds(PARAGRAPH, "وأضاف الوزير:", PARAGRAPH) == ["paragraph"] * 3


def test_the_first_line_and_the_last_are_no_sub_headings() -> None:
    assert kinds("القاهرة", PARAGRAPH, "انتهى") == ["paragraph"] * 3


def test_short_lines_in_a_row_are_a_list() -> None:
    assert kinds(PARAGRAPH, "أولا الماء", "ثانيا الكهرباء", "ثالثا الطرق") == ["paragraph"] * 4


def test_a_line_in_another_script_is_a_caption_that_runs_from_the_left() -> None:
    (_, caption, _) = blocks((Segment(f"{PARAGRAPH}\nA view of western Mosul, May 29, 2017.\n{PARAGRAPH}"),))
    assert (caption.kind, caption.direction) == ("caption", "ltr")


def test_a_highlighted_word_stays_highlighted_in_its_block() -> None:
    first, second = blocks((Segment("زار "), Segment("الموصل\nالموصل", True), Segment(" القديمة\n")))
    assert first.text == (Segment("زار "), Segment("الموصل", True))
    assert second.text == (Segment("الموصل", True), Segment(" القديمة"))


def test_a_dateline_on_a_line_of_its_own_is_a_block_also_below_a_headline() -> None:
    assert kinds("عين اليوم – متابعات", PARAGRAPH) == ["dateline", "paragraph"]
    assert kinds("ممنوع الأغاني", "طلال عبدالله ـ دبي", PARAGRAPH) == ["paragraph", "dateline", "paragraph"]


def test_a_dateline_before_the_first_sentence_is_set_apart_from_it() -> None:
    (block,) = blocks((Segment("الرياض", True), Segment(f" - واس: {PARAGRAPH}")))
    assert (block.kind, plain_text(block.head), plain_text(block.text)) == ("paragraph", "الرياض - واس:", PARAGRAPH)
    assert block.head[0].highlighted


def test_a_writer_whom_the_article_names_stands_in_the_dateline() -> None:
    (block,) = blocks((Segment(f"دبي: رانيا الغزاوي {PARAGRAPH}"),), writers=("رانيا الغزاوي",))
    assert (plain_text(block.head), plain_text(block.text)) == ("دبي: رانيا الغزاوي", PARAGRAPH)


def test_the_rest_of_a_long_article_begins_with_no_dateline() -> None:
    (block,) = blocks((Segment(f"الرياض - واس: {PARAGRAPH}"),), beginning=False)
    assert block.head == ()


def test_a_line_that_begins_as_a_caption_is_a_caption_set_from_the_right() -> None:
    for line in ("جانب من الحضور", "تصوير: علي الزهراني", "الصورة: وصول الوفد", "مشاهد دمار في الموصل (رويترز)"):
        (_, caption, _) = blocks((Segment(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}"),))
        assert (caption.kind, caption.direction) == ("caption", "rtl")
    assert kinds(PARAGRAPH, "جانب من ما قاله الوزير في المؤتمر كان مفاجئا للحاضرين.", PARAGRAPH) == ["paragraph"] * 3


TEXTS = st.text(st.sampled_from("أب \n\r\u2028x."), max_size=12)


@given(st.lists(st.builds(Segment, TEXTS, st.booleans()), max_size=6).map(tuple))
def test_no_letter_is_lost_and_no_block_is_empty(body: HighlightedText) -> None:
    found = blocks(body)
    assert "".join("".join((plain_text(b.head) + plain_text(b.text)).split()) for b in found) == "".join(
        plain_text(body).split()
    )
    assert all(plain_text(block.text).strip() for block in found)
