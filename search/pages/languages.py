"""The languages in which sentences for readers are written.

Every table of sentences has each of them; the command line offers them.
"""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("ar", "en")
