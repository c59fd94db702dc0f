"""The order law in numbers: 200 a feed's text for a lost page; 300 reading record, then post; 900 outcome."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from crawler.config import Follow
from crawler.core.errors import LedgerError, StorageError, WarcError
from crawler.core.model import Article
from crawler.core.traps import kind
from crawler.core.visit import SCHEDULED, Finding, Finish
from crawler.extensions import Extraction
from crawler.faults import passed
from crawler.fetch.recorder import Recorder
from crawler.frontier import Frontier
from crawler.frontier.batch import Batch
from crawler.frontier.names import LedgerNames
from crawler.posts import among
from crawler.press import Press
from crawler.spiders.archive import MAX_ATTEMPTS
from crawler.warc import payload_at, warc_files
from crawler.work.listing import CARRIED
from crawler.work.refresh import next_visit
from crawler.work.rescue import carried, lost
from crawler.work.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.core.model import Capture, NoArticle
    from crawler.core.visit import Lease

logger = logging.getLogger(__name__)

MOST_POSTS = 64  # written together: one sync of the WARC file for all

outcome_reached = object()
"""Signal, sent with `outcome` once a visit has ended and all its effects are durable."""


class RescuePipeline:
    """A page that cannot be had becomes the text that the feed which named it carries, where it has no post yet."""

    def __init__(self, crawler: Crawler, frontier: Frontier, archive: Path) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        return cls(crawler, Frontier.of(crawler), Path(crawler.settings["PERMAPRESS_ARCHIVE_DIR"]))

    async def process_item(self, item: Finding | Finish) -> Finding | Finish:
        """The item, or in its place a finding in the feed."""
        lease, reason = item.lease, lost(item)
        if lease is None or not reason:
            return item
        feed = await self._frontier.asked(lambda ledger: ledger.carrier(lease, CARRIED))
        article = await self._text(feed, lease) if feed else None
        if not isinstance(article, Article) or feed is None:
            return item
        return Finding(lease.seed, (*item.captures, feed), feed.url, article, (), lease, instead_of=reason)

    async def _text(self, feed: Capture, lease: Lease) -> Article | NoArticle | None:
        try:
            payload = await asyncio.to_thread(payload_at, self._archive, feed)
        except WarcError as err:  # on an ephemeral runner it lies elsewhere
            logger.info("%s: no text of a feed: %s", lease.seed.url, err)
            return None
        extraction = Extraction.of(self._crawler)
        work = extraction.done(carried, payload.body, feed.url, payload.content_type, lease.seed.key)
        return await asyncio.wrap_future(work)


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
        state = Path(settings["PERMAPRESS_STATE_DIR"])
        frontier = Frontier.of(crawler)
        shelf = Shelf(posts, output, lambda: warc_files(archive), LedgerNames(frontier))
        annotate = among(map(Path, settings.getlist("PERMAPRESS_ANNOTATE")))
        follow = Follow(**settings.getdict("PERMAPRESS_FOLLOW"))
        press = Press(Recorder.of(crawler), frontier, shelf, state=state, follow=follow, annotate=annotate)
        return cls(frontier, press)

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

    def __init__(self, crawler: Crawler, frontier: Frontier, patience_s: float, recheck: Sequence[timedelta]) -> None:
        """`recheck`: the schedule of a scheduled run's articles."""
        self._crawler = crawler
        self._frontier = frontier
        self._patience_s = patience_s
        self._recheck = recheck
        self._recorder = Recorder.of(crawler)
        self._started = datetime.now(UTC)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        recheck = [timedelta(seconds=pause) for pause in crawler.settings["PERMAPRESS_RECHECK"]]
        return cls(crawler, Frontier.of(crawler), crawler.settings.getfloat("PERMAPRESS_PATIENCE_S"), recheck)

    async def process_item(self, item: Finish) -> Finish:
        """One transaction, one line and one signal an outcome; none where the visit is to be made again later."""
        try:
            if until := self._put_off(item):
                await self._frontier.release(item, until)
                raise DropItem(f"{item.outcome.url}: the host asked to wait until {until:%H:%M:%S} UTC")
            held = await self._frontier.finish(self._with_next(item))
        except (StorageError, LedgerError) as err:
            self._frontier.calls.stop(err)
            raise DropItem(str(err)) from err
        if not held:
            raise DropItem(f"{item.outcome.url}: another process visits it by now")
        passed("outcome-recorded")
        received, seconds = self._recorder.costs.pop(item.lease.token, (0, 0.0))
        # A link that was found out while it waited ends as a visit of its own.
        reasons = (*(link.reason for link in item.links), f"not followed: {item.outcome.reason}")
        traps = tuple(filter(None, map(kind, reasons)))
        outcome = replace(item.outcome, received=received, seconds=seconds, traps=traps)
        self._crawler.stats.inc_value(f"outcome/{outcome.status}")
        for trap in traps:
            self._crawler.stats.inc_value(f"traps/{trap}")
        logger.info("%s: %s (%s)", outcome.status, outcome.url, outcome.reason)
        self._crawler.signals.send_catch_log(outcome_reached, outcome=outcome)
        return item

    def _with_next(self, end: Finish) -> Finish:
        if end.lease.job != SCHEDULED:
            return end
        return replace(end, next=next_visit(end, self._recheck, self._started))

    def _put_off(self, end: Finish) -> datetime | None:
        """When the visit is made again, because its host asked for time that we have; None: it ends."""
        until = end.wait_until
        if until is None or end.lease.attempts + 1 >= MAX_ATTEMPTS:
            return None
        return until if (until - datetime.now(UTC)).total_seconds() <= self._patience_s else None
