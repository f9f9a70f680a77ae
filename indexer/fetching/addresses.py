"""Addresses of feeds and pages → what is asked of which host, and which hosts must not be asked.

In: an address as a user, a feed or a redirect writes it. Out: an `Address`, or a BadAddress that says what is wrong.
Called by the other modules of this folder. A feed is written by strangers: a link in it must not make this program ask
what only this machine or its network can reach.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, Literal
from urllib.parse import quote, urljoin, urlsplit

from indexer.fetching.failures import BadAddress, Unreached

LONGEST_ADDRESS: Final = 2_000  # characters; longer ones are no pages of articles
WITH_PASSWORD: Final = "it contains a name or password, which would be stored and shown"
_PORTS: Final = {"http": 80, "https": 443}
_PATH: Final = "/%:@!$&'()*+,;=~-._"  # characters that a path may hold as they are
_QUERY: Final = _PATH + "?[]|"
_STRAY: Final = re.compile("%(?![0-9a-fA-F]{2})")
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # IPv4 addresses as RFC 6052 writes them in IPv6

IP = IPv4Address | IPv6Address
Kind = Literal["public", "private", "link-local", "loopback"]
Resolver = Callable[[str, int], Sequence[IP]]  # a host's name and a port → its addresses; raises OSError


@dataclass(frozen=True, slots=True)
class Address:
    """An address of HTTP in the parts by which it is asked; the host in ASCII, `target` is path and query."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt is valid for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def named_host(self) -> str:
        """The host as it stands in the header Host."""
        return self.origin.partition("://")[2]

    def __str__(self) -> str:
        return self.origin + self.target


def read_address(written: str, *, base: Address | None = None) -> Address:
    """Return the address that is written; relative to `base` where one is given. Raises BadAddress."""
    written = written.encode("utf-8", "replace").decode().strip()  # half a character cannot be sent
    if not written or len(written) > LONGEST_ADDRESS:
        raise BadAddress(f"an address of more than {LONGEST_ADDRESS:,} characters" if written else "an empty address")
    try:
        parts = urlsplit(urljoin(str(base), written) if base else written)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress(f"it is no address ({error})") from error
    scheme = parts.scheme.lower()
    if scheme != "http" and scheme != "https":
        raise BadAddress("only http:// and https:// are fetched")
    if "@" in parts.netloc:
        raise BadAddress(WITH_PASSWORD)
    target = _encoded(parts.path) or "/"
    if parts.query:
        target += "?" + quote(parts.query, safe=_QUERY)
    return Address("https" if scheme == "https" else "http", _ascii_host(host), port or _PORTS[scheme], target)


def _encoded(path: str) -> str:
    """Return a path with everything encoded that must be, also per cent signs that encode nothing."""
    return quote(_STRAY.sub("%25", path), safe=_PATH)


def _ascii_host(host: str) -> str:
    if not host:
        raise BadAddress("it names no host")
    try:
        name = host.rstrip(".") if host.isascii() else host.encode("idna").decode().rstrip(".")
    except UnicodeError as error:
        raise BadAddress(f"its host {host!r} is no name") from error
    if not name or any(char.isspace() or not char.isprintable() or char in '%<>"\\^`{|}' for char in name):
        raise BadAddress(f"its host {host!r} is no name")
    return name.lower()


def masked(written: str) -> str:
    """Return an address without the name and password in it, as reports and errors show it."""
    scheme, mark, rest = written.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}…@{authority.rpartition('@')[2]}{slash}{path}" if "@" in authority else written


def kind_of(ip: IP) -> Kind | None:
    """Return who can reach an address of the Internet Protocol; None: it is no address of a single host."""
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _TRANSLATED:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return kind_of(inner)
    if ip.is_loopback:
        return "loopback"
    if ip.is_unspecified or ip.is_multicast or ip.is_reserved:
        return None
    if ip.is_link_local:
        return "link-local"
    return "public" if ip.is_global else "private"


def system_resolver(host: str, port: int) -> Sequence[IP]:
    """Return the addresses of a host as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def addresses_of(address: Address, resolve: Resolver) -> Sequence[IP]:
    """Return the addresses of the host. Raises Unreached where it has none."""
    try:
        found = tuple(dict.fromkeys(resolve(address.host, address.port)))
    except (OSError, UnicodeError) as error:
        raise Unreached(f"the host {address.host} is not known", at_all=True) from error
    if not found:
        raise Unreached(f"the host {address.host} is not known", at_all=True)
    return found


def reachable(address: Address, kinds: frozenset[Kind], resolve: Resolver) -> Sequence[IP]:
    """Return those addresses of the host that may be asked. Raises BadAddress where none may, and Unreached."""
    found = addresses_of(address, resolve)
    allowed = [ip for ip in found if kind_of(ip) in kinds]
    if not allowed:
        raise BadAddress(f"it leads to {found[0]}, an address within this machine or its network")
    return allowed
