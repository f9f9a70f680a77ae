"""Checks values that users set, such as those of a TOML file, against the types and bounds that a dataclass declares.

In: names, values and where they were set. Out: the values, converted; a wrong one raises SettingsError, whose sentence
names it and says what to give. Settings, the profile of ranking and `search/alerts` call it; their dataclasses
declare each field as `Annotated[type, Meta(bounds, description="what to give")]`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import msgspec

from search.errors import SettingsError, shown

_LOGIN: Final = re.compile(r"//[^/@\s]*@")  # within an address: no message repeats it
ONE_LINE: Final = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"  # of a text, not blank


def read_toml(path: Path, what: str, *, remedy: str) -> dict[str, Any]:
    """Return the values of a TOML file.

    what: what kind of file it is, and remedy: what the user can do, both for the sentence. Raises SettingsError.
    """
    import tomllib  # where there is such a file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(f"{what} {path} cannot be read ({reason}): {remedy}") from error
    except ValueError as error:  # a NUL byte in the path
        raise SettingsError(f"{what} {str(path)!r} cannot be read ({error}): {remedy}") from error


def checked(values: Mapping[str, Any], declared: type, origin: str, *, texts: bool = False) -> dict[str, Any]:
    """Return the values converted to the types that `declared` has for them.

    origin: where they were set, for the sentence. texts: whether all are strings, of which "8000" may be a number.
    Raises SettingsError for the first value of unknown name, wrong type or out of bounds.
    """
    kinds = get_type_hints(declared, include_extras=True)
    return {name: _checked(name, value, kinds, origin, texts=texts) for name, value in values.items()}


def _checked(name: str, value: Any, kinds: Mapping[str, Any], origin: str, *, texts: bool) -> Any:
    if name not in kinds:
        raise SettingsError(f"unknown setting {shown(name)} in {origin}: known are {', '.join(kinds)}")
    try:
        found = msgspec.convert(value, kinds[name], strict=not texts, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise _error(name, value, kinds[name], origin) from error
    if isinstance(found, float) and not math.isfinite(found):  # older versions of msgspec accept nan for any bounds
        raise _error(name, value, kinds[name], origin)
    return found


def _error(name: str, value: Any, kind: Any, origin: str) -> SettingsError:
    told = _LOGIN.sub("//…@", shown(value))
    return SettingsError(f"{name} = {told} in {origin}: give {_description(get_args(kind))}")


def _description(arguments: Iterable[Any]) -> str:
    found = (argument.description for argument in arguments if isinstance(argument, msgspec.Meta))
    return next(text for text in found if text)


def _path(kind: type, value: Any) -> Any:
    """Return a path setting as a `Path`: msgspec calls this for types that it cannot convert itself."""
    if kind is Path and isinstance(value, str | Path) and str(value) and "\0" not in str(value):
        return Path(value)
    raise ValueError(f"{value!r} is no {kind.__name__}")
