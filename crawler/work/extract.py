"""Posts made again from WARC files alone: no network, byte for byte what the crawl wrote.

A page with a reading record is read with what the record keeps (seed, post name, times, hints); a page of a
foreign WARC with its URL and WARC-Date alone.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import PermapressError, StorageError
from crawler.core.model import NoArticle, Page, Reading, Seed, Status
from crawler.core.visit import Finding, Outcome
from crawler.extraction.workers import Extractor
from crawler.posts import render
from crawler.warc import read_pages, read_readings
from crawler.work.reading import drafted, post_of, times_of
from crawler.work.shelf import Shelf, sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from crawler.core.model import Article, Post
    from crawler.warc import Damage

_ROBOTS = re.compile(r"https?://[^/]*/robots\.txt(?:[?#]|$)", re.IGNORECASE)
_AHEAD = 16  # pages handed to the workers before the first is waited for: both cores busy, memory bounded


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one page came to: its outcome and, where a post was made, that post."""

    outcome: Outcome
    post: Post | None = None


def extracted(
    warcs: Sequence[Path], posts: Path, output: Path, at: datetime, *, write: bool = True
) -> Iterator[Extracted]:
    """The posts of the pages in WARC or WACZ files, in the order of the files; written unless `write` is false.

    `posts`: the folder to write to; paths in outcomes are relative to `output`; `at`: the time of the outcomes.
    What cannot be read is an outcome `failed` that names file and offset.
    Raises: StorageError, WarcError for a file that cannot be opened.
    """
    job = _Extraction(warcs, posts, output, at, write=write)
    with Extractor() as extractor:
        yield from job.run(extractor)


class _Extraction:
    def __init__(self, warcs: Sequence[Path], posts: Path, output: Path, at: datetime, *, write: bool) -> None:
        self._warcs = warcs
        self._shelf = Shelf(posts, output, lambda: warcs)
        self._at = at
        self._write = write
        self._readings, self._newest = _remembered(warcs)

    def run(self, extractor: Extractor) -> Iterator[Extracted]:
        waiting: deque[tuple[Page, Future[Article | NoArticle]]] = deque()
        for found in read_pages(self._warcs):
            if not isinstance(found, Page):
                yield Extracted(self._damaged(found))
            elif passed := self._passed_over(found):
                yield Extracted(passed)
            else:
                page = self._hinted(found)
                waiting.append((page, extractor.read(page)))
            if len(waiting) > _AHEAD:
                yield self._read(*waiting.popleft())
        for page, future in waiting:
            yield self._read(page, future)

    def _hinted(self, page: Page) -> Page:
        """The page as it was read first: with the hints that the reading record keeps."""
        reading = self._readings.get(page.capture.record_id)
        return replace(page, hints=reading.hints) if reading else page

    def _passed_over(self, page: Page) -> Outcome | None:
        reading = self._readings.get(page.capture.record_id)
        if reading is None and _ROBOTS.match(page.url):  # sites answer it with a page of theirs
            return self._outcome(page, Status.NO_ARTICLE, "a robots.txt")
        if reading is None or reading.post is None:
            unchanged = reading is not None and reading.status is Status.UNCHANGED
            return self._outcome(page, Status.UNCHANGED, "an earlier reading is the post") if unchanged else None
        newest = self._newest[reading.post]
        if newest.page_record_id == page.capture.record_id:
            return None
        return self._outcome(
            page, Status.UNCHANGED, f"a reading of {newest.fetched:%Y-%m-%d %H:%M:%S} is the newer one"
        )

    def _read(self, page: Page, future: Future[Article | NoArticle]) -> Extracted:
        article = future.result()
        reading = self._readings.get(page.capture.record_id)
        if isinstance(article, NoArticle):
            return Extracted(self._outcome(page, Status.NO_ARTICLE, article.reason))
        try:
            if reading and reading.post:
                return self._again(page, article, reading, reading.post)
            return self._anew(page, article, reading)
        except StorageError:
            raise
        except (PermapressError, ValueError) as err:
            return Extracted(self._outcome(page, Status.FAILED, str(err)))

    def _again(self, page: Page, article: Article, reading: Reading, name: str) -> Extracted:
        post = post_of(article, reading.seed, page.capture, name, times_of(reading))
        digest = sha256(render(post))
        differs = "" if digest == reading.post_sha256 else f"; not as recorded, {_versions(reading)} wrote it"
        there = self._shelf.digest(name)
        if there == digest:
            return self._put(page, reading.seed, post, Status.UNCHANGED, f"as it stands{differs}")
        if there is None:
            return self._put(page, reading.seed, post, Status.ARCHIVED, f"made again{differs}")
        if there == reading.post_sha256:
            return self._put(page, reading.seed, post, Status.UPDATED, f"made again{differs}")
        beside = self._shelf.place(reading.seed.key, article.title, reading.fetched)
        reason = f"a person edited {name}; this reading stands beside it"
        return self._put(page, reading.seed, replace(post, path=beside.name), Status.ARCHIVED, reason)

    def _anew(self, page: Page, article: Article, reading: Reading | None) -> Extracted:
        seed = reading.seed if reading else Seed(url=page.url, key=urls.key(page.url))
        draft = drafted(Finding(seed, (page.capture,), page.url, article), self._shelf)
        if draft.post is None:
            return Extracted(
                self._outcome(
                    page,
                    draft.reading.status,
                    draft.reading.reason,
                    draft.title,
                    draft.name and self._shelf.shown(draft.name),
                )
            )
        return self._put(page, seed, draft.post, draft.reading.status, draft.reading.reason)

    def _put(self, page: Page, seed: Seed, post: Post, status: Status, reason: str) -> Extracted:
        if self._write and status is not Status.UNCHANGED:
            self._shelf.put(post, seed.key)
        shown = self._shelf.shown(post.path)
        return Extracted(self._outcome(page, status, reason, str(post.get("title")), shown), post)

    def _outcome(
        self, page: Page, status: Status, reason: str, title: str | None = None, post: str | None = None
    ) -> Outcome:
        return Outcome(
            url=page.url,
            status=status,
            reason=reason,
            at=self._at,
            final_url=page.url,
            title=title,
            post=post,
            capture=page.capture,
        )

    def _damaged(self, damage: Damage) -> Outcome:
        where = f"{damage.file}:{damage.offset}"
        return Outcome(url=where, status=Status.FAILED, reason=damage.reason, at=self._at)


def _remembered(warcs: Sequence[Path]) -> tuple[dict[str, Reading], dict[str, Reading]]:
    by_record: dict[str, Reading] = {}
    by_post: dict[str, Reading] = {}
    for found in read_readings(warcs):
        if isinstance(found, Reading):
            by_record[found.page_record_id] = found
            if found.post and (found.post not in by_post or by_post[found.post].fetched <= found.fetched):
                by_post[found.post] = found
    return by_record, by_post


def _versions(reading: Reading) -> str:
    return ", ".join(f"{library} {version}" for library, version in reading.versions)
