"""One record → `Page`: what of an archive can be an article.

Whatever the live crawl can make a post of is a page here, or the post could not be made again: every 2xx but 206,
and under the types that servers give where they do not know better, whatever holds a tag.
"""

from __future__ import annotations

import re

from crawler.core.content_type import holds_markup, is_html, is_vague
from crawler.core.errors import WarcError
from crawler.core.model import Capture, Page
from crawler.core.verdict import status_verdict
from crawler.warc.decode import decoded
from crawler.warc.digest import sha256
from crawler.warc.found import Damage, Record
from crawler.warc.message import Message, entity, parse_response
from crawler.warc.proof import is_of

__all__ = ["capture", "damage", "is_html", "is_read", "is_vague", "media_type", "page"]

_HTTP = re.compile(r"https?://", re.IGNORECASE)


def page(record: Record, is_wanted: bool = False) -> Page | Damage | None:
    """The page of a `response` record, or of a `resource` record as Browsertrix writes them.

    `is_wanted`: a response is one whatever it holds.

    None: it is no page. Damage: it is one, but not whole, not provable or without evidence to cite.
    """
    if record.type == "response" and record.content_type.lower().startswith("application/http"):
        return _of_response(record, is_wanted)
    if record.type == "resource" and is_html(record.content_type) and _HTTP.match(record.url or ""):
        return _of_resource(record)
    return None


def is_read(status: int) -> bool:
    """A status under which the crawl reads a page."""
    return status_verdict(status) is None


def media_type(message: Message) -> str | None:
    """The response's Content-Type as sent; None: it has none."""
    sent = message.header(b"content-type")
    return None if sent is None else sent.decode("latin-1")


def capture(record: Record, status: int | None, payload_digest: str | None) -> Capture:
    """The evidence for a record; where it states no digest of its block, ours.

    Raises: WarcError where it has no id, URL or date: nothing could cite it.
    """
    if not record.id or record.url is None or record.date is None:
        raise WarcError("without WARC-Record-ID, WARC-Target-URI or a WARC-Date that is a time: nothing could cite it")
    return Capture(
        url=record.url,
        file=record.file,
        offset=record.offset,
        length=record.length,
        record_id=record.id,
        date=record.date,
        status=status,
        block_digest=record.header("WARC-Block-Digest") or sha256(record.block),
        payload_digest=payload_digest,
    )


def damage(record: Record, reason: str) -> Damage:
    """Damage to a record that is otherwise whole."""
    return Damage(record.file, record.offset, record.id or None, reason)


def _of_response(record: Record, is_wanted: bool) -> Page | Damage | None:
    try:
        message = parse_response(record.block)
    except WarcError as err:
        return damage(record, str(err))
    content_type = media_type(message)
    if not is_read(message.status) or not (is_wanted or is_html(content_type) or is_vague(content_type)):
        return None
    payload, found = decoded(record.block), entity(message)
    if not is_wanted and is_vague(content_type) and not holds_markup(payload.body):
        return None
    evidence = _evidence(record, message.status, found.body if found else b"", payload.problem)
    return Page(evidence.url, payload.body, content_type, evidence) if isinstance(evidence, Capture) else evidence


def _of_resource(record: Record) -> Page | Damage:
    evidence = _evidence(record, None, record.block, "")
    return (
        Page(evidence.url, record.block, record.content_type, evidence) if isinstance(evidence, Capture) else evidence
    )


def _evidence(record: Record, status: int | None, payload: bytes, problem: str) -> Capture | Damage:
    if ended := record.header("WARC-Truncated"):
        return damage(record, f"not whole: cut off when it was fetched ({ended[:40]})")
    stated = record.header("WARC-Block-Digest")
    if stated and is_of(stated, record.block) is False:
        return damage(record, f"the block digest is wrong: {stated[:120]!r}")
    if problem:
        return damage(record, f"not whole: {problem}")
    try:
        return capture(record, status, record.header("WARC-Payload-Digest") or sha256(payload))
    except WarcError as err:
        return damage(record, str(err))
