"""The order law in numbers: 300 reading record, then post; 900 outcome."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core.errors import StorageError
from crawler.core.model import Article, Status
from crawler.core.visit import Finding, Outcome
from crawler.fetch.recorder import Recorder
from crawler.warc import warc_files
from crawler.work.reading import drafted
from crawler.work.shelf import Shelf

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.work.reading import Draft

logger = logging.getLogger(__name__)

outcome_reached = object()
"""Signal, sent with `outcome` once a visit has ended and all its effects are durable."""


class PostPipeline:
    """A `Finding` becomes a reading record, then a post, then an `Outcome`."""

    def __init__(self, crawler: Crawler, shelf: Shelf) -> None:
        self._crawler = crawler
        self._shelf = shelf
        self._one_at_a_time = asyncio.Lock()  # names are given out one by one
        self._stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        settings = crawler.settings
        archive = Path(settings["PERMAPRESS_ARCHIVE_DIR"])
        posts, output = Path(settings["PERMAPRESS_POSTS_DIR"]), Path(settings["PERMAPRESS_OUTPUT"])
        return cls(crawler, Shelf(posts, output, lambda: warc_files(archive)))

    async def process_item(self, item: Finding | Outcome) -> Outcome:
        """Write what the finding comes to; an outcome passes."""
        if isinstance(item, Outcome):
            return item
        try:
            async with self._one_at_a_time:
                draft = await self._written(item)
        except StorageError as err:
            self._stopping = asyncio.create_task(self._crawler.engine.close_spider_async(reason="storage"))
            return _ended(item, Status.FAILED, str(err))
        except Exception as err:  # whatever a page managed to break is its outcome, never the end of the run
            logger.exception("%s: no post", item.seed.url)
            return _ended(item, Status.FAILED, f"no post: {type(err).__name__}: {err}")
        path = self._shelf.shown(draft.path) if draft.path else None
        return _ended(item, draft.reading.status, draft.reading.reason, title=draft.title, post=path)

    async def _written(self, finding: Finding) -> Draft:
        recorder = self._crawler.get_extension(Recorder)
        if recorder is None:
            raise StorageError("crawler.fetch.recorder.Recorder is not in EXTENSIONS; nothing can be kept")
        draft = await asyncio.to_thread(drafted, finding, self._shelf)
        article = finding.result if isinstance(finding.result, Article) and draft.post else None
        await recorder.append_reading(draft.reading, article, datetime.now(UTC))
        if draft.post:
            await recorder.sync()
            await asyncio.to_thread(self._shelf.put, draft.post, finding.seed.key)
        return draft


class OutcomePipeline:
    """The end of every visit: counted, logged, told to whoever listens to `outcome_reached`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        return cls(crawler)

    async def process_item(self, item: Outcome) -> Outcome:
        """One line and one signal an outcome."""
        self._crawler.stats.inc_value(f"outcome/{item.status}")
        logger.info("%s: %s (%s)", item.status, item.url, item.reason)
        self._crawler.signals.send_catch_log(outcome_reached, outcome=item)
        return item


def _ended(
    finding: Finding, status: Status, reason: str, *, title: str | None = None, post: str | None = None
) -> Outcome:
    return Outcome(
        url=finding.seed.url,
        status=status,
        reason=reason,
        at=datetime.now(UTC),
        final_url=finding.page_url,
        title=title,
        post=post,
        capture=finding.captures[-1],
        via=finding.seed.via,
    )
