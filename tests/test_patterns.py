"""Regular expressions are of a kind that every supported Python reads rightly."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _parser as parser  # type: ignore[attr-defined]  # no public module says what a pattern consists of
from typing import Any

import pytest

import indexer
import search
import web

_ONE_SIGN = {"ANY", "IN", "LITERAL", "NOT_LITERAL"}


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Each compiled pattern that a module of the packages holds, with its place."""
    for package in (search, indexer, web):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{found.name}.{name}", value


def _possessive_groups(part: Any) -> Iterator[str]:
    """What stands under a possessive quantifier and is more than one sign, as the parser of patterns names it."""
    if isinstance(part, parser.SubPattern):
        for kind, inner in part:
            if str(kind) == "POSSESSIVE_REPEAT":
                signs = [str(each) for each, _ in inner[2]]
                if len(signs) != 1 or signs[0] not in _ONE_SIGN:
                    yield " ".join(signs)
            yield from _possessive_groups(inner)
    elif isinstance(part, (tuple, list)):
        for inner in part:
            yield from _possessive_groups(inner)


def test_no_possessive_quantifier_stands_behind_more_than_one_sign() -> None:
    """Up to Python 3.11.4 such a pattern misses matches (github.com/python/cpython/issues/106052)."""
    patterns = dict(_patterns())
    assert len(patterns) > 300
    assert {place: [*found] for place, each in patterns.items() if (found := [*_groups_of(each)])} == {}


@pytest.mark.parametrize(
    ("pattern", "is_sound"),
    [
        ("(?:a|bc)++d", False),
        ("x((?:ab){2,3}+|c)", False),
        ("(?:[ab]|c)*+", True),
        ("[^a]{2,9}+b++", True),
        ("(?>(?:a|bc)+)d", True),
    ],
)
def test_such_a_quantifier_is_seen(pattern: str, is_sound: bool) -> None:
    assert (not [*_groups_of(re.compile(pattern))]) is is_sound


def _groups_of(pattern: re.Pattern[Any]) -> Iterator[str]:
    return _possessive_groups(parser.parse(pattern.pattern, pattern.flags))
