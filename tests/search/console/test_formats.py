"""--format and its short flags."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from search.console.formats import CSV, JSON, JSONL, format_option


@click.command()
@format_option(JSON, JSONL, CSV)
def printing(form: str) -> None:
    click.echo(form)


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ((), "text"),
        (("--json",), "json"),
        (("--csv",), "csv"),
        (("--format", "jsonl"), "jsonl"),
        (("--format", "json", "--json"), "json"),
        (("--format", "text"), "text"),
    ],
)
def test_a_form_is_chosen(words: tuple[str, ...], form: str) -> None:
    assert CliRunner().invoke(printing, words).stdout == f"{form}\n"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--json", "--csv"), "--json and --csv"),
        (("--json", "--format", "jsonl"), "--json and --format jsonl"),
        (("--format", "xml"), "'xml'"),
    ],
)
def test_two_forms_and_unknown_ones_are_wrong_usage(words: tuple[str, ...], named: str) -> None:
    result = CliRunner().invoke(printing, words)
    assert result.exit_code == 2 and named in result.stderr
