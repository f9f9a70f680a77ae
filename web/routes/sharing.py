"""Which other sites' pages may read the API and the feeds: the setting `cors_origins`, nobody unless it names some.

Registered by `web/app.py`.
"""

from __future__ import annotations

from typing import Final

from flask import Flask
from flask_cors import CORS

from search.settings import Settings

_SHARED: Final = (r"/api/.*", r"/feed")
_TOLD: Final = ["ETag", "Retry-After", "X-Request-Id"]  # headers that scripts of other sites may read
_KEPT_SECONDS: Final = 86_400  # for which a browser remembers that it may ask


def register(app: Flask, settings: Settings) -> None:
    """Answers browsers that ask for pages of the origins in the settings."""
    origins = [origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()]
    if origins:
        CORS(
            app,
            resources=list(_SHARED),
            origins=origins,
            methods=["GET", "HEAD", "OPTIONS"],
            allow_headers=["If-None-Match"],
            expose_headers=_TOLD,
            max_age=_KEPT_SECONDS,
            send_wildcard=True,
        )
