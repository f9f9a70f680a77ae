"""Function words: the closed classes, with pronouns attached, and nothing else."""

import pytest

from search.analysis.fold import fold
from search.analysis.function_words import FUNCTION_STEMS, FUNCTION_WORDS


@pytest.mark.parametrize("word", ["في", "من", "على", "هو", "التي", "إن", "لأنه", "عليها", "لم", "ليس", "منهم"])
def test_function_words_are_listed_folded(word: str) -> None:
    assert fold(word) in FUNCTION_WORDS


@pytest.mark.parametrize("word", ["وزير", "قال", "بنى", "فهم", "معنى", "كلي", "قبلة", "الله"])
def test_content_words_are_not(word: str) -> None:
    assert fold(word) not in FUNCTION_WORDS


@pytest.mark.parametrize(
    ("form", "host"),
    [("منها", "من"), ("عليهم", "على"), ("إليه", "إلى"), ("لأنه", "لأن"), ("هؤلاء", "هذا"), ("لكني", "لكن")],
)
def test_every_form_leads_to_one_word(form: str, host: str) -> None:
    assert FUNCTION_STEMS[fold(form)] == fold(host)
