"""A finding read out: the post, and the reading record that lets anyone make the same post again.

The live crawl and the offline re-extraction both come through here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from crawler.core.model import NoArticle, Post, Reading, Status
from crawler.posts import Additions, NotAnnotated, compose, fields_of, publication, read_post, render
from crawler.work.inert import inert
from crawler.work.kept import KEPT, Annotation
from crawler.work.shelf import CONTENT, content, sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawler.core.model import Article, Capture, Seed
    from crawler.core.visit import Finding
    from crawler.work.shelf import Shelf

# What decides a reading beside the page: the same versions give the same bytes.
_LIBRARIES = ("permapress", "trafilatura", "lxml", "nh3", "courlan")


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
    path: Path | None = None  # of the URL's post, also where it stays as it is
    annotations: tuple[Annotation, ...] = ()  # of posts that are kept


def post_of(
    article: Article, seed: Seed, capture: Capture, name: str, times: Times, *, is_rescued: bool = False
) -> Post:
    """The post of a reading: the same arguments give the same bytes. Rescued: the capture is of a feed."""
    fields = fields_of(article, seed, times.first_fetched)
    additions = replace(
        _evidence(capture),
        lang=article.language or None,
        description=article.description or None,
        image=article.image.url if article.image else None,
        last_modified_at=times.modified,
        related=tuple(link.url for link in article.related),
        rescued_from=capture.url if is_rescued else None,
        render_with_liquid=False,
    )
    return replace(compose(fields, inert(article).html, additions), path=name)


def drafted(
    finding: Finding, shelf: Shelf, *, may_rewrite: bool = True, annotate: Callable[[Path], bool] | None = None
) -> Draft:
    """What a finding comes to on this shelf: a new post, a changed one, or none.

    Without `may_rewrite` a changed one stands beside the old. Where the post that pointed at the URL lies here and is
    not ours, it is the URL's post and is kept. `annotate` says which kept posts may be annotated (`posts.among` the
    paths that are followed; None: none): the one that pointed, and the URL's other versions, whose `from` the same
    capture proves. A version that nobody followed is not touched.

    Raises: PostError where the post that is there cannot be read.
    """
    seed, article, capture = finding.seed, finding.result, finding.captures[-1]
    if isinstance(article, NoArticle):
        return Draft(_reading(finding, Status.NO_ARTICLE, article.reason), title=seed.title)
    shelf.look(seed.key)
    if pointing := shelf.pointing(seed):
        return _kept(finding, article, shelf, pointing, annotate)
    fields, times = fields_of(article, seed, capture.date), Times(capture.date)
    if shelf.versions(seed.key) and (same := shelf.saying(seed.key, _said(article, seed, capture, times))):
        return Draft(_reading(finding, Status.UNCHANGED, "the same article as in the post"), None, fields.title, same)
    if may_rewrite and (mine := shelf.untouched(seed.key)):
        status, reason, name = Status.UPDATED, "the article changed", mine.name
        times = Times(publication(read_post(mine)) or capture.date, capture.date)
    else:
        status, reason = Status.ARCHIVED, _why_new(shelf.versions(seed.key))
        name = shelf.reserved(seed.key, fields.title, fields.date)
    if article.known:
        reason = f"{reason}; what its site repeats is left out"
    if finding.instead_of:
        status, reason = Status.RESCUED, f"{finding.instead_of}; the text is the feed's own"
    post = post_of(article, seed, capture, name, times, is_rescued=bool(finding.instead_of))
    return Draft(_reading(finding, status, reason, post, times), post, fields.title, shelf.path(name))


def _said(article: Article, seed: Seed, capture: Capture, times: Times) -> str:
    """What its post would say; to be asked only where there are others to compare: it is a whole post composed."""
    return content(render(post_of(article, seed, capture, "", times)))


def _kept(
    finding: Finding, article: Article, shelf: Shelf, pointing: Path, annotate: Callable[[Path], bool] | None
) -> Draft:
    key, evidence = finding.seed.key, _evidence(finding.captures[-1])
    chosen = [path for path in shelf.strangers(key) if annotate and annotate(path)]
    made = {path: shelf.annotation(path, key, evidence) for path in chosen}
    annotations = {found.path: found for found in made.values() if isinstance(found, Annotation)}  # a link is the same
    left = "".join(
        f"; {path.name} is not annotated: {found.reason}"
        for path, found in made.items()
        if isinstance(found, NotAnnotated)
    )
    names = dict.fromkeys(map(shelf.name, (pointing, *chosen)))
    reading = _reading(finding, Status.ARCHIVED, f"the post that points here is kept{left}")
    kept = replace(reading, settings=tuple((KEPT, name) for name in names))
    return Draft(kept, None, article.title or finding.seed.title, pointing, tuple(annotations.values()))


def _evidence(capture: Capture) -> Additions:
    return Additions(archived_at=capture.date, warc_record_id=capture.record_id, warc_digest=capture.payload_digest)


def _why_new(versions: tuple[Path, ...]) -> str:
    if not versions:
        return "a new post"
    return f"{versions[-1].name} is not ours to rewrite: it is kept, and this reading stands beside it"


def _reading(
    finding: Finding, status: Status, reason: str, post: Post | None = None, times: Times | None = None
) -> Reading:
    capture = finding.captures[-1]
    return Reading(
        seed=finding.seed,
        page_url=finding.page_url,
        page_record_id=capture.record_id,
        fetched=capture.date,
        settings=_written(post, times) if post and times else (),
        versions=_versions(),
        hints=finding.hints,
        post=post.path if post else None,
        post_sha256=sha256(render(post)) if post else None,
        status=status,
        reason=reason,
    )


def _written(post: Post, times: Times) -> tuple[tuple[str, str], ...]:
    named = (("first_fetched", times.first_fetched), ("modified", times.modified))
    kept = ((name, time.isoformat()) for name, time in named if time)
    return (*kept, (CONTENT, content(render(post))))


def times_of(reading: Reading) -> Times:
    """The times that a reading record keeps of its post.

    Raises: ValueError for a record that keeps something else under their names.
    """
    kept = dict(reading.settings)
    return Times(_time(kept.get("first_fetched")) or reading.fetched, _time(kept.get("modified")))


def _time(written: str | None) -> datetime | None:
    if written is None:
        return None
    time = datetime.fromisoformat(written)
    if time.utcoffset() is None or time.utcoffset():
        raise ValueError(f"a time of a reading record is not in UTC: {written[:80]!r}")
    return time.astimezone(UTC)


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((library, version(library)) for library in _LIBRARIES)
