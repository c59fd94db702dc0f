"""Findings become reading records, then posts, then ends of visits: many at once, each step for all before the next."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError, StorageError
from crawler.core.model import Article, Status
from crawler.core.traps import ENDLESS
from crawler.core.visit import Finish, Outcome, Said
from crawler.faults import passed
from crawler.work.links import found_links
from crawler.work.post_lock import posts_locked
from crawler.work.reading import drafted
from crawler.work.traps import MAX_BARREN

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
        *,
        state: Path,
        follow: Follow,
        annotate: Callable[[Path], bool],
    ) -> None:
        """`state`: the folder of the locks. `annotate`: which posts get the evidence added where they are kept."""
        self._recorder = recorder
        self._frontier = frontier
        self._shelf = shelf
        self._state = state
        self._follow = follow
        self._annotate = annotate
        self._traps = frontier.traps

    def pass_by(self, end: Finish) -> None:
        """Take note of a visit that gave no page to be read: links of a form that leads nowhere are not followed."""
        url, reason = end.lease.seed.url, end.outcome.reason
        if end.outcome.status is Status.GONE or reason.startswith(ENDLESS):
            self._traps.gave_nothing(url, MAX_BARREN if reason.startswith(ENDLESS) else 1)

    async def ends(self, findings: Sequence[Finding]) -> list[Finish | None]:
        """The end of each visit; None: another process holds it by now.

        Raises: StorageError, LedgerError: no visit of the batch has ended.
        """
        works = [_Work(finding) for finding in findings]
        async with posts_locked(self._state, (finding.seed.key for finding in findings)):
            await asyncio.to_thread(self._draft, works)
            await self._record([(work, work.draft) for work in works if work.draft])
            passed("reading-recorded")
            held = await self._frontier.held([_lease(work.finding) for work in works])
            await asyncio.to_thread(self._apply, [work for work, is_held in zip(works, held, strict=True) if is_held])
            passed("post-written")
        return [work.end for work in works]

    def _draft(self, works: Sequence[_Work]) -> None:
        for work in works:
            try:
                work.draft = drafted(work.finding, self._shelf, annotate=self._annotate)
            except (StorageError, LedgerError):
                raise
            except Exception as err:  # noqa: BLE001 - whatever a page managed to break is its outcome, not the run's end
                work.end = _no_post(work.finding, err)

    async def _record(self, drafts: Sequence[tuple[_Work, Draft]]) -> None:
        at = datetime.now(UTC)
        readings = [(draft.reading, _kept(work.finding, draft), at) for work, draft in drafts]
        is_written = any(draft.post or draft.annotations for _, draft in drafts)
        for (work, _), failure in zip(drafts, await self._recorder.append_readings(readings, is_written), strict=True):
            if failure:
                work.end = _no_post(work.finding, failure)

    def _apply(self, works: Sequence[_Work]) -> None:
        for work in works:
            if work.draft and work.end is None:
                try:
                    work.end = self._end(work.finding, work.draft)
                except (StorageError, LedgerError):
                    raise
                except Exception as err:  # noqa: BLE001 - as above
                    work.end = _no_post(work.finding, err)

    def _end(self, finding: Finding, draft: Draft) -> Finish:
        reading, path = draft.reading, self._shelf.shown(draft.path) if draft.path else None
        links, digest = self._applied(finding, draft)
        end = _ended(finding, reading.status, reading.reason, title=draft.title, post=path)
        return replace(end, links=links, post_digest=digest)

    def _applied(self, finding: Finding, draft: Draft) -> tuple[tuple[FoundLink, ...], str | None]:
        """The links, and the digest of the post where it is ours as it stands."""
        self._shelf.apply(draft, finding.seed.key)
        digest = draft.reading.post_sha256
        if digest is None and draft.path is not None:
            digest = self._shelf.own_digest(draft.path)
        return self._links(finding), digest

    def _links(self, finding: Finding) -> tuple[FoundLink, ...]:
        article, depth = finding.result, _lease(finding).depth
        if not isinstance(article, Article):
            self._traps.gave_nothing(finding.page_url)
            return ()
        self._traps.gave(finding.page_url, finding.seed.key, article.text, is_named=not depth)
        return found_links(article, depth, finding.seed, finding.page_url, self._follow, traps=self._traps)


def _kept(finding: Finding, draft: Draft) -> Article | None:
    """The article that a conversion record keeps: where a post is made of it."""
    return finding.result if isinstance(finding.result, Article) and draft.post else None


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
        final_url=finding.final_url,
        title=title,
        post=post,
        capture=finding.captures[-1],
        via=finding.seed.via,
        source=_lease(finding).source,
    )
    is_read = status in {Status.ARCHIVED, Status.UPDATED, Status.UNCHANGED}
    return Finish(
        _lease(finding),
        outcome,
        finding.captures,
        latest=finding.latest if is_read else None,
        said=_said(finding) if is_read else None,
    )


def _said(finding: Finding) -> Said | None:
    article = finding.result
    if not isinstance(article, Article) or finding.instead_of:
        return None
    return Said(finding.page_url, article.title, article.blocks, article.known)
