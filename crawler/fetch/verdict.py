"""From what Scrapy hands an errback, and from HTTP's numbers, to the words of an outcome."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.core.errors import AddressError, PermapressError, UrlError
from crawler.core.model import Status
from crawler.fetch.failure import words
from crawler.fetch.rules import RobotsExcluded

if TYPE_CHECKING:
    from twisted.python.failure import Failure

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}
_REDIRECTS = {301, 302, 303, 307, 308}  # followed where they can be: one that is seen here could not
_SECONDS = re.compile(r"longer than ([\d.]+) seconds")  # as Scrapy says it


def verdict(failure: Failure) -> tuple[Status, str]:
    """How a visit ended that gave no response, and why. Excluded is what we decided ourselves."""
    error: BaseException = failure.value  # type: ignore[assignment]  # None only before Twisted made it
    ours = isinstance(error, AddressError | UrlError | RobotsExcluded)
    return (Status.EXCLUDED if ours else Status.FAILED), reason(error)


def status_verdict(http_status: int) -> tuple[Status, str] | None:
    """How a visit ended by the status of its last response, and why; None: there is a page to be read."""
    if 200 <= http_status < 300:  # noqa: PLR2004 - successful
        return None
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


def reason(error: BaseException) -> str:
    """Why a request failed, in words a person can act on; never empty."""
    message = str(error)
    if isinstance(error, PermapressError | RobotsExcluded):
        return message or type(error).__name__
    if isinstance(error, IgnoreRequest):
        return "too many redirects" if "redirections" in message else message or "left out"
    if isinstance(error, DownloadTimeoutError):
        seconds = _SECONDS.search(message)
        return f"no whole answer within {float(seconds[1]):g} s" if seconds else "no answer in time"
    if isinstance(error, ResponseDataLossError):
        return f"no whole answer: {message}" if message else "no whole answer"
    if isinstance(error, DownloadCancelledError):
        return f"too large: {message}" if message else "too large"
    what_to_do = "; check its spelling, and that this machine is online"  # not in the archive: it holds what happened
    return words(error) + (what_to_do if isinstance(error, CannotResolveHostError) else "")
