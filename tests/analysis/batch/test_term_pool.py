"""The pool of terms: the terms that are put into it can be gathered again, in any order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.batch.term_pool import Numbers, TermPool
from search.analysis.term_encoding import encode_terms

TERMS = st.lists(st.text(st.sampled_from("وزيرabc/Nф"), min_size=1, max_size=9), max_size=3).map(" ".join)


def gathered(pool: TermPool, rows: Numbers) -> bytes:
    """The terms that these rows lead to."""
    offsets, sizes = rows[:, 0], rows[:, 1]
    return pool.gather(offsets, sizes, sizes.cumsum(dtype=np.int32)).tobytes()


@given(st.lists(st.lists(TERMS, max_size=5), min_size=1, max_size=4), st.data())
def test_terms_are_gathered_in_any_order_as_often_as_asked(batches: list[list[str]], data: st.DataObject) -> None:
    pool = TermPool()
    rows = np.concatenate([pool.put(terms) for terms in batches])
    terms = [term for batch in batches for term in batch]
    order = data.draw(st.lists(st.integers(0, len(terms) - 1), max_size=12)) if terms else []
    wanted = "".join(terms[number] + " " for number in order).split()
    assert gathered(pool, rows[order]).decode().split() == encode_terms(" ".join(wanted)).split()


def test_no_terms_take_no_place() -> None:
    pool = TermPool()
    assert pool.put([]).shape == (0, 2)
    assert pool.put(["", "وزير", ""]).tolist() == [[0, 0], [0, 2], [0, 0]]
    assert gathered(pool, pool.put(["وزير"])) == f"{encode_terms('وزير')}    ".encode()


def test_a_pool_grows() -> None:
    pool = TermPool()
    rows = pool.put([str(number) for number in range(100_000)])
    assert gathered(pool, rows[[0, 99_999, 54_321]]).split() == [b"0", b"99999", b"54321"]
