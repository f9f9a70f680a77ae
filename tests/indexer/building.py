"""What tests of the index directory do to one: index, rebuild, look at its generations."""

from __future__ import annotations

from pathlib import Path

from indexer.build import Choices, Safeguards, index, reindex
from indexer.report import Report
from indexer.sources import Sources
from indexer.succession import remembered_sources
from search.catalogue import Catalogue


def add(place: Path, *paths: Path, engine: str | None = None, lexicon: str | None = None) -> Report:
    """Indexes these files."""
    return index(Catalogue(place), Sources(paths), Choices(engine, lexicon))


def rebuild(
    place: Path, *paths: Path, engine: str | None = None, lexicon: str | None = None, **safeguards: bool
) -> Report:
    """Builds the index anew, from these files or those it remembers."""
    catalogue = Catalogue(place)
    sources = Sources(paths or remembered_sources(catalogue))
    return reindex(catalogue, sources, Choices(engine, lexicon), safeguards=Safeguards(**safeguards))


def generations(place: Path) -> list[str]:
    """The names of the generations that lie in the index directory."""
    return sorted(folder.name for folder in (place / "generations").iterdir())
