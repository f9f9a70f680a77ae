"""What the robots.txt of a site allows, as RFC 9309 has it. The rules are read by protego.

In: the answer of a site to /robots.txt, or that there is none. Out: `Rules`. Called by `network.py`, which fetches and
remembers them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from protego import Protego

from indexer.fetching.addresses import Address

ROBOT: Final = "Kashaf"  # the name by which rules can speak of this program
PATH: Final = "/robots.txt"
VALID_SECONDS: Final = 86_400.0  # section 2.4: not longer than a day
LONGEST_COPY: Final = 30 * 86_400.0  # a copy counts so long where the site cannot be reached
MOST_BYTES: Final = 512_000  # section 2.5: at least 500 KiB are read

FORBIDDEN: Final = "robots.txt forbids it"
UNREACHABLE: Final = "its robots.txt cannot be reached, which forbids everything for now"


class RobotsCopy(NamedTuple):
    """A robots.txt as it was fetched: its text, "" where the site has none; when, in seconds since 1970."""

    text: str
    at: float


class Rules:
    """The rules of one site for this program."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text) if text.strip() else None
        self.pause = self._asked_pause()

    def allow(self, address: Address) -> bool:
        """Return whether this address may be fetched."""
        if self._rules is None or address.target == PATH:
            return True
        return bool(self._rules.can_fetch(str(address), ROBOT))

    def _asked_pause(self) -> float:
        """The seconds between two requests that the site asks for."""
        if self._rules is None:
            return 0.0
        rate = self._rules.request_rate(ROBOT)
        return max(self._rules.crawl_delay(ROBOT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0)


def decoded(body: bytes) -> str:
    """Return the text of a robots.txt, which is UTF-8, up to where it is read."""
    return body[:MOST_BYTES].decode("utf-8-sig", "replace")
