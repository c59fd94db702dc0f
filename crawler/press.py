"""Findings become reading records, then posts, then ends of visits: many at once, each step for all before the next."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError, StorageError
from crawler.core.model import Article, Status
from crawler.core.visit import Finish, Outcome
from crawler.faults import passed
from crawler.work.links import found_links
from crawler.work.reading import drafted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crawler.config import Follow
    from crawler.core.visit import Finding, FoundLink, Lease
    from crawler.fetch.recorder import Recorder
    from crawler.frontier import Frontier
    from crawler.work.reading import Draft
    from crawler.work.shelf import Shelf

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    """A finding on its way to its end."""

    finding: Finding
    draft: Draft | None = None
    end: Finish | None = None  # None: on its way


class Press:
    """The order law for a batch: reading records flushed, then posts of those whose lease is held."""

    def __init__(
        self,
        recorder: Recorder,
        frontier: Frontier,
        shelf: Shelf,
        follow: Follow,
        annotate: Callable[[Path], bool],
    ) -> None:
        """`annotate`: which posts get the evidence added where they are kept."""
        self._recorder = recorder
        self._frontier = frontier
        self._shelf = shelf
        self._follow = follow
        self._annotate = annotate

    async def ends(self, findings: Sequence[Finding]) -> list[Finish | None]:
        """The end of each visit; None: another process holds it by now.

        Raises: StorageError, LedgerError: no visit of the batch has ended.
        """
        works = [_Work(finding) for finding in findings]
        for work in works:
            await self._read(work)
        if any(work.draft and (work.draft.post or work.draft.annotations) for work in works):
            await self._recorder.sync()
        passed("reading-recorded")
        for work, held in zip(works, await self._frontier.held([_lease(work.finding) for work in works]), strict=True):
            if held and work.draft and work.end is None:
                await self._write(work, work.draft)
        passed("post-written")
        return [work.end for work in works]

    async def _read(self, work: _Work) -> None:
        finding = work.finding
        try:
            work.draft = draft = await asyncio.to_thread(drafted, finding, self._shelf, annotate=self._annotate)
            article = finding.result if isinstance(finding.result, Article) and draft.post else None
            await self._recorder.append_reading(draft.reading, article, datetime.now(UTC))
        except (StorageError, LedgerError):
            raise
        except Exception as err:  # noqa: BLE001 - whatever a page managed to break is its outcome, never the end of the run
            work.end = _no_post(finding, err)

    async def _write(self, work: _Work, draft: Draft) -> None:
        reading, path = draft.reading, self._shelf.shown(draft.path) if draft.path else None
        try:
            links, digest = await asyncio.to_thread(self._applied, work.finding, draft)
        except (StorageError, LedgerError):
            raise
        except Exception as err:  # noqa: BLE001 - as above
            work.end = _no_post(work.finding, err)
        else:
            end = _ended(work.finding, reading.status, reading.reason, title=draft.title, post=path)
            work.end = replace(end, links=links, post_digest=digest)

    def _applied(self, finding: Finding, draft: Draft) -> tuple[tuple[FoundLink, ...], str | None]:
        """The links, and the digest of the post where it is ours as it stands; in a thread, both take milliseconds."""
        self._shelf.apply(draft, finding.seed.key)
        digest = draft.reading.post_sha256
        if digest is None and draft.path is not None:
            digest = self._shelf.own_digest(draft.path)
        return self._links(finding), digest

    def _links(self, finding: Finding) -> tuple[FoundLink, ...]:
        article, depth = finding.result, _lease(finding).depth
        if not isinstance(article, Article):
            return ()
        return found_links(article, depth, finding.seed, finding.page_url, self._follow)


def _lease(finding: Finding) -> Lease:
    if finding.lease is None:
        raise TypeError(f"{finding.seed.url}: a crawl's finding has a lease")
    return finding.lease


def _no_post(finding: Finding, err: Exception) -> Finish:
    logger.error("%s: no post", finding.seed.url, exc_info=err)
    return _ended(finding, Status.FAILED, f"no post: {type(err).__name__}: {err}")


def _ended(
    finding: Finding,
    status: Status,
    reason: str,
    *,
    title: str | None = None,
    post: str | None = None,
) -> Finish:
    outcome = Outcome(
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
    return Finish(_lease(finding), outcome, finding.captures)
