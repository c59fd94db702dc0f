"""Why an attempt failed, in words, and whether a second one at once may help."""

from __future__ import annotations

from asyncio import CancelledError

from OpenSSL import SSL
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed, ConnectionDone
from twisted.web._newclient import ParseError
from twisted.web.http import _DataLoss

from crawler.core.errors import PermapressError

_NO_CONNECTION = (CannotResolveHostError, DownloadConnectionRefusedError)
_BROKEN = (ConnectError, ConnectionClosed)  # TLS that does not verify is none of these

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "the host name does not resolve"),
    (DownloadConnectionRefusedError, "connection refused"),
    (VerificationError, "TLS: the certificate is not for this host"),
    (ConnectionDone, "connection closed by the server"),
    (ConnectionClosed, "connection reset"),
    (CancelledError, "cancelled by us"),
)


def words(error: BaseException) -> str:
    """A reason a person can act on; never empty."""
    for kind, text in _WORDS:
        if isinstance(error, kind):
            return text
    cause = _cause(error)
    for kind, text in _WORDS:
        if isinstance(cause, kind):
            return text
    if isinstance(cause, SSL.Error):
        return f"TLS: {_openssl(cause)}"
    if isinstance(cause, ParseError):  # its text is a tuple
        return f"not HTTP: {_parts(cause)}"
    told = str(cause) or type(cause).__name__
    return told if cause is error else f"not HTTP: {told}"


def is_transient(error: BaseException) -> bool:
    """Whether the same attempt may succeed in a second: no connection, or one that broke before it answered."""
    return isinstance(error, _NO_CONNECTION) or isinstance(_cause(error), _BROKEN)


def raised(error: BaseException, reason: str) -> BaseException:
    """The error as it goes up to Scrapy: its type where that says something, with the reason as its message."""
    if isinstance(error, PermapressError | CancelledError):
        return error
    return type(error)(reason) if type(error).__module__ == "scrapy.exceptions" else DownloadFailedError(reason)


def _cause(error: BaseException) -> BaseException:
    """What lies at the bottom: under what Scrapy raised it from, and what Twisted wrapped it in."""
    wrapped = error.__cause__ if error.__cause__ is not None else error
    reasons = [failure.value for failure in getattr(wrapped, "reasons", ())]
    found = next((reason for reason in reasons if not isinstance(reason, _DataLoss)), None)
    return wrapped if found is None else _cause(found)


def _parts(error: ParseError) -> str:
    reason, *data = error.args
    return ": ".join([str(reason), *(repr(part[:40]) for part in data)])


def _openssl(error: SSL.Error) -> str:
    queue = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return "; ".join(str(entry[-1]) for entry in queue) or "the handshake failed"
