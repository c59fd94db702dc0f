"""A finding read out: the post, and the reading record that lets anyone make the same post again.

The live crawl and the offline re-extraction both come through here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from crawler.core.model import NoArticle, Post, Reading, Status
from crawler.posts import Additions, compose, fields_of, publication, render, sanitise
from crawler.work.shelf import sha256

if TYPE_CHECKING:
    from crawler.core.model import Article, Capture, Seed
    from crawler.core.visit import Finding
    from crawler.work.shelf import Shelf

# What decides a reading beside the page: the same versions give the same bytes.
_LIBRARIES = ("permapress", "trafilatura", "lxml", "nh3", "htmldate", "courlan")

_EVIDENCE = re.compile(rb"^(?:date|archived_at|warc_record_id|warc_digest|last_modified_at): .*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Times:
    """The times in a post that neither its page nor its capture state."""

    first_fetched: datetime  # the date of a post whose page has none; kept when the post is rewritten
    modified: datetime | None = None  # when a changed page was read again; None: the first reading


@dataclass(frozen=True, slots=True)
class Draft:
    """What a finding comes to."""

    reading: Reading
    post: Post | None = None  # None: nothing is to be written
    title: str | None = None
    name: str | None = None  # of the URL's post, also where it stays as it is


def post_of(article: Article, seed: Seed, capture: Capture, name: str, times: Times) -> Post:
    """The post of a reading: the same arguments give the same bytes."""
    fields = fields_of(article, seed, times.first_fetched)
    additions = Additions(
        archived_at=capture.date,
        warc_record_id=capture.record_id,
        warc_digest=capture.payload_digest,
        lang=article.language or None,
        description=article.description or None,
        image=article.image.url if article.image else None,
        last_modified_at=times.modified,
        related=tuple(link.url for link in article.related),
        render_with_liquid=False,
    )
    return replace(compose(fields, sanitise(article.html), additions), path=name)


def drafted(finding: Finding, shelf: Shelf) -> Draft:
    """What a finding comes to on this shelf: a new post, a changed one, or none.

    Raises: PostError where the post that is there cannot be read.
    """
    seed, article, capture = finding.seed, finding.result, finding.captures[-1]
    if isinstance(article, NoArticle):
        return Draft(_reading(finding, Status.NO_ARTICLE, article.reason), title=seed.title)
    fields = fields_of(article, seed, capture.date)
    place = shelf.place(seed.key, fields.title, fields.date)
    if place.existing is None:
        times, status, reason = Times(capture.date), Status.ARCHIVED, "a new post"
        if place.edited:
            reason = f"a person edited {place.edited}; this reading stands beside it"
    else:
        times = Times(_first_fetched(place.existing, capture), capture.date)
        status, reason = Status.UPDATED, "the article changed"
    post = post_of(article, seed, capture, place.name, times)
    if place.existing and _content(render(post)) == _content(render(place.existing)):
        unchanged = _reading(finding, Status.UNCHANGED, "the same article as in the post")
        return Draft(unchanged, title=fields.title, name=place.name)
    return Draft(_reading(finding, status, reason, post, times), post, fields.title, place.name)


def _first_fetched(existing: Post, capture: Capture) -> datetime:
    return publication(existing) or capture.date


def _content(file: bytes) -> tuple[bytes, bytes]:
    """What of a post's bytes is the article: not the evidence, not a date that is the time of a fetch."""
    head, _, body = file.partition(b"\n---\n")
    return _EVIDENCE.sub(b"", head), body


def _reading(
    finding: Finding, status: Status, reason: str, post: Post | None = None, times: Times | None = None
) -> Reading:
    capture = finding.captures[-1]
    return Reading(
        seed=finding.seed,
        page_url=finding.page_url,
        page_record_id=capture.record_id,
        fetched=capture.date,
        settings=_written(times),
        versions=_versions(),
        hints=finding.hints,
        post=post.path if post else None,
        post_sha256=sha256(render(post)) if post else None,
        status=status,
        reason=reason,
    )


def _written(times: Times | None) -> tuple[tuple[str, str], ...]:
    if times is None:
        return ()
    named = (("first_fetched", times.first_fetched), ("modified", times.modified))
    return tuple((name, time.isoformat()) for name, time in named if time)


def times_of(reading: Reading) -> Times:
    """The times that a reading record keeps of its post.

    Raises: ValueError for a record that keeps something else under their names.
    """
    kept = {name: datetime.fromisoformat(value).astimezone(UTC) for name, value in reading.settings}
    return Times(kept.get("first_fetched", reading.fetched), kept.get("modified"))


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((library, version(library)) for library in _LIBRARIES)
