"""The table of origins is copied as it was last committed, whatever a run is doing or did last."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from indexer.origins.table import copy_table, open_table
from tests.indexer.backups.working import origins
from tests.indexer.building import add


def test_the_table_of_origins_is_copied_while_a_run_has_much_uncommitted(
    place: Path, path: Path, tmp_path: Path
) -> None:
    """What outgrows the memory for it must not lock the table until the next commit."""
    add(place, path)
    folder = place / "generations" / "1"
    with open_table(folder) as table:
        table.executemany("insert into files (path) values (?)", ((f"/{n:0200}",) for n in range(60_000)))
        copy = copy_table(folder, tmp_path)
    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("select count(*) from files").fetchone() == (1,)


def test_of_a_table_whose_run_was_killed_amid_a_commit_the_last_commit_is_copied(
    place: Path, path: Path, tmp_path: Path
) -> None:
    add(place, path)
    folder = place / "generations" / "1"
    script = (
        "import os, sqlite3, sys\n"
        "table = sqlite3.connect(sys.argv[1])\n"
        "table.execute('pragma cache_size = 1')\n"
        "table.execute('update entries set id = id || id')\n"
        "table.executemany('insert into files (path) values (?)', ((f'/{n:0200}',) for n in range(1000)))\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder / "origins.sqlite")], check=True)
    assert (folder / "origins.sqlite-journal").stat().st_size
    copy_table(folder, tmp_path)
    with closing(sqlite3.connect(tmp_path / "origins.sqlite")) as copied:
        assert copied.execute("select count(*) from files").fetchone() == (1,)
    assert origins(place) != []
