"""Values from outside, such as a TOML file's, held against the types and bounds that a dataclass declares.

In: a name, a value and where it came from. Out: the value, converted, or one sentence that names it and says what to
give. `search/settings.py` and `search/ranking.py` declare with `Annotated[…, Meta(…, description="what to give")]`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from search.errors import SettingsError

_SHOWN = 80  # characters of a value that are repeated


def read_toml(path: Path, what: str, *, remedy: str) -> dict[str, Any]:
    """The values of a TOML file. Raises SettingsError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(f"{what} {path} cannot be read ({reason}): {remedy}") from error
    except ValueError as error:  # a NUL byte in the path
        raise SettingsError(f"{what} {str(path)!r} cannot be read ({error}): {remedy}") from error


def checked(values: Mapping[str, Any], declared: type, place: str, *, texts: bool = False) -> dict[str, Any]:
    """The values as the fields of `declared` want them. Raises SettingsError for the first that cannot be.

    place: where they stand, for the sentence; texts: they are written as text, so that "8000" is a number.
    """
    kinds = get_type_hints(declared, include_extras=True)
    return {name: _checked(name, value, kinds, place, texts=texts) for name, value in values.items()}


def _checked(name: str, value: Any, kinds: Mapping[str, Any], place: str, *, texts: bool) -> Any:
    if name not in kinds:
        raise SettingsError(f"unknown setting {_shown(name)} in {place}: known are {', '.join(kinds)}")
    try:
        found = msgspec.convert(value, kinds[name], strict=not texts, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise _refused(name, value, kinds[name], place) from error
    if isinstance(found, float) and not math.isfinite(found):  # older msgspecs let nan through every bound
        raise _refused(name, value, kinds[name], place)
    return found


def _refused(name: str, value: Any, kind: Any, place: str) -> SettingsError:
    return SettingsError(f"{name} = {_shown(value)} in {place}: give {_description(get_args(kind))}")


def _description(arguments: Iterable[Any]) -> str:
    found = (argument.description for argument in arguments if isinstance(argument, msgspec.Meta))
    return next(text for text in found if text)


def _path(kind: type, value: Any) -> Any:
    """msgspec's question about types that it does not know."""
    if kind is Path and isinstance(value, str | Path) and str(value) and "\0" not in str(value):
        return Path(value)
    raise ValueError(f"{value!r} is no {kind.__name__}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
