"""A news site made from a seed: its pages, the links between them, what is served, and how every address must end."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from html import escape
from random import Random
from typing import TYPE_CHECKING

from tests.torture.site import Reply
from tests.torture.words import CHINESE, ENGLISH, Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOSTS = tuple(f"127.0.0.{last}" for last in range(1, 9))
DEPTH = 3  # steps from the posts to the last page
PER_ARTICLE = 12  # more links than any page has
_CHILDREN = 6  # of a page at most
_OLDEST = datetime(2026, 3, 1, 6, tzinfo=UTC)


class Kind(StrEnum):
    """What an address answers."""

    ARTICLE = "article"
    SLOW = "slow"  # after 0.1 to 0.3 s
    BUSY = "busy"  # 503 the first time
    MOVED = "moved"  # a redirect to an article
    GONE = "gone"  # 410
    ABSENT = "absent"  # 404
    FORM = "form"  # a page without an article
    STUCK = "stuck"  # after a minute the first time


_READ = {"archived", "unchanged", "updated"}
ENDS = {  # outcomes that a visit of each kind may come to; a page that a kill had visited twice is unchanged
    Kind.ARTICLE: _READ,
    Kind.SLOW: _READ,
    Kind.BUSY: _READ,
    Kind.MOVED: _READ,
    Kind.STUCK: _READ,
    Kind.GONE: {"gone"},
    Kind.ABSENT: {"gone"},
    Kind.FORM: {"no_article"},
}
_LEADS_ON = (Kind.ARTICLE, Kind.SLOW, Kind.BUSY, Kind.MOVED)
_SHARES = {Kind.SLOW: 5, Kind.BUSY: 3, Kind.MOVED: 4, Kind.GONE: 3, Kind.ABSENT: 5, Kind.FORM: 4}  # of a hundred


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the site."""

    number: int
    host: str
    path: str
    kind: Kind
    depth: int
    title: str
    date: datetime
    language: Language
    parent: int | None  # the page that leads here; None: a post does

    def places(self) -> list[tuple[str, str]]:
        """Host and target of all that a visit asks for."""
        return [(self.host, self.path), *([(self.host, _moved(self))] if self.kind is Kind.MOVED else [])]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole site. `pages` are what the rules reach; everything else that is asked for is a defect."""

    seed: int
    port: int
    pages: tuple[Page, ...]

    def url(self, page: Page) -> str:
        return f"http://{page.host}:{self.port}{page.path}"

    def at(self, port: int) -> Plan:
        """The same site on another port."""
        return replace(self, port=port)

    def but(self, number: int, kind: Kind) -> Plan:
        """The same site with one page of another kind."""
        return replace(self, pages=tuple(replace(p, kind=kind) if p.number == number else p for p in self.pages))

    def posted(self) -> list[Page]:
        """The pages that posts point at."""
        return [page for page in self.pages if page.depth == 0]

    def table(self, page_bytes: int = 0) -> dict[tuple[str, str], tuple[Reply, ...]]:
        """What the site serves, by host and target; pages of at least `page_bytes`."""
        served = {pair: replies for page in self.pages for pair, replies in self._served(page, page_bytes)}
        robots = Reply(b"User-agent: *\nDisallow: /private/\n", headers=(("Content-Type", "text/plain"),))
        return served | {(host, "/robots.txt"): (robots,) for host in {page.host for page in self.pages}}

    def _served(self, page: Page, page_bytes: int) -> Iterator[tuple[tuple[str, str], tuple[Reply, ...]]]:
        random = Random(f"{self.seed}/{page.number}")
        place = (page.host, page.path)
        if page.kind in {Kind.GONE, Kind.ABSENT}:
            yield place, (Reply(b"<p>No such page.", 410 if page.kind is Kind.GONE else 404),)
        elif page.kind is Kind.FORM:
            yield place, (Reply(_FORM.encode()),)
        elif page.kind is Kind.MOVED:
            yield place, (Reply(b"", 302, (("Location", _moved(page)),)),)
            yield (page.host, _moved(page)), (Reply(self._html(page, random, page_bytes)),)
        else:
            wait_s = random.uniform(0.1, 0.3) if page.kind is Kind.SLOW else 0.0
            article = Reply(self._html(page, random, page_bytes), wait_s=wait_s)
            before = {Kind.BUSY: (Reply(b"busy", 503),), Kind.STUCK: (replace(article, wait_s=60),)}
            yield place, (*before.get(page.kind, ()), article)

    def _html(self, page: Page, random: Random, page_bytes: int) -> bytes:
        first, *more = [f"<p>{text}</p>" for text in page.language.paragraphs(random, 7)]
        links = "".join(f'<li><a href="{href}">{escape(text)}</a></li>' for href, text in self._links(page, random))
        data = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": page.title,
            "datePublished": page.date.isoformat(), "author": {"@type": "Person", "name": "Wren Alder"},
        }  # fmt: skip
        html = _PAGE.format(
            language=page.language.code, title=escape(page.title), data=json.dumps(data), first=first, more="\n".join(more),
            links=f'<div class="related"><ul>{links}</ul></div>' if links else "", frame=_frame(random, page_bytes),
        )  # fmt: skip
        return html.encode()

    def _links(self, page: Page, random: Random) -> list[tuple[str, str]]:
        """Where a page leads: its children, two pages that are known, one of another site, one too deep."""
        children = [other for other in self.pages if other.parent == page.number]
        known = [other for other in self.posted() if other.host == page.host and other.number != page.number]
        links = [(other.path, other.title) for other in (*children, *random.sample(known, min(2, len(known))))]
        strangers = sorted({other.host for other in self.pages} - {page.host})
        if strangers:
            stranger = random.choice(strangers)
            links.append((f"http://{stranger}:{self.port}/off/2026/another-site-{page.number}.html", "Of another site"))
        if page.depth == DEPTH:
            links.append((f"/deep/2026/a-step-too-deep-{page.number}.html", "One step too deep"))
        return links


def planned(
    seed: int, port: int = 0, *, pages: int = 400, posts: int = 100, hosts: Sequence[str] = HOSTS, mixed: bool = True
) -> Plan:
    """The site of a seed. A tree a host: posts lead to the first pages, those to the next, `DEPTH` steps deep.

    `mixed`: some pages are slow, gone, moved; else all are articles.
    """
    random = Random(seed)
    made: list[Page] = []
    for number in range(pages):
        host = hosts[number % len(hosts)]
        depth = 0 if number < posts else 1 + (number - posts) * DEPTH // (pages - posts)
        parents = [page for page in made if page.host == host and page.depth == depth - 1 and page.kind in _LEADS_ON]
        parent = random.choice([p for p in parents if _children(made, p) < _CHILDREN]).number if depth else None
        made.append(_page(number, host, depth, parent, random=random, made=made, mixed=mixed))
    return Plan(seed, port, tuple(made))


def _page(
    number: int, host: str, depth: int, parent: int | None, *, random: Random, made: list[Page], mixed: bool
) -> Page:
    # the first page of each depth and host leads on for certain
    first = not any(page.host == host and page.depth == depth and page.kind in _LEADS_ON for page in made)
    kind = random.choices([*_SHARES, Kind.ARTICLE], [*_SHARES.values(), 100 - sum(_SHARES.values())])[0]
    if first or not mixed:
        kind = Kind.ARTICLE
    language = CHINESE if random.random() < 0.3 else ENGLISH
    title, date = language.title(random, number), _OLDEST + timedelta(hours=7 * number)
    if number % 20 == 19:  # two pages want one file name
        title, date = made[-1].title, made[-1].date
    # Forms stand among articles: a section of nothing else is told a trap after five of them, and followed no further.
    section = "go" if kind is Kind.MOVED else "news" if language is ENGLISH or kind is Kind.FORM else "xinwen"
    return Page(
        number, host, f"/{section}/2026/story-of-the-day-{number:04}.html", kind, depth, title, date, language, parent
    )


def _children(made: list[Page], page: Page) -> int:
    return sum(other.parent == page.number for other in made)


def _moved(page: Page) -> str:
    return page.path.replace("/go/", "/news/moved/")


def _frame(random: Random, page_bytes: int) -> str:
    """What stands around an article on a page of the usual size: menus, teasers, scripts."""
    parts: list[str] = []
    size = 0
    while size < page_bytes:
        teasers = "".join(
            f'<li><a href="/tags/{random.randint(0, 9999)}">{random.choice(ENGLISH.places)}</a></li>' for _ in range(20)
        )
        numbers = ",".join(str(random.randint(0, 10**6)) for _ in range(200))
        parts.append(f'<ul class="menu">{teasers}</ul><script>var a{len(parts)} = [{numbers}];</script>')
        size += len(parts[-1])
    return "".join(parts)


_FORM = '<!DOCTYPE html><html><title>Members</title><body><form action="/in"><label>Name <input name="n"></label><button>In</button></form>'
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<script type="application/ld+json">{data}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/tags/">Tags</a></li></ul></nav>
<main><article><h1>{title}</h1>
{first}
{links}
{more}
</article></main>
<aside class="sidebar">{frame}</aside>
<footer><p>A site that is made from a number.</p></footer></body></html>
"""
