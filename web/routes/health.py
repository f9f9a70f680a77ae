"""Whether this process lives, and whether readers should be sent to it: for proxies, containers and supervisors.

`/healthz` is 200 while searches are answered as they should be, else 503 with the reason: one word for programs and a
sentence for the operator, neither with a path or an address. `/healthz/alive` is 200 as long as the process answers
anything, whatever the index is: what fails there needs a restart, and nothing else does. Registered by `web/app.py`.
"""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify

from search.errors import ClusterUnreachable, IndexMissing, IndexOutdated, KashafError
from search.index.readiness import Unready
from web.site import site

health = Blueprint("health", __name__)

_AGAIN_SECONDS = 30
_LOGGER = logging.getLogger("kashaf.web")
_UNOPENED = (
    (IndexMissing, Unready("missing", "there is no index yet")),
    (IndexOutdated, Unready("outdated", "this program cannot read the index: run kashaf reindex")),
    (ClusterUnreachable, Unready("unreachable", "the cluster that holds the index does not answer")),
    (KashafError, Unready("unusable", "the index cannot be opened: the log says why")),
)


@health.get("/healthz/alive")
def alive() -> Response:
    """200 while this process answers."""
    return jsonify(status="alive")


@health.get("/healthz")
def ready() -> Response:
    """200 while searches are answered as they should be, with the number of articles and with what is not prepared yet
    for readers; else 503 with the reason."""
    try:
        service = site().service()
        unready = service.unready()
        if unready is None:
            preparing = service.preparing()  # in the first seconds; what is answered meanwhile is right
            found = {"status": "ok", "articles": service.facts().articles}
            return jsonify(found | ({"preparing": preparing} if preparing else {}))
        said = "" if unready.kind == "outdated" else unready.sentence  # who follows the index has logged that
    except KashafError as error:
        unready = next(known for kind, known in _UNOPENED if isinstance(error, kind))
        said = str(error)
    if said and site().should_log(said):
        _LOGGER.error("not ready: %s", said)
    response = jsonify(status="unready", reason=unready.kind, text=unready.sentence)
    response.status_code = 503
    response.headers["Retry-After"] = str(_AGAIN_SECONDS)
    return response
