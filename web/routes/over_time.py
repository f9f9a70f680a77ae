"""The pages about time, /compare and /coverage, with their CSV. Thin; registered by `web/app.py`."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from search.export.table import BYTE_ORDER_MARK
from search.over_time.as_json import comparison_csv, coverage_csv
from web.addresses.over_time_requests import data_asked, read_comparison, read_coverage
from web.site import links, site
from web.views.compare_view import build_compare_view
from web.views.coverage_view import build_coverage_view

time_pages = Blueprint("time_pages", __name__)


@time_pages.get("/compare")
def compare() -> str:
    """Queries side by side over time: each `q` is one."""
    asked = read_comparison(request.args, today=site().today())
    service = site().service()
    page = site().compare(asked.request)
    return render_template("compare.html", view=build_compare_view(page, links(), asked, service.facts()))


@time_pages.get("/compare.csv")
def compare_as_csv() -> Response:
    """The same figures as a table for spreadsheets; `share=1` gives shares in place of counts."""
    asked = data_asked(read_comparison(request.args, today=site().today()))
    return _csv(comparison_csv(site().compare(asked.request), share=asked.share), "compare.csv")


@time_pages.get("/coverage")
def coverage() -> str:
    """What the archive holds when: of each `source`, else of the commonest, between `from` and `to`."""
    asked = read_coverage(request.args, today=site().today())
    page = site().service().coverage(asked.filters.sources)
    return render_template("coverage.html", view=build_coverage_view(page, asked, links()))


@time_pages.get("/coverage.csv")
def coverage_as_csv() -> Response:
    """The same figures by source and month."""
    asked = data_asked(read_coverage(request.args, today=site().today()))
    return _csv(coverage_csv(site().service().coverage(asked.filters.sources)), "coverage.csv")


def _csv(table: str, name: str) -> Response:
    response = make_response((BYTE_ORDER_MARK + table).encode("utf-8", "replace"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
