"""Conditional requests (RFC 9110 §13): only where the URL that is asked gave the earlier answer itself.

Behind a redirect that leads elsewhere by now, a date alone could call another page unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawler.core.visit import Earlier, Lease

_MAX_CHARACTERS = 1_000  # of a validator; longer ones are no use to anybody
_NAMES = (b"If-None-Match", b"If-Modified-Since")


def earlier_of(request: Request) -> Earlier | None:
    """The answer that the one to this request may repeat; None: there is none, or another URL gave it."""
    lease: Lease | None = request.meta.get("lease")
    earlier = lease.earlier if lease else None
    return earlier if earlier and earlier.url == urldefrag(request.url)[0] else None


def set_conditions(request: Request) -> Request:
    """The same request, which asks only for what is not known yet."""
    earlier = earlier_of(request)
    said = (earlier.etag, earlier.modified) if earlier else (None, None)
    for name, value in zip(_NAMES, said, strict=True):
        request.headers.pop(name, None)
        if value is not None and _is_sendable(value):  # the state file may say what no server did
            request.headers[name] = value.encode("latin-1")
    return request


def validators(response: Response) -> tuple[str | None, str | None]:
    """ETag and Last-Modified as sent; None: there is none that could be sent back."""
    return _said(response, b"ETag"), _said(response, b"Last-Modified")


def _said(response: Response, name: bytes) -> str | None:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if _is_sendable(value) else None


def _is_sendable(value: str) -> bool:
    return 0 < len(value) <= _MAX_CHARACTERS and value.isprintable() and max(value) <= "\xff"
