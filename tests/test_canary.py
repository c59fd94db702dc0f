"""Fails first, and says where, when an upgrade of Scrapy moves a private name that the engine stands on."""

from __future__ import annotations

import inspect

import pytest
from scrapy.core.engine import ExecutionEngine, _Slot
from scrapy.core.scraper import Scraper
from scrapy.crawler import AsyncCrawlerProcess

SEAMS = [
    # what we call or override, and the words by which it still does what we count on
    (_Slot.__init__, ["self.nextcall", "self.closing"]),
    (ExecutionEngine._start_request_processing, ["self._slot.nextcall.schedule()", "_SLOT_HEARTBEAT_INTERVAL"]),
    (ExecutionEngine.spider_is_idle, ["self._start is not None", "self._slot.scheduler.has_pending_requests()"]),
    (ExecutionEngine.open_spider_async, ["scheduler.open(self.crawler.spider)", "await maybe_deferred_to_future(d)"]),
    (Scraper.start_itemproc_async, ["self, item: Any, *, response"]),
    (AsyncCrawlerProcess._signal_shutdown, ["self._graceful_stop_reactor"]),
    (AsyncCrawlerProcess._signal_kill, ["self._stop_reactor"]),
]


@pytest.mark.parametrize(("seam", "words"), SEAMS, ids=lambda value: getattr(value, "__qualname__", ""))
def test_the_engine_stands_on_what_it_stood_on(seam, words):
    source = inspect.getsource(seam)
    assert [word for word in words if word not in source] == []
