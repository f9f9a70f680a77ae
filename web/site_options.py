"""The options of `kashaf serve` that say where readers reach the site and what it tells whom.

`web/commands.py` gives them to the command; each is a setting of the same name in `search/settings.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--access-log-addresses", is_flag=True, default=None, help="Readers' addresses in the access log."),
    click.option("--public-address", metavar="URL", help="Where readers reach the site; feeds begin with it."),
    click.option("--trusted-hosts", metavar="HOSTS", help="The hosts that requests may name, separated by commas."),
    click.option("--rate-limit", metavar="N/PERIOD", help="Searches that one address may make, such as 60/minute."),
    click.option("--rate-limit-storage", metavar="URL", help="A Redis where several processes count.  [default: each]"),
    click.option("--cors-origins", metavar="ORIGINS", help="Sites whose pages may read the API; * for all."),
    click.option("--crawling", type=click.Choice(["none", "articles"]), help="What search engines may read."),
    click.option("--metrics", is_flag=True, default=None, help="Figures for Prometheus at /metrics."),
    click.option("--behind-proxy", type=click.IntRange(0, 9), help="Proxies whose X-Forwarded headers are believed."),
)


def site_options(command: CommandT) -> CommandT:
    """The command with these options, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
