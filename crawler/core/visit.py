"""What a visit of a URL is and gives: the lease it is made under, what a spider yields, how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from crawler.core.model import Article, Capture, NoArticle, Seed, Status


SCHEDULED = "scheduled"  # the job of scheduled runs: it never ends, since what it visited it visits again


class Kind(StrEnum):
    """What a visit is for."""

    ARTICLE = "article"
    FEED = "feed"  # names articles; so does a sitemap
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last whole answer for a URL: what a later one is compared with."""

    url: str  # that gave it, after redirects
    record_id: str  # of the response record that holds it
    date: datetime  # its WARC-Date
    payload_digest: str | None
    etag: str | None = None  # as sent
    modified: str | None = None  # Last-Modified as sent


@dataclass(frozen=True, slots=True)
class Next:
    """When a URL is to be visited again."""

    at: datetime
    step: int  # of the schedule: how many visits in a row found nothing new


@dataclass(frozen=True, slots=True)
class Entry:
    """How seeds enter a job."""

    kind: Kind = Kind.ARTICLE
    source: str | None = None  # name of the source in crawl.yaml that they are of, and all that they lead to
    sparing: bool = False  # what is `taken` is left alone, and what an article that ended well was led to


PLAIN = Entry()


@dataclass(frozen=True, slots=True)
class Intake:
    """Seeds that enter a job together."""

    seeds: Iterable[Seed]  # drawn as they are taken in
    entry: Entry = PLAIN


@dataclass(frozen=True, slots=True)
class Named:
    """What a source named."""

    articles: int
    undated: int  # of those: whose date could not be read, or was not there
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lease:
    """A visit that is ours until it expires. The token is the fence: it is given once and never again."""

    token: int
    visit: int
    seed: Seed
    job: str
    run: str
    depth: int  # steps from the seed that a person or a source gave, which is 0; of the source itself -1
    attempts: int  # made before this one
    expires: datetime
    kind: Kind = Kind.ARTICLE
    step: int = 0  # as in `Next`
    source: str | None = None  # name of the source in crawl.yaml that led here; None: none did
    earlier: Earlier | None = None  # None: there is no answer to compare with


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link on a visited page, the reason it was kept, and whether it is to be visited too."""

    seed: Seed
    reason: str
    follow: bool
    kind: Kind = Kind.ARTICLE


@dataclass(frozen=True, slots=True)
class Said:
    """What a page said, as the memory of its site keeps it."""

    url: str  # of the page, after redirects
    title: str
    blocks: tuple[str, ...]  # fingerprints (`Article.blocks`)
    cut: tuple[str, ...]  # hints that decided what was cut (`Article.known`)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit found: the item a spider yields for every page that was read."""

    seed: Seed
    captures: tuple[Capture, ...]  # every attempt and redirect, in order; the last is the page read
    page_url: str  # after redirects
    result: Article | NoArticle
    hints: tuple[str, ...] = ()
    lease: Lease | None = None  # None: read offline
    latest: Earlier | None = None  # what the next visit is compared with
    instead_of: str = ""  # why the page itself could not be had: the text is the feed's; empty: it is the page's

    @property
    def final_url(self) -> str | None:
        """Where the visit was led, which is never to the feed; None: to no answer."""
        if not self.instead_of:
            return self.page_url
        return led_to(self.captures[:-1])


def led_to(captures: Sequence[Capture]) -> str | None:
    """The URL of the last of a visit's attempts; None: it had no answer."""
    return captures[-1].url if captures and captures[-1].status is not None else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a visit ended, and why."""

    url: str  # as found
    status: Status
    reason: str  # never empty
    at: datetime
    final_url: str | None = None  # after redirects; None: no response
    title: str | None = None
    post: str | None = None  # path relative to the output folder
    capture: Capture | None = None  # of the last attempt
    via: str | None = None
    source: str | None = None  # as in `Lease`
    kind: Kind = Kind.ARTICLE
    named: Named | None = None  # by a source; None: it is no source, or it was not read
    received: int = 0  # bytes of all its answers
    seconds: float = 0.0  # that its host took for them
    traps: tuple[
        str, ...
    ] = ()  # the kind of each spider trap that was left alone: links of its page, or the URL itself


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a leased visit and all that is recorded with it: the item that reaches the last pipeline."""

    lease: Lease
    outcome: Outcome
    captures: tuple[Capture, ...] = ()  # every attempt, in order
    links: tuple[FoundLink, ...] = ()
    post_digest: str | None = None  # of the file written under outcome.post; None: none was
    aliases: tuple[str, ...] = ()  # further keys of the page, as from rel=canonical; the redirect's is known
    wait_until: datetime | None = None  # the host asked to be left alone until then; None: it did not
    next: Next | None = None  # None: never again by itself
    latest: Earlier | None = None  # what the next visit is compared with; None: as before
    said: Said | None = None  # by the page that was read; None: none was
