"""The codes of errors, which programs can rely on: status → code, and what each code means.

`web/routes/failures.py` gives them with the answers of the API; the OpenAPI document and the page about the API list
them. Codes may be added; none is renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A code, the status it comes with, and what it means."""

    code: str
    status: int
    ar: str
    en: str


ERROR_CODES: Final = (
    ErrorCode("bad_value", 400, "قيمة المعامل لا تُقبل.", "The value of the parameter cannot be used."),
    ErrorCode("too_long", 400, "البحث أطول مما يُقبل.", "The query is too long."),
    ErrorCode("unknown_parameter", 400, "لا معامل بهذا الاسم هنا.", "There is no such parameter here."),
    ErrorCode("repeated_parameter", 400, "المعامل يُعطى مرة واحدة.", "The parameter takes one value."),
    ErrorCode("missing_parameter", 400, "ينقص معامل لازم.", "A parameter that is needed is missing."),
    ErrorCode("contradiction", 400, "معاملان لا يجتمعان.", "Two parameters that exclude each other."),
    ErrorCode("bad_cursor", 400, "ليس cursor أعطاه هذا الموقع.", "No cursor that this site gave."),
    ErrorCode("foreign_cursor", 400, "هذا cursor لبحث آخر.", "The cursor belongs to another search."),
    ErrorCode("untrusted_host", 400, "الموقع لا يُفتح بهذا الاسم.", "The site is not reached by this host name."),
    ErrorCode("bad_request", 400, "طلب لا يُفهم.", "The request cannot be read or served as asked."),
    ErrorCode("not_found", 404, "لا شيء في هذا العنوان.", "There is nothing at this address."),
    ErrorCode("no_such_article", 404, "لا مقال بهذا المعرّف.", "No article has this id."),
    ErrorCode("method_not_allowed", 405, "العنوان يُقرأ بـ GET فقط.", "The address takes GET, HEAD and OPTIONS."),
    ErrorCode("too_large", 413, "الطلب أكبر مما يُقبل.", "The request is too large."),
    ErrorCode("address_too_long", 414, "العنوان أطول مما يُقبل.", "The address is too long."),
    ErrorCode(
        "too_many_requests", 429, "طلبات كثيرة: انتظر.", "Too many requests: wait as long as `Retry-After` says."
    ),
    ErrorCode("internal_error", 500, "وقع خطأ عندنا وسُجّل.", "Something broke on our side and was logged."),
    ErrorCode("busy", 503, "أبحاث طويلة كثيرة: أعد المحاولة.", "Too many long searches are running: try again."),
    ErrorCode("unavailable", 503, "لا فهرس يُبحث فيه الآن.", "There is no index to search at present."),
)

_OF_STATUS: Final = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    414: "address_too_long",
    429: "too_many_requests",
    500: "internal_error",
    503: "unavailable",
}


def code_of(status: int) -> str:
    """The code of a failure of which the status alone is known."""
    return _OF_STATUS.get(status) or ("internal_error" if status >= 500 else "bad_request")
