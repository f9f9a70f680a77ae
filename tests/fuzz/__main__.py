"""python -m tests.fuzz [--seconds N] [--keep DIR] [READER …]: fuzzes readers one after another, each in a process.

What breaks a reader is written to DIR, its name beginning with crash-, timeout- or oom-, and the status is 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MOST_SECONDS: Final = 20  # that a reader may take for one input; libFuzzer takes more for a hang
MOST_MEGABYTES: Final = 2_000
_LARGEST: Final = 100_000  # bytes of an input


def main() -> None:
    """Fuzzes the named readers, or all of them."""
    from tests.fuzz.targets import TARGETS, write_corpus

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--keep", type=Path, help="where corpora and findings are kept; else in a temporary folder")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.readers if name not in TARGETS]:
        parser.error(f"no reader {unknown[0]}: name one of {', '.join(TARGETS)}")
    broken = []
    with tempfile.TemporaryDirectory() as place:
        for name in chosen.readers or TARGETS:
            folder = (chosen.keep or Path(place)) / name
            write_corpus(TARGETS[name](), folder / "corpus")
            done = subprocess.run([sys.executable, "-m", "tests.fuzz.one", name, *_options(folder, chosen.seconds)])
            found = [path for kind in ("crash", "timeout", "oom") for path in folder.glob(f"{kind}-*")]
            print(f"{name}: {len(found)} found, status {done.returncode}", *map(str, found), sep="\n  ", flush=True)
            broken += [name] if found or done.returncode else []
    sys.exit(f"broken: {', '.join(broken)}" if broken else 0)


def _options(folder: Path, seconds: int) -> Iterator[str]:
    yield str(folder / "corpus")
    yield f"-max_total_time={seconds}"
    yield f"-timeout={MOST_SECONDS}"
    yield f"-rss_limit_mb={MOST_MEGABYTES}"
    yield f"-max_len={_LARGEST}"
    yield f"-artifact_prefix={folder}/"
    yield "-print_final_stats=1"
    yield "-verbosity=0"


if __name__ == "__main__":
    main()
