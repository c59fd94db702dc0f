"""From what Scrapy hands an errback to the words of an outcome."""

from __future__ import annotations

import re
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
from crawler.core.verdict import status_reason, status_verdict
from crawler.fetch.failure import words
from crawler.fetch.rules import RobotsExcluded

if TYPE_CHECKING:
    from twisted.python.failure import Failure

__all__ = ["reason", "status_reason", "status_verdict", "verdict"]

_SECONDS = re.compile(r"longer than ([\d.]+) seconds")  # as Scrapy says it


def verdict(failure: Failure) -> tuple[Status, str]:
    """How a visit ended that gave no response, and why. Excluded is what we decided ourselves."""
    error: BaseException = failure.value  # type: ignore[assignment]  # None only before Twisted made it
    ours = isinstance(error, AddressError | UrlError | RobotsExcluded)
    return (Status.EXCLUDED if ours else Status.FAILED), reason(error)


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
