"""The headers of every answer: what a page may load, how long what may be kept.

`web/app.py` registers `add_headers` to run after each request.
"""

from __future__ import annotations

from flask import Response, request

from web.site import site

# Everything a page needs comes from this site; nothing inline runs, so an escaping mistake cannot become a script.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # a publisher's site need not learn what was searched for
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=600"
ASK_FIRST = "no-cache"  # an index may change at any moment


def add_headers(response: Response) -> Response:
    """Adds the headers that the answer does not have yet."""
    if "Access-Control-Allow-Origin" in response.headers:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if site().settings.crawling == "none":
        response.headers["X-Robots-Tag"] = "noindex, nofollow"  # also where an address is known from elsewhere
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = FOR_EVER if _versioned() else A_WHILE
    else:
        response.headers.setdefault("Cache-Control", ASK_FIRST)
    return response


def _versioned() -> bool:
    name = (request.view_args or {}).get("filename", "")
    return name in site().versions and request.args.get("v") == site().versions[name]
