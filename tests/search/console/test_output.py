"""How a command prints at a terminal and in a pipe: language, colours, pager."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace

import pytest

from search.console.output import OutputChoice
from search.settings import Settings

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "PAGER", "LESS")


class Stream:
    """A standard stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 66 columns and 10 lines."""
    monkeypatch.setattr("search.console.output.sys", SimpleNamespace(stdin=Stream(), stdout=Stream()))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((66, 10)))


def test_the_language_is_that_of_the_option_then_of_the_setting_then_of_the_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "ar_EG.UTF-8")
    assert OutputChoice().output(Settings()).style.language == "ar"
    assert OutputChoice().output(Settings(lang="en")).style.language == "en"
    assert OutputChoice("ar").output(Settings(lang="en")).style.language == "ar"
    monkeypatch.setenv("LC_ALL", "C")
    assert OutputChoice().output(Settings()).style.language == "en"


def test_a_pipe_has_no_colours_no_width_and_no_pager() -> None:
    output = OutputChoice().output(Settings(pager="less"))
    assert (output.style.color, output.style.columns, output.pager) == (False, None, None)
    assert OutputChoice(color="always").output(Settings()).style.color


@pytest.mark.usefixtures("terminal")
def test_a_terminal_has_colours_unless_its_owner_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    style = OutputChoice().output(Settings()).style
    assert style.color and style.columns == 66
    assert not OutputChoice(color="never").output(Settings()).style.color
    for name, value in (("TERM", "dumb"), ("NO_COLOR", "1")):
        monkeypatch.setenv(name, value)
        assert not OutputChoice().output(Settings()).style.color
    assert OutputChoice(color="always").output(Settings()).style.color


@pytest.mark.usefixtures("terminal")
def test_the_pager_is_that_of_the_settings_then_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert OutputChoice().output(Settings()).pager == ""
    monkeypatch.setenv("PAGER", "more")
    assert OutputChoice().output(Settings()).pager == "more"
    assert OutputChoice().output(Settings(pager="less -S")).pager == "less -S"
    assert OutputChoice(no_pager=True).output(Settings()).pager is None
    assert OutputChoice().output(Settings(pager="less '")).pager is None, "a command that cannot be read"


@pytest.mark.usefixtures("terminal")
def test_only_what_is_longer_than_the_terminal_is_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, str | None]] = []
    monkeypatch.setattr("click.echo", lambda text, color: shown.append(("printed", None)))
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: shown.append(("paged", os.environ["PAGER"])))
    output = OutputChoice().output(Settings(pager="less -S"))
    for lines in (9, 10):  # of ten lines one is for the prompt
        output.show(["سطر"] * lines)
    assert shown == [("printed", None), ("paged", "less -S")]
    assert "PAGER" not in os.environ
