"""How a command prints: in which language, with or without colours, and page by page where a terminal is too small.

In: the options --lang, --color and --no-pager, the settings, the locale and what standard output is. Out: an `Output`,
which has the style of the text and prints lines. The commands that people read have `output_options`.
"""

from __future__ import annotations

import locale
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any

import click

from search.pages.languages import LANGUAGES, of_locale

if TYPE_CHECKING:
    from search.pages.text_style import TextStyle
    from search.settings import Settings

_COLORS = ("auto", "always", "never")
language_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of counts and notes.  [default: the locale's]"
)
_OPTIONS = (
    language_option,
    click.option(
        "--color", type=click.Choice(_COLORS), default="auto", show_default=True, help="Highlight words in colour."
    ),
    click.option("--no-pager", is_flag=True, help="Print all at once, also what is longer than the terminal."),
)


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command prints.

    pager    the program that shows what is longer than the terminal, "" for click's choice; None: none does
    colored  whether the pager shows colours; None: if it is known to do so
    """

    style: TextStyle
    pager: str | None = None
    colored: bool | None = None

    def show(self, lines: Iterable[str], *, otherwise: str | None = None) -> None:
        """Print the lines, in the pager if they are more than the terminal has.

        otherwise: the key of what is said on stderr if there are none; nothing is printed then.
        """
        text = "\n".join(lines)
        if not text and otherwise is not None:
            from search.pages.line_sentences import line_text

            click.echo(line_text(otherwise, self.style.language), err=True)
            return
        if self.pager is not None and text.count("\n") + 2 > shutil.get_terminal_size().lines:
            with _environment(PAGER=self.pager, LESSCHARSET=os.environ.get("LESSCHARSET", _charset())):
                click.echo_via_pager(text, color=self.colored)
        else:
            click.echo(text, color=self.style.color)


@dataclass(frozen=True, slots=True)
class OutputChoice:
    """The values of the options; None for a language that was not given."""

    lang: str | None = None
    color: str = "auto"
    no_pager: bool = False

    def output(self, settings: Settings) -> Output:
        """Return the output that these options, the settings, the environment and the terminal make together."""
        from search.pages.text_style import TextStyle

        terminal = sys.stdout.isatty()
        language = language_of(self.lang, settings)
        color = self.color == "always" or (self.color == "auto" and terminal and _shows_colors(os.environ))
        style = TextStyle(language, color, shutil.get_terminal_size().columns if terminal else None)
        paged = terminal and sys.stdin.isatty() and not self.no_pager
        pager = _command(settings.pager or os.environ.get("PAGER", "")) if paged else None
        return Output(style, pager, None if color and self.color == "auto" else color)


def language_of(lang: str | None, settings: Settings) -> str:
    """Return the language in which a command speaks: that of --lang, else the setting's, else the locale's."""
    return lang or (of_locale(os.environ) if settings.lang == "auto" else settings.lang)


def print_rows(rows: Iterable[str]) -> None:
    """Print each row as soon as it is made."""
    for row in rows:
        click.echo(row)


def print_result(value: object, lines: Iterable[str], as_json: bool) -> None:
    """Print what a command did as JSON, or as lines for a person."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=1) if as_json else "\n".join(lines))


def output_options(run: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options; it gets their values as one argument `printed`, an `OutputChoice`."""

    @wraps(run)
    def with_choice(*, lang: str | None, color: str, no_pager: bool, **options: Any) -> None:
        run(printed=OutputChoice(lang, color, no_pager), **options)

    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), with_choice)


def _command(pager: str) -> str | None:
    """Return a command that can be split into words; None for one that cannot: then there is no pager."""
    try:
        shlex.split(pager)
    except ValueError:
        return None
    return pager


def _charset() -> str:
    """Return what tells less that the text is UTF-8, which it does not know where the locale says nothing; else ""."""
    return "utf-8" if locale.getpreferredencoding(False).lower() in ("utf-8", "utf8") else ""


def _shows_colors(environ: Mapping[str, str]) -> bool:
    """Whether this terminal shows colours and its owner wants them (https://no-color.org)."""
    return not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """Sets variables of the environment for a while; an empty one is left as it is."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update({name: value for name, value in variables.items() if value})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
