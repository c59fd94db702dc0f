"""`python -m tests.fetch.wire_crawl`: one real crawl in a process of its own. A job comes as JSON, results go as JSON.

Job: {"settings": {…}, "requests": [{"url", "method", "body", "headers", "meta"}, …]}.
Results: one object a request: the URL asked for, status or error (with its message), body as hex, captures, headers.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.core.model import Capture

SETTINGS = {
    "EXTENSIONS": {"crawler.fetch.recorder.Recorder": 100},
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.fetch.handler.RecordingHandler",
        "https": "crawler.fetch.handler.RecordingHandler",
    },
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "RESPONSE_HEADERS_MAX_BYTES": 262_144,
    "PERMAPRESS_ALLOW_PRIVATE": True,
    "WARC_MAX_BYTES": 1_000_000_000,
    "USER_AGENT": "permapress-test",
    "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Encoding": "gzip"},
    "COMPRESSION_ENABLED": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "WARNING",
}


class WireSpider(Spider):
    """Sends what it is told and keeps what came of it."""

    name = "wire"
    custom_settings = {"HTTPERROR_ALLOW_ALL": True}  # noqa: RUF012 - Scrapy's way

    def __init__(self, *, requests: list[dict[str, Any]], results: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._requests = requests
        self._results = results

    async def start(self) -> AsyncIterator[Request]:
        for wanted in self._requests:
            yield Request(
                wanted["url"],
                method=wanted.get("method", "GET"),
                body=bytes.fromhex(wanted.get("body", "")),
                headers=wanted.get("headers", {}),
                meta={"verbatim_url": True, "asked": wanted["url"], **wanted.get("meta", {})},
                dont_filter=True,
                callback=self.arrived,
                errback=self.failed,
            )

    def arrived(self, response: Response) -> Iterator[dict[str, Any]]:
        headers = {
            name.decode("latin-1"): response.headers.getlist(name)[0].decode("latin-1") for name in response.headers
        }
        self._keep(response.meta, status=response.status, body=response.body.hex(), headers=headers, url=response.url)
        yield from ()

    def failed(self, failure: Failure) -> Iterator[dict[str, Any]]:
        self._keep(failure.request.meta, error=type(failure.value).__name__, message=str(failure.value))
        yield from ()

    def _is_flushed(self, capture: Capture) -> bool:
        """Whether the record is in the file by now, which is still being written."""
        path = Path(self.settings["PERMAPRESS_ARCHIVE_DIR"]) / f"{capture.file}.open"
        with path.open("rb") as file:
            file.seek(capture.offset)
            member = file.read(capture.length)
        return len(member) == capture.length and capture.record_id.encode() in gzip.decompress(member)

    def _keep(self, meta: dict[str, Any], **result: Any) -> None:
        captures = [
            {"status": each.status, "truncated": each.truncated, "flushed": self._is_flushed(each)}
            for each in meta.get("captures", ())
        ]
        self._results.append(
            {"asked": meta["asked"], "captures": captures, "content_type": meta.get("content_type"), **result}
        )


def crawl(job: dict[str, Any], environment: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Run a job in a process of its own and give its results; its log goes to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetch.wire_crawl"],
        input=json.dumps(job).encode(),
        capture_output=True,
        check=False,
        timeout=90,
        env={**os.environ, **(environment or {})},
    )
    sys.stderr.write(done.stderr.decode())
    assert done.returncode == 0
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


def main() -> None:
    """Crawl."""
    job = json.load(sys.stdin)
    results: list[dict[str, Any]] = []
    process = AsyncCrawlerProcess({**SETTINGS, **job["settings"]})
    process.crawl(WireSpider, requests=job["requests"], results=results)
    process.start()
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
