"""The crawler that `bench_crawl` measures against: what a good engineer writes in an afternoon.

``python -m tests.bench_plain URLS FOLDER PER_HOST``: a Scrapy spider that calls trafilatura and warcio in its callback.
"""

from __future__ import annotations

import hashlib
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response


class PlainSpider(Spider):
    """A WARC record and a Markdown file a page."""

    name = "plain"

    def __init__(self, urls: Path, folder: Path) -> None:
        super().__init__()
        self._urls = urls.read_text(encoding="utf-8").splitlines()
        self._folder = folder
        self._warc = (folder / "pages.warc.gz").open("wb")
        self._writer = WARCWriter(self._warc, gzip=True)

    async def start(self) -> AsyncIterator[Request]:
        for url in self._urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        fields = [
            (name.decode(), value.decode("latin-1")) for name, values in response.headers.items() for value in values
        ]
        head = StatusAndHeaders(f"{response.status} OK", fields, protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            response.url, "response", payload=BytesIO(response.body), http_headers=head
        )
        self._writer.write_record(record)
        document = trafilatura.extract_with_metadata(response.body, url=response.url, output_format="markdown")
        if document is not None:
            name = hashlib.sha256(response.url.encode()).hexdigest()[:16]
            (self._folder / f"{name}.md").write_text(f"# {document.title}\n\n{document.text}\n", encoding="utf-8")

    def closed(self, reason: str) -> None:
        self._warc.close()


def main() -> None:
    urls, folder, per_host = sys.argv[1:]
    process = AsyncCrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(per_host),
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "WARNING",
        }
    )
    process.crawl(PlainSpider, urls=Path(urls), folder=Path(folder))
    process.start()


if __name__ == "__main__":
    main()
