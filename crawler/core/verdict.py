"""From HTTP's numbers to the words of an outcome: of a crawl, and of an archive read back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.core.model import Status

if TYPE_CHECKING:
    from datetime import datetime

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


def asked_for(status: Status, reason: str) -> tuple[Status, str]:
    """The verdict on an answer that was compared with no earlier one: that it is not modified gives no page."""
    return (Status.FAILED, f"{reason}, unasked") if status is Status.UNCHANGED else (status, reason)


def same_bytes(at: datetime | None) -> str:
    """Why a page with the payload of an earlier answer is unchanged; None: nobody tells of when that one is."""
    return "the same bytes as before" if at is None else f"the same bytes as on {at:%Y-%m-%d %H:%M} UTC"


def status_reason(http_status: int) -> str:
    """The status in words: "HTTP 503 Service Unavailable"."""
    try:
        phrase = f" {HTTPStatus(http_status).phrase}"
    except ValueError:
        phrase = ""
    nowhere = ", and its Location leads nowhere we go" if http_status in _REDIRECTS else ""
    return f"HTTP {http_status}{phrase}{nowhere}"
