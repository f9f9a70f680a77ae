"""How many examples Hypothesis tries of a property: few in each run of the suite, since each run tries others.

`pytest --hypothesis-profile thorough` tries twenty times as many, as `make thorough` does. Profiles are registered by
`conftest.py`, which every test module is collected after.
"""

from __future__ import annotations

from typing import Any, Final

from hypothesis import settings

_USUAL: Final = 50  # examples of a property that says nothing about their number
_THOROUGH: Final = 20 * _USUAL


def register_profiles() -> None:
    """Make both profiles known, and the usual one that which holds unless another is asked for.

    Neither has a deadline: a busy machine is no fault of the code.
    """
    settings.register_profile("kashaf", deadline=None, max_examples=_USUAL)
    settings.register_profile("thorough", deadline=None, max_examples=_THOROUGH)
    settings.load_profile("kashaf")


def examples(usual: int, **others: Any) -> settings:
    """Return the settings of a property of which so many examples are tried usually; others: further ones."""
    return settings(max_examples=usual * settings().max_examples // _USUAL, **others)
