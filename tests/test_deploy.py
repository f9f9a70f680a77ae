"""The files of deploy/ and what docs/deploy.md says agree with the program: packages, settings, options."""

from __future__ import annotations

import re
import shlex
import tomllib
from configparser import RawConfigParser
from dataclasses import fields
from pathlib import Path

import click
import pytest

import kashaf
from search.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
TEXTS = [*sorted(DEPLOY.iterdir()), ROOT / "docs/deploy.md", ROOT / "docs/assistants.md"]
_COMMAND = re.compile(rf"(?:^|[\s/])kashaf ((?:{'|'.join(kashaf.COMMANDS)})\b[^\n#`|]*)", re.MULTILINE)


def unit(name: str) -> RawConfigParser:
    """A unit of systemd; of a key that stands several times the last value."""
    parser = RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parser


def test_the_image_is_built_of_all_packages_and_of_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name.removesuffix("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    modules = {f"{name}.py" for name in project["tool"]["setuptools"]["py-modules"]}
    needed = {*packages, *modules, "pyproject.toml", "README.md", "LICENSE"}
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"^COPY (?!--)(.+)$", dockerfile, re.MULTILINE) for name in line.split()[:-1]}
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert copied == {name.removeprefix("!") for name in let_in if name.startswith("!")} == needed
    extras = set(re.findall(r"\.\[([a-z,]+)\]", dockerfile)[0].split(","))
    assert extras <= set(project["project"]["optional-dependencies"])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_settings_that_are_named_are_settings(path: Path) -> None:
    known = {f"KASHAF_{field.name.upper()}" for field in fields(Settings)} | {"KASHAF_CONFIG"}
    assert set(re.findall(r"KASHAF_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_commands_that_are_named_take_the_options_that_they_are_given(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for line in _COMMAND.findall(text):
        name, *words = shlex.split(line)
        command = kashaf.kashaf.get_command(click.Context(kashaf.kashaf), name)
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, line


def test_the_site_is_told_to_stop_once_and_nothing_writes_beside_the_index() -> None:
    service, nightly, watch = (unit(f"kashaf{name}.service")["Service"] for name in ("", "-index", "-watch"))
    assert service["KillMode"] == "mixed" and service["ExecReload"].endswith("-HUP $MAINPID")
    for each in (service, nightly, watch):
        assert each["ProtectSystem"] == "strict" and each["User"] == each["StateDirectory"] == "kashaf"
    assert unit("kashaf-index.timer")["Timer"]["Persistent"] == "true"


def test_only_what_asks_feeds_has_a_network_and_it_is_not_told_to_stop_twice() -> None:
    nightly, watch = (unit(f"kashaf-{name}.service")["Service"] for name in ("index", "watch"))
    assert nightly["PrivateNetwork"] == "yes" and "PrivateNetwork" not in watch
    assert watch["RestrictAddressFamilies"] == "AF_UNIX AF_INET AF_INET6"
    assert watch["ExecStart"].endswith("kashaf watch") and "KillSignal" not in watch
