"""Redirects go where the server said, letter by letter: Scrapy's own middleware escapes `[ ] | { }` in a Location."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler.core import urls
from crawler.core.traps import ENDLESS, is_endless
from crawler.fetch.conditions import set_conditions

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_NOWHERE = "about:blank"  # Scrapy leaves a Location alone that is not http(s), but must be able to make a request of it
_ABSOLUTE = re.compile(r"https?:[/\\]", re.IGNORECASE)


class RedirectAsFoundMiddleware(RedirectMiddleware):
    """In the place of Scrapy's, for requests with `verbatim_url` in their meta."""

    def _build_redirect_request(
        self,
        source_request: Request,
        response: Response,
        *,
        url: str,  # noqa: ARG002 - Scrapy's reading of the Location
        **kwargs: Any,  # noqa: ANN401 - Scrapy's own
    ) -> Request:
        """Scrapy's request, with the Location as found.

        Raises: UrlError where it cannot be requested.
        """
        found = _found(source_request.url, response.headers[b"Location"] or b"")
        return set_conditions(
            super()._build_redirect_request(source_request, response, url=found or _NOWHERE, **kwargs)
        )

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:  # noqa: ANN401 - Scrapy's own
        """The request of the next step. Raises: IgnoreRequest where the steps lead nowhere: each costs its host one."""
        steps = [*request.meta.get("redirect_urls", ()), request.url, redirected.url]
        if "lease" in request.meta and is_endless(steps):
            raise IgnoreRequest(f"{ENDLESS}: {len(steps) - 1} so far, the last to {redirected.url[:200]}")
        return super()._redirect(redirected, request, reason)


def _found(base: str, location: bytes) -> str | None:
    """Where a Location leads; None: to no http(s), so that the redirect is the answer itself."""
    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = location.decode("latin-1")
    if _ABSOLUTE.match(text):
        return urls.wire(text)
    if text.startswith("/"):
        parts = urlsplit(base)
        return urls.wire(
            f"{parts.scheme}:{text}" if text.startswith("//") else f"{parts.scheme}://{parts.netloc}{text}"
        )
    joined = urls.join(base, text)
    return None if joined is None else urls.wire(joined)
