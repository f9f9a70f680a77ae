"""This checkout of Kashaf and another one beside it: how each runs, and the index that each makes.

KASHAF_BESIDE names the other, as `git worktree add` makes one: what was gained since a commit is measured against it.
Both write bytecode, as an installation does, whatever the environment says.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.places import cache_folder, first_rows, index_of
from tests.bench.processes import ROOT

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with the packages of Kashaf."""

    path: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return {name: value for name, value in os.environ.items() if name != _NO_BYTECODE} | {
            "PYTHONPATH": str(self.path)
        }

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the command line of `kashaf` with these arguments."""
        return [sys.executable, "-P", "-m", "kashaf", *map(str, arguments)]

    def index_of(self, sources: tuple[Path, ...], rows: int) -> Path:
        """Return the index that it makes of these files' first rows; made where it is not there yet."""
        if self == HERE:
            return index_of(sources, rows)
        names = "-".join(source.name.split(".")[0] for source in sources)
        digest = hashlib.blake2b(os.fsencode(self.path), digest_size=6).hexdigest()
        place = cache_folder() / f"beside-{rows}-{digest}-{names}"
        if not (place / "kashaf.json").exists():
            made = self.command("index", "--index", place, *(first_rows(source, rows) for source in sources))
            subprocess.run(made, cwd=self.path, env=self.environment, check=True, capture_output=True)
        return place


HERE = Checkout(ROOT)


def beside() -> Checkout | None:
    """Return the other checkout; None, with a line that says so, where none is named."""
    if not (named := os.environ.get("KASHAF_BESIDE")):
        print("  left out: KASHAF_BESIDE names no other checkout")
        return None
    return Checkout(Path(named).resolve())
