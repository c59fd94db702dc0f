"""Ten news sites of fifteen articles each, every one of which leads into a trap of its own kind from every page.

A trap's pages are made when they are asked for and never come to an end. They read like articles, so that only what
is not followed keeps a crawl out; the links stand where related articles do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape
from random import Random
from typing import TYPE_CHECKING

from tests.site.server import NOT_FOUND, Answer
from tests.torture.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLES = 15
AHEAD = 3  # each article leads to the next so many: the last is five steps from the first
DAY = "2026/07"
ROBOTS = Answer(b"User-agent: *\nDisallow: /private/\n", (("Content-Type", "text/plain"),))
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="2026-07-{day:02}T08:00:00Z"></head>
<body><main><article><h1>{title}</h1>
{body}
<div class="related"><h2>Related articles</h2><ul>{links}</ul></div>
</article></main></body></html>
"""


def article(number: int) -> str:
    """The target of an article."""
    return f"/{DAY}/{number + 1:02}/the-story-number-{number}-of-a-small-harbour.html"


@dataclass(frozen=True, slots=True)
class Trap:
    """A site's trap: the links into it and on in it, and what it answers by itself."""

    kind: str  # as the reasons of its links are told
    links: Callable[[str, Random], list[str]]  # from the target of the page, and chance
    answer: Callable[[str], Answer | None] = lambda _target: None


class TrapSite(dict[str, Answer]):
    """What a trap site answers: every target has its page, and the same each time."""

    def __init__(self, trap: Trap) -> None:
        super().__init__()
        self._trap = trap
        self._articles = {article(number): number for number in range(ARTICLES)}
        self._asked = 0

    def get(self, target: str, default: Answer = NOT_FOUND) -> Answer:  # type: ignore[override]  # as the server asks
        """The answer; `default` for the pictures and icons that nobody here has."""
        if target == "/robots.txt":
            return ROBOTS
        if answer := self._trap.answer(target):
            return answer
        self._asked += 1  # a token differs each time a page is asked for
        number = self._articles.get(target)
        random = Random(hashlib.sha256(f"{target} {self._asked}".encode()).digest())
        links = [*self._onward(number), *self._trap.links(target, random)]
        random.shuffle(links)
        return Answer(_page(target if number is None else str(number), number or 0, links)) if links else default

    def _onward(self, number: int | None) -> list[str]:
        return [] if number is None else [article(n) for n in range(number + 1, number + 1 + AHEAD) if n < ARTICLES]


def _page(name: str, number: int, links: list[str]) -> bytes:
    random = Random(f"text of {name}")
    body = "\n".join(f"<p>{text}</p>" for text in ENGLISH.paragraphs(random, 7))
    items = "".join(f'<li><a href="{escape(href)}">{ENGLISH.title(random, 3)}</a></li>' for href in links)
    return PAGE.format(title=ENGLISH.title(random, number), day=number + 1, body=body, links=items).encode()


def _token(random: Random, characters: int = 32) -> str:
    return "".join(random.choices("0123456789abcdef", k=characters))


def _any_article(random: Random) -> str:
    return article(random.randrange(ARTICLES))


def _calendar(_target: str, random: Random) -> list[str]:
    year, month, day = random.randint(1950, 2500), random.randint(1, 12), random.randint(1, 28)
    return [
        f"/events/{year if year < 2100 else 2030}-{month:02}-{day:02}",
        f"/calendar-of-events.html?month={month}&year={year}",
        f"/{random.randint(2040, 2900)}/{month:02}/{day:02}/what-is-on-that-day.html",
        f"/events-of-the-harbour.html?date={year}-{month:02}-{day:02}",
    ]


def _session_in_path(target: str, random: Random) -> list[str]:
    return [
        f"/s/{_token(random)}{_any_article(random)}",
        f"{_any_article(random)};jsessionid={_token(random)}",
        f"/sid-{_token(random)}/all-of-the-stories.html",
        f"{target.partition(';')[0]};jsessionid={_token(random).upper()}",
    ]


def _session_in_query(target: str, random: Random) -> list[str]:
    return [
        f"{_any_article(random)}?PHPSESSID={_token(random)}",
        f"{_any_article(random)}?sid={_token(random)}",
        f"{target.partition('?')[0]}?session_id={_token(random)}",
    ]


def _repeating(target: str, _random: Random) -> list[str]:
    below = target.rpartition("/")[0]
    return [
        f"{below}/stories/harbour/stories/harbour/the-story-of-the-day.html",
        f"{below}/more/more/more/the-story-of-the-day.html",
        f"/en/sea/en/land/en{target}",
    ]


def _address_in_path(target: str, random: Random) -> list[str]:
    there = f"{target}/http://127.0.0.1{_any_article(random)}"
    return [there, f"{target}/www.example.org/{_any_article(random).rpartition('/')[2]}"]


def _comments(target: str, random: Random) -> list[str]:
    page, number = target.partition("?")[0], random.randint(10_000, 99_999)
    return [
        f"{page}?replytocom={number}",
        f"{page}?showComment={number}",
        f"{page.removesuffix('.html')}/comment-page-{number}/",
        f"/node-of-the-forum/reply/{number}",
    ]


def _facets(_target: str, random: Random) -> list[str]:
    one, two = random.sample(["red", "blue", "small", "large", "old", "new"], 2)
    return [
        f"/all-the-boats.html?sort={one}&order={two}&n={random.randint(1, 999)}",
        f"/all-the-boats.html?color={one}&size={two}&price={random.randint(1, 999)}",
        f"/filter/{one}/{two}/boats-of-{random.randint(1000, 9999)}.html",
        f"/all-the-boats.html?filter[{one}]={two}&filter[{two}]={random.randint(1, 99)}",
    ]


def _redirects(_target: str, random: Random) -> list[str]:
    return [
        f"/moved/{random.randint(10_000, 99_999)}/the-story-of-the-day.html",
        f"/further/{random.randint(10_000, 99_999)}/on-and-on-and-on",
    ]


def _redirected(target: str) -> Answer | None:
    place, _, rest = target[1:].partition("/")
    if place == "further":
        return Answer(b"", (("Location", f"{target}/on-and-on-and-on"),), status=302)
    number = int(rest.partition("/")[0]) if place == "moved" else 0
    return (
        Answer(b"", (("Location", f"/moved/{number + 1}/the-story-of-the-day.html"),), status=301) if number else None
    )


def _random_tokens(target: str, random: Random) -> list[str]:
    token = "".join(random.choices("abcdefghijkmnpqrstuvwxyz23456789", k=16))
    return [
        f"{target.partition('?')[0]}?v={token}",
        f"{_any_article(random)}?x={_token(random, 16)}",
        f"{_any_article(random)}?rnd={random.random()}",
        f"/r/{token}3a4b/the-story-of-the-day.html",
    ]


def _same_story(target: str) -> Answer | None:
    """The same page under every token, and links to more of them."""
    if not target.startswith("/r/"):
        return None
    return Answer(_page("the story of the day", 0, _random_tokens(article(0), Random(target))))


def _pagination(_target: str, random: Random) -> list[str]:
    number = random.randint(2, 9_999)
    return [
        f"/all-the-stories-so-far.html?page={number}",
        f"/news-of-the-harbour/page/{number + 10_000}/",
        f"/list_{number}.html?from=harbour",
        f"/all-the-stories-so-far.html?offset={number}",
    ]


TRAPS = {
    "calendar": Trap("calendar", _calendar),
    "session in path": Trap("session", _session_in_path),
    "session in query": Trap("", _session_in_query),  # the number is taken out: what is left is an article
    "repeating": Trap("repeating", _repeating),
    "address in path": Trap("", _address_in_path),  # neither this nor a comment is taken for an article
    "comments": Trap("", _comments),
    "facets": Trap("facets", _facets),
    "redirects": Trap("barren", _redirects, _redirected),
    "random tokens": Trap("token", _random_tokens, _same_story),
    "pagination": Trap("pagination", _pagination),
}
