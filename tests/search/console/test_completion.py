"""Completion in the shell: commands, options, their values, and names out of the index."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

import kashaf
from search.article import Article
from search.console.completion import VARIABLE, QuotingBash
from tests.small_index import build_index

ROOT = Path(kashaf.__file__).parent


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two sources, one of which has a space, and of articles of several authors."""
    named = [("radio FM", "منى"), ("radio FM", "هند"), ("okaz", "منى")]
    articles = [Article(id=str(n), title="خبر", body="نص", source=(s,), author=a) for n, (s, a) in enumerate(named)]
    return build_index(tmp_path_factory.mktemp("completion") / "index", articles)


def completed(*words: str) -> list[str]:
    """What is offered for the last of these words."""
    shell = ShellComplete(kashaf.kashaf, {}, "kashaf", VARIABLE)
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_commands_options_and_choices_are_completed() -> None:
    assert {"search", "serve"} < set(completed("")) and completed("restore-") == ["restore-article"]
    assert "--source" in completed("search", "--so")
    assert completed("search", "x", "--sort", "n") == ["newest"]
    assert completed("completion", "z") == ["zsh"]


def test_names_are_completed_from_the_index_the_commonest_first(place: Path) -> None:
    named = ("search", "x", "--index", str(place))
    assert completed(*named, "--source", "") == ["radio FM", "okaz"]
    assert completed(*named, "--source", "ok") == ["okaz"]
    assert completed(*named, "--source", "okaz", "--source", "") == ["radio FM"], "what is named already is left out"
    assert completed("coverage", "--index", str(place), "--source", "r") == ["radio FM"]


def test_names_are_those_that_the_owner_gives(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = tmp_path / "names.toml"
    names.write_text('[sources]\n"عكاظ" = ["okaz"]\n', encoding="utf-8")
    monkeypatch.setenv("KASHAF_NAMES", str(names))
    assert completed("search", "x", "--index", str(place), "--source", "") == ["radio FM", "عكاظ"]


def test_without_an_index_there_is_nothing_to_offer(tmp_path: Path) -> None:
    assert completed("search", "x", "--index", str(tmp_path / "none"), "--source", "") == []


@pytest.mark.parametrize(
    ("typed", "answer"), [("rad", r"plain,radio\\ FM"), (r"radio\ F", r"plain,radio\\ FM"), ('"rad', "plain,radio FM")]
)
def test_names_with_spaces_are_quoted_for_bash(monkeypatch: pytest.MonkeyPatch, typed: str, answer: str) -> None:
    monkeypatch.setenv("COMP_WORDS", f"kashaf\nsearch\n--source\n{typed}")
    monkeypatch.setenv("COMP_CWORD", "3")
    shell = QuotingBash(kashaf.kashaf, {}, "kashaf", VARIABLE)
    assert shell.format_completion(click.shell_completion.CompletionItem("radio FM")) == answer


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(shell: str) -> None:
    result = CliRunner().invoke(kashaf.kashaf, ["completion", shell])
    assert result.exit_code == 0 and f"{VARIABLE}={shell}_complete" in result.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_with_its_script(place: Path, tmp_path: Path) -> None:
    program = tmp_path / "kashaf"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kashaf "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = tmp_path / "script"
    script.write_text(CliRunner().invoke(kashaf.kashaf, ["completion", "bash"]).stdout, encoding="utf-8")
    typed = f"source {shlex.quote(str(script))}\nCOMP_WORDS=(kashaf search x --source rad) COMP_CWORD=4\n"
    typed += '_kashaf_completion kashaf; printf "%s\\n" "${COMPREPLY[@]}"'
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "KASHAF_INDEX": str(place)}
    done = subprocess.run(["bash", "--norc", "-c", typed], env=os.environ | environ, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("radio\\ FM\n", "")
