"""python -m tests.opensearch [--nodes N] COMMAND …: runs a command beside a cluster of its own, of three nodes.

The command finds the addresses in KASHAF_TEST_CLUSTER, for tests, and in KASHAF_CLUSTER, for Kashaf itself; with
several nodes each index has three parts and a copy of each. So `python -m tests.opensearch pytest -n 0
tests/engines/test_opensearch_engine.py` holds the engine to its contract on three nodes. Ends as the command ends.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from tests.opensearch.distribution import Missing
from tests.opensearch.nodes import Cluster


def main() -> int:
    """The exit status of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.opensearch")
    parser.add_argument("--nodes", type=int, default=3, help="how many")
    parser.add_argument("--memory", default="700m", help="the heap of each")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="of Python's modules, such as pytest or kashaf")
    chosen = parser.parse_args()
    if not chosen.command:
        parser.error("give a command, such as pytest tests/engines/test_opensearch_engine.py")
    with Cluster(chosen.nodes, memory=chosen.memory) as cluster:
        addresses = ",".join(cluster.addresses)
        environ = {**os.environ, "KASHAF_TEST_CLUSTER": addresses, "KASHAF_CLUSTER": addresses}
        if chosen.nodes > 1:
            environ |= {"KASHAF_CLUSTER_SHARDS": "3", "KASHAF_CLUSTER_REPLICAS": "1"}
        return subprocess.run([sys.executable, "-m", *chosen.command], env=environ, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Missing as missing:
        sys.exit(f"OpenSearch cannot be started: {missing}")
