"""What the ledger tells, as the values of a JSON object: names that are promised, times in ISO 8601."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.core.model import Capture
    from crawler.ledger.explained import Host
    from crawler.ledger.past import Visit


def visit_json(visit: Visit) -> dict[str, object]:
    """A visit; what it does not have is null."""
    outcome = visit.outcome
    return {
        "run": visit.run,
        "job": visit.job,
        "state": visit.state,
        "url": visit.seed.url,
        "via": visit.seed.via,
        "depth": visit.depth,
        "due": iso(visit.due),
        "attempts": visit.attempts,
        "holder": visit.holder if visit.expires else None,
        "expires": visit.expires and iso(visit.expires),
        "status": outcome and outcome.status,
        "reason": outcome and outcome.reason,
        "at": outcome and iso(outcome.at),
        "final_url": outcome and outcome.final_url,
        "title": outcome and outcome.title,
        "post": outcome and outcome.post,
        "captures": [capture_json(capture) for capture in visit.captures],
    }


def capture_json(capture: Capture) -> dict[str, object]:
    """The evidence of an attempt."""
    return {
        "url": capture.url,
        "http_status": capture.status,
        "at": iso(capture.date),
        "file": capture.file,
        "offset": capture.offset,
        "length": capture.length,
        "record_id": capture.record_id,
        "truncated": capture.truncated,
    }


def host_json(host: Host) -> dict[str, object]:
    """How a host is treated."""
    return {
        "name": host.name,
        "next_at": iso(host.next_at),
        "hold_until": iso(host.hold_until),
        "active": host.active,
        "failures": host.failures,
    }


def iso(at: datetime) -> str:
    """A time for people and machines alike."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
