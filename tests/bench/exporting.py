"""All articles of the news as a file in each format, as `kashaf export` writes it: seconds, and memory.

80,000 rows must be there within 20 s and in 200 MB beyond what the program takes before it: that of the process
itself, apart from the files of the index, which are mapped, and both together.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from search.export.formats import FORMATS
from tests.bench.figures import Figure
from tests.bench.places import NEWS, index_of
from tests.bench.processes import kashaf, run

_ROWS = 80_000
_MOST_SECONDS, _MOST_MEGABYTES = 20.0, 200.0
# Exports in one process, which then says how much memory it took before and at the most, its own and mapped files.
_MEASURED = """
import sys, click
from search.budget import Budget
import kashaf
def taken():
    rows = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return [int(rows[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile")]
index, rows, form, output = sys.argv[1:]
kashaf.kashaf.main(["search", "الملك", "--index", index, "--json"], standalone_mode=False)
before = taken()
most = [0.0, 0.0]
import search.export.formats as formats
exported = formats.exported
def watched(hits, export):
    for part in exported(hits, export):
        most[:] = map(max, most, taken())
        yield part
formats.exported = watched
kashaf.kashaf.main(["export", "", "--no-collapse", "--index", index, "--limit", rows, "--format", form,
                    "--output", output], standalone_mode=False)
print("\\n%f %f %f %f" % (*before, *most))
"""


def measure(rows: int) -> Iterator[Figure]:
    """Seconds of each format as a whole command, then memory."""
    index = index_of(NEWS, rows)
    wanted = str(rows or _ROWS)
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            output = Path(folder) / f"all.{form}"
            words = ("", "--no-collapse", "--index", index, "--limit", wanted, "--format", form, "--output", output)
            seconds = kashaf("export", *words).seconds
            assert output.stat().st_size > 100 * int(wanted), f"{form}: {output.stat().st_size} bytes"
            yield Figure(f"{wanted} rows as {form}", seconds, "s", at_most=_MOST_SECONDS)
        done = run(sys.executable, "-c", _MEASURED, index, wanted, "bibtex", output)
        own, mapped, most_own, most_mapped = map(float, done.printed.splitlines()[-1].split())
    yield Figure("memory of its own, more than before", most_own - own, "MB", at_most=_MOST_MEGABYTES)
    yield Figure("with the files that it maps", most_own + most_mapped - own - mapped, "MB", at_most=_MOST_MEGABYTES)
    yield Figure("in all", most_own + most_mapped, "MB")
