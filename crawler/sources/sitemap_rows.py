"""The rows of a sitemap, as they stand there, one after the other."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from crawler.core.dates import moment
from crawler.sources import markup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from lxml.etree import _Element

    from crawler.sources.problems import Problems

_MAX_ISO_DAY = len("2024-07-26")
_DAY = timedelta(days=1)
_BLOCK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One `url` of a urlset or one `sitemap` of an index; absent texts are empty."""

    kind: str  # "url" or "sitemap"
    address: str
    changed: str = ""  # lastmod
    published: str = ""  # news:publication_date
    title: str = ""  # news:title
    name: str = ""  # news:publication/news:name


def rows(text: str, problems: Problems) -> Iterator[Row]:
    """The rows of text that begins with its root."""
    parser = etree.XMLPullParser(
        events=("end",),
        tag=("{*}url", "{*}sitemap", "url", "sitemap"),
        **markup.SAFE,
    )
    source = io.BytesIO(markup.mended(text[: text.rfind(">") + 1]).encode())
    while block := source.read(_BLOCK_BYTES):
        parser.feed(block)
        for _, one in parser.read_events():
            if isinstance(one, etree._Element):  # noqa: SLF001  # the stubs' only name for it
                row = _row(one)
                if row.address or _is_top(one):  # extensions have a `url` of their own
                    yield row
                _forget(one)
    with contextlib.suppress(etree.XMLSyntaxError):  # the log says it
        parser.close()
    if fault := markup.fault(parser.feed_error_log):
        problems.add("not well-formed: read as far as it can be", fault)


def _is_top(one: _Element) -> bool:
    parent = one.getparent()
    return parent is not None and parent.getparent() is None


def _forget(one: _Element) -> None:
    """The stream keeps what was read, unless it is taken out of the tree."""
    one.clear()
    parent = one.getparent()
    while parent is not None and _is_top(one) and one.getprevious() is not None:
        del parent[0]


def _row(one: _Element) -> Row:
    found: dict[str, str] = {}
    for child in one:
        name = _local(child)
        if name == "news":
            for part in child.iter("*"):
                found.setdefault(f"news:{_local(part)}", part.text or "")
        elif name in {"loc", "lastmod"}:
            found.setdefault(name, _text(child))
    return Row(
        kind=_local(one),
        address=found.get("loc", ""),
        changed=found.get("lastmod", ""),
        published=found.get("news:publication_date", ""),
        title=found.get("news:title", ""),
        name=found.get("news:name", ""),
    )


def _text(one: _Element) -> str:
    """All text in an element."""
    return "".join(map(str, one.itertext())) if len(one) else one.text or ""


def _local(one: _Element) -> str:
    return _name(str(one.tag))


@lru_cache(maxsize=256)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def is_older(row: Row, published: datetime | None, since: datetime | None) -> bool:
    """Whether each date that a row states, of publication or change, lies before that time. A day ends at its end."""
    if since is None:
        return False
    changed = None if published and published >= since else moment(row.changed)
    known = [
        found + _DAY if len(text.strip()) <= _MAX_ISO_DAY else found
        for text, found in ((row.published, published), (row.changed, changed))
        if found is not None
    ]
    return bool(known) and max(known) < since
