"""The order law in numbers: 300 reading record, then post; 900 outcome."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from crawler.config import Follow
from crawler.core.errors import LedgerError, StorageError
from crawler.core.traps import kind
from crawler.core.visit import Finding, Finish
from crawler.faults import passed
from crawler.fetch.recorder import Recorder
from crawler.frontier import Frontier
from crawler.frontier.batch import Batch
from crawler.frontier.names import LedgerNames
from crawler.posts import among
from crawler.press import Press
from crawler.spiders.archive import MAX_ATTEMPTS
from crawler.warc import warc_files
from crawler.work.shelf import Shelf

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

MOST_POSTS = 64  # written together: one sync of the WARC file for all

outcome_reached = object()
"""Signal, sent with `outcome` once a visit has ended and all its effects are durable."""


class PostPipeline:
    """A `Finding` becomes a reading record, then a post, then a `Finish`. What waits is done together."""

    def __init__(self, frontier: Frontier, press: Press) -> None:
        self._frontier = frontier
        self._press = press
        self._batch: Batch[Finding, Finish | None] = Batch(press.ends, MOST_POSTS)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        settings = crawler.settings
        archive = Path(settings["PERMAPRESS_ARCHIVE_DIR"])
        posts, output = Path(settings["PERMAPRESS_POSTS_DIR"]), Path(settings["PERMAPRESS_OUTPUT"])
        frontier = Frontier.of(crawler)
        shelf = Shelf(posts, output, lambda: warc_files(archive), LedgerNames(frontier))
        annotate = among(map(Path, settings.getlist("PERMAPRESS_ANNOTATE")))
        follow = Follow(**settings.getdict("PERMAPRESS_FOLLOW"))
        return cls(frontier, Press(Recorder.of(crawler), frontier, shelf, follow, annotate))

    async def process_item(self, item: Finding | Finish) -> Finish:
        """Write what the finding comes to; an end passes."""
        if isinstance(item, Finish):
            self._press.pass_by(item)
            return item
        try:
            end = await self._batch.add(item)
        except (StorageError, LedgerError) as err:
            self._frontier.calls.stop(err)
            raise DropItem(str(err)) from err
        if end is None:
            raise DropItem(f"{item.seed.url}: another process visits it by now")
        return end


class OutcomePipeline:
    """The end of every visit: recorded, counted, logged, told to whoever listens to `outcome_reached`."""

    def __init__(self, crawler: Crawler, frontier: Frontier, patience_s: float) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._patience_s = patience_s

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        return cls(crawler, Frontier.of(crawler), crawler.settings.getfloat("PERMAPRESS_PATIENCE_S"))

    async def process_item(self, item: Finish) -> Finish:
        """One transaction, one line and one signal an outcome; none where the visit is to be made again later."""
        try:
            if until := self._put_off(item):
                await self._frontier.release(item, until)
                raise DropItem(f"{item.outcome.url}: the host asked to wait until {until:%H:%M:%S} UTC")
            held = await self._frontier.finish(item)
        except (StorageError, LedgerError) as err:
            self._frontier.calls.stop(err)
            raise DropItem(str(err)) from err
        if not held:
            raise DropItem(f"{item.outcome.url}: another process visits it by now")
        passed("outcome-recorded")
        outcome = item.outcome
        self._crawler.stats.inc_value(f"outcome/{outcome.status}")
        for trap in filter(None, (kind(link.reason) for link in item.links)):
            self._crawler.stats.inc_value(f"traps/{trap}")
        logger.info("%s: %s (%s)", outcome.status, outcome.url, outcome.reason)
        self._crawler.signals.send_catch_log(outcome_reached, outcome=outcome)
        return item

    def _put_off(self, end: Finish) -> datetime | None:
        """When the visit is made again, because its host asked for time that we have; None: it ends."""
        until = end.wait_until
        if until is None or end.lease.attempts + 1 >= MAX_ATTEMPTS:
            return None
        return until if (until - datetime.now(UTC)).total_seconds() <= self._patience_s else None
