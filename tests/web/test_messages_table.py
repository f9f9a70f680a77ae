"""Both languages say the same things, and say all that the pages ask for."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import search
import web
from web.messages.table import LANGUAGES, MESSAGES, language_of, say

WEB = Path(web.__file__).parent
TANWIN = re.compile("[\u064b-\u064d]")
ASKED = re.compile(r"\bt(?:h)?\(\s*'(\w+)'")


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_tables_have_the_same_keys_and_blanks() -> None:
    arabic, english = (MESSAGES[language] for language in LANGUAGES)
    assert arabic.keys() == english.keys()
    assert {key for key in arabic if blanks(arabic[key]) != blanks(english[key])} == set()


def test_every_sentence_that_a_template_names_exists() -> None:
    asked = {key for path in (WEB / "templates").iterdir() for key in ASKED.findall(path.read_text("utf-8"))}
    assert len(asked) > 30
    assert asked - MESSAGES["ar"].keys() == set()


def test_every_sentence_is_used() -> None:
    sources = [*WEB.rglob("*.py"), *(WEB / "templates").iterdir()]
    text = "\n".join(path.read_text("utf-8") for path in sources if path.parent.name != "messages")
    made = (
        "level_",
        "field_",
        "error_",
        "refused_",
        "sort_",
        "none_help_",
        "advanced_field_",
        "list_by_",
        "list_found_",
        "list_way_",
    )  # put together
    unused = {key for key in MESSAGES["ar"] if not key.startswith(made) and not re.search(rf"['\"]{key}['\"]", text)}
    assert unused == set()


def test_nothing_that_readers_are_shown_is_written_with_tanwin() -> None:
    folders = [search, web]
    named = {
        *("pages/sentences", "pages/plurals", "pages/as_text", "pages/display_title", "over_time/as_text"),
        *("query/guide/sections", "query/guide/operators", "query/guide/fields"),
    }
    roots = [Path(folder.__file__).parent for folder in folders]
    files = [(path, str(path.relative_to(root))) for root in roots for path in root.rglob("*") if path.is_file()]
    shown = [(path, name) for path, name in files if name.removesuffix(".py") in named or WEB in path.parents]
    texts = {name: path.read_text("utf-8") for path, name in shown if path.suffix in {".py", ".html", ".js", ".xml"}}
    assert texts.keys() >= {f"{name}.py" for name in named} | {"templates/home.html", "messages/table.py"}
    assert [name for name, text in texts.items() if TANWIN.search(text)] == []


def test_arabic_is_the_language_of_anything_unknown() -> None:
    assert [language_of(code) for code in (None, "", "ar", "en", "fr", "EN")] == ["ar", "ar", "ar", "en", "ar", "ar"]


def test_an_unknown_sentence_raises() -> None:
    with pytest.raises(KeyError):
        say("ar", "nothing")
