"""Candidates are one slip away, and what newspapers really mistype costs least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.repairs.corrections import COSTS, candidates, has_lengthened, is_correctable, may_be_candidate, splits
from tests.contracts.reference import levenshtein


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ضلام", "ظلام"),  # ض and ظ sound alike
        ("اوظاع", "اوضاع"),
        ("زبحه", "ذبحه"),
        ("اوذاع", "اوزاع"),
        ("جميييل", "جميل"),  # lengthened letters
        ("ممممتاز", "ممتاز"),
        ("االجتماع", "الاجتماع"),  # لا out of a PDF file
        ("االستقبال", "الاستقبال"),
        ("االحتالل", "الاحتلال"),
        ("سالح", "سلاح"),
    ],
)
def test_the_slips_of_newspapers_cost_nothing(typed: str, meant: str) -> None:
    assert candidates(typed)[meant] == 0


@pytest.mark.parametrize(
    ("likely", "unlikely", "typed"),
    [
        ("قمح", "قمر", "قمخ"),  # letters that differ by dots
        ("حكومه", "حكمته", "حكمه"),  # a long vowel left out
        ("انتصرت", "انتصره", "انتصرث"),
        ("اندلعت", "اندلعو", "اندلعه"),  # ة for ت at the end
        ("محكمه", "محكوم", "محكمهه"),  # a letter typed twice
        ("المدرسه", "الدرسه", "المدسره"),  # letters exchanged
        ("الاستقبالي", "الاستقبال", "الاستقباليي"),
        ("بستان", "لستان", "بستن"),
    ],
)
def test_a_likely_slip_costs_less_than_an_unlikely_one(likely: str, unlikely: str, typed: str) -> None:
    costs = candidates(typed)
    assert costs[likely] < costs.get(unlikely, 99)


@pytest.mark.parametrize(("typed", "lost", "contained"), [("دمق", "دمشق", "دم"), ("الفط", "النفط", "الف")])
def test_a_letter_is_left_out_far_more_easily_than_one_is_typed_at_the_end(
    typed: str, lost: str, contained: str
) -> None:
    costs = candidates(typed)
    assert costs[lost] + 1 < costs[contained]


def test_a_letter_from_a_key_nearby_comes_in_more_easily_than_another() -> None:
    assert candidates("سميبر")["سمير"] < candidates("سميثر")["سمير"]


def test_an_ending_is_no_letter_typed_too_many() -> None:
    assert candidates("السياحي")["السياح"] > candidates("السيااح")["السياح"]


@pytest.mark.parametrize("word", ["0707", "1985", "قم", "ق" * 25, "ج20", "", "cvd", "bank"])
def test_numbers_and_words_too_short_or_too_long_have_no_candidates(word: str) -> None:
    assert candidates(word) == {} and not is_correctable(word) and splits(word) == []


@given(st.text("ابتدرسلمن", min_size=3, max_size=7).filter(lambda word: not any(c * 3 in word for c in word)))
def test_every_candidate_is_one_edit_or_one_swap_away_but_for_lam_alef(word: str) -> None:
    found = candidates(word)
    assert word not in found
    assert all(levenshtein(word, other) <= 2 for other in found) or "ال" in word


@given(st.text("ابتيء", min_size=3, max_size=7))
def test_every_word_one_letter_away_is_a_candidate(word: str) -> None:
    found = candidates(word)
    for at in range(len(word) + 1):
        for letter in ("", *"ابسيء"):
            for others in {word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]} - {word}:
                assert others in found


@pytest.mark.parametrize(("typed", "meant", "cost"), [
    ("سما", "ساما", 1.0), ("ساما", "ساماا", 1.0), ("حمد", "حممد", 1.0), ("حممد", "حمد", 1.0), ("قلم", "اقلم", 2.0),
    ("سمر", "سمرا", 1.1), ("سمرا", "سمر", 3.5), ("سمر", "سءمر", 1.0), ("سمر", "مسر", 2.0), ("سمر", "سرم", 1.0),
    ("ظلم", "ضلم", 0.0), ("قمر", "كمر", 2.0), ("سمر", "سمك", 3.5), ("قمر", "بمر", 4.5), ("iphon", "iphone", 1.1),
    ("دمق", "دمشق", 1.1), ("قمر", "قمت", 3.5), ("سمنر", "سمر", 2.0), ("سميبر", "سمير", 2.0), ("سمر", "سنر", 1.5),
    ("كتاب", "كتات", 1.0), ("قلثم", "قلم", 3.5), ("بسمر", "سمر", 4.5), ("قلنم", "قلم", 2.0), ("حبمد", "حمد", 3.5),
])  # fmt: skip
def test_a_slip_costs_by_its_letter_and_its_place(typed: str, meant: str, cost: float) -> None:
    assert candidates(typed)[meant] == cost


def test_a_lost_space_may_stand_behind_long_words_and_behind_a_few_short_ones() -> None:
    assert ("رئيس", "الوزراء") in splits("رئيسالوزراء")
    assert ("ما", "زالت") in splits("مازالت") and ("او", "ربما") in splits("اوربما")
    assert ("مد", "رسه") not in splits("مدرسه") and ("مدر", "سه") not in splits("مدرسه")


WORDS = st.text(alphabet="ابتجحدرسعفقلمنهويء", min_size=3, max_size=9) | st.text(alphabet="abc", min_size=3, max_size=5)


@given(WORDS)
def test_candidates_up_to_a_cost_are_those_of_all_that_cost_no_more(word: str) -> None:
    costs = candidates(word)
    assert set(costs.values()) <= set(COSTS)
    for most in (-1.0, *COSTS):
        assert candidates(word, most=most) == {form: cost for form, cost in costs.items() if cost <= most}


@given(WORDS)
def test_no_candidate_is_passed_over_but_for_lengthened_letters(word: str) -> None:
    assert has_lengthened(word) or all(may_be_candidate(word, form) for form in candidates(word))
    assert not may_be_candidate(word, word + "صض")
    assert not may_be_candidate("سفينه", "كتابه")
