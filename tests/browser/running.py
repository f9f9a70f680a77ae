"""A site in a process of its own, as a reader's browser finds it; for the browser tests and the screenshots."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Options of Chromium: nothing of it talks to the network by itself.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


#: Debian's packages of Chromium. That without windows draws the same in less than half of the time.
CHROMIUM = ("chromium-headless-shell", "chromium")


def find_chromium() -> str | None:
    """The program of the first package that is installed; None where neither is."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


@contextmanager
def running(*command: str) -> Iterator[str]:
    """`kashaf demo` or `kashaf serve …` on a free port: its address, without the slash at its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kashaf", *command, "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://"), f"kashaf {' '.join(command)} printed {address!r}"
        yield address.rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode == 0
