"""Results and articles to take along: /export gives all hits of a search as a file, /cite one article's citation.

An export is written while it is read, from one state of the index, and its reader may be slow: so only some may run at
the same time, and who comes then is asked to come again. Thin; registered by `web/app.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from search.export.file_names import ascii_name, file_name
from search.export.formats import FORMATS, Export, citation_record, exported
from search.pages.display_title import display_title
from web.addresses.export_requests import read_export
from web.messages.table import say
from web.routes.failures import NoSuchArticle, failure_response
from web.site import language, public_links, site

taking_along = Blueprint("taking_along", __name__)

_RETRY_AFTER: Final = "20"  # seconds
_CITATIONS: Final = ("ris", "bibtex")


@taking_along.get("/export")
def export() -> Response:
    """All hits of a search in `format`; the other parameters are those of /search, whose page and limit do not count.

    `rows` is the most hits, `bom=1`, `snippets=1` and `body=1` are those of `kashaf export`.
    """
    asked = read_export(request.args, today=site().today())
    wanted = Export(
        asked.format,
        site().settings.title,
        site().today(),
        permalink=public_links("ar").alone,
        bom=asked.bom,
        snippets=asked.snippets,
        body=asked.body,
    )
    release = _place()
    if release is None:
        return _busy()
    try:
        found = site().all_hits(asked.request, limit=asked.rows, snippets=asked.snippets)
        answer = Response(_written(exported((listed.hit for listed in found), wanted), release))
    except BaseException:
        release()
        raise
    answer.call_on_close(release)  # of an answer that is never read
    answer.headers["X-Kashaf-Total"] = str(found.total)
    answer.headers["X-Kashaf-Rows"] = str(len(found))
    answer.headers["X-Kashaf-Truncated"] = str(int(found.truncated))
    return _as_file(answer, asked.format, asked.request.query)


@taking_along.get("/cite/<form>/")
def citation_by_id(form: str) -> Response:
    """The citation of an article whose id cannot stand in a path: `?id=`."""
    return citation(form, request.args.get("id", ""))


@taking_along.get("/cite/<form>/<path:id>")
def citation(form: str, id: str) -> Response:
    """One article as a record of RIS or BibTeX."""
    if form not in _CITATIONS:
        abort(404)
    article = site().service().article(id)
    if article is None:
        raise NoSuchArticle
    wanted = Export(form, site().settings.title, site().today(), permalink=public_links("ar").alone)
    return _as_file(Response(citation_record(article, wanted)), form, display_title(article))


def _place() -> Callable[[], None] | None:
    """Take a place among the exports that run; what gives it back, once. None: all are taken."""
    places = site().exports
    if not places.acquire(blocking=False):
        return None
    taken = [places]

    def release() -> None:
        if taken:
            taken.pop().release()

    return release


def _written(parts: Iterable[bytes], release: Callable[[], None]) -> Iterator[bytes]:
    """Yield the parts, and give the place back behind the last one."""
    try:
        yield from parts
    finally:
        release()


def _busy() -> Response:
    response = failure_response(503, say(language(), "error_503_exports_text"))
    response.headers["Retry-After"] = _RETRY_AFTER
    return response


def _as_file(answer: Response, form: str, named: str) -> Response:
    """The answer as a file that is kept and not shown, named after what was asked for."""
    known = FORMATS[form]
    name = file_name(named, known.suffix)
    answer.headers["Content-Type"] = f"{known.mimetype}; charset=utf-8"
    answer.headers.set(
        "Content-Disposition",
        "attachment",
        filename=ascii_name(named, known.suffix),
        **{"filename*": f"UTF-8''{quote(name, safe='')}"},
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
