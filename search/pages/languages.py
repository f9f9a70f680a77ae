"""The languages in which sentences for readers are written, and which of them an environment asks for.

In: variables of the environment. Out: "ar" or "en". Every table of sentences has each language; the command line offers
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("ar", "en")
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as POSIX has it


def of_locale(environ: Mapping[str, str]) -> str:
    """Return "ar" for a locale such as ar_EG.UTF-8, and "en" for any other and for none."""
    locale = next((value for name in _VARIABLES if (value := environ.get(name))), "")
    return "ar" if locale.lower().replace("-", "_").split("_")[0].split(".")[0] == "ar" else "en"
