"""What the commands that search open: a service or an index, and its operator told on stderr what to do about it."""

from __future__ import annotations

import click

from search.index.open_index import OpenIndex, open_index
from search.service import SearchService
from search.settings import Settings


def open_service(settings: Settings) -> SearchService:
    """The service over the index of these settings. Raises IndexStateErrors."""
    service = SearchService.open(settings)
    _tell(service.index)
    return service


def open_index_with_notice(settings: Settings) -> OpenIndex:
    """The index of these settings. Raises IndexStateErrors."""
    index = open_index(settings.index, settings.names)
    _tell(index)
    return index


def _tell(index: OpenIndex) -> None:
    if index.notice:
        click.echo(f"kashaf: {index.notice}", err=True)
