"""What a robots.txt says (RFC 9309), or that nobody could say it.

The paths are matched by protego. Which group is ours is decided here: protego takes a group for `perma` or `p` as
meant for `permapress`, knows no version behind a name, and multiplies the names of a group with its rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from protego import Protego
from scrapy.exceptions import IgnoreRequest

from crawler.core.robots import UNREACHABLE

MAX_ROBOTS_BYTES = 500 * 1024  # RFC 9309 §2.5; what lies beyond is not read
MAX_DELAY_S = 60.0  # a site that asks for more, some ask for a day, would keep a run from its end

_LINE_END = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"user[- ]?agent\s*[:\s]\s*(?P<token>\*?[a-z_-]*)", re.IGNORECASE)  # §2.2.1; a version is cut off
_SITE_WIDE = re.compile(r"(sitemaps?|site-map|host)\s*:", re.IGNORECASE)


class RobotsExcluded(IgnoreRequest):
    """The site's robots.txt, or its absence by error, keeps us out; the message says which."""


@dataclass(frozen=True)  # without slots: the parsed rules are kept
class Robots:
    """Whether a site's pages may be fetched."""

    url: str  # of the robots.txt, as first asked for
    rules: tuple[str, ...] = ()  # the lines of our group; none: everything may be fetched
    unreachable: str = ""  # why nobody knows, so that nothing may be fetched; empty: it is known

    @cached_property
    def _parsed(self) -> Protego:
        return Protego.parse("\n".join(["User-agent: *", *self.rules]))

    @property
    def asked_delay_s(self) -> float:
        """The Crawl-delay as it stands there; 0: none that can be read. Request-rate is nobody's standard."""
        return self._parsed.crawl_delay("*") or 0.0

    def objection(self, url: str) -> str:
        """Why the URL may not be fetched; empty where it may."""
        if self.unreachable:
            return f"{UNREACHABLE}{self.url}: {self.unreachable}"
        if self._parsed.can_fetch(url, "*"):
            return ""
        return f"robots.txt forbids it: {self.url}{self._rule(url)}"

    def _rule(self, url: str) -> str:
        """The longest line that forbids by itself: the one that decides (§2.2.2)."""
        by_length = sorted(self.rules, key=len, reverse=True)
        for rule in by_length[:1000]:  # each is parsed anew
            if not Protego.parse(f"User-agent: *\n{rule}").can_fetch(url, "*"):
                return f" says {rule[:200]!r}"
        return ""


def robots(url: str, body: bytes, token: str) -> Robots:
    """What the file says to the crawler whose product token is `token`."""
    cut = body[:MAX_ROBOTS_BYTES]
    if len(body) > MAX_ROBOTS_BYTES:
        cut = cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r")) + 1]  # half a rule is another rule
    return Robots(url, _group(cut.decode("utf-8-sig", "replace"), token.lower()))


def _group(text: str, token: str) -> tuple[str, ...]:
    """The rule lines of every group that names the token, else of those for `*` (§2.2.1)."""
    groups: dict[str, list[str]] = {}
    current: set[str] = set()
    naming = False  # whether the last line of weight named an agent
    for line in _LINE_END.split(text):
        line = line.partition("#")[0].strip()  # noqa: PLW2901 - the line less its comment
        if not line or _SITE_WIDE.match(line):
            continue
        if agent := _AGENT.match(line):
            current = current if naming else set()
            current.add(agent["token"].lower().lstrip("*") or agent["token"])  # `*name` is meant as `name`
            naming = True
            for name in current & {token, "*"}:
                groups.setdefault(name, [])
            continue
        naming = False
        for name in current & {token, "*"}:
            groups[name].append(line)
    return tuple(groups.get(token, groups.get("*", ())))
