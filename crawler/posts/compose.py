"""What is known of an article → ``Post``, key for key and byte for byte as the seed has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Post

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.core.model import Article, FrontValue, Seed

# What kramdown (Jekyll) or goldmark (Hugo) could take for syntax inside a link's text: entities are inert in both.
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~$&^]")
_LINK_BREAKERS = re.compile(r"[\\`*_{}()<>|\"'\s\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class PostFields:
    """What the seed's keys say."""

    title: str
    date: datetime  # of publication; of the fetch where that is unknown
    author: str
    url: str  # `from`: as the source wrote it, without userinfo
    labels: tuple[str, ...]  # tags and categories, the source's own name first
    is_dated: bool  # whether `date` is the publication's


@dataclass(frozen=True, slots=True)
class Additions:
    """Our own keys; what is None or empty is left out."""

    archived_at: datetime | None = None  # WARC-Date
    warc_record_id: str | None = None
    warc_digest: str | None = None
    lang: str | None = None
    description: str | None = None
    image: str | None = None
    last_modified_at: datetime | None = None
    related: tuple[str, ...] = ()
    memento_url: str | None = None
    memento_datetime: datetime | None = None
    render_with_liquid: bool | None = None


NONE = Additions()


def fields_of(article: Article, seed: Seed, fetched: datetime) -> PostFields:
    """The fields of an article that `seed` pointed at and that was fetched then.

    The seed's own title and date win only where the article has none. A date after the fetch is none.
    """
    published = article.published or seed.date
    if published and published > fetched:
        published = None
    label = seed.label or article.site or _host(article.url)
    return PostFields(
        title=" ".join((article.title or seed.title or "").split()) or article.url,
        date=published or fetched,
        author=", ".join(article.authors) or seed.author or label,
        url=urls.without_userinfo(seed.url).strip(),
        labels=tuple(dict.fromkeys(filter(None, (" ".join(tag.split()) for tag in (label, *article.tags))))),
        is_dated=published is not None,
    )


def compose(fields: PostFields, body: str, additions: Additions = NONE) -> Post:
    """The post; its path is empty until a name is given. `body` is inert HTML, see `sanitise`."""
    known: tuple[tuple[str, FrontValue], ...] = (
        ("layout", "post"),
        ("title", fields.title),
        ("date", instant(fields.date)),
        ("author", fields.author),
        ("from", fields.url),
        ("tags", fields.labels),
        ("comments", True),
        ("categories", fields.labels),
    )
    stamp = str(_milliseconds(fields.date)) if fields.is_dated else "NaN"
    head = f"<!--{stamp}-->\n[{_inert(fields.title)}]({_target(fields.url)})\n------\n\n"
    return Post(path="", fields=(*known, *_set(additions)), body=f"{head}<div>\n{body}\n</div>\n")


def instant(time: datetime) -> str:
    """A time as the seed writes it: UTC, milliseconds, Z."""
    at = time.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp()) * 1000 + time.microsecond // 1000


def _set(additions: Additions) -> tuple[tuple[str, FrontValue], ...]:
    times = {name: getattr(additions, name) for name in ("archived_at", "last_modified_at", "memento_datetime")}
    written = {name: instant(time) for name, time in times.items() if time}
    named = ((name, written.get(name, getattr(additions, name))) for name in Additions.__dataclass_fields__)
    return tuple((name, value) for name, value in named if value not in (None, (), ""))


def _host(url: str) -> str:
    try:
        return urls.host(url)
    except UrlError:
        return "unknown"


def _inert(title: str) -> str:
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", title)


def _target(url: str) -> str:
    return _LINK_BREAKERS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
