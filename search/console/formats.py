"""The form in which a command prints: text for people, or JSON, JSON lines or CSV for programs.

In: the options --format, --json and --csv. Out: one name of a form, the argument `form` of the command. A command that
prints lists has `format_option`, with the forms that it knows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

TEXT: Final = "text"
JSON: Final = "json"
JSONL: Final = "jsonl"
CSV: Final = "csv"
_SHORT: Final = (JSON, CSV)  # forms that have a flag of their own


def format_option(*forms: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command --format with these forms beside text, --json and, if it has that form, --csv.

    Two different forms at once are wrong usage.
    """
    flags = [form for form in _SHORT if form in forms]

    def decorated(run: Callable[..., None]) -> Callable[..., None]:
        @wraps(run)
        def with_form(*, chosen_form: str | None, **options: Any) -> None:
            asked: list[str] = [form for form in flags if options.pop(f"as_{form}")]
            names = [f"--{form}" for form in asked]
            if chosen_form is not None and chosen_form not in asked:
                asked.append(chosen_form)
                names.append(f"--format {chosen_form}")
            if len(asked) > 1:
                raise click.UsageError(f"{' and '.join(names)}: give one of them")
            run(form=asked[0] if asked else TEXT, **options)

        option: Callable[..., None] = with_form
        for form in reversed(flags):
            option = click.option(f"--{form}", f"as_{form}", is_flag=True, help=f"The same as --format {form}.")(option)
        choice = click.Choice((TEXT, *forms))
        return click.option("--format", "chosen_form", type=choice, help=f"What is printed.  [default: {TEXT}]")(option)

    return decorated
