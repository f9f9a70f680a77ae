"""Answers are compressed for who takes that, by Flask-Compress; static files too, small answers not.

Registered by `web/app.py`.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request
from flask_compress import Compress

ALGORITHMS: Final = ("br", "gzip")  # the better one first
_AS_IT_IS: Final = "identity"
SMALLEST: Final = 1024  # bytes: less is sent as it is, a packet either way
TYPES: Final = (
    "text/html",
    "text/css",
    "text/plain",
    "text/csv",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/x-ndjson",
    "application/x-suggestions+json",
    "application/atom+xml",
    "application/opensearchdescription+xml",
    "application/xml",
    "application/x-research-info-systems",
    "application/x-bibtex",
    "image/svg+xml",
)


def register(app: Flask) -> None:
    """Compresses the answers of the application."""
    app.config.update(
        COMPRESS_ALGORITHM=list(ALGORITHMS),
        COMPRESS_ALGORITHM_STREAMING=list(ALGORITHMS),
        COMPRESS_MIMETYPES=list(TYPES),
        COMPRESS_MIN_SIZE=SMALLEST,
        COMPRESS_REGISTER=False,
    )
    compress = Compress(app)

    def compressed(response: Response) -> Response:
        """Flask-Compress reads `gzip;q=0` as a wish for gzip: it is told the one that was chosen here."""
        accepted = request.accept_encodings
        refused = {str(name).lower() for name, quality in accepted if not quality}
        chosen = accepted.best_match([name for name in (*ALGORITHMS, _AS_IT_IS) if name not in refused])
        request.environ["HTTP_ACCEPT_ENCODING"] = chosen or _AS_IT_IS
        if close := getattr(response.response, "close", None):
            response.call_on_close(close)  # of a file, which is read through another iterator from here on
        return compress.after_request(response)

    app.after_request(compressed)
