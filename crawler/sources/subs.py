"""``subs.json``, the seed site's list of feeds: objects with `site` and `url`."""

from __future__ import annotations

import json

from crawler.core import urls
from crawler.core.errors import SourceError, UrlError
from crawler.sources.decoded import cleaned, decoded
from crawler.sources.plain import plain
from crawler.sources.pointing import address
from crawler.sources.subscription import Subscription, Subscriptions

_NO_BASE = "about:blank"
_FORM = '[{"site": "Example Daily", "url": "https://example.org/rss.xml"}, …]'


def read_subs(body: bytes, path: str) -> Subscriptions:
    """The feeds of the list. An empty list is one.

    Raises: SourceError naming the path and the first entry that cannot be used: the file is written by hand, and a
    feed that is silently not read is missed by nobody.
    """
    try:
        entries = json.loads(decoded(body))
    except RecursionError as err:
        raise SourceError(f"{path}: nested too deep; write it as {_FORM}") from err
    except json.JSONDecodeError as err:
        raise SourceError(f"{path}, line {err.lineno}: {err.msg}; mend the JSON there") from err
    except ValueError as err:
        raise SourceError(f"{path}: {str(err)[:200]}; write it as {_FORM}") from err
    if not isinstance(entries, list):
        raise SourceError(f"{path}: no list; write it as {_FORM}")
    found: dict[str, Subscription] = {}
    problems: list[str] = []
    for number, entry in enumerate(entries, start=1):
        one = _subscription(entry, f"{path}, entry {number}")
        known = found.setdefault(urls.key(one.url), one)
        if known is not one:
            problems.append(f"entry {number}: {one.url} stands there twice; take one out")
    return Subscriptions(tuple(found.values()), tuple(problems))


def _subscription(entry: object, place: str) -> Subscription:
    if not isinstance(entry, dict):
        raise SourceError(f"{place}: no object; write it as {_FORM[1:-4]}")
    url, site = entry.get("url"), entry.get("site")
    if not isinstance(url, str) or not url.strip():
        raise SourceError(f"{place}: no `url`; write the feed's there")
    if site is not None and not isinstance(site, str):
        raise SourceError(f"{place}: `site` is no text; write the source's name there")
    try:
        found = address(cleaned(url), _NO_BASE)
        urls.wire(found)
    except UrlError as err:
        raise SourceError(f"{place}: `url`: {err}") from err
    return Subscription(found, plain(site or "") or None)
