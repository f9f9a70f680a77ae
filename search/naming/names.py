"""names.toml → the display names of sources, sections, authors, agencies and places, their aliases, and synonyms.

    synonyms = [["كورونا", "كوفيد"], ["الأمم المتحدة", "UN"]]

    [sections]
    "سياسة" = ["politic", "Politics", "سياسيه"]

    [sources]
    "عكاظ" = ["okaz"]

    [agencies]
    "وكالة الأنباء السعودية" = ["واس"]

In: the path of the file, which may be missing. Out: `Names`. Called by `search/index/open_index.py`. When the file
changes, the index is opened again; nothing is indexed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from search.article import Article
from search.checking import read_toml
from search.errors import SettingsError
from search.pages.records import Filters

#: Table of the file → field of the index.
_FIELDS: Final = {
    "sources": "source",
    "sections": "section",
    "authors": "author",
    "agencies": "agency",
    "places": "place",
}
_REMEDY: Final = "mend it, or take it away"
Stamp = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Names:
    """The content of names.toml.

    groups    field → display name → all values of the index that are shown as this name, the name itself among them
    synonyms  groups of words or phrases; those of a group mean the same
    stamp     changes whenever the file does; None: there is no file
    """

    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    stamp: Stamp = None
    _display: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def renames(self) -> bool:
        """Whether any value has a display name."""
        return bool(self._display)

    def display(self, name: str, value: str) -> str:
        """Return the display name of a value of a field: the value itself if it has no other."""
        return self._display.get(name, {}).get(value, value)

    def values(self, name: str, value: str) -> tuple[str, ...]:
        """Return all values of the index that have the same display name as this value."""
        return self.groups.get(name, {}).get(self.display(name, value), (value,))

    def shown(self, article: Article) -> Article:
        """Return the article with display names as its sources, section, persons, agencies and places.

        The author stays as it is written.
        """
        return msgspec.structs.replace(
            article,
            source=self._displayed("source", article.source),
            section=None if article.section is None else self.display("section", article.section),
            persons=self._displayed("author", article.persons),
            agencies=self._displayed("agency", article.agencies),
            places=self._displayed("place", article.places),
        )

    def _displayed(self, name: str, values: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.display(name, value) for value in values))

    def chosen(self, filters: Filters) -> Filters:
        """Return the filters with display names instead of aliases, each once."""
        for name, values in filters.names.items():
            if values:
                filters = filters.with_names(name, self._displayed(name, values))
        return filters


def stamp_of(path: Path | None) -> Stamp:
    """Return a value that changes whenever the file does; None if there is no file. Costs one stat."""
    try:
        status = path.stat() if path else None
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if status else None


def read_names(path: Path | None) -> Names:
    """Read the file; without a file there are no names. Raises SettingsError, which names the value and the remedy."""
    stamp = stamp_of(path)
    if path is None or stamp is None:
        return Names()
    found = read_toml(path, "file of names", remedy=_REMEDY)
    unknown = found.keys() - {*_FIELDS, "synonyms"}
    if unknown:
        raise SettingsError(f"unknown {min(unknown)!r} in {path}: known are {', '.join(_FIELDS)} and synonyms")
    groups = {name: _groups(found.get(table, {}), table, path) for table, name in _FIELDS.items()}
    display = {name: _display(each, name, path) for name, each in groups.items() if each}
    return Names(groups, _synonyms(found.get("synonyms", []), path), stamp, display)


def _groups(table: Any, title: str, path: Path) -> dict[str, tuple[str, ...]]:
    try:
        rows = msgspec.convert(table, dict[str, list[str]])
    except msgspec.ValidationError as error:
        example = '"عكاظ" = ["okaz"]'
        raise SettingsError(f"[{title}] in {path} ({error}): write a name and its aliases, {example}") from error
    for display, aliases in rows.items():
        if not all(text.strip() for text in (display, *aliases)):
            raise SettingsError(f"{display!r} = {aliases!r} in {path}: a name or alias is empty, take it away")
    return {display: tuple(dict.fromkeys((display, *aliases))) for display, aliases in rows.items()}


def _display(groups: Mapping[str, Iterable[str]], name: str, path: Path) -> dict[str, str]:
    display: dict[str, str] = {}
    for shown, values in groups.items():
        for value in values:
            if display.setdefault(value, shown) != shown:
                raise SettingsError(f"{name} {value!r} in {path} has two names, {display[value]!r} and {shown!r}")
    return display


def _synonyms(rows: Any, path: Path) -> tuple[tuple[str, ...], ...]:
    try:
        groups = msgspec.convert(rows, list[list[str]])
    except msgspec.ValidationError as error:
        example = '[["كورونا", "كوفيد"]]'
        raise SettingsError(f"synonyms in {path} ({error}): write groups of words, {example}") from error
    for group in groups:
        if len(group) < 2 or not all(word.strip() for word in group):
            raise SettingsError(f"synonyms {group!r} in {path}: a group has at least two words, none of them empty")
    return tuple(map(tuple, groups))
