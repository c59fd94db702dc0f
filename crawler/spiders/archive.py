"""The archive spider: makes the visits it is given; each ends in a ``Finding`` or in a ``Finish`` with its outcome."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, DropItem

from crawler.core import urls
from crawler.core.errors import LedgerError, StorageError, UrlError
from crawler.core.memory import told
from crawler.core.model import Page, Status
from crawler.core.traps import REFUSED
from crawler.core.verdict import asked_for
from crawler.core.visit import Finding, Intake, Kind
from crawler.extensions import Extraction
from crawler.fetch.conditions import set_conditions
from crawler.fetch.patience import wait_until
from crawler.fetch.verdict import status_verdict, verdict
from crawler.frontier import Frontier
from crawler.spiders.asked import asked
from crawler.spiders.ends import end, latest, unchanged
from crawler.work.listing import Listing, NoListing, listing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.core.model import Capture
    from crawler.core.visit import Earlier, Finish, Intake, Lease

MAX_ATTEMPTS = 5  # of which the last is not put off, though the host asks to wait again
MAX_DEATHS = 20  # attempts in all: a process that dies takes dozens of visits with it, whichever it died of


class ArchiveSpider(Spider):
    """Archives a URL (`-a url=…`) or the ``from`` URLs of posts (`-a posts=PATH`); commands pass `intakes`, `job`."""

    name = "archive"

    def __init__(
        self,
        *,
        url: str = "",
        posts: str = "",
        intakes: Iterable[Intake] = (),
        job: str = "",
        again: bool = True,
        **kwargs: str,
    ) -> None:
        """`again`: what was visited before is visited again; never the `from` URLs of posts.

        Raises: UsageError where nothing that can be done is asked for.
        """
        super().__init__(**kwargs)
        self._job, self._intakes = (job, intakes) if job else asked(url, posts)
        self._again = again and not posts

    @property
    def _spans(self) -> Mapping[str, timedelta]:
        """How far back sources are read, by name."""
        return {name: timedelta(seconds=span) for name, span in self.settings["PERMAPRESS_SINCE"].items()}

    async def start(self) -> AsyncIterator[Request]:
        """No request: the seeds go to the ledger, and what is due comes from there."""
        with suppress(StorageError, LedgerError):  # the frontier keeps why, and ends the run
            await Frontier.of(self.crawler).begin(self._job, self._intakes, again=self._again)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def visit(self, lease: Lease) -> Request | Finish:
        """The request of a visit, or its end where none is made."""
        if lease.attempts >= MAX_DEATHS:
            return end(lease, Status.FAILED, f"given up: {lease.attempts} attempts did not come to an end")
        # A link that waited for its turn is looked at again: its form may have been found out meanwhile.
        if lease.depth > 0 and (trap := Frontier.of(self.crawler).traps.given_up(lease.seed.url)):
            return end(lease, Status.EXCLUDED, f"{REFUSED}{trap}")
        try:
            url = urls.wire(lease.seed.url)
        except UrlError as err:
            return end(lease, Status.EXCLUDED, str(err))
        request = Request(
            url,
            meta={"lease": lease, "verbatim_url": True},
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,  # keys are the filter; Scrapy's would drop a visit without an outcome
        )
        return set_conditions(request)

    async def parse(self, response: Response) -> AsyncIterator[Finding | Finish]:
        """What the page, the source or the status comes to. Reading itself happens in another process."""
        lease, captures = response.meta["lease"], response.meta["captures"]
        wait = wait_until(response, datetime.now(UTC))
        if wait is None:  # else the host is free for another page before the ledger knows that it asked for none
            Frontier.of(self.crawler).answered(lease)
        now = latest(lease, captures[-1], response)
        if same := unchanged(lease, captures[-1]):
            post = await Frontier.of(self.crawler).asked(lambda ledger: ledger.name_of(lease.seed.key))
            yield end(lease, Status.UNCHANGED, same, captures, answered=True, post=post, latest=now)
            return
        if ended := status_verdict(response.status):
            yield end(lease, *asked_for(*ended), captures, answered=True, wait=wait)
            return
        try:
            if lease.kind is Kind.ARTICLE:
                yield await self._article(response, lease, captures, now)
            else:
                yield await self._source(response, lease, captures, now)
        except (StorageError, LedgerError, DropItem):  # the run ends, and the visit is made again
            return
        except Exception as err:  # whatever a page managed to break is its outcome, never the end of the run
            self.logger.exception("%s: not read", lease.seed.url)
            yield end(lease, Status.FAILED, f"not read: {type(err).__name__}: {err}", captures, answered=True)

    async def _article(
        self, response: Response, lease: Lease, captures: tuple[Capture, ...], now: Earlier | None
    ) -> Finding:
        url, seed = captures[-1].url, lease.seed
        boilerplate = await Frontier.of(self.crawler).asked(lambda ledger: ledger.boilerplate(url, seed.key))
        page = Page(url, response.body, response.meta["content_type"], captures[-1], told(seed.title, boilerplate))
        result = await asyncio.wrap_future(Extraction.of(self.crawler).read(page))
        return Finding(seed, captures, url, result, told(seed.title, result.known), lease, now)

    async def _source(
        self, response: Response, lease: Lease, captures: tuple[Capture, ...], now: Earlier | None
    ) -> Finish:
        """What a feed or a sitemap names, as links; a page that names a feed leads there, once."""
        span = self._spans.get(lease.source or "")
        since = datetime.now(UTC) - span if span else None
        label, content_type = lease.seed.label, response.meta["content_type"]
        work = Extraction.of(self.crawler).done(
            listing, response.body, captures[-1].url, content_type, lease.kind, label, since
        )
        result = await asyncio.wrap_future(work)
        if isinstance(result, Listing):
            return end(
                lease,
                Status.ARCHIVED,
                result.reason,
                captures,
                answered=True,
                latest=now,
                links=result.links,
                named=result.named,
            )
        links = result.links if isinstance(result, NoListing) and not is_url(lease.seed.via) else ()
        reason = f"{result.reason}; its feed is {links[0].seed.url}" if links else result.reason
        status = Status.ARCHIVED if links else Status.FAILED
        return end(lease, status, reason, captures, answered=True, links=links[:1])

    def failed(self, failure: Failure) -> Iterator[Finish]:
        """Failure takes the road of success: an outcome with its reason. A full disk ends the run, and no visit."""
        if isinstance(failure.value, StorageError):
            raise CloseSpider("storage")
        meta = failure.request.meta  # type: ignore[attr-defined]
        Frontier.of(self.crawler).answered(meta["lease"])
        yield end(meta["lease"], *verdict(failure), meta.get("captures", ()))


def is_url(text: str | None) -> bool:
    """Whether who pointed here is a page or a source, and no file or person."""
    return text is not None and text.startswith(("http://", "https://"))
