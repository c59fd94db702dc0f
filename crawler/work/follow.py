"""What `follow` would do with each post, and why. Posts go by one at a time; of the URLs the keys are remembered."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core.errors import PostError
from crawler.core.fields import label, publication, text
from crawler.core.model import Seed
from crawler.core.urls import without_userinfo
from crawler.ledger.memory import Memory
from crawler.posts import Unreadable, among, files
from crawler.sources.posts import said
from crawler.work.kept import text as path_text
from crawler.work.place import ledger_of
from crawler.work.seeds import pointers
from crawler.work.tell import moment, one_line, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from crawler.config import Config
    from crawler.core.model import Post
    from crawler.work.seeds import Pointer

logger = logging.getLogger(__name__)

_IN_PLACE = "not captured yet; this post lies where posts are written: it stays, no second one is made"
_ELSEWHERE = "not captured yet; a post will be made of its article"


class Kind(StrEnum):
    """What becomes of a post's `from`."""

    VISIT = "visit"
    VERSION = "version"  # another post of the same URL has it visited
    CAPTURED = "captured"  # it was, before
    SKIPPED = "skipped"  # it points nowhere we can go, or cannot be read


@dataclass(frozen=True, slots=True)
class Decision:
    """One post, and what becomes of its `from`; absent is None."""

    post: str  # its path as given, text that every record can hold
    from_: str | None  # as written, without userinfo
    url: str | None
    key: str | None
    title: str | None
    date: datetime | None
    author: str | None
    label: str | None
    decision: Kind
    reason: str
    seed: Seed | None = None  # where it is to be visited


def plan(paths: Sequence[Path], config: Config, captured: Callable[[str], datetime | None]) -> Iterator[Decision]:
    """A decision for each post under files, folders and globs, in their order; a bad one never ends the rest.

    `captured`: when the URL of a key was captured before; None: never.
    Raises: PostError, at once, where a path leads to no post at all.
    """
    must_hold_posts(paths)
    return _decisions(paths, among([config.posts]), captured)


def must_hold_posts(paths: Sequence[Path]) -> None:
    """Raises: PostError for the first path that leads to no post at all."""
    for path in paths:
        if path.parts[:1] in (("http:",), ("https:",)) and not path.exists():
            raise PostError(f"{shown(str(path))}: a URL; `archive` fetches URLs, name posts or their folder here")
        first = next(files([path]), None)
        if first is None:
            raise PostError(f"{shown(str(path))}: no posts (*.md, *.markdown) are in it; name posts or their folder")
        if isinstance(first, Unreadable) and first.path == str(path):
            raise PostError(f"{shown(first.path)}: {first.reason}")


def _decisions(
    paths: Sequence[Path], is_in_place: Callable[[Path], bool], captured: Callable[[str], datetime | None]
) -> Iterator[Decision]:
    visited: dict[str, str] = {}  # key → the post that has it visited
    for pointer in pointers(paths):
        seed = pointer.found
        if not isinstance(seed, Seed):
            yield _decision(pointer, Kind.SKIPPED, seed.reason)
        elif at := captured(seed.key):
            yield _decision(pointer, Kind.CAPTURED, f"captured before, at {moment(at)}; `archive` would fetch it again")
        elif first := visited.get(seed.key):
            twice = first == seed.via
            reason = "named twice" if twice else f"a version: the post of its URL that is followed is {first}"
            yield _decision(pointer, Kind.VERSION, reason)
        else:
            visited[seed.key] = str(seed.via)
            stays = is_in_place(Path(pointer.path))
            yield _decision(pointer, Kind.VISIT, _IN_PLACE if stays else _ELSEWHERE)


def _decision(pointer: Pointer, kind: Kind, reason: str) -> Decision:
    post, seed = pointer.post, pointer.found if isinstance(pointer.found, Seed) else None
    return Decision(
        post=path_text(pointer.path),
        from_=_written(post) if post else None,
        url=seed.url if seed else None,
        key=seed.key if seed else None,
        title=said(post, "title") if post else None,
        date=publication(post) if post else None,
        author=said(post, "author") if post else None,
        label=label(post) if post else None,
        decision=kind,
        reason=reason,
        seed=seed if kind is Kind.VISIT else None,
    )


def _written(post: Post) -> str | None:
    found = post.get("from")
    return found if found is None else without_userinfo(found if isinstance(found, str) else text(post, "from"))


def lie_in_place(paths: Sequence[Path], config: Config) -> bool:
    """Whether any post under files, folders and globs lies where posts are written."""
    is_in_place = among([config.posts])
    return any(isinstance(path, Path) and is_in_place(path) for path in files(paths))


def followed(paths: Sequence[Path], config: Config) -> Iterator[Seed]:
    """Where the posts point, each URL once; what cannot be followed is warned of, by name. Raises: as `plan`."""
    return _seeds(plan(paths, config, lambda _: None))


def _seeds(decisions: Iterable[Decision]) -> Iterator[Seed]:
    for decision in decisions:
        if decision.seed:
            yield decision.seed
        elif decision.decision is Kind.SKIPPED:
            logger.warning("%s: not followed: %s", shown(decision.post), decision.reason)


@contextmanager
def captured_in(config: Config) -> Iterator[Callable[[str], datetime | None]]:
    """What the output's ledger remembers of captures, for `plan`; where there is none, nothing was captured.

    Nothing is written. Raises: StorageError, LedgerError.
    """
    ledger = ledger_of(config)
    if not ledger.exists():
        yield lambda _: None
        return
    with Memory(ledger) as memory:
        yield memory.captured


def as_json(decision: Decision) -> str:
    """The one line of `--dry-run --json`; absent values are null."""
    told = {
        "post": decision.post,
        "from": decision.from_,
        "url": decision.url,
        "key": decision.key,
        "title": decision.title,
        "date": decision.date and moment(decision.date),
        "author": decision.author,
        "label": decision.label,
        "decision": decision.decision,
        "reason": decision.reason,
    }
    return one_line(told)


def as_text(decision: Decision) -> str:
    """A few lines for a person: what would be done, where, and why."""
    lines = [f"{decision.decision:<10} {shown(decision.post)}"]
    lines += [f"           {shown(line)}" for line in (decision.url or decision.from_, decision.reason) if line]
    return "\n".join(lines)
