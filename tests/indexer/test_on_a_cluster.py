"""What the commands do to an index whose articles are on a cluster."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.backups.backing_up import back_up
from indexer.build import Choices, index
from indexer.generations import names_of_run
from indexer.generations.storage import new_generation
from indexer.generations.succession import rollback
from indexer.sources import Sources
from indexer.verification.verify import verify
from indexer.withdrawal import delete
from search.engines.opensearch import state
from search.engines.opensearch.access import Access, access
from search.engines.opensearch.cluster import Cluster, connect
from search.engines.opensearch.login import PASSWORD, TOKEN, USER, authorization
from search.engines.registry import backend, shared
from search.errors import (
    ClusterTooOld,
    ClusterUnreachable,
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    SettingsError,
    Unsupported,
)
from search.index.directory import IndexDirectory
from search.index.elsewhere import take_over
from search.index.open_index import open_index
from search.results.names_file import FILE as NAMES
from tests.engines.own_archive import own_archive
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, generations, rebuild


@pytest.fixture
def name(cluster: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of an archive of this test's own."""
    with own_archive(cluster, monkeypatch, CLUSTER_REPLICAS="0") as name:
        yield name


def _indexes(name: str) -> set[str]:
    """The indexes of this archive on the cluster."""
    return set(_ask("GET", f"/{name}-*"))


def _ask(method: str, path: str) -> Any:
    cluster: Cluster = connect(access())
    return cluster.ask(method, path)


def test_an_archive_grows_is_rebuilt_swapped_rolled_back_and_swept(name: str, tmp_path: Path) -> None:
    place, source = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 20))
    assert add(place, source, engine="opensearch").added == 20
    files = sum(path.stat().st_size for path in (place / "generations" / "1").iterdir())
    assert open_index(place).facts.size_bytes > files + 1_000
    (first,) = _indexes(name)
    settings = _ask("GET", f"/{first}/_settings?flat_settings=true")[first]["settings"]
    assert (settings["index.refresh_interval"], settings["index.number_of_replicas"]) == ("60s", "0")
    archive(source, rows(0, 22))
    assert add(place, source).added == 2
    assert delete(IndexDirectory(place), ["3"]).deleted == ("3",)
    assert (count(place), set(_ask("GET", f"/_alias/{name}"))) == (21, {first})
    rebuild(place)
    (second,) = _indexes(name) - {first}
    assert (count(place), set(_ask("GET", f"/_alias/{name}"))) == (21, {second})
    rollback(IndexDirectory(place))
    assert (count(place), set(_ask("GET", f"/_alias/{name}"))) == (21, {first})
    rebuild(place)
    (third,) = _indexes(name) - {first}
    assert (set(_ask("GET", f"/_alias/{name}")), generations(place)) == ({third}, ["1", "3"])
    stored = {each: state.read(connect(access()), f"{name}|file|generations/{each}/cluster.json") for each in (1, 2, 3)}
    assert (stored[2], stored[3] is not None) == (None, True)
    assert verify(IndexDirectory(place), full=True, progress=lambda *_: None).sound
    with pytest.raises(Unsupported, match="snapshot"):
        back_up(IndexDirectory(place), tmp_path / "backup", progress=lambda *_: None)
    assert not (tmp_path / "backup").exists()


def test_the_names_that_a_first_run_collects_in_the_end_are_told_to_others(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_of_run, "_SMALL", 1)
    add(tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 3)), engine="opensearch")
    assert state.read(connect(access()), f"{name}|file|generations/1/{NAMES}")


def test_an_index_moves_from_files_to_a_cluster_and_back(name: str, tmp_path: Path) -> None:
    place, source = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 5))
    add(place, source)
    for engine, indexes in (("opensearch", 1), ("tantivy", 1), ("tantivy", 0)):
        rebuild(place, engine=engine)
        assert (count(place), len(_indexes(name))) == (5, indexes)


def test_an_index_that_was_removed_by_hand_is_rebuilt(name: str, tmp_path: Path) -> None:
    place, source = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, source, engine="opensearch")
    _ask("DELETE", f"/{next(iter(_indexes(name)))}")
    for refused in (add, lambda place, _: delete(IndexDirectory(place), ["1"])):
        with pytest.raises(IndexDamaged, match=r"is not on the cluster.* kashaf reindex makes it anew"):
            refused(place, source)
    rebuild(place)
    assert count(place) == 2


def test_copies_that_no_node_can_have_are_told_and_not_waited_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, source = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 2))
    assert not add(place, source, engine="opensearch").remarks
    monkeypatch.setenv("KASHAF_CLUSTER_REPLICAS", "9")
    (remark,) = rebuild(place).remarks
    assert (remark.about.kind, "set cluster_replicas = " in remark.named[0]) == ("copies-missing", True)


def test_a_run_that_fails_before_it_is_seen_leaves_nothing_on_the_cluster(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(Exception, match="no article"):
        index(IndexDirectory(tmp_path / "index"), Sources([tmp_path / "empty.jsonl"]), Choices("opensearch", None))
    assert (_indexes(name), (tmp_path / "index").exists()) == (set(), False)


def test_the_name_of_another_directory_is_refused_with_where_it_is_written(name: str, tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 2))
    add(tmp_path / "one", source, engine="opensearch")
    with pytest.raises(IndexForeign, match=rf"{name} already, which is written from .*/one on .*KASHAF_CLUSTER_INDEX"):
        add(tmp_path / "other", source, engine="opensearch")
    assert count(tmp_path / "one") == 2


def test_an_index_directory_that_was_moved_goes_on_and_a_copy_of_what_it_was_does_not(
    name: str, tmp_path: Path
) -> None:
    place, moved, left = tmp_path / "index", tmp_path / "moved", tmp_path / "left"
    source = archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, source, engine="opensearch")
    shutil.copytree(place, left)
    shutil.move(place, moved)
    archive(source, rows(0, 3))
    assert add(moved, source).added == 1
    for refused in (add, rebuild):
        with pytest.raises(IndexForeign, match=r"written from .*/moved on .*kashaf index --take-over here"):
            refused(left, source)
    with pytest.raises(IndexForeign):
        delete(IndexDirectory(left), ["1"])
    assert count(moved) == 3


def test_an_archive_whose_directory_was_lost_is_taken_over_by_another(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, place, source = tmp_path / "lost", tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 2))
    add(lost, source, engine="opensearch")
    (first,) = _indexes(name)
    begun = ("index", "--index", place, "--engine", "opensearch", source)
    refused = kashaf(*begun)
    assert (refused.returncode, "--take-over" in refused.stderr) == (1, True)
    writer = backend("opensearch").open_writer(lost / "generations" / "1")
    with pytest.raises(IndexBusy, match="another kashaf is writing"):
        take_over(place)
    writer.close()
    assert kashaf("reindex", *begun[1:], "--take-over").returncode == 0
    assert count(place) == 2 and set(_ask("GET", f"/_alias/{name}")).isdisjoint({first})
    with pytest.raises(IndexForeign, match="/index on"):
        add(lost, source)
    assert kashaf("reindex", "--index", place).returncode == 0


def test_a_run_that_stood_still_while_its_archive_was_taken_over_publishes_nothing(name: str, tmp_path: Path) -> None:
    place, source = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 2))
    add(place, source, engine="opensearch")
    published = set(_ask("GET", f"/_alias/{name}"))
    with new_generation(IndexDirectory(place), "opensearch") as generation:
        take_over(tmp_path / "other")
        folder = IndexDirectory(place).generation(generation)
        with pytest.raises(IndexForeign, match="/other on"):
            backend("opensearch").open_writer(folder)
        with pytest.raises(IndexForeign, match="/other on"):
            shared().published(folder, {"kashaf.json": b"{}"})
    assert set(_ask("GET", f"/_alias/{name}")) == published


def test_the_cluster_is_named_by_an_option_and_remembered(
    name: str, cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KASHAF_CLUSTER")
    place, source = tmp_path / "index", archive(tmp_path / "a.jsonl", rows(0, 3))
    made = kashaf("index", "--index", place, "--engine", "opensearch", source)
    assert (made.returncode, made.stderr.count("--cluster")) == (1, 1)
    made = kashaf("index", "--index", place, "--engine", "opensearch", "--cluster", cluster, source)
    assert (made.returncode, "added 3" in made.stdout) == (0, True)
    assert "3 " in kashaf("search", "--index", place, "خبر").stdout
    assert kashaf("reindex", "--index", place).returncode == 0
    monkeypatch.setenv("KASHAF_CLUSTER", cluster)


def test_a_cluster_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 2))
    monkeypatch.setenv("KASHAF_CLUSTER", "http://127.0.0.1:9")
    with pytest.raises(ClusterUnreachable, match=r"http://127.0.0.1:9 can be reached .*--cluster"):
        add(tmp_path / "index", source, engine="opensearch")
    monkeypatch.setenv("KASHAF_CLUSTER", "http://user:secret@127.0.0.1:9")
    with pytest.raises(SettingsError, match="cluster") as raised:
        add(tmp_path / "index", source, engine="opensearch")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("address", ["http://localhost:92000", "http://localhost:port", "http://[::1", "http://:9200"])
def test_an_address_that_leads_nowhere_is_told_with_its_value(address: str) -> None:
    with pytest.raises(SettingsError, match=rf"{re.escape(address)}.*http://localhost:9200"):
        connect(Access((address,)))


@pytest.mark.parametrize("sign", ["\n", "\r", "\0", "\udc80"])
def test_a_login_with_an_unprintable_character_is_refused_and_not_shown(sign: str) -> None:
    token, password = {TOKEN: f"s3cret{sign}x"}, {USER: "ops", PASSWORD: f"s3cret{sign}"}
    for environ in (token, password):
        with pytest.raises(SettingsError, match=r"KASHAF_CLUSTER_.* holds .* such as a line break") as raised:
            authorization(environ, "")
        assert "s3cret" not in str(raised.value)


def test_another_server_is_too_old(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ({"number": "7.10.2"}, {"number": "2.19.0", "distribution": "opensearch"}):
        cluster = Cluster(access())
        transport = cluster._client.transport
        monkeypatch.setattr(transport, "perform_request", lambda *_, found=version, **__: {"version": found})
        with pytest.raises(ClusterTooOld, match=rf"{version['number']}: this program needs OpenSearch 3.0 or later"):
            cluster.ask("GET", "/_search")


def test_a_login_is_read_from_the_environment_or_a_file_and_shown_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KASHAF_CLUSTER", "https://127.0.0.1:9")
    file = tmp_path / "login"
    file.write_text("ops:s3cret\n", encoding="utf-8")
    file.chmod(stat.S_IRUSR)
    monkeypatch.setenv("KASHAF_CLUSTER_LOGIN", str(file))
    assert access().login == "Basic b3BzOnMzY3JldA=="
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    file.write_text("Bearer t0ken\n", encoding="utf-8")
    assert access().login == "Bearer t0ken"
    monkeypatch.setenv("KASHAF_CLUSTER_USER", "ops")
    with pytest.raises(SettingsError, match="KASHAF_CLUSTER_PASSWORD is not"):
        access()
    monkeypatch.setenv("KASHAF_CLUSTER_PASSWORD", "s3cret")
    assert access().login == "Basic b3BzOnMzY3JldA=="
    monkeypatch.setenv("KASHAF_CLUSTER_TOKEN", "t0ken")
    assert access().login == "Bearer t0ken"
    assert "s3cret" not in repr(access()) and "t0ken" not in repr(access())
    monkeypatch.delenv("KASHAF_CLUSTER_TOKEN")
    monkeypatch.delenv("KASHAF_CLUSTER_USER")
    for content in ("", "no login\n"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(SettingsError, match="holds no login"):
            access()
    monkeypatch.setenv("KASHAF_CLUSTER_LOGIN", str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match="cannot be read"):
        access()
    monkeypatch.delenv("KASHAF_CLUSTER_LOGIN")
    monkeypatch.setenv("KASHAF_CLUSTER_CA", os.devnull)
    with pytest.raises(SettingsError, match="cluster_ca"):
        Cluster(access())
