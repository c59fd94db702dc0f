"""Posts made again from WARC files alone: no network, byte for byte what the crawl wrote.

A page with a reading record is read with what the record keeps (seed, post name, times, hints); a page of a
foreign WARC with its URL and WARC-Date, and with what its site says over and over in the same file.
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
from crawler.extraction.processes.workers import Extractor
from crawler.posts import render
from crawler.warc import read_pages, warc_files
from crawler.work.inert import inert
from crawler.work.kept import kept_names
from crawler.work.learned import AHEAD, Learned
from crawler.work.reading import drafted, post_of, times_of
from crawler.work.remembered import Remembered
from crawler.work.rescue import carried
from crawler.work.shelf import Shelf, content, sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from crawler.config import Config
    from crawler.core.model import Article, Post
    from crawler.warc import Damage

_ROBOTS = re.compile(r"https?://[^/]*/robots\.txt(?:[?#]|$)", re.IGNORECASE)
_Waiting = tuple[Page, Reading | None, "Future[Article | NoArticle]"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one page came to: its outcome and, where a post was made, that post."""

    outcome: Outcome
    post: Post | None = None


def extracted(warcs: Sequence[Path], config: Config, at: datetime, *, write: bool = True) -> Iterator[Extracted]:
    """The posts of the pages in WARC or WACZ files, in the order of the files; written unless `write` is false.

    `at`: the time of the outcomes. A post that is there is rewritten only from the output's own archive, and where that
    tells that nobody touched it: what files from elsewhere claim of it is no proof. What cannot be read is an outcome
    `failed` that names file and offset.
    Raises: StorageError, WarcError for a file that cannot be opened.
    """
    job = _Extraction(warcs, config, at, write=write)
    with Extractor(polish=inert) as extractor:
        yield from job.run(extractor)


class _Extraction:
    def __init__(self, warcs: Sequence[Path], config: Config, at: datetime, *, write: bool) -> None:
        self._warcs = warcs
        own = warc_files(config.archive) if config.archive.is_dir() else []
        self._shelf = Shelf(config.posts, config.output, lambda: own)
        paths = {path.resolve() for path in own}
        self._foreign = [path for path in warcs if path.resolve() not in paths]
        self._own = {path.name.removesuffix(".open") for path in own} - {path.name for path in self._foreign}
        self._at = at
        self._write = write
        self._remembered = Remembered(warcs)

    def run(self, extractor: Extractor) -> Iterator[Extracted]:
        waiting: deque[_Waiting] = deque()
        learned = Learned([path for path in self._foreign if not self._remembered.tells_of(path)], extractor)
        for found in read_pages(self._warcs, self._remembered.rescued):
            if not isinstance(found, Page):
                yield Extracted(self._damaged(found))
                continue
            rescued = self._remembered.rescued.get(found.capture.record_id, ())
            for reading in rescued or (self._remembered.reading(found),):
                if passed := self._passed_over(found, reading):
                    yield Extracted(passed)
                else:
                    hints = reading.hints if reading else learned.hints(found)
                    waiting.append((found, reading, _reading_of(replace(found, hints=hints), reading, extractor)))
            while len(waiting) > AHEAD:
                yield self._read(*waiting.popleft())
        for each in waiting:
            yield self._read(*each)

    def _passed_over(self, page: Page, reading: Reading | None) -> Outcome | None:
        if reading is None and _ROBOTS.match(page.url):  # sites answer it with a page of theirs
            return self._outcome(page, Status.NO_ARTICLE, "a robots.txt")
        if reading is None and self._remembered.is_interrupted(page):
            return self._outcome(page, Status.UNCHANGED, "not read when it was fetched; another fetch of it was")
        if reading and kept_names(reading):
            return self._outcome(page, Status.UNCHANGED, "a post that was there before is kept")
        if reading is None or reading.post is None:
            unchanged = reading is not None and reading.status is Status.UNCHANGED
            return self._outcome(page, Status.UNCHANGED, "an earlier reading is the post") if unchanged else None
        if newer := self._remembered.newer(reading):
            return self._outcome(page, Status.UNCHANGED, f"the reading of {newer.fetched:%Y-%m-%d %H:%M:%S} is newer")
        return None

    def _read(self, page: Page, reading: Reading | None, future: Future[Article | NoArticle]) -> Extracted:
        article = future.result()
        if isinstance(article, NoArticle):
            lost = reading is not None and reading.post is not None  # it was read once
            return Extracted(self._outcome(page, Status.FAILED if lost else Status.NO_ARTICLE, article.reason))
        try:
            if reading and reading.post:
                return self._again(page, article, reading, reading.post)
            return self._anew(page, article, reading)
        except StorageError:
            raise
        except (PermapressError, ValueError) as err:
            return Extracted(self._outcome(page, Status.FAILED, str(err)))

    def _again(self, page: Page, article: Article, reading: Reading, name: str) -> Extracted:
        times = times_of(reading)
        is_rescued = reading.status is Status.RESCUED
        post = post_of(article, reading.seed, page.capture, name, times, is_rescued=is_rescued)
        digest = sha256(render(post))
        differs = "" if digest == reading.post_sha256 else f"; not as recorded, {_versions(reading)} wrote it"
        there, key = self._shelf.digest(name), reading.seed.key
        if there == digest:
            return self._put(page, key, post, Status.UNCHANGED, f"as it stands{differs}")
        if there is None:
            return self._put(page, key, post, Status.ARCHIVED, f"made again{differs}")
        if (
            page.capture.file in self._own
            and self._shelf.is_ours(name)
            and self._shelf.path(name) in self._shelf.versions(key)
        ):
            return self._put(page, key, post, Status.UPDATED, f"made again{differs}")
        if same := self._shelf.saying(key, content(render(post))):
            return self._put(
                page, key, replace(post, path=same.name), Status.UNCHANGED, "the same article as in the post"
            )
        beside = self._shelf.reserved(key, str(post.get("title")), times.first_fetched)
        reason = f"{name} is not ours to rewrite: it is kept, and this reading stands beside it"
        return self._put(page, key, replace(post, path=beside), Status.ARCHIVED, reason)

    def _anew(self, page: Page, article: Article, reading: Reading | None) -> Extracted:
        seed = reading.seed if reading else Seed(url=urls.without_userinfo(page.url), key=urls.key(page.url))
        draft = drafted(
            Finding(seed, (page.capture,), page.url, article), self._shelf, may_rewrite=page.capture.file in self._own
        )
        if draft.post is None:
            shown = self._shelf.shown(draft.path) if draft.path else None
            return Extracted(self._outcome(page, draft.reading.status, draft.reading.reason, draft.title, shown))
        return self._put(page, seed.key, draft.post, draft.reading.status, draft.reading.reason)

    def _put(self, page: Page, key: str, post: Post, status: Status, reason: str) -> Extracted:
        if self._write and status is not Status.UNCHANGED:
            self._shelf.put(post, key)
        shown = self._shelf.shown(self._shelf.path(post.path))
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


def _versions(reading: Reading) -> str:
    return ", ".join(f"{library} {version}" for library, version in reading.versions)


def _reading_of(page: Page, reading: Reading | None, extractor: Extractor) -> Future[Article | NoArticle]:
    """The reading, to come: of the feed that carries the article, or of the page."""
    if reading and reading.status is Status.RESCUED:
        return extractor.done(carried, page.body, page.url, page.content_type, reading.seed.key)
    return extractor.read(page)
