"""Tantivy fulfils the contract of engines, and keeps it where its merges run beside."""

import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from search.engines import id_order
from search.engines.base import Document
from search.engines.id_order import id_number
from search.engines.order import Order
from search.engines.tantivy import engine as tantivy_engine
from search.engines.tantivy import order as date_order
from search.engines.tantivy.ids import IdTable
from search.engines.tantivy.queries import translate
from search.errors import IndexBusy
from search.query.clauses import Clause, Everything
from tests.contracts.engine import EngineContract

_COMMITS = 18  # Tantivy merges eight segments: twice


class TestTantivy(EngineContract):
    name = "tantivy"


@pytest.mark.parametrize("attempt", range(6))
def test_a_writer_is_closed_only_when_its_merges_are_done(tmp_path: Path, attempt: int) -> None:
    tantivy_engine.create(tmp_path)
    for number in range(_COMMITS):
        writer = tantivy_engine.open_writer(tmp_path)
        writer.put(_article(str(number)))
        writer.commit()
        if number % 3 == 0:
            writer.put(_article("given up"))
        writer.close()
        files = sorted(path.name for path in tmp_path.iterdir())
        assert tantivy_engine.open_engine(tmp_path).documents == number + 1
        assert sorted(path.name for path in tmp_path.iterdir()) == files


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
def test_ids_that_are_read_and_those_that_were_put_in_order_give_the_same_order(
    tmp_path: Path, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    tantivy_engine.create(tmp_path)
    with closing(tantivy_engine.open_writer(tmp_path)) as writer:
        for number in range(60):
            id = f"{number * 37 % 60}ى{number % 7}"
            writer.put(Document(id, number, b"{}", numbers={"moment": number // 20} if number < 50 else {}))
        writer.commit()

    def ids() -> list[list[str]]:
        found = (engine.search(Everything(), limit=limit, order=order, total=False) for limit in (7, 25, 60))
        return [[kept.id for kept in engine.load([match.ref for match in each.matches])] for each in found]

    engine = tantivy_engine.open_engine(tmp_path)
    monkeypatch.setattr(date_order, "IdOrder", None)
    read = ids()
    monkeypatch.undo()
    monkeypatch.setattr(date_order, "_MOST_READ", 0)
    assert ids() == read and len(set(read[-1])) == 60


@pytest.mark.parametrize("most_read", [0, 1_000])
def test_a_crowd_of_one_moment_goes_by_the_numbers_of_ids_and_what_surrounds_it_by_the_ids(
    tmp_path: Path, most_read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(id_order, "MOST_BY_ID", 5)
    monkeypatch.setattr(date_order, "_MOST_READ", most_read)
    before, crowd, behind = (
        [f"{name}{number}" for number in range(count)] for name, count in (("a", 4), ("b", 9), ("c", 3))
    )
    tantivy_engine.create(tmp_path)
    with closing(tantivy_engine.open_writer(tmp_path)) as writer:
        for moment, ids in enumerate((before, crowd, behind)):
            for id in reversed(ids):
                writer.put(Document(id, 1, b"{}", numbers={"moment": moment}))
        writer.commit()
    engine = tantivy_engine.open_engine(tmp_path)
    found = engine.search(Everything(), limit=16, order=Order.OLDEST).matches
    in_order = [*before, *sorted(crowd, key=id_number), *behind]
    assert [kept.id for kept in engine.load([match.ref for match in found])] == in_order
    assert in_order != sorted(in_order)


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
@pytest.mark.parametrize(("further", "at_once", "by_id"), [(0, 1, 3), (1, 1, 100), (1, 4, 100), (3, 1, 3), (300, 1, 5)])
def test_where_a_list_ends_within_a_moment_or_among_the_undated_it_goes_on_as_the_whole_list_does(
    tmp_path: Path, order: Order, further: int, at_once: int, by_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(date_order, "_FURTHER", further)
    monkeypatch.setattr(date_order, "_OF_A_MOMENT", at_once)
    monkeypatch.setattr(id_order, "MOST_BY_ID", by_id)
    moments = {f"{n * 17 % 31}": (None, -5, 0, 0, 7, None, 10**9, None)[n % 8] for n in range(31)}
    tantivy_engine.create(tmp_path)
    for part in range(3):  # in one of them no article has a date
        with closing(tantivy_engine.open_writer(tmp_path)) as writer:
            for id, moment in moments.items():
                if (part == 2) == (moment is None) and (moment is None or int(id) % 2 == part):
                    writer.put(Document(id, 1, b"{}", numbers={} if moment is None else {"moment": moment}))
            writer.commit()
    crowded = {moment for moment, count in Counter(moments.values()).items() if count > by_id}
    newest = sorted({moment for moment in moments.values() if moment is not None}, reverse=order is Order.NEWEST)
    expected = [
        id
        for each in (*newest, None)
        for id in sorted((id for id in moments if moments[id] == each), key=id_number if each in crowded else str)
    ]
    engine = tantivy_engine.open_engine(tmp_path)
    for limit in range(1, 33):
        found = engine.search(Everything(), limit=limit, order=order)
        assert [kept.id for kept in engine.load([match.ref for match in found.matches])] == expected[:limit]
        assert found.total == 31


def test_a_list_matches_its_clause_once_and_reads_no_ids_of_later_moments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tantivy_engine.create(tmp_path)
    with closing(tantivy_engine.open_writer(tmp_path)) as writer:
        for number in range(40):
            writer.put(Document(str(number), 1, b"{}", numbers={"moment": number // 2} if number < 30 else {}))
        writer.commit()
    order = vars(tantivy_engine.open_engine(tmp_path))["_date_order"]
    translated: list[Clause] = []
    monkeypatch.setattr(date_order, "translate", lambda *given: (translated.append(given[0]), translate(*given))[1])
    for limit, read in ((3, 4), (4, 8), (40, 48)):
        assert order.search(Everything(), limit=limit, order=Order.NEWEST, total=True)[1] == 40
        assert (len(translated), order._read) == (1, read)
        translated.clear()


@pytest.mark.parametrize("count", [0, 1, 2, 1000])
def test_an_id_is_found_by_its_number_and_by_no_other(count: int) -> None:
    ids = [f"https://a.example/خبر/{number}" for number in range(count)]
    table = IdTable(iter(ids))
    assert [table.id(id_number(id)) for id in ids] == ids
    assert table.id(id_number("https://a.example/another")) is None
    others = {0, 2**63 - 1, *(id_number(id) + step for id in ids for step in (-1, 1))}
    assert {table.id(number) for number in others} == {None}


def test_what_is_given_up_leaves_no_files(tmp_path: Path) -> None:
    tantivy_engine.create(tmp_path)
    before = sorted(tmp_path.iterdir())
    writer = tantivy_engine.open_writer(tmp_path)
    writer.put(_article("given up"))
    writer.close()
    assert [path for path in tmp_path.iterdir() if path not in before and not path.name.startswith(".")] == []
    assert tantivy_engine.open_engine(tmp_path).search(Everything(), limit=1).total == 0


def _article(id: str) -> Document:
    return Document(id, 1, b"{}", {"body_stem": "term " * 50})


def test_a_writer_that_is_refused_leaves_no_thread(tmp_path: Path) -> None:
    tantivy_engine.create(tmp_path)
    before = threading.active_count()
    with closing(tantivy_engine.open_writer(tmp_path)):
        assert threading.active_count() > before
        held = set(threading.enumerate())
        with pytest.raises(IndexBusy):
            tantivy_engine.open_writer(tmp_path)
        assert set(threading.enumerate()) <= held
    assert threading.active_count() == before
