"""Exceptions where nobody expects them: the visit has its outcome, the job comes to its end."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.site.routes import VISITS

PROGRAM = """
import json, sys
from pathlib import Path
from scrapy.crawler import AsyncCrawlerProcess
from crawler.config import load
from crawler.core.visit import Finding, Finish
from crawler.run.job import archive_job, settings_of
from crawler.pipelines import outcome_reached
from crawler.run.crawl import prepare
from crawler.spiders.archive import ArchiveSpider
from crawler.work.seeds import typed

kind, output, *urls = sys.argv[1:]

class Spider(ArchiveSpider):
    async def parse(self, response):
        if kind == "callback" and response.url == urls[0]:
            raise KeyError("nobody expects me")
        async for item in super().parse(response):
            yield item

    def failed(self, failure):
        raise KeyError("nor me")

class Pipeline:
    async def process_item(self, item):
        if kind == "finding" and isinstance(item, Finding) and item.seed.url == urls[0]:
            raise KeyError("nobody expects me")
        if kind == "finish" and isinstance(item, Finish):
            raise KeyError("nobody expects me")
        return item

if __name__ == "__main__":
    config = load(None, {"output": Path(output), "allow_private": True})
    prepare(config)
    job = archive_job(typed(urls))
    settings = settings_of(job, config, "CRITICAL")
    settings.set("DOWNLOAD_DELAY", 0)
    settings.set("ITEM_PIPELINES", settings.getdict("ITEM_PIPELINES") | {Pipeline: 899 if kind == "finish" else 100})
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Spider)
    def told(outcome):
        print(json.dumps([outcome.url, outcome.status, outcome.reason]))
    crawler.signals.connect(told, signal=outcome_reached)
    process.crawl(crawler, intakes=job.intakes, job=job.name)
    process.start()
    print(json.dumps(crawler.stats.get_value("finish_reason")))
"""


def outcomes(site, tmp_path, kind, *more):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    urls = [site.base + VISITS[0].path, site.base + VISITS[1].path, *more]
    ran = subprocess.run(
        [sys.executable, str(program), kind, str(tmp_path / "out"), *urls],
        capture_output=True, text=True, check=True, timeout=90, env={"PYTHONPATH": "."},
    )  # fmt: skip
    *told, end = map(json.loads, ran.stdout.splitlines())
    return {url: (status, reason) for url, status, reason in told}, end, urls


@pytest.mark.parametrize("kind", ["callback", "finding"])
def test_what_a_visit_broke_on_is_its_outcome_and_the_others_go_on(site, tmp_path, kind):
    told, end, urls = outcomes(site, tmp_path, kind)
    assert told[urls[0]] == ("failed", "broke off: KeyError: 'nobody expects me'")
    assert told[urls[1]][0] == "archived"
    assert end == "finished"


def test_an_errback_that_raises_ends_its_visit_too(site, tmp_path):
    told, end, urls = outcomes(site, tmp_path, "errback", "http://127.0.0.1:1/nobody-listens.html")
    assert told[urls[2]] == ("failed", "broke off: KeyError: 'nor me'")
    assert end == "finished"


def test_an_end_that_cannot_be_recorded_stops_the_run_and_loses_nothing(site, tmp_path):
    told, end, _ = outcomes(site, tmp_path, "finish")
    assert told == {}
    assert end == "storage"
