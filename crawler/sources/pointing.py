"""An address that a source gives → ``Seed``: absolute, sendable, without userinfo, else as found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Seed

if TYPE_CHECKING:
    from datetime import datetime

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?:[/\\]{2}", re.IGNORECASE)
_HOST_ALONE = re.compile(r"www\.[\w-]+\.\w", re.IGNORECASE)
_BREAKS = re.compile(r"[\t\n\r]")
_CERTAINLY_SENT = urls.MAX_URL_CHARACTERS // 12  # characters: one becomes four escapes at most


def address(found: str, base: str) -> str:
    """The URL as found, made absolute: relative ones against the base, `&amp;` undone, no userinfo.

    Raises: UrlError for what leads nowhere we go.
    """
    url = _BREAKS.sub("", found.strip()).replace("&amp;", "&")
    if not url:
        raise UrlError("empty URL; write it in full, as in https://example.org/news")
    if _HOST_ALONE.match(url):
        url = f"{base.partition(':')[0]}://{url}"
    if not _WEB.match(url):
        url = _joined(url, base)
    return urls.without_userinfo(url)


def _joined(url: str, base: str) -> str:
    if _SCHEME.match(url):
        urls.key(url)  # says what is wrong with it
    joined = urls.join(base, url)
    if joined is None:
        raise UrlError(f"not a URL: {url[:200]!r}; write it in full, as in https://example.org/news")
    return joined


def seed(
    url: str,
    *,
    via: str,
    title: str = "",
    date: datetime | None = None,
    author: str = "",
    label: str | None = None,
) -> Seed:
    """The seed of an absolute URL; an empty text is one that the source does not have.

    Raises: UrlError for a URL that cannot be requested.
    """
    key = urls.key(url)
    if len(url) > _CERTAINLY_SENT:
        urls.wire(url)  # what is sent may be longer than what was found
    return Seed(url=url, key=key, via=via, title=title or None, date=date, author=author or None, label=label)
