"""No chunk that is one of the forms is passed over, however it is spelled, and most others are."""

import pytest

from search.results.chunk_offsets import Chunks
from search.results.form_filter import FormFilter


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("اسره", "أسرة"),
        ("اسره", "«والأسره»،"),
        ("مسءول", "مسؤول"),
        ("مسءول", "مسئول"),
        ("عقد", "عَقْد"),
        ("عقد", "عــقد"),
        ("كيف", "کیف"),
        ("سلم", "\ufeb3\ufee0\ufee2"),
        ("سلم", "سل\u2060م"),
        ("عقد", "عق\u0615د"),
        ("ايه", "آية"),
    ],
)
def test_every_spelling_of_a_form_is_near_it(form: str, written: str) -> None:
    assert 1 in FormFilter([form]).near(Chunks(f"قال {written} أمس"))


def test_other_words_are_passed_over() -> None:
    chunks = Chunks("وقعت الشركة عقود إيجار مع البلدية أمس")
    assert FormFilter(["عقد"]).near(chunks) == set()
    assert FormFilter(["عقود", "برشلونه"]).near(chunks) == {2}


def test_a_word_with_one_of_the_runs_of_a_form_alone_is_passed_over() -> None:
    assert FormFilter(["سيتي"]).near(Chunks("سار الحَسن إلى سيتي، وسيتى")) == {3, 4}
