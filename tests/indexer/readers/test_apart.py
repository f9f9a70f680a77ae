"""Reading in a process apart: what ends that process costs one file, and the next one is read by another process."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest

from indexer.readers import apart
from indexer.readers.apart import read_apart
from indexer.readers.contract import Blob, Unreadable
from indexer.readers.findings import DAMAGED
from tests.contracts.reader import articles_of, read_bytes, skipped_of
from tests.indexer.readers.test_parquet import parquet

# It says of a column another number of levels than it has; pyarrow 26 ends its process at that.
CONTRADICTION = (
    b"c-oCqJxc>Y5S`t`Lm^;{?s5x<T;m~fMk6GM*vx4(V*JQ~SjQM*M9mrFS1V#+=?}25(Mm|+U$7D@kxS=Kac>h7H5N{>H~03<do#Q2"
    b"I=TrKW)>UEGRhzZFqr8F0RPc{@atyd!hZ@y{5k^`W89XMDASl`q+qoF8>MmW*Y)4Pz<|{0GpSrDArz#|D6_w8hO$w)(YW%TO#i-d"
    b"*{qHK;S>GM(YugtCo!7@T{|l56!-Hi3@kE2^`2U}wpSd1tRZ<4iRt03%Jz8+;8YmGw!mN!kpwL&T6{)1<<Eq_5^L4!{qNwymeT^0"
    b"t$>__!Ym&any?^f@w<oWKv}#H{zj}@YQ2;HPu*=}wr%)Lh*PVV--SRJdIVi}ZF9y`C!&9li6BxKL=Ky=jChJp2^SDcI9F1b;~=gC"
    b"$sFR60y<x8rp-*PtGiNkS|;g*v;vh#8ru<AIpwV>H>rMC6hDVfF3?{@EZ}@gtX-7bQ2k|ow2DCql8ozZFP`mnN;><Xn_j+pcwDTF"
    b"7d&q~U#(V7&68sFs9ZTPr&96BctY6n-h->3kjJ$y-@zwmOxp<"
)
SOUND = parquet(title=["أول", "ثان"], body=["نص", "نص"])


def test_a_file_that_contradicts_itself_costs_itself_alone() -> None:
    items = read_bytes(zlib.decompress(base64.b85decode(CONTRADICTION)), "x.parquet")
    assert [item.reason for item in skipped_of(items)] == [DAMAGED.of("Parquet file")]
    assert articles_of(read_bytes(SOUND, "x.parquet")) == [("أول", "نص"), ("ثان", "نص")]


def test_where_the_process_ends_the_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(SOUND)
    with pytest.raises(Unreadable) as raised:
        list(read_apart("no_such_reader:read", Blob("x", iter(()), path=str(path)), "Parquet file"))
    assert raised.value.reason == DAMAGED.of("Parquet file") and "status 1" in raised.value.detail


def test_one_process_reads_many_files_damaged_ones_too() -> None:
    read_bytes(SOUND, "x.parquet")
    (child,) = apart._idle
    assert skipped_of(read_bytes(b"PAR1 nothing PAR1", "x.parquet"))
    assert len(articles_of(read_bytes(SOUND, "x.parquet"))) == 2
    assert apart._idle == [child]


def test_who_stops_reading_leaves_nothing_for_the_next_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(SOUND)
    items = read_apart("parquet:read_parquet", Blob("x", iter(()), path=str(path)), "Parquet file")
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert articles_of(read_bytes(SOUND, "x.parquet")) == [("أول", "نص"), ("ثان", "نص")]


def test_a_process_that_ended_between_two_files_costs_none() -> None:
    read_bytes(SOUND, "x.parquet")
    (child,) = apart._idle
    child._process.kill()
    child._process.wait()
    assert articles_of(read_bytes(SOUND, "x.parquet")) == [("أول", "نص"), ("ثان", "نص")]
    assert apart._idle != [child] and len(apart._idle) == 1


def test_what_ends_a_second_process_too_is_damaged() -> None:
    read_bytes(SOUND, "x.parquet")
    items = read_bytes(zlib.decompress(base64.b85decode(CONTRADICTION)), "x.parquet")
    assert [item.reason for item in skipped_of(items)] == [DAMAGED.of("Parquet file")]
    assert not apart._idle


def test_a_process_reads_so_many_files_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_MOST_FILES", 1)
    assert len(articles_of(read_bytes(SOUND, "x.parquet"))) == 2
    assert not apart._idle
    assert len(articles_of(read_bytes(SOUND, "x.parquet"))) == 2
