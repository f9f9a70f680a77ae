"""The subcommand `source`, which has commands of its own: a thin shell over the library, gathered by `kashaf.py`.

What was done goes to stdout. What a command needs is imported when it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from search.console.help import CommandGroup, command
from search.console.interruption import interruptible
from search.console.options import index_option, json_option
from search.console.output import print_result

if TYPE_CHECKING:
    from indexer.fetching.introduction import Introduction
    from search.index.directory import IndexDirectory
    from search.index.source_registry import Option, Source


@click.group(
    "source",
    cls=CommandGroup,
    examples="""
    kashaf source add ~/archive --name archive
    kashaf source list
    """,
)
def source_command() -> None:
    """Remember what the archive is made from.

    Each source is a folder, a file or the address of a feed, with a name and options. kashaf index without PATH brings
    all of them up to date; a PATH that is given to kashaf index is remembered as a source.
    """


@command(
    "add",
    examples="""
    kashaf source add ~/archive --name archive --follow-links
    kashaf source add https://news.example.org/rss.xml --name example
    kashaf source add https://news.example.org/rss.xml --no-full-text
    """,
)
@click.argument("location", metavar="PATH|ADDRESS")
@click.option("--name", help="How it is called.  [default: that of the folder, the file or the host]")
@click.option("--follow-links/--no-follow-links", default=None, help="Read what links that leave the folder lead to.")
@click.option("--full-text/--no-full-text", default=None, help="Fetch the page of each entry of a feed.  [default: do]")
@click.option("--check/--no-check", default=True, help="Ask the address of a feed before it is remembered.")
@index_option
@json_option
@interruptible()
def add_command(
    location: str,
    name: str | None,
    follow_links: bool | None,
    full_text: bool | None,
    check: bool,
    directory: str | None,
    as_json: bool,
) -> None:
    """Remember a folder, a file or a feed.

    A feed is RSS, Atom or JSON Feed; the address of a page that announces one will do. Of a source that is remembered
    already the name and the options change. Nothing is read before kashaf index.
    """
    from indexer.remembered_sources.names import checked_name, is_address
    from indexer.remembered_sources.registering import add_source

    wished = {"follow_links": follow_links, "full_text": full_text}
    options: dict[str, Option] = {option: value for option, value in wished.items() if value is not None}
    if name is not None:
        checked_name(name, ())  # before anybody is asked
    found = _introduced(location) if check and is_address(location) else None
    added = add_source(_directory(directory), found.address if found else location, name=name, options=options)
    about = {"title": found.title or None, "entries": found.entries, "left_out": found.left_out} if found else {}
    looked = {"feed": about} if found else {}
    said = (*_introduction_lines(found), f"{added.name}: {added.location}: kashaf index brings it up to date")
    print_result({**_as_object(added), **looked}, said, as_json)


@command("list", examples="kashaf source list --json")
@index_option
@json_option
def list_command(directory: str | None, as_json: bool) -> None:
    """Show what is remembered, and how feeds stand."""
    from indexer.fetching.standing import standing_object, standing_of, standing_text
    from indexer.remembered_sources.registering import registry_of

    index = _directory(directory)
    found = registry_of(index).read
    standing = standing_of(index.path, [source for source in found if source.kind == "feed"])
    objects = [_as_object(source) for source in found]
    for each in objects:
        if state := standing.get(each["location"]):
            each["feed"] = standing_object(state)
    said = {location: standing_text(state) for location, state in standing.items()}
    print_result(objects, _lines(found, said), as_json)


@command("remove", examples="kashaf source remove example")
@click.argument("source", metavar="NAME|PATH|ADDRESS")
@index_option
@json_option
@interruptible()
def remove_command(source: str, directory: str | None, as_json: bool) -> None:
    """Read a source no more.

    Its articles stay in the index and are reported as vanished, until kashaf index --prune removes them, and with them
    what was fetched from a feed.
    """
    from indexer.remembered_sources.registering import remove_source

    removed = remove_source(_directory(directory), source)
    print_result(
        _as_object(removed),
        (f"{removed.name} is read no more; its articles stay, until kashaf index --prune removes them",),
        as_json,
    )


for each in (add_command, list_command, remove_command):
    source_command.add_command(each)


def _introduced(address: str) -> Introduction:
    from indexer.fetching.fetching import FetchOptions
    from indexer.fetching.introduction import introduce
    from search.settings import load_settings

    return introduce(address, FetchOptions(contact=load_settings().contact))


def _introduction_lines(found: Introduction | None) -> Iterator[str]:
    """What was found at an address."""
    if found is None:
        return
    if found.announced_by:
        yield f"{found.announced_by} is a page, which announces the feed {found.address}"
    if found.others:
        yield f"it announces others too, which are not added: {', '.join(found.others)}"
    if found.moved_from:
        yield f"{found.moved_from} has moved for good to {found.address}"
    named = f"«{found.title}»" if found.title else "without a title"
    yield f"a feed {named} of {found.entries:,} {'entry' if found.entries == 1 else 'entries'}"
    if found.left_out:
        from indexer.fetching.feed_document import MOST_ENTRIES

        more = f"{found.left_out:,} or more" if found.left_out >= MOST_ENTRIES else f"{found.left_out:,} more"
        yield f"{more} are not read: they are broken, or stand behind the first {MOST_ENTRIES:,}"


def _directory(directory: str | None) -> IndexDirectory:
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    return IndexDirectory(load_settings(index=directory).index)


def _as_object(source: Source) -> dict[str, Any]:
    names = ("name", "kind", "location", "added", "options")
    followed = {"followed": list(source.followed)} if source.followed else {}
    return {**{name: getattr(source, name) for name in names}, **followed}


def _lines(found: Sequence[Source], standing: Mapping[str, str]) -> Iterator[str]:
    """A line for each source, its name, kind, place and options in columns, and how feeds stand."""
    widest = max((len(source.name) for source in found), default=0)
    for source in found:
        options = "".join(f"  {name.replace('_', '-')}={value}" for name, value in source.options.items())
        options += "".join(f"  follow-links={path}" for path in source.followed)
        stands = f"  {standing[source.location]}" if source.location in standing else ""
        yield f"{source.name:{widest}}  {source.kind:6}  {source.added}  {source.location}{options}{stands}"
    if not found:
        yield "no sources are remembered: kashaf source add PATH|ADDRESS, or kashaf index PATH…"
