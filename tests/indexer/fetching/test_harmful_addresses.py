"""What a feed may make this machine ask: public hosts and those like its own, and no other."""

from __future__ import annotations

import os
from base64 import b64encode
from ipaddress import ip_address
from pathlib import Path

import pytest

from indexer.fetching.addresses import kind_of, masked, read_address
from indexer.fetching.failures import BadAddress
from indexer.fetching.memory import passing_memory
from indexer.fetching.network import Network
from indexer.fetching.turns import Turns
from tests.indexer.fetching.site import START, FakeClock, Fetching, Site, item, moved, names, reply, rss

WITHIN = "it leads to 127.0.0.1, an address within this machine or its network"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.8.8", "loopback"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("10.0.0.1", "private"),
        ("172.16.9.9", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("::ffff:169.254.169.254", "link-local"),
        ("0.0.0.0", None),
        ("::", None),
        ("224.0.0.1", None),
        ("255.255.255.255", None),
        ("ff02::1", None),
        ("93.184.216.34", "public"),
        ("2606:2800:220:1:248:1893:25c8:1946", "public"),
    ],
)
def test_who_can_reach_an_address(address: str, kind: str | None) -> None:
    assert kind_of(ip_address(address)) == kind


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("HTTPS://News.Example.org", "https://news.example.org/"),
        ("http://x.example:80/a?b=c#d", "http://x.example/a?b=c"),
        ("https://x.example:8443/", "https://x.example:8443/"),
        ("https://x.example/أخبار?س=ا ب", "https://x.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B3=%D8%A7%20%D8%A8"),
        ("https://x.example/a%20b%zz%", "https://x.example/a%20b%25zz%25"),
        ("https://موقع.وزارة-الاتصالات.مصر/", "https://xn--4gbrim.xn----ymcbaaajlc6dj7bxne2c.xn--wgbh1c/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("  https://x.example./a\n", "https://x.example/a"),
        ("https://x.example/a\r\nHost: y", "https://x.example/aHost:%20y"),
    ],
)
def test_an_address_in_the_form_in_which_it_is_asked(written: str, read: str) -> None:
    assert str(read_address(written)) == read
    assert read_address(read) == read_address(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x.example/feed",
        "ftp://x.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://",
        "http:///x",
        "http://[::1/",
        "http://x.example:99999/",
        "http://a b.example/",
        "http://x\0.example/",
        "https://me:secret@x.example/",
        "https://me@x.example/",
        "https://x.example/" + "a" * 3000,
        "http://" + "أ" * 300 + ".example/",
    ],
)
def test_what_is_no_address_that_may_be_asked(written: str) -> None:
    with pytest.raises(BadAddress):
        read_address(written)


def test_a_password_in_an_address_is_not_shown() -> None:
    assert masked("https://me:secret@x.example/a@b") == "https://…@x.example/a@b"
    assert masked("https://x.example/a@b") == "https://x.example/a@b"


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1:{}/secret", "http://localhost.test:{}/secret", "http://public.test:{}/moved"],
    ids=["by its number", "by a name", "by a redirect"],
)
def test_a_public_feed_cannot_make_this_machine_ask_itself(site: Site, fetching: Fetching, link: str) -> None:
    """Public addresses are pretended: a network to them is not needed, for the kinds are decided before."""
    site.routes["/moved"] = moved(site.at("/secret"))
    clock = FakeClock(START)
    with passing_memory() as memory:
        network = Network(clock, Turns(clock, until=START + 99), memory, resolve=names)
        address = read_address(link.format(site.port))
        kinds = network.kinds_for(read_address("http://public.test/feed"))
        assert kinds == {"public"}
        if "moved" in link:
            address = read_address(site.at("/secret"), base=address)
        with pytest.raises(BadAddress, match=WITHIN):
            network.visit(address, kinds, {}, most_bytes=1000)
    assert site.asked == []


def test_a_redirect_of_a_feed_on_this_machine_to_a_neighbour_is_refused(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = moved("http://169.254.169.254/latest/meta-data")
    report = fetching.fetch()
    assert report.reason == "it leads to 169.254.169.254, an address within this machine or its network"


@pytest.mark.parametrize("to", ["http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/", "http://[fd00::1]/x"])
def test_links_to_other_networks_leave_the_text_of_the_feed(site: Site, fetching: Fetching, to: str) -> None:
    site.routes["/feed"] = reply(rss(item(1, link=to), item(2, link="/2")))
    site.routes["/2"] = moved(to)
    report = fetching.fetch()
    assert (report.new, report.failed.count, report.waiting) == (2, 2, 0)
    assert all("an address within" in reason for _, reason in report.failed.named)


def test_a_name_and_password_come_from_netrc_and_go_to_their_host_alone(
    site: Site, fetching: Fetching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine a.test login me password secret\ndefault login x password y\n")
    os.chmod(netrc, 0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    site.routes["a.test/feed"] = moved(site.at("/feed", "b.test"))
    site.routes["b.test/feed"] = reply(rss(item(1)))
    assert fetching.fetch(site.at("/feed", "a.test")).new == 1
    given = {asked.host.partition(":")[0]: asked.headers.get("authorization") for asked in site.asked}
    assert given == {"a.test": "Basic " + b64encode(b"me:secret").decode(), "b.test": None}


def test_a_feed_that_wants_a_password_says_where_to_put_it(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(b"", "401 Unauthorized")
    assert "~/.netrc may hold them, as machine 127.0.0.1" in fetching.fetch().reason


def test_a_redirect_with_a_password_is_not_followed(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = moved("https://me:secret@x.test/")
    assert "secret" not in fetching.fetch().reason
