"""The values that cross rooms. Frozen, slotted, made once; times are aware, headers pairs in their order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """A URL to archive and who pointed at it."""

    url: str  # as found
    key: str  # canonical, from core.urls.key
    via: str | None = None  # the post, feed or list that named it; None: typed by a person
    title: str | None = None
    date: datetime | None = None
    author: str | None = None
    label: str | None = None  # the source's name: first tag and category, author of last resort


class Ending(StrEnum):
    """How an attempt on the wire ended; the last three are the values of WARC-Truncated (WARC 1.1 §5.13)."""

    COMPLETE = "complete"
    FAILED = "failed"  # not one byte of a response: DNS, refused, TLS, time-out
    DISCONNECT = "disconnect"  # the peer closed before the message was whole
    TIME = "time"
    LENGTH = "length"  # longer than we take


class HeadKind(StrEnum):
    """What a head beside the exchange proper is."""

    INFORMATIONAL = "informational-response"  # 1xx
    CONNECT_REQUEST = "connect-request"
    CONNECT_RESPONSE = "connect-response"


@dataclass(frozen=True, slots=True)
class Head:
    """A head that crossed the wire beside the request and the final response."""

    kind: HeadKind
    block: bytes  # verbatim, with its empty line; credentials REDACTED


@dataclass(frozen=True, slots=True)
class Exchange:
    """One attempt on the wire, byte for byte."""

    url: str  # as requested
    started: datetime
    ended: datetime
    ending: Ending
    request: bytes = b""  # empty: nothing was sent; credentials REDACTED
    response: bytes = b""  # final head and body, framing included; empty: nothing came
    heads: tuple[Head, ...] = ()  # in wire order
    ip: str | None = None  # the peer; None: no connection, or the peer was a proxy
    protocols: tuple[str, ...] = ()  # WARC-Protocol values: "http/1.1", "tls/1.3"
    cipher: str | None = None
    reason: str = ""  # why it did not complete; empty: it did


@dataclass(frozen=True, slots=True)
class Capture:
    """The evidence: where a record lies and what it holds."""

    url: str
    file: str  # base name of the WARC file when closed
    offset: int  # bytes, of the record's gzip member
    length: int  # bytes, of the gzip member
    record_id: str  # "urn:uuid:…", without angle brackets
    date: datetime  # WARC-Date
    status: int | None = None  # HTTP status; None: no response, the record is metadata about the failure
    block_digest: str = ""  # "sha256:<base32>"
    payload_digest: str | None = None  # entity without transfer-encoding; None: no response
    truncated: Ending | None = None  # None: whole


@dataclass(frozen=True, slots=True)
class Page:
    """What is read. The live crawl and the offline re-extraction make the same one."""

    url: str
    body: bytes  # content-encoding undone
    content_type: str | None  # the header's value as sent; None: there was none
    capture: Capture
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article; texts are empty where the page says nothing."""

    url: str  # absolute
    alt: str = ""
    title: str = ""
    width: int | None = None  # CSS pixels as the page declares
    height: int | None = None
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A related article and the reason it was kept."""

    url: str  # absolute
    text: str
    reason: str  # e.g. "related block", "in the body"


@dataclass(frozen=True, slots=True)
class Article:
    """What a page was read as. Absent strings are empty, absent times None."""

    url: str
    title: str
    html: str  # the body from the page's own nodes, absolute URLs, images un-lazied; sanitised only where `inert`
    text: str  # the body as plain text, a line a block
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # aware, in the zone that the page states: its day is the one its readers saw
    modified: datetime | None = None  # the same
    site: str = ""
    language: str = ""  # BCP 47
    description: str = ""
    tags: tuple[str, ...] = ()
    image: Image | None = None  # the lead image
    images: tuple[Image, ...] = ()  # in the body, lead first where it stands there
    related: tuple[Link, ...] = ()  # of the same registered domain
    off_site: tuple[Link, ...] = ()  # articles of other sites that the body links to
    inert: bool = False  # `html` is sanitised: as posts have it
    blocks: tuple[str, ...] = ()  # fingerprints of what was read before the site's memory cut any of it
    known: tuple[str, ...] = ()  # the hints that named blocks and decided what was cut


@dataclass(frozen=True, slots=True)
class NoArticle:
    """The page is no article."""

    url: str
    reason: str
    known: tuple[str, ...] = ()  # as of an `Article`


FrontValue = str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """Front-matter Markdown, as read or about to be written."""

    path: str  # of the file: as given when read, the bare name when composed
    fields: tuple[tuple[str, FrontValue], ...]  # front matter in its order; dates as the text that stands there
    body: str  # everything after the front matter's closing line
    source: bytes | None = None  # the file's own bytes when read; None: composed
    warnings: tuple[str, ...] = ()  # what the reader had to mend

    def get(self, name: str) -> FrontValue | None:
        """The first field of that name, None where there is none."""
        return next((value for field, value in self.fields if field == name), None)


class Status(StrEnum):
    """The one named end of a visit. Excluded is our decision, refused is theirs."""

    ARCHIVED = "archived"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    RESCUED = "rescued"
    GONE = "gone"
    EXCLUDED = "excluded"
    REFUSED = "refused"
    NO_ARTICLE = "no_article"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading relied on and gave: the content of a reading record (WARC metadata)."""

    seed: Seed
    page_url: str
    page_record_id: str  # the response that was read
    fetched: datetime  # its WARC-Date
    settings: tuple[tuple[str, str], ...]  # what decides the post beside page and seed
    versions: tuple[tuple[str, str], ...]  # ("permapress", "0.1.0"), ("trafilatura", …), …
    hints: tuple[str, ...] = ()
    post: str | None = None  # file name under posts_dir; None: no post
    post_sha256: str | None = None  # hex, of the file's bytes
    status: Status = Status.ARCHIVED
    reason: str = ""
