"""What an installation may set, read from the command line, the environment and a TOML file.

In: options and environment variables. Out: `Settings`. An option on the command line wins, then a variable of the
environment, then the TOML file (KASHAF_CONFIG, else ./kashaf.toml), then the default. The commands of the three
packages and `web/app.py` call `load_settings`; no other module reads settings from the environment.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta

from search.checking import ONE_LINE, checked, read_toml
from search.errors import SettingsError

_BUILT_IN = ("bundled", "none")
_PUBLIC_ADDRESS = r"^$|^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~-]+)*/?$"
_RATE = r"^$|^[1-9][0-9]{0,6} */ *([1-9][0-9]{0,3} *)?(second|minute|hour|day)s?$"
_ORIGINS = r"^$|^\*$|^https?://[A-Za-z0-9.:\[\]-]+( *, *https?://[A-Za-z0-9.:\[\]-]+)*$"
_SIZE = r"^$|^[0-9]{1,6}([.][0-9]{1,3})? ?[KMGTkmgt][iI]?[bB]?$"
_ADDRESSES = r"^$|^https?://[A-Za-z0-9._:\[\]-]+/?( *, *https?://[A-Za-z0-9._:\[\]-]+/?)*$"
_REFRESH = r"^(-1|[1-9][0-9]{0,4}(s|m))$"
_INDEX_NAME = r"^[a-z0-9][a-z0-9_-]{0,99}$"
_ONE_LINE_OR_NONE = r"^[^\x00-\x1f\x7f]*$"
_HOSTS = r"^$|^[A-Za-z0-9.:\[\]-]+( *, *[A-Za-z0-9.:\[\]-]+)*$"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation. `port` is also the key `port` in TOML and the variable KASHAF_PORT, and so on.

    index      the index directory
    host       where `kashaf serve` listens
    port       its port, 0 for any free one
    workers    processes that serve
    threads    worker threads of each
    title      the name shown on every page
    lexicon    "bundled", "none" for rules alone, or the path of another lemma table
    profile    the ranking profile: "news" or the path of a TOML file with weights
    names      the file of display names and synonyms; one that is set must be there
    access_log whether `kashaf serve` writes a line for each request
    access_log_addresses  whether that line has the reader's address too
    public_address  where readers reach the site, such as "https://news.example.org/archive"; "": where they ask
    trusted_hosts   the hosts that requests may name, separated by commas; "": any
    rate_limit      searches that one address may make, such as "60/minute"; "": any number
    rate_limit_storage  where they are counted: in each process, or in a Redis that processes share
    cors_origins    the sites whose pages may read the API, separated by commas, "*" for all; "": none
    crawling        what search engines may read: "none" or "articles"
    metrics         whether /metrics tells figures about the running site
    behind_proxy    the number of proxies in front whose `X-Forwarded-*` headers are believed
    jobs       processes that read and analyse for the one that writes an index, 0 for one a core; 1: one does all
    memory     what they may hold in memory in all, such as "1G"; "": what serves speed
    lang       in which language commands write counts and notes: "ar", "en" or "auto", by the locale
    contact    how hosts of feeds reach who fetches them, such as "https://archive.example/robot"; "": they cannot
    pager      the program that shows what is longer than the terminal; "": PAGER, else less
    cluster         the addresses of an OpenSearch cluster, separated by commas; "": those that the index remembers
    cluster_index   the archive's name on it: the alias of what is served
    cluster_ca      a PEM file of the certificates that it is trusted by; "": those of the system
    cluster_login   a file with `user:password` or `Bearer TOKEN`; the environment may say it too, nothing else
    cluster_shards    in how many parts an index is made: one holds some millions of articles and needs no second round
                      for statistics of all
    cluster_replicas  copies of each part beside the first: one, so that a node may stop
    cluster_refresh   how often a served index shows what is new by itself: seldom, since a commit shows it at once
    cluster_timeout   seconds that one request to it may take
    """

    index: Annotated[Path, Meta(description="the path of the index directory")] = Path("kashaf-index")
    host: Annotated[str, Meta(pattern=r"^[^\s\x00-\x1f]+$", description="a host name or address")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="a port from 0 (any free one) to 65535")] = 8000
    workers: Annotated[int, Meta(ge=1, le=64, description="a whole number from 1 to 64")] = 1
    threads: Annotated[int, Meta(ge=1, le=256, description="a whole number from 1 to 256")] = 8
    title: Annotated[str, Meta(pattern=ONE_LINE, max_length=200, description="a name of one line")] = "كشّاف"
    lexicon: Annotated[str, Meta(pattern=ONE_LINE, description='"bundled", "none" or the path of a lemma table')] = (
        "bundled"
    )
    profile: Annotated[str, Meta(pattern=ONE_LINE, description='"news" or the path of a TOML file')] = "news"
    names: Annotated[Path, Meta(description="the path of a TOML file")] = Path("names.toml")
    access_log: Annotated[bool, Meta(description="true or false")] = True
    access_log_addresses: Annotated[bool, Meta(description="true or false")] = False
    public_address: Annotated[
        str, Meta(pattern=_PUBLIC_ADDRESS, description="an address such as https://news.example.org/archive")
    ] = ""
    trusted_hosts: Annotated[
        str, Meta(pattern=_HOSTS, description="hosts separated by commas, such as news.example.org,.example.com")
    ] = ""
    rate_limit: Annotated[str, Meta(pattern=_RATE, description="a limit such as 60/minute or 1000/day")] = ""
    rate_limit_storage: Annotated[
        str, Meta(pattern=ONE_LINE, description="memory:// or an address such as redis://host")
    ] = "memory://"
    cors_origins: Annotated[
        str, Meta(pattern=_ORIGINS, description='"*", or origins such as https://a.example separated by commas')
    ] = ""
    crawling: Annotated[str, Meta(pattern="^(none|articles)$", description='"none" or "articles"')] = "none"
    metrics: Annotated[bool, Meta(description="true or false")] = False
    behind_proxy: Annotated[int, Meta(ge=0, le=9, description="a number of proxies from 0 to 9")] = 0
    jobs: Annotated[int, Meta(ge=0, le=64, description="a whole number from 1 to 64, or 0 for one a core")] = 0
    memory: Annotated[str, Meta(pattern=_SIZE, description="a size such as 500M or 2G")] = ""
    lang: Annotated[str, Meta(pattern="^(ar|en|auto)$", description='"ar", "en" or "auto", by the locale')] = "auto"
    contact: Annotated[
        str, Meta(pattern=r"^[!-'*-~]{0,200}$", description="an address of a page or of mail without spaces")
    ] = ""
    pager: Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$", description="a command such as less -R")] = ""
    cluster: Annotated[
        str, Meta(pattern=_ADDRESSES, description="addresses such as https://a.example:9200 separated by commas")
    ] = ""
    cluster_index: Annotated[str, Meta(pattern=_INDEX_NAME, description="a name of a-z, 0-9, - and _")] = "kashaf"
    cluster_ca: Annotated[str, Meta(pattern=_ONE_LINE_OR_NONE, description="the path of a PEM file")] = ""
    cluster_login: Annotated[str, Meta(pattern=_ONE_LINE_OR_NONE, description="the path of a file with a login")] = ""
    cluster_shards: Annotated[int, Meta(ge=1, le=256, description="a whole number from 1 to 256")] = 1
    cluster_replicas: Annotated[int, Meta(ge=0, le=20, description="a whole number from 0 to 20")] = 1
    cluster_refresh: Annotated[str, Meta(pattern=_REFRESH, description="a time such as 60s, or -1 for never")] = "60s"
    cluster_timeout: Annotated[float, Meta(ge=0.5, le=600, description="seconds from 0.5 to 600")] = 10.0


def load_settings(environ: Mapping[str, str] | None = None, **options: Any) -> Settings:
    """Return the settings in force.

    environ: the environment (None: that of this process). options: those of the command line; None: not given.
    Raises SettingsError, which names the value and says what to give.
    """
    chosen = chosen_settings(environ, **options)
    settings = replace(Settings(), **chosen)
    _check_index(settings.index)
    _check_lexicon(settings.lexicon)
    if "names" in chosen:
        _check_names(settings.names)
    return settings


def chosen_settings(environ: Mapping[str, str] | None = None, **options: Any) -> dict[str, Any]:
    """Those settings that were given somewhere, without the defaults. Raises SettingsError."""
    environ = os.environ if environ is None else environ
    found = _file(environ)
    for name, value in _variables(environ).items():
        found |= checked({name: value}, Settings, f"the environment (KASHAF_{name.upper()})", texts=True)
    given = {name: value for name, value in options.items() if value is not None}
    return found | checked(given, Settings, "the command line")


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    named = {field.name: environ.get(f"KASHAF_{field.name.upper()}") for field in fields(Settings)}
    return {name: value for name, value in named.items() if value}


def _file(environ: Mapping[str, str]) -> dict[str, Any]:
    named = environ.get("KASHAF_CONFIG")
    path = Path(named or "kashaf.toml")
    if not named and not os.path.lexists(path):
        return {}
    remedy = "mend it or unset KASHAF_CONFIG" if named else "mend it or give it another name"
    return checked(read_toml(path, "settings file", remedy=remedy), Settings, f"settings file {path}")


def _check_index(index: Path) -> None:
    """Raise SettingsError for an index directory whose name the system does not take; it need not exist."""
    try:
        os.stat(index)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise SettingsError(
                f"index {str(index)!r} has too long a name for this system: give a shorter one"
            ) from error


def _check_lexicon(lexicon: str) -> None:
    """Raise SettingsError for a lemma table that is no file, before an index is begun with it."""
    if lexicon not in _BUILT_IN and not os.path.isfile(lexicon):
        raise SettingsError(f'lexicon {lexicon!r} is no file: give "bundled", "none" or the path of a lemma table')


def _check_names(names: Path) -> None:
    """Raise SettingsError if the names file that was set is no file; the default one need not exist."""
    if not os.path.isfile(names):
        raise SettingsError(f"names = {str(names)!r} is no file: make it, name another, or take the setting away")
