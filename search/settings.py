"""The only reader of the environment and of TOML: what an installation may set.

Order: an option on the command line, else the environment, else the TOML file (KASHAF_CONFIG, else ./kashaf.toml),
else the default. The three packages' commands and `web/app.py` call `load_settings`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from search.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's choices; the name of each is its TOML key and, upper-cased after KASHAF_, its variable.

    index      the index directory
    host       where `kashaf serve` listens
    port       its port, 0 for any free one
    threads    worker threads of the web server
    title      the name shown on every page
    lexicon    "bundled", "none" for rules alone, or the path of another lemma table
    profile    the ranking profile: "news" or the path of a TOML file with weights
    """

    index: Path = Path("kashaf-index")
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    title: str = "كشّاف"
    lexicon: str = "bundled"
    profile: str = "news"


def load_settings(environ: Mapping[str, str] | None = None, **options: Any) -> Settings:
    """The settings in force; options that are None do not count. Raises SettingsError naming value and remedy."""
    environ = os.environ if environ is None else environ
    settings = _apply(Settings(), _file(environ), "the settings file")
    settings = _apply(settings, _variables(environ), "the environment")
    return _apply(settings, {name: value for name, value in options.items() if value is not None}, "the command line")


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    named = {field.name: environ.get(f"KASHAF_{field.name.upper()}") for field in fields(Settings)}
    return {name: value for name, value in named.items() if value}


def _file(environ: Mapping[str, str]) -> dict[str, Any]:
    named = environ.get("KASHAF_CONFIG")
    path = Path(named or "kashaf.toml")
    if not named and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"settings file {path} cannot be read ({error}): mend it or unset KASHAF_CONFIG") from error


def _apply(settings: Settings, values: Mapping[str, Any], origin: str) -> Settings:
    kinds = {f.name: type(getattr(settings, f.name)) for f in fields(Settings)}
    changed: dict[str, Any] = {}
    for name, value in values.items():
        if name not in kinds:
            raise SettingsError(f"unknown setting {name!r} in {origin}: known are {', '.join(kinds)}")
        kind = Path if issubclass(kinds[name], Path) else kinds[name]
        try:
            changed[name] = kind(value)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"{name} = {value!r} in {origin} is no {kind.__name__}: give one") from error
    return replace(settings, **changed)
