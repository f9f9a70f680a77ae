"""Opens the search service, or an index, for the commands, and prints on stderr what its operator should do about it.

In: settings. Out: a `SearchService` or an `OpenIndex`. An index that is searched with a caveat, because it was made by
an earlier analyser for example, has a notice with the remedy. Called by the commands of
this package.
"""

from __future__ import annotations

import click

from search.index.open_index import OpenIndex, open_index
from search.service import SearchService
from search.settings import Settings


def open_service(settings: Settings) -> SearchService:
    """Open the service over the index of these settings. Raises IndexStateError."""
    service = SearchService.open(settings)
    _print_notice(service.index)
    return service


def open_index_with_notice(settings: Settings) -> OpenIndex:
    """Open the index of these settings. Raises IndexStateError."""
    index = open_index(settings.index, settings.names)
    _print_notice(index)
    return index


def _print_notice(index: OpenIndex) -> None:
    if index.notice:
        click.echo(f"kashaf: {index.notice}", err=True)
