"""The archive spider: makes the visits it is given; each ends in a ``Finding`` or in a ``Finish`` with its outcome."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider

from crawler.core import urls
from crawler.core.errors import StorageError, UrlError
from crawler.core.model import Page, Status
from crawler.core.traps import REFUSED
from crawler.core.visit import Finding, Finish, Outcome
from crawler.extensions import Extraction
from crawler.fetch.patience import wait_until
from crawler.fetch.verdict import status_verdict, verdict
from crawler.frontier import Frontier
from crawler.work.jobs import job_of
from crawler.work.seeds import seeds_under, typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.core.model import Seed
    from crawler.core.visit import Lease

MAX_ATTEMPTS = 5  # of which the last is not put off, though the host asks to wait again
MAX_DEATHS = 20  # attempts in all: a process that dies takes dozens of visits with it, whichever it died of


class ArchiveSpider(Spider):
    """Archives a URL (`-a url=…`) or the ``from`` URLs of posts (`-a posts=PATH`); commands pass `seeds` and `job`."""

    name = "archive"

    def __init__(
        self,
        *,
        url: str = "",
        posts: str = "",
        seeds: Iterable[Seed] = (),
        job: str = "",
        again: bool = True,
        **kwargs: str,
    ) -> None:
        """`again`: what was visited before is visited again; never the `from` URLs of posts."""
        super().__init__(**kwargs)
        self._seeds = seeds
        self._job = job
        self._again = again and not posts
        if url:
            self._seeds = typed([url])
            self._job = job_of("archive", [seed.key for seed in self._seeds])
        elif posts:
            self._seeds, self._job = seeds_under([Path(posts)]), job_of("follow", [str(Path(posts).resolve())])

    async def start(self) -> AsyncIterator[Request]:
        """No request: the seeds go to the ledger, and what is due comes from there."""
        await Frontier.of(self.crawler).begin(self._job, self._seeds, again=self._again)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def visit(self, lease: Lease) -> Request | Finish:
        """The request of a visit, or its end where none is made."""
        if lease.attempts >= MAX_DEATHS:
            return _end(lease, Status.FAILED, f"given up: {lease.attempts} attempts did not come to an end")
        # A link that waited for its turn is looked at again: its form may have been found out meanwhile.
        if lease.depth and (trap := Frontier.of(self.crawler).traps.given_up(lease.seed.url)):
            return _end(lease, Status.EXCLUDED, f"{REFUSED}{trap}")
        try:
            url = urls.wire(lease.seed.url)
        except UrlError as err:
            return _end(lease, Status.EXCLUDED, str(err))
        return Request(
            url,
            meta={"lease": lease, "verbatim_url": True},
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,  # keys are the filter; Scrapy's would drop a visit without an outcome
        )

    async def parse(self, response: Response) -> AsyncIterator[Finding | Finish]:
        """The page's reading, or what its status says. The reading itself happens in another process."""
        lease, captures = response.meta["lease"], response.meta["captures"]
        wait = wait_until(response, datetime.now(UTC))
        if wait is None:  # else the host is free for another page before the ledger knows that it asked for none
            Frontier.of(self.crawler).answered(lease)
        if ended := status_verdict(response.status):
            yield _end(lease, *ended, captures, answered=True, wait=wait)
            return
        hints = (lease.seed.title,) if lease.seed.title else ()
        page = Page(captures[-1].url, response.body, response.meta["content_type"], captures[-1], hints)
        try:
            result = await asyncio.wrap_future(Extraction.of(self.crawler).read(page))
        except Exception as err:  # whatever a page managed to break is its outcome, never the end of the run
            self.logger.exception("%s: not read", lease.seed.url)
            reason = f"not read: {type(err).__name__}: {err}"
            yield _end(lease, Status.FAILED, reason, captures, answered=True)
        else:
            yield Finding(lease.seed, captures, page.url, result, hints, lease)

    def failed(self, failure: Failure) -> Iterator[Finish]:
        """Failure takes the road of success: an outcome with its reason. A full disk ends the run, and no visit."""
        if isinstance(failure.value, StorageError):
            raise CloseSpider("storage")
        meta = failure.request.meta  # type: ignore[attr-defined]
        Frontier.of(self.crawler).answered(meta["lease"])
        yield _end(meta["lease"], *verdict(failure), meta.get("captures", ()))


def _end(
    lease: Lease,
    status: Status,
    reason: str,
    captures: tuple[Any, ...] = (),
    *,
    answered: bool = False,
    wait: datetime | None = None,
) -> Finish:
    outcome = Outcome(
        url=lease.seed.url,
        status=status,
        reason=reason,
        at=datetime.now(UTC),
        final_url=captures[-1].url if answered else None,
        title=lease.seed.title,
        capture=captures[-1] if captures else None,
        via=lease.seed.via,
    )
    return Finish(lease, outcome, captures, wait_until=wait)
