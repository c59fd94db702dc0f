"""Revisit records: a visit that found the same as an earlier one, whose record holds the payload (WARC 1.1 §6.7)."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.core.model import Page
from crawler.warc.found import Damage, Record
from crawler.warc.message import parse_response
from crawler.warc.named import bare, utc
from crawler.warc.page import capture, damage, is_html, is_read, is_vague, media_type, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.core.model import Capture

MAX_REVISITS = 200_000  # about as many hundred bytes each

_Original = str | tuple[str, "datetime"]  # a record id, or URL and date


class Revisits:
    """Revisits of pages that wait for their originals."""

    def __init__(self) -> None:
        self._waiting: dict[_Original, list[Capture]] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, record: Record) -> Damage | None:
        """Remember a revisit record; those whose head says that they are no pages are passed over."""
        status, is_page = _head(record)
        if not is_page:
            return None
        original = _original(record)
        if original is None or self._count >= MAX_REVISITS:
            reason = "names no record that holds its payload" if original is None else f"one of over {MAX_REVISITS}"
            return damage(record, f"passed over: a revisit, and {reason}")
        try:
            found = capture(record, status, record.header("WARC-Payload-Digest"))
        except WarcError as err:
            return damage(record, str(err))
        self._waiting.setdefault(original, []).append(found)
        self._count += 1
        return None

    def resolved(self, record: Record) -> Iterator[Page | Damage]:
        """The pages whose payload is in this record; a record answers once."""
        captures = self._waiting.pop(record.id, [])
        if record.url is not None and record.date is not None:
            captures += self._waiting.pop((record.url, record.date), [])
        original = page(record) if captures else None
        for found in captures:
            if isinstance(original, Page):
                yield _page(found, original)
            elif isinstance(original, Damage):
                yield _passed_over(found, f"its payload is in a damaged record: {original.reason}")

    def left(self) -> Iterator[Damage]:
        """Those whose originals did not come."""
        for captures in self._waiting.values():
            for found in captures:
                yield _passed_over(found, "the record that holds its payload is not in these files")


def _head(record: Record) -> tuple[int | None, bool]:
    """Status of the response, and whether it can be a page; a record without a head can."""
    try:
        message = parse_response(record.block)
    except WarcError:
        return None, not record.block.strip()
    status, content_type = message.status, media_type(message)
    is_known = is_read(status) or status == HTTPStatus.NOT_MODIFIED
    return status, is_known and (is_html(content_type) or is_vague(content_type))


def _original(record: Record) -> _Original | None:
    if found := bare(record.header("WARC-Refers-To")):
        return found
    url, date = bare(record.header("WARC-Refers-To-Target-URI")), utc(record.header("WARC-Refers-To-Date"))
    return None if url is None or date is None else (url, date)


def _page(found: Capture, original: Page) -> Page | Damage:
    theirs = original.capture.payload_digest
    if found.payload_digest and theirs and _differ(found.payload_digest, theirs):
        return _passed_over(found, "the record it refers to holds another payload")
    status = original.capture.status if found.status in {None, HTTPStatus.NOT_MODIFIED} else found.status
    evidence = replace(found, status=status, payload_digest=found.payload_digest or theirs)
    return Page(found.url, original.body, original.content_type, evidence)


def _differ(one: str, other: str) -> bool:
    """Of the same algorithm and not the same; digests of different algorithms say nothing of each other."""
    return one.partition(":")[0].lower() == other.partition(":")[0].lower() and one != other


def _passed_over(found: Capture, reason: str) -> Damage:
    return Damage(found.file, found.offset, found.record_id, f"passed over: a revisit, and {reason}")
