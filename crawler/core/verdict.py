"""From HTTP's numbers to the words of an outcome: of a crawl, and of an archive read back."""

from __future__ import annotations

from http import HTTPStatus

from crawler.core.model import Status

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}
_REDIRECTS = {301, 302, 303, 307, 308}  # followed where they can be: one that is seen here could not


def status_verdict(http_status: int) -> tuple[Status, str] | None:
    """How a visit ended by the status of its last response, and why; None: there is a page to be read."""
    if http_status == HTTPStatus.PARTIAL_CONTENT:  # we ask for no range
        return Status.FAILED, f"{status_reason(http_status)}: a part that was not asked for, no whole page"
    if 200 <= http_status < 300:  # noqa: PLR2004 - successful
        return None
    if http_status == HTTPStatus.NOT_MODIFIED:
        return Status.UNCHANGED, status_reason(http_status)
    if http_status in _GONE:
        return Status.GONE, status_reason(http_status)
    return (Status.REFUSED if http_status in _REFUSED else Status.FAILED), status_reason(http_status)


def status_reason(http_status: int) -> str:
    """The status in words: "HTTP 503 Service Unavailable"."""
    try:
        phrase = f" {HTTPStatus(http_status).phrase}"
    except ValueError:
        phrase = ""
    nowhere = ", and its Location leads nowhere we go" if http_status in _REDIRECTS else ""
    return f"HTTP {http_status}{phrase}{nowhere}"
