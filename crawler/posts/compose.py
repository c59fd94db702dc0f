"""What is known of an article → ``Post``, key for key and byte for byte as the seed has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Post
from crawler.posts.scalar import storable

if TYPE_CHECKING:
    from crawler.core.model import Article, FrontValue, Seed

# What kramdown (Jekyll), goldmark (Hugo), their typographers, tables and formulas, or a template engine could take for
# theirs inside a link: a character reference is inert in all of them, and its reader sees the character.
_SYNTAX = re.compile(r"[\\`*_{}\[\]<>|~$&^\"']|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.")
_ENDS_AN_ADDRESS = re.compile(r"[\\`*{}\[\]()<>|^\"']|&(?=#?\w+;)")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")  # not U+3000, which Chinese titles are set with
_UNSENDABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

MAX_LABEL_BYTES = 200  # Jekyll makes a folder of each category, and file systems end at 255; a longer tag is a sentence
MAX_LABELS = 15  # and a path of all, which ends at 4,096


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
    rescued_from: str | None = None  # the feed whose text this is: the page itself could not be had
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
    labels = dict.fromkeys(filter(_is_label, map(_line, (label, *article.tags))))
    return PostFields(
        title=_line(article.title) or _line(seed.title or "") or article.url,
        date=published or fetched,
        author=_line(", ".join(article.authors)) or _line(seed.author or "") or _line(label),
        url=urls.without_userinfo(seed.url).strip(),
        labels=tuple(labels)[:MAX_LABELS],
        is_dated=published is not None,
    )


def _line(text: str) -> str:
    """The text on one line without controls: a NUL in a tag ends a Jekyll build."""
    return _BLANKS.sub(" ", text).strip()


def _is_label(text: str) -> bool:
    return 0 < len(storable(text).encode()) <= MAX_LABEL_BYTES


def compose(fields: PostFields, body: str, additions: Additions = NONE) -> Post:
    """The post; its path is empty until a name is given. `body` is inert HTML, see `sanitise`.

    Raises: UrlError where `from` is no address of the web: publishers make it a link.
    """
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
    urls.host(fields.url)
    target = _target(fields.url)
    head = f"<!--{stamp}-->\n[{_inert(_line(fields.title)) or target}]({target})\n------\n\n"
    return Post(path="", fields=(*known, *added(additions)), body=f"{head}<div>\n{body}\n</div>\n")


def instant(time: datetime) -> str:
    """A time as the seed writes it: UTC, milliseconds, Z."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _milliseconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(milliseconds=1)


def added(additions: Additions) -> tuple[tuple[str, FrontValue], ...]:
    """The fields of what is set, in their order, values as they stand in a post."""
    times = {name: getattr(additions, name) for name in ("archived_at", "last_modified_at", "memento_datetime")}
    written = {name: instant(time) for name, time in times.items() if time}
    named = ((name, written.get(name, getattr(additions, name))) for name in Additions.__dataclass_fields__)
    return tuple((name, value) for name, value in named if value not in (None, (), ""))


def _host(url: str) -> str:
    try:
        return urls.host(url)
    except UrlError:
        return "unknown"


def _inert(text: str) -> str:
    return _SYNTAX.sub(_reference, text)


def _target(url: str) -> str:
    percent = _UNSENDABLE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return _ENDS_AN_ADDRESS.sub(_reference, percent)


def _reference(found: re.Match[str]) -> str:
    return "&amp;" if found[0] == "&" else f"&#{ord(found[0])};"  # goldmark reads `&#38;copy;` twice, as ©
