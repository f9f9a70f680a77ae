"""Names and passwords of hosts, from the file that curl and other programs read too: ~/.netrc, or what NETRC names.

In: the address that is about to be asked. Out: the header for it, if the file has an entry for its host. Called by
`network.py` for each request, so that a redirect to another host takes no password there.
"""

from __future__ import annotations

import base64
import netrc
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from indexer.fetching.addresses import IP, Address, kind_of


def authorization(address: Address, peers: Sequence[IP]) -> Mapping[str, str]:
    """Return the header that names the user; {} where none is known, or where strangers could read it on the way."""
    if address.scheme != "https" and any(kind_of(peer) != "loopback" for peer in peers):
        return {}
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return {}
    found = _logins(str(path), stamp).get(address.host)
    if found is None:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{found[0]}:{found[1]}".encode()).decode()}


@lru_cache(maxsize=1)
def _logins(path: str, stamp: int) -> Mapping[str, tuple[str, str]]:
    """Host → name and password; {} where the file cannot be read."""
    try:
        hosts = netrc.netrc(path).hosts
    except (OSError, netrc.NetrcParseError, UnicodeError):
        return {}
    return {host: (login, password or "") for host, (login, _, password) in hosts.items() if host != "default"}
