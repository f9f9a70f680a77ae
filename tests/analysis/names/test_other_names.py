"""Words that a few edits turn into each other are different names where letters or the list of known names say so."""

import pytest

from search.analysis.names.other_names import are_different_names


@pytest.mark.parametrize(
    ("word", "other"),
    [("انقره", "عنقري"), ("شاماني", "شحماني"), ("ماري", "مارع"), ("هاواي", "حواي"), ("افهام", "افحام")],
)
def test_a_pharyngeal_in_only_one_word_makes_it_another_name(word: str, other: str) -> None:
    assert are_different_names(word, other) and are_different_names(other, word)


def test_a_pharyngeal_at_another_place_makes_it_another_word() -> None:
    assert are_different_names("اربعاء", "عرباء")
    assert not are_different_names("يعقوب", "يعقوف")


def test_vowel_letters_before_a_pharyngeal_do_not_count() -> None:
    assert not are_different_names("سعداوي", "ساعداوي")


@pytest.mark.parametrize(("word", "other"), [("صافولا", "سافيولا"), ("سويس", "صويص"), ("ضيفه", "ديفا")])
def test_an_emphatic_and_another_edit_make_it_another_name(word: str, other: str) -> None:
    assert are_different_names(word, other) and are_different_names(other, word)


@pytest.mark.parametrize(("word", "other"), [("صامويل", "سامويل"), ("صونيا", "سونيا"), ("مودي", "موضي")])
def test_an_emphatic_may_be_all_that_two_spellings_differ_in(word: str, other: str) -> None:
    assert not are_different_names(word, other)


@pytest.mark.parametrize("other", ["طومسون", "تمسون"])
def test_common_transcriptions_with_tah_are_one_name(other: str) -> None:
    assert not are_different_names("تومسون", other)


@pytest.mark.parametrize(("word", "other"), [("بورما", "بارما"), ("سوسه", "سوزا"), ("اسراءيل", "يسراءيل")])
def test_words_that_the_list_has_as_different_names_are_different(word: str, other: str) -> None:
    assert are_different_names(word, other) and are_different_names(other, word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("تشيلسي", "تشلسي"),  # both are Chelsea
        ("قيرغيزستان", "قرغيزستان"),
        ("واشنطن", "واشنطون"),  # both are Washington, though hardly read so
        ("عنان", "انان"),  # both are Annan
        ("انتوني", "انطوني"),  # Anthony and Antoni: each may be written as the other
        ("مايكروسوفت", "مايكرسوفت"),  # the list has only one of them
        ("غوتيريش", "جوتيريس"),  # and none of these
    ],
)
def test_spellings_of_one_name_are_not_different(word: str, other: str) -> None:
    assert not are_different_names(word, other) and not are_different_names(other, word)
