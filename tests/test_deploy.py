"""The files of deploy/ and what docs/deploy.md says agree with the program: packages, settings, options."""

from __future__ import annotations

import re
import shlex
import tomllib
from configparser import RawConfigParser
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import kashaf
from search.engines.opensearch.refusals import MOST_CLAUSES
from search.settings import Settings
from tests.bench.faulting import place
from tests.opensearch import distribution as opensearch
from tests.web.fakes import FakeService
from web.app import create_app

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
TEXTS = [*sorted(DEPLOY.iterdir()), ROOT / "docs/deploy.md", ROOT / "docs/assistants.md", ROOT / "docs/cluster.md"]
_COMMAND = re.compile(rf"(?:^|[\s/])kashaf ((?:{'|'.join(kashaf.COMMANDS)})\b[^\n#`|]*)", re.MULTILINE)


def unit(name: str) -> RawConfigParser:
    """A unit of systemd; of a key that stands several times the last value."""
    parser = RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parser


def test_the_image_is_built_of_all_packages_and_of_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name.removesuffix("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    modules = {f"{name}.py" for name in project["tool"]["setuptools"]["py-modules"]}
    needed = {*packages, *modules, "pyproject.toml", "README.md", "LICENSE"}
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"^COPY (?!--)(.+)$", dockerfile, re.MULTILINE) for name in line.split()[:-1]}
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert copied == {name.removeprefix("!") for name in let_in if name.startswith("!")} == needed
    extras = set(re.findall(r"\.\[([a-z,]+)\]", dockerfile)[0].split(","))
    assert extras <= set(project["project"]["optional-dependencies"])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_settings_that_are_named_are_settings(path: Path) -> None:
    known = {f"KASHAF_{field.name.upper()}" for field in fields(Settings)} | {"KASHAF_CONFIG"}
    known |= {"KASHAF_CLUSTER_USER", "KASHAF_CLUSTER_PASSWORD", "KASHAF_CLUSTER_TOKEN"}  # the environment's alone
    assert set(re.findall(r"KASHAF_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_commands_that_are_named_take_the_options_that_they_are_given(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for line in _COMMAND.findall(text):
        name, *words = shlex.split(line)
        command = kashaf.kashaf.get_command(click.Context(kashaf.kashaf), name)
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, line


def test_the_site_is_told_to_stop_once_and_nothing_writes_beside_the_index() -> None:
    service, nightly, watch = (unit(f"kashaf{name}.service")["Service"] for name in ("", "-index", "-watch"))
    assert service["KillMode"] == "mixed" and service["ExecReload"].endswith("-HUP $MAINPID")
    for each in (service, nightly, watch):
        assert each["ProtectSystem"] == "strict" and each["User"] == each["StateDirectory"] == "kashaf"
    assert unit("kashaf-index.timer")["Timer"]["Persistent"] == "true"


def test_only_what_asks_feeds_has_a_network_and_it_is_not_told_to_stop_twice() -> None:
    nightly, watch = (unit(f"kashaf-{name}.service")["Service"] for name in ("index", "watch"))
    assert nightly["PrivateNetwork"] == "yes" and "PrivateNetwork" not in watch
    assert watch["RestrictAddressFamilies"] == "AF_UNIX AF_INET AF_INET6"
    assert watch["ExecStart"].endswith("kashaf watch") and "KillSignal" not in watch


COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
NODES = [name for name in SERVICES if name.startswith("node-")]
WEBS = [name for name in SERVICES if name.startswith("web-")]
PROXY = (DEPLOY / "cluster.Caddyfile").read_text(encoding="utf-8")


def test_three_nodes_know_each_other_and_each_keeps_its_own_data() -> None:
    assert len(NODES) == 3
    for name in NODES:
        node = SERVICES[name]
        told = node["environment"]
        assert node["image"] == f"opensearchproject/opensearch:{opensearch.VERSION}"
        assert told["node.name"] == name and f"{name}:/usr/share/opensearch/data" in node["volumes"]
        for setting in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert told[setting].split(",") == NODES
        assert int(told["indices.query.bool.max_clause_count"]) == MOST_CLAUSES
        assert told.items() >= {setting: str(value) for setting, value in place.SETTINGS.items()}.items()


def test_snapshots_can_be_written_before_a_node_begins_and_each_run_is_of_the_same_host() -> None:
    owned = SERVICES["snapshots"]
    assert owned["network_mode"] == "none" and owned["entrypoint"][-1] == "/snapshots"
    assert owned["image"] == SERVICES[NODES[0]]["image"]
    for name in NODES:
        assert SERVICES[name]["depends_on"] == {"snapshots": {"condition": "service_completed_successfully"}}
        assert set(owned["volumes"]) < set(SERVICES[name]["volumes"])
        assert SERVICES[name]["environment"]["path.repo"] == "/snapshots"
    assert SERVICES["index"]["hostname"] == "kashaf-index"


def test_nothing_but_the_proxy_can_be_reached_and_nodes_by_kashaf_alone() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["proxy"]["ports"])
    assert COMPOSE["networks"]["nodes"] == {"internal": True}
    in_network = {name for name, service in SERVICES.items() if "nodes" in service.get("networks", ())}
    assert in_network == {*NODES, *WEBS, "index"}


def test_web_containers_keep_nothing_and_ask_every_node() -> None:
    assert len(WEBS) == 2
    for name in WEBS:
        web = SERVICES[name]
        assert web["read_only"] is True and "volumes" not in web
        assert [place.partition(":")[0] for place in web["tmpfs"]] == ["/tmp", "/var/lib/kashaf"]
        assert web["environment"]["KASHAF_CLUSTER"].split(",") == [f"http://{node}:9200" for node in NODES]
        assert web["environment"]["KASHAF_BEHIND_PROXY"] == "1"
    assert set(WEBS).isdisjoint(SERVICES["index"]["depends_on"])


def test_the_proxy_sends_readers_to_the_containers_that_are_ready() -> None:
    port = re.findall(r"KASHAF_PORT=(\d+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))[0]
    (upstreams,) = re.findall(r"reverse_proxy (.+) \{", PROXY)
    assert upstreams.split() == [f"{name}:{port}" for name in WEBS]
    (looked_at,) = re.findall(r"health_uri (\S+)", PROXY)
    with create_app(Settings(), FakeService()).test_client() as client:
        assert client.get(looked_at, headers={"Host": f"{WEBS[0]}:{port}"}).status_code == 200
    (listening,) = re.findall(r"^:(\d+) \{", PROXY, re.MULTILINE)
    assert SERVICES["proxy"]["ports"] == [f"127.0.0.1:{listening}:{listening}"]


def test_every_container_says_how_it_is() -> None:
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    (looked_at,) = re.findall(r"127\.0\.0\.1:%s(\S+)' % ", image)
    assert looked_at == "/healthz/alive"  # a restart mends no index
    for name, service in SERVICES.items():
        assert "healthcheck" in service or service["build"]["dockerfile"] == "deploy/Dockerfile", name
    for service in (SERVICES[name] for name in (*WEBS, "index")):
        assert service["depends_on"] == {node: {"condition": "service_healthy"} for node in NODES}


def test_the_compose_file_names_what_is_there_and_no_secret() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"password|token|secret|://[^/\s]*@", text, re.IGNORECASE)
    named = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    files = {name for name in named if name.startswith("./")}
    assert files == {"./cluster.Caddyfile"} and all((DEPLOY / name).is_file() for name in files)
    assert {name for name in named if re.match(r"[a-z]", name)} == set(COMPOSE["volumes"])
    for name in (*WEBS, "index"):
        command, *words = SERVICES[name]["command"]
        known = {
            option
            for each in kashaf.kashaf.get_command(click.Context(kashaf.kashaf), command).params
            for option in each.opts
        }
        assert {word for word in words if word.startswith("--")} <= known
