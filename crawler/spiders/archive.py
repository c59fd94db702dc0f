"""The archive spider: visits the URLs it is given; each visit ends in a ``Finding`` or an ``Outcome``."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider

from crawler.core import urls
from crawler.core.errors import StorageError, UrlError
from crawler.core.model import Page, Seed, Status
from crawler.core.visit import Finding, Outcome
from crawler.extensions import Extraction
from crawler.fetch.verdict import status_verdict, verdict
from crawler.work.seeds import seeds_under

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.core.model import Capture


class ArchiveSpider(Spider):
    """Archives a URL (`-a url=…`) or the ``from`` URLs of posts (`-a posts=PATH`); commands pass `seeds`."""

    name = "archive"

    def __init__(self, *, url: str = "", posts: str = "", seeds: Iterable[Seed] = (), **kwargs: str) -> None:
        super().__init__(**kwargs)
        self._url = url
        self._posts = posts
        self._given = tuple(seeds)

    async def start(self) -> AsyncIterator[Request | Outcome]:
        """A request a seed; what cannot be requested is an outcome at once. A key is visited once."""
        visited: set[str] = set()
        for seed in [*self._given, *self._typed(), *await asyncio.to_thread(self._pointed_at)]:
            if seed.key not in visited:
                visited.add(seed.key)
                yield self._request(seed)

    def _typed(self) -> Iterator[Seed]:
        if self._url:
            yield Seed(url=self._url, key=urls.key(self._url))

    def _pointed_at(self) -> list[Seed]:
        return list(seeds_under([Path(self._posts)])) if self._posts else []

    def _request(self, seed: Seed) -> Request | Outcome:
        try:
            url = urls.wire(seed.url)
        except UrlError as err:
            return _outcome(seed, Status.EXCLUDED, str(err), (), answered=False)
        return Request(
            url,
            meta={"seed": seed, "verbatim_url": True},
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,  # keys are the filter; Scrapy's would drop a visit without an outcome
        )

    async def parse(self, response: Response) -> AsyncIterator[Finding | Outcome]:
        """The page's reading, or what its status says. The reading itself happens in another process."""
        seed: Seed = response.meta["seed"]
        if ended := status_verdict(response.status):
            yield _outcome(seed, *ended, response.meta["captures"], answered=True)
            return
        yield await self._finding(seed, response)

    async def _finding(self, seed: Seed, response: Response) -> Finding | Outcome:
        captures = response.meta["captures"]
        hints = (seed.title,) if seed.title else ()
        page = Page(captures[-1].url, response.body, response.meta["content_type"], captures[-1], hints)
        try:
            extraction = Extraction.of(self.crawler)
            result = await asyncio.wrap_future(extraction.read(page))
        except Exception as err:  # whatever a page managed to break is its outcome, never the end of the run
            self.logger.exception("%s: not read", seed.url)
            return _outcome(seed, Status.FAILED, f"not read: {type(err).__name__}: {err}", captures, answered=True)
        return Finding(seed=seed, captures=captures, page_url=page.url, result=result, hints=hints)

    def failed(self, failure: Failure) -> Iterator[Outcome]:
        """Failure takes the road of success: an outcome with its reason. A full disk ends the run."""
        meta = failure.request.meta  # type: ignore[attr-defined]
        yield _outcome(meta["seed"], *verdict(failure), meta.get("captures", ()), answered=False)
        if isinstance(failure.value, StorageError):
            raise CloseSpider("storage")


def _outcome(seed: Seed, status: Status, reason: str, captures: Sequence[Capture], *, answered: bool) -> Outcome:
    return Outcome(
        url=seed.url,
        status=status,
        reason=reason,
        at=datetime.now(UTC),
        final_url=captures[-1].url if answered else None,
        title=seed.title,
        capture=captures[-1] if captures else None,
        via=seed.via,
    )
