"""A real crawl in a process of its own: what each request came to, under our settings."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SILENT_S = 1.5  # how long the name server takes for a name without an address

QUICK = {
    "SPIDER_MODULES": [],
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "ITEM_PIPELINES": {},
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 0,
    "LOG_LEVEL": "WARNING",
    "LOG_FORMATTER": "scrapy.logformatter.LogFormatter",
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.fetch.guard_middleware.GuardMiddleware": 50,
        "crawler.fetch.robots.RobotsMiddleware": 100,
    },
    "EXTENSIONS": {"crawler.fetch.recorder.Recorder": 100},
}


def crawl(
    folder: Path,
    urls: Iterable[str],
    settings: Mapping[str, Any] | None = None,
    *,
    names: Mapping[str, list[str]] | None = None,
    environment: Mapping[str, str] | None = None,
    max_file_bytes: int | None = None,
) -> dict[str, dict[str, Any]]:
    """How each URL ended: `status` and `url`, or `error` (its type), `message` and `verdict`.

    `names`: what the host names of the test resolve to; none: not at once. `max_file_bytes`: no file can grow beyond, as on a full disk.
    """
    asked = {
        "urls": list(urls),
        "names": dict(names or {}),
        "max_file_bytes": max_file_bytes,
        "settings": QUICK | {"PERMAPRESS_ARCHIVE_DIR": str(folder)} | dict(settings or {}),
    }
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(  # noqa: PLW1510 - the assertion shows what it said
        [sys.executable, "-W", "error", "-m", "tests.fetch.crawl"],
        input=json.dumps(asked),
        env=clean | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) | {"log": {"text": done.stderr}}


def _resolve_by(names: Mapping[str, list[str]]) -> None:
    real = socket.getaddrinfo

    def getaddrinfo(host, port, family=0, kind=0, proto=0, flags=0):  # noqa: PLR0917 - as it is called
        if names.get(host) == []:
            time.sleep(SILENT_S)
        numeric = flags | socket.AI_NUMERICHOST  # no look-up leaves this machine
        addresses = names.get(host, ["127.0.0.1"] if host == "localhost" else [host])
        return [found for address in addresses for found in real(address, port, family, kind, proto, numeric)]

    socket.getaddrinfo = getaddrinfo


def main() -> None:
    asked = json.load(sys.stdin)
    if asked["max_file_bytes"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["max_file_bytes"],) * 2)
    _resolve_by(asked["names"])  # before Twisted takes hold of the function

    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler import settings as ours
    from crawler.fetch.verdict import verdict

    ends: dict[str, dict[str, Any]] = {}

    class Probe(Spider):
        name = "probe"

        async def start(self):
            for url in asked["urls"]:
                yield Request(url, dont_filter=True, errback=self.failed, cb_kwargs={"asked": url})

        def parse(self, response, asked):
            ends[asked] = {
                "status": response.status,
                "url": response.url,
                "captures": [capture.url for capture in response.meta.get("captures", ())],
            }

        def failed(self, failure):
            asked = failure.request.cb_kwargs["asked"]
            ends[asked] = {
                "error": type(failure.value).__name__,
                "message": str(failure.value),
                "verdict": verdict(failure),
                "url": failure.request.url,
            }

    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.setdict(asked["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Probe)
    process.start()
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main()
