"""The page of a list of queries, /batch, and its tables of counts and hits as CSV. Thin; registered by `web/app.py`.

A list is sent by POST, since it may be longer than an address. One that is short leads on to an address of its own, to
be kept and shared. Nothing is changed by it, so that a page elsewhere that sends one gains nothing.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from search.export.table import BYTE_ORDER_MARK
from search.limits import HITS_A_PAGE
from search.lists.as_csv import count_lines, counts_header, hit_lines, hits_header
from search.lists.typed import CountedRow, count_rows, hits_of_rows
from web.addresses.list_requests import AskedList, read_typed_list
from web.addresses.over_time_requests import data_asked
from web.site import language, links, public_links, site
from web.views.list_view import build_list_view, link_to

lists = Blueprint("lists", __name__)

LONGEST_ADDRESS: Final = 1_500  # letters of an address that a list gets; a longer one is answered as it was sent
_METHODS: Final = ("GET", "POST")


@lists.route("/batch", methods=_METHODS)
def batch() -> ResponseReturnValue:
    """The form, and the table of counts of its list."""
    asked = _asked()
    usable = asked.rows and not asked.refused
    if request.method == "POST" and usable and len(address := link_to(links(), asked)) <= LONGEST_ADDRESS:
        return redirect(address, 303)
    facts = site().service().facts()
    return render_template("batch.html", view=build_list_view(asked, _counted(asked), links(), facts))


@lists.route("/batch/counts.csv", methods=_METHODS)
def counts_as_csv() -> Response:
    """The counts of the list, those that the page has no column for too."""
    asked = data_asked(_asked())
    lines = (count_lines(each.row, each.found, asked.by, language()) for each in _counted(asked))
    return _csv(counts_header(asked.by) + "".join(lines), "counts.csv")


@lists.route("/batch/hits.csv", methods=_METHODS)
def hits_as_csv() -> Response:
    """The first hits of each query of the list."""
    rows = list(hits_of_rows(site().service(), data_asked(_asked()).rows, limit=HITS_A_PAGE))
    g.cut_short = g.get("cut_short") or any(row.late for row, _ in rows)
    lines = (hit_lines(row, hits, public_links("ar").alone) for row, hits in rows)
    return _csv(hits_header() + "".join(lines), "hits.csv")


def _counted(asked: AskedList) -> tuple[CountedRow, ...]:
    """The counts of the rows. What time cut short is not kept by browsers."""
    rows = count_rows(site().service(), asked.rows, asked.by)
    g.cut_short = g.get("cut_short") or any(row.late for row in rows)
    return rows


def _asked() -> AskedList:
    """What the form or the address asks; the language stands in the address of both."""
    values: MultiDict[str, str] = request.form if request.method == "POST" else request.args
    return read_typed_list(values, today=site().today())


def _csv(table: str, name: str) -> Response:
    response = make_response((BYTE_ORDER_MARK + table).encode("utf-8", "replace"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
