"""Real posts of the shared folder, and a site on loopback that still has the articles they point at, or had them.

Copies of the posts have the origin of their `from` replaced by one of several loopback hosts, path and query as
written; nothing of the posts is kept here.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.model import Status
from crawler.posts import read_post
from tests.site.server import NOT_FOUND, Answer, serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOSTS = tuple(f"127.0.0.{last}" for last in range(2, 10))
ENDS = {
    0: (NOT_FOUND, Status.GONE),
    1: (Answer(b"<p>Taken down.", status=410), Status.GONE),
    2: (Answer(b"<p>Members only.", status=403), Status.REFUSED),
}
MOVED = 3  # of twenty, as above
EVERY = 20  # one post of so many has a version: a second post with the same `from`
PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{date}"></head>
<body><nav><a href="/">首页</a></nav>
<article><h1>{title}</h1>
<time datetime="{date}">{date}</time>
{body}
</article></body></html>
"""
_FROM = re.compile(rb"^from: https?://[^/\r\n]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the copies of the posts point at."""

    keys: dict[str, str]  # a post's file name → the key of its `from`
    ends: dict[str, frozenset[Status]]  # a key → how its visit may end


@contextmanager
def posts_and_site(posts: Sequence[Path], folder: Path) -> Iterator[Pointed]:
    """Write copies of the posts into a folder that is not there, and serve what they point at while the block runs."""
    folder.mkdir(parents=True)
    tables: list[dict[str, Answer]] = [{} for _ in HOSTS]
    keys: dict[str, str] = {}
    ends: dict[str, frozenset[Status]] = {}
    with ExitStack() as stack:
        sites = [stack.enter_context(serve(table, host=host)) for table, host in zip(tables, HOSTS, strict=True)]
        for post in posts:
            data = post.read_bytes()
            place = _number(data.partition(b"\nfrom: ")[2].partition(b"\n")[0].partition(b"?")[0]) % len(HOSTS)
            base = sites[place].base
            copy = folder / post.name
            copy.write_bytes(_FROM.sub(b"from: " + base.encode(), data, count=1))
            url = str(read_post(copy).get("from"))
            key = keys[post.name] = urls.key(url)
            if len(keys) % EVERY == 0:
                version = copy.with_stem(f"{copy.stem}-again")
                version.write_bytes(copy.read_bytes())
                keys[version.name] = key
            target = urls.wire(url).removeprefix(base)
            number = _number(key.removeprefix(base).encode()) % 20
            if number in ENDS:
                tables[place][target], end = ENDS[number]
                ends[key] = frozenset({end})
            else:
                page = _page(copy)
                tables[place][target] = _moved(tables[place], target, page) if number == MOVED else page
                ends[key] = frozenset({Status.ARCHIVED, Status.NO_ARTICLE})
        yield Pointed(keys, ends)


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest()[:4])


def _page(path: Path) -> Answer:
    post = read_post(path)
    body = post.body.partition("------\n")[2]
    page = PAGE.format(title=escape(str(post.get("title"))), date=escape(str(post.get("date"))), body=body)
    return Answer(page.encode("utf-8", "replace"))


def _moved(table: dict[str, Answer], target: str, page: Answer) -> Answer:
    to = f"/moved/{_number(target.encode())}.html"
    table[to] = page
    return Answer(b"", (("Location", to),), status=301)
