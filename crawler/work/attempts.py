"""The attempts that a process recorded in one run, told apart by visit: each reading claims those that led to its page.

What no reading claims is a visit that ended without one (gone, refused, failed), or one that did not come to its end.
Whatever could be either counts as not ended: it is visited again, which loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Seed, Status
from crawler.core.verdict import asked_for, status_verdict
from crawler.core.visit import led_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.core.model import Capture, Reading
    from crawler.warc.evidence import Attempt

_ROBOTS = re.compile(r"https?://[^/]*/robots\.txt(?:\?|$)")
_MAX_HOPS = 32  # the crawl follows ten redirects


@dataclass(frozen=True, slots=True)
class Unread:
    """A visit that ended without a reading. Its seed is the first URL asked for: who named it nothing tells."""

    seed: Seed
    status: Status
    reason: str
    captures: tuple[Capture, ...]


class Attempts:
    """Those that wait for their reading, by the key of their URL, in the order of the records."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Attempt]] = {}

    def add(self, attempt: Attempt) -> None:
        """Take in the next; one whose URL has no key is passed over, since nothing could name its visit."""
        try:
            self._waiting.setdefault(urls.key(attempt.capture.url), []).append(attempt)
        except UrlError:
            return

    def claimed(self, reading: Reading, key: str) -> tuple[Capture, ...]:
        """The captures of the visit that a reading is of, the page's last; `key` is its seed's.

        Empty: its page is not here, or is not whole, and nobody may speak for it. The page of one that was rescued is
        a feed's, which stays for others that it carries, and may be of an earlier run.
        """
        page_id, page_key = reading.page_record_id, _key(reading.page_url)
        pages = [each for each in self._waiting.get(page_key or "", ()) if each.capture.record_id == page_id]
        if reading.status is Status.RESCUED:
            trail = self._led(key, None) + pages[:1]
        elif pages:
            trail = self._led(key, page_key) + self._taken(page_key or "", page_id)
        else:
            trail = []
        return tuple(each.capture for each in trail)

    def _led(self, key: str, page_key: str | None) -> list[Attempt]:
        """The attempts on the way from a key to its page; None: it led to none."""
        trail: list[Attempt] = []
        here: str | None = key
        for _ in range(_MAX_HOPS):
            if here is None or here == page_key:
                break
            trail += self._taken(here, None)
            here = _key(trail[-1].target) if trail and trail[-1].target else None
        return trail

    def _taken(self, key: str, page_id: str | None) -> list[Attempt]:
        """Attempts at a URL up to the page, or to the first redirect; pages are left for readings of their own."""
        taken: list[Attempt] = []
        kept: list[Attempt] = []
        found = self._waiting.pop(key, [])
        for number, each in enumerate(found):
            is_last = each.capture.record_id == page_id if page_id else each.target is not None
            (taken if is_last or _is_vain(each) else kept).append(each)
            if is_last:
                kept += found[number + 1 :]
                break
        if kept:
            self._waiting[key] = kept
        return taken

    def left(self) -> Iterator[Unread]:
        """The visits that ended, of all that was not claimed; nothing waits afterwards."""
        while self._waiting:
            key = next(iter(self._waiting))
            trail = self._waiting.pop(key)
            first = trail[0].capture.url
            while (target := _key(trail[-1].target)) and target in self._waiting and len(trail) < _MAX_HOPS:
                trail += self._waiting.pop(target)
            ended = _ending(trail[-1])
            if ended and not _ROBOTS.match(key):
                yield Unread(Seed(first, key), *ended, tuple(each.capture for each in trail))


def final_url(reading: Reading, captures: Sequence[Capture]) -> str | None:
    """Where the visit of a reading was led; None: to no answer. The feed of one that was rescued is no such place."""
    if reading.status is not Status.RESCUED:
        return reading.page_url
    return led_to([each for each in captures if each.record_id != reading.page_record_id])


def _key(url: str | None) -> str | None:
    try:
        return None if url is None else urls.key(url)
    except UrlError:
        return None


def _is_vain(attempt: Attempt) -> bool:
    """An attempt after which another is made within the same visit."""
    capture = attempt.capture
    if attempt.same:
        return False
    return capture.truncated is not None or capture.status is None or status_verdict(capture.status) is not None


def _ending(attempt: Attempt) -> tuple[Status, str] | None:
    """How a visit ended whose last attempt this is; None: it may not have ended, or its page is still to be read."""
    capture = attempt.capture
    if attempt.failure:
        return Status.FAILED, attempt.failure
    if capture.truncated is not None:
        return Status.FAILED, f"no whole answer: {capture.truncated}"
    if attempt.same:
        return Status.UNCHANGED, attempt.same
    if capture.status is None or attempt.target is not None:
        return None
    ended = status_verdict(capture.status)
    return asked_for(*ended) if ended else None
