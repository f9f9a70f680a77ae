"""Text with the control sign U+0085 → text with the signs of Windows-1252 in place of such controls, as browsers do.

Called where bytes become text. Python takes U+0085 for white space and the end of a line; in archives it is a byte of
UTF-8 that was read as ISO 8859-1 («Ù\\x85» is م), or Windows' sign for an ellipsis. Lines and words that were parted at
it could not be mended any more.
"""

from __future__ import annotations

from typing import Final

_LINE_SIGN: Final = "\x85"
_SIGNS: Final = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def with_windows_signs(text: str) -> str:
    """Return the text without U+0085; one that has none is itself."""
    return text.translate(_SIGNS) if _LINE_SIGN in text else text
