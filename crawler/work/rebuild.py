"""The ledger made again: from the archive, the posts and the state file, as far as they are there.

From the archive: each reading is a visit with its outcome, its captures and where it was led; each attempt that no
reading claims is one too, where its end can be told (`work.attempts`). Of files that others wrote only the readings
count. Not told by an archive: what was waiting, what robots.txt or our own rules excluded, and, since no page is read
here, canonical URLs and all links but those that a post keeps in `related`.

From a post: its name is kept for the key of its `from`, and is given to no other. One with the evidence keys
(`archived_at`, `warc_record_id`) was captured: without a reading of it, it counts as visited then. One without them was
never captured by us: its URL is known, and `follow` visits it once.
The digest kept is that of what we wrote: as the archive tells, or, where it tells nothing, of the file as it stands if
it has the evidence and the last key that only we write. `--annotate` gives evidence to posts that others wrote; those,
as any other, have none and count as edited: they are never overwritten.

What sites say over and over is learned anew, since no page is read here; what was cut of a page is known from its
reading, and cut again.

From the state file: when scheduled runs visit which URL again, and what the answer is compared with.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core import memory, urls
from crawler.core.errors import UrlError, WarcError
from crawler.core.model import Seed, Status
from crawler.core.visit import FoundLink, Outcome, led_to
from crawler.ledger.replace import replaced
from crawler.posts import Unreadable, read_posts
from crawler.sources.posts import seeds
from crawler.warc import warc_files
from crawler.warc.evidence import Attempt, Recorded, read_evidence
from crawler.work.attempts import Attempts, final_url
from crawler.work.naming import folded
from crawler.work.place import ledger_of
from crawler.work.shelf import sha256
from crawler.work.state_file import read_state
from crawler.work.verify import Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.config import Config
    from crawler.core.model import Capture, Post
    from crawler.ledger.rebuild import Rebuild

UNKNOWN = "unknown"  # the run of a visit that no file of ours tells of

_OURS = re.compile(r"(permapress-((\d{8}T\d{6}Z)-[0-9a-f]{4})-\d+)-\d+\.warc\.gz(?:\.open)?")
_ONLY_OURS = "render_with_liquid"


def rebuilt(config: Config, at: datetime) -> Iterator[Proof]:
    """Make the ledger again and put it in its place; what had to be left out, and last what there is now.

    The old one is kept beside it. Where this raises, nothing has changed.
    Raises: LockedError where a run holds the output; StorageError, WarcError, LedgerError.
    """
    path = ledger_of(config)
    if not has_past(config):
        raise WarcError(f"neither {config.archive} nor {config.posts} is there; name an output folder of permapress")
    known = read_state(config.state_file) if config.state_file else []
    with replaced(path, at) as rebuild:
        yield from _Past(config, rebuild).told(at)
        rebuild.learn(known, at)
        visits, names = rebuild.counted()
    yield Proof(str(path), sound=True, reason=f"made again: {visits} visits, {names} names of posts")


def has_past(config: Config) -> bool:
    """Whether there is anything to make a ledger from."""
    state = config.state_file
    return config.archive.is_dir() or config.posts.is_dir() or (state is not None and state.exists())


class _Past:
    def __init__(self, config: Config, rebuild: Rebuild) -> None:
        self._archive, self._posts, self._output = config.archive, config.posts, config.output
        self._rebuild = rebuild

    def told(self, at: datetime) -> Iterator[Proof]:
        """Everything that is known, the archive first: what posts tell counts where it tells nothing."""
        warcs = warc_files(self._archive) if self._archive.is_dir() else []
        for _, files in groupby(warcs, key=lambda warc: _writer(warc)[0]):  # by name they lie side by side
            yield from self._of_writer(files)
        if self._posts.is_dir():
            for post in read_posts([self._posts]):
                yield from self._of_post(post, at)

    def _of_writer(self, warcs: Iterable[Path]) -> Iterator[Proof]:
        attempts, run, started = Attempts(), UNKNOWN, None
        for warc in warcs:
            _, run, started = _writer(warc)
            try:
                yield from self._of_file(warc, attempts, run, started)
            except WarcError as err:
                if isinstance(err.__cause__, OSError):
                    raise
                yield Proof(warc.name, sound=False, reason=f"left out: {err}")
        for unread in attempts.left() if started else ():
            last = unread.captures[-1]
            outcome = Outcome(
                unread.seed.url,
                unread.status,
                unread.reason,
                last.date,
                final_url=led_to(unread.captures),
                post=self._rebuild.name_of(unread.seed.key) if unread.status is Status.UNCHANGED else None,
            )
            self._rebuild.visited(run, started or last.date, unread.seed, outcome, unread.captures)

    def _of_file(self, warc: Path, attempts: Attempts, run: str, started: datetime | None) -> Iterator[Proof]:
        for found in read_evidence(warc):
            if isinstance(found, Attempt):
                attempts.add(found)
            elif isinstance(found, Recorded):
                try:
                    captures = attempts.claimed(found.reading, urls.key(found.reading.seed.url))
                    if captures:
                        self._read(found, captures, run, started or found.at)
                except UrlError as err:
                    yield Proof(warc.name, sound=False, reason=f"a reading is left out: {err}")

    def _read(self, found: Recorded, captures: tuple[Capture, ...], run: str, started: datetime) -> None:
        reading, reason = found.reading, found.reading.reason or "as read"
        seed = replace(reading.seed, key=urls.key(reading.seed.url))  # by today's rules
        shown = None if reading.post is None else self._shown(self._posts / reading.post)
        if shown is not None:
            self._rebuild.named(folded(str(reading.post)), seed.key, shown, reading.post_sha256)
        led = final_url(reading, captures)
        outcome = Outcome(seed.url, reading.status, reason, found.at, led, seed.title, shown)
        cut = memory.naming(reading.hints)
        self._rebuild.visited(run, started, seed, outcome, captures, post_digest=reading.post_sha256, cut=cut)

    def _of_post(self, post: Post | Unreadable, at: datetime) -> Iterator[Proof]:
        if isinstance(post, Unreadable):
            yield Proof(post.path, sound=False, reason=f"no URL keeps its name: {post.reason}")
            return
        seed = next(iter(seeds([post])))
        if not isinstance(seed, Seed):  # it points at nothing: its name is no URL's
            return
        path = Path(post.path)
        shown, digest = self._shown(path), sha256(post.source or b"")
        written, evidence = self._rebuild.digests(seed.key).get(shown, []), _evidence(post)
        is_ours = digest in written or (not written and evidence is not None and post.get(_ONLY_OURS) is not None)
        kept = digest if is_ours else next(iter(written), None)
        if evidence is None:
            self._rebuild.seen(Seed(seed.url, seed.key), at)
        else:
            if not written and not self._rebuild.knows(seed.key, evidence[1]):
                self._captured(seed, shown, evidence[0], kept)
            self._rebuild.linked(seed.key, _related(post), at)
        self._rebuild.named(folded(str(path.relative_to(self._posts))), seed.key, shown, kept)

    def _captured(self, seed: Seed, shown: str, at: datetime, digest: str | None) -> None:
        reason = "as the post tells; no reading record of it is in the archive"
        outcome = Outcome(seed.url, Status.ARCHIVED, reason, at, title=seed.title, post=shown)
        self._rebuild.visited(UNKNOWN, at, Seed(seed.url, seed.key), outcome, post_digest=digest)

    def _shown(self, path: Path) -> str:
        return os.path.relpath(path, self._output)


def _writer(warc: Path) -> tuple[str, str, datetime | None]:
    """Who wrote a file, in which run, begun when; None: somebody else, whose failed attempts may be no visits."""
    ours = _OURS.fullmatch(warc.name)
    if ours is None:
        return warc.name, UNKNOWN, None
    return ours[1], ours[2], datetime.strptime(ours[3], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _evidence(post: Post) -> tuple[datetime, str] | None:
    """When a post's page was captured, and in which record; None: it does not tell."""
    at, record_id = post.get("archived_at"), post.get("warc_record_id")
    if not isinstance(at, str) or not isinstance(record_id, str) or not record_id:
        return None
    try:
        time = datetime.fromisoformat(at)
        return (time.astimezone(UTC), record_id) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _related(post: Post) -> tuple[FoundLink, ...]:
    found = post.get("related")
    links = []
    for url in found if isinstance(found, tuple) else ():
        try:
            links.append(FoundLink(Seed(url, urls.key(url)), "related, as the post tells", follow=False))
        except UrlError:
            continue
    return tuple(links)
