"""Seeds, outcomes and captures in short, and the one time from which the tests count."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from crawler.core import urls
from crawler.core.model import Capture, Seed, Status
from crawler.core.visit import Outcome

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RUN, JOB = "20261123T120000Z-0001", "run"


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def seed(url, **fields):
    return Seed(url=url, key=urls.key(url), **fields)


def pages(count, host="a.example"):
    return [seed(f"https://{host}/{n}") for n in range(count)]


def add(ledger, seeds, **terms):
    return ledger.add(seeds, **{"run": RUN, "job": JOB, "at": NOW, **terms})


def lease(ledger, **wish):
    return ledger.lease("me", **{"jobs": [JOB], "at": NOW, "most": 100, "per_host": 100, "delay_s": 0.0, **wish})


def outcome(lease, status=Status.ARCHIVED, at=NOW, **fields):
    return Outcome(url=lease.seed.url, status=status, reason="as it is", at=at, **fields)


def finish(ledger, lease, status=Status.ARCHIVED, *, at=NOW, links=(), captures=(), post_digest=None, **fields):
    return ledger.finish(lease, outcome(lease, status, at, **fields), captures, links, post_digest, at=at)


def capture(url, offset=0, **fields):
    return Capture(url, "permapress-1.warc.gz", offset, 900, f"urn:uuid:{offset}", NOW, **{"status": 200, **fields})


def rows(path, query, *values):
    """What another reader finds in the file."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query, values).fetchall()
