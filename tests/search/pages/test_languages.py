"""The locale's language, as POSIX finds it."""

from __future__ import annotations

import pytest

from search.pages.languages import of_locale


@pytest.mark.parametrize("locale", ["ar", "ar_EG.UTF-8", "ar_SA", "AR_eg.utf8", "ar-EG", "ar_DZ@latn"])
def test_an_arabic_locale_is_arabic(locale: str) -> None:
    assert of_locale({"LANG": locale}) == "ar"


@pytest.mark.parametrize("locale", ["", "C", "C.UTF-8", "POSIX", "en_US.UTF-8", "fr_FR", "arn_CL", "as_IN"])
def test_any_other_is_english(locale: str) -> None:
    assert of_locale({"LANG": locale}) == "en"


def test_the_first_variable_that_is_set_decides() -> None:
    assert of_locale({"LC_ALL": "en_US", "LC_MESSAGES": "ar_EG", "LANG": "ar_EG"}) == "en"
    assert of_locale({"LC_ALL": "", "LC_MESSAGES": "ar_EG", "LANG": "en_US"}) == "ar"
    assert of_locale({}) == "en"
