"""Cycles are looked for less often while articles are indexed, and as often as before once that is done."""

from __future__ import annotations

import gc

import pytest

from indexer.garbage_collection import infrequent_collection


def test_cycles_are_looked_for_less_often_within() -> None:
    usual = gc.get_threshold()
    with infrequent_collection():
        assert gc.get_threshold()[0] > usual[0]
        assert gc.get_threshold()[1:] == usual[1:]
        assert gc.isenabled()
    assert gc.get_threshold() == usual


def test_also_after_an_error() -> None:
    usual = gc.get_threshold()
    with pytest.raises(KeyError), infrequent_collection():
        raise KeyError
    assert gc.get_threshold() == usual
