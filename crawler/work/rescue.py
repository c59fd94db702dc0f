"""The text that a feed carries, in the place of a page that cannot be had any more.

Nothing is kept aside for it: the feed's own record is the evidence, and is read again when it is needed, live and
offline alike.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.core.model import Article, NoArticle, Status
from crawler.core.visit import Finding, Finish, Kind
from crawler.extraction import extract
from crawler.sources.feed import Feed, read_feed
from crawler.work.inert import inert

if TYPE_CHECKING:
    from crawler.core.visit import Lease

_PAGE = (
    "<!doctype html><html><head><title>{title}</title></head>"
    "<body><article><h1>{title}</h1>{html}</article></body></html>"
)
_LOST = {Status.GONE, Status.REFUSED, Status.FAILED, Status.NO_ARTICLE}


def lost(item: Finding | Finish) -> str:
    """Why a visit of an article that a source named gives no article; empty: it does, or no feed may help."""
    if isinstance(item, Finding):
        result = item.result
        if isinstance(result, NoArticle) and _is_of_source(item.lease):
            return f"{Status.NO_ARTICLE}: {result.reason}"
        return ""
    outcome = item.outcome
    is_lost = _is_of_source(item.lease) and outcome.status in _LOST and item.wait_until is None
    return f"{outcome.status}: {outcome.reason}" if is_lost else ""


def _is_of_source(lease: Lease | None) -> bool:
    return lease is not None and lease.kind is Kind.ARTICLE and lease.source is not None and lease.depth == 0


def carried(body: bytes, url: str, content_type: str | None, key: str) -> Article | NoArticle:
    """The article that a feed carries for the URL of a key, inert. Runs in a reading process."""
    feed = read_feed(body, url, content_type, label=None)
    entries = feed.entries if isinstance(feed, Feed) else ()
    entry = next((each for each in entries if each.seed.key == key and each.html), None)
    if entry is None:
        return NoArticle(url, "the feed carries no text for it")
    title = escape(entry.seed.title or "")
    article = extract(_PAGE.format(title=title, html=entry.html), entry.seed.url)
    return inert(article) if isinstance(article, Article) else article
