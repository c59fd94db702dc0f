"""How a crawl is stopped: what is in flight may end for some seconds, then is given up; a second signal says "now"."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess

from crawler.core.errors import LedgerError, StorageError
from crawler.extensions import Extraction
from crawler.fetch.recorder import Recorder
from crawler.frontier import Frontier

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

logger = logging.getLogger(__name__)

GRACE_S = 6.0  # promised are ten; closing three workers' files took up to two more on a machine with ten at work


class StoppableProcess(AsyncCrawlerProcess):
    """Scrapy's, which on the first signal waits for what is in flight however long that takes."""

    def __init__(self, settings: Settings, *, is_child: bool) -> None:
        """`is_child`: Ctrl-C reaches every process of a terminal; one that has a parent leaves it to that."""
        super().__init__(settings)
        self._is_child = is_child

    def _signal_shutdown(self, signum: int, frame: Any) -> None:  # noqa: ANN401 - as the signal module has it
        if self._is_child and signum == signal.SIGINT:
            return
        from twisted.internet import reactor  # noqa: PLC0415 - installed by now, and not by this import

        logger.warning("stopping: what is under way has %g s to end; once more stops at once", GRACE_S)
        super()._signal_shutdown(signum, frame)
        reactor.callFromThread(reactor.callLater, GRACE_S, self._give_up)

    def _signal_kill(self, signum: int, frame: Any) -> None:  # noqa: ANN401, ARG002 - as above
        if self._is_child and signum == signal.SIGINT:
            return
        from twisted.internet import reactor  # noqa: PLC0415 - as above

        reactor.callFromThread(self._give_up)

    def _give_up(self) -> None:
        self._giving_up = asyncio.ensure_future(self._given_up())

    async def _given_up(self) -> None:
        for crawler in self.crawlers:
            await _close(crawler)
        self._stop_reactor()


async def _close(crawler: Crawler) -> None:
    """Give back what is leased and finish the WARC file, whatever is still under way."""
    parts = crawler.get_extension(Frontier), crawler.get_extension(Recorder)
    try:
        for part in parts:
            if part:
                await part.close()
    except (StorageError, LedgerError) as err:
        logger.error("%s", err)  # noqa: TRY400 - the message says all
    if extraction := crawler.get_extension(Extraction):
        await extraction.spider_closed()
