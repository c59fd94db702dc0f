"""The ends of visits that give no reading, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from crawler.core.verdict import same_bytes
from crawler.core.visit import SCHEDULED, Earlier, Finish, Outcome
from crawler.fetch.conditions import validators
from crawler.fetch.verdict import status_reason
from crawler.warc.exchange import repeats

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.core.model import Capture, Status
    from crawler.core.visit import FoundLink, Lease, Named


def end(
    lease: Lease,
    status: Status,
    reason: str,
    captures: tuple[Any, ...] = (),
    *,
    answered: bool = False,
    wait: datetime | None = None,
    post: str | None = None,
    latest: Earlier | None = None,
    links: tuple[FoundLink, ...] = (),
    named: Named | None = None,
) -> Finish:
    """The end of a visit now. `answered`: the last capture is of an answer; other arguments as in `Finish`."""
    outcome = Outcome(
        url=lease.seed.url,
        status=status,
        reason=reason,
        at=datetime.now(UTC),
        final_url=captures[-1].url if answered else None,
        title=lease.seed.title,
        post=post,
        capture=captures[-1] if captures else None,
        via=lease.seed.via,
        source=lease.source,
        kind=lease.kind,
        named=named,
    )
    return Finish(lease, outcome, captures, links, wait_until=wait, latest=latest)


def unchanged(lease: Lease, capture: Capture) -> str:
    """Why the answer says that nothing has changed since the visit before; empty: it does not."""
    earlier = lease.earlier
    if earlier is None or not repeats(earlier, capture.url, capture.status, capture.payload_digest):
        return ""
    if capture.status == HTTPStatus.NOT_MODIFIED:
        return status_reason(HTTPStatus.NOT_MODIFIED)
    return same_bytes(earlier.date)


def latest(lease: Lease, capture: Capture, response: Response) -> Earlier | None:
    """What the next visit is compared with; None: only what runs visit by a schedule is ever compared."""
    if lease.job != SCHEDULED:
        return None
    etag, modified = validators(response)
    if lease.earlier and unchanged(lease, capture):  # the record that holds the page stays the one to refer to
        earlier = lease.earlier
        return replace(earlier, etag=etag or earlier.etag, modified=modified or earlier.modified)
    if capture.status != HTTPStatus.OK:
        return None
    return Earlier(capture.url, capture.record_id, capture.date, capture.payload_digest, etag, modified)
