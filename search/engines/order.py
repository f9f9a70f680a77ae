"""The orders in which an engine can give its hits, by the names that readers and programs use.

`search/engines/base.py` hands them on with the contract of engines; the command line offers the names
before any engine is loaded.
"""

from __future__ import annotations

from enum import Enum


class Order(Enum):
    """How hits are sorted; articles without a date come last in both date orders.

    In the date orders, articles of one moment and those without any follow by id, or where more than
    `id_order.MOST_BY_ID` of them match, by the number of their id: the same in every engine and after every rebuild.
    Equal scores keep an order that does not change while the engine is open, so that pages neither repeat nor miss a
    hit.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
