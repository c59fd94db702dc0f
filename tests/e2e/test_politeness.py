"""Politeness as the servers' logs tell it: robots.txt, Retry-After, Crawl-delay, several processes, a second run."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from crawler.core.model import Status
from crawler.core.robots import is_worth_another_visit_soon
from tests.site.command import busy, permapress
from tests.torture.crawl import Crawl, end_group
from tests.torture.site import Reply, served
from tests.torture.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.site.command import Told
    from tests.torture.site import Seen, Served

TEXT = (("Content-Type", "text/plain"),)
RULES = b"User-agent: *\nDisallow: /no/\n"
PACE = "politeness: {delay: 0.05, per_host: 4}\n"
ONE = "politeness: {delay: 0.05, per_host: 1}\n"  # of several at once some may be under way when the first is answered
POST = '---\nlayout: post\ntitle: "A story"\ndate: 2026-07-01T08:00:00Z\nfrom: %s\n---\nA story.\n'
PAGE = '<!DOCTYPE html><html lang="en"><title>{title}</title><article><h1>{title}</h1>{body}</article></html>'
SLACK_S = 0.15  # that a request may be longer under way than the next, on two cores that others use too
OPEN, CLOSED = "/2026/07/a-story-of-the-day.html", "/no/2026/07/another-story.html"


def story(name: str, *, status: int = 200, wait_s: float = 0.0) -> Reply:
    random = Random(name)
    body = "".join(f"<p>{text}</p>" for text in ENGLISH.paragraphs(random, 6))
    return Reply(PAGE.format(title=ENGLISH.title(random, 1), body=body).encode(), status, wait_s=wait_s)


def said(body: bytes = b"", status: int = 200, *headers: tuple[str, str], wait_s: float = 0.0) -> tuple[Reply, ...]:
    return (Reply(body, status, headers or TEXT, wait_s),)


def moved(to: str) -> tuple[Reply, ...]:
    return said(b"", 301, ("Location", to))


Hosts = dict[str, dict[str, tuple[Reply, ...]]]
"""By the name of a case: what its host answers, by target. Pages that are not named here are stories."""


class Site:
    """Hosts that are served, a post for each of their pages, and the crawl that follows them."""

    def __init__(self, site: Served, names: Mapping[str, str], crawl: Crawl) -> None:
        self.site, self.names, self.crawl = site, names, crawl

    def url(self, name: str, target: str) -> str:
        return f"http://{self.names[name]}:{self.site.port}{target}"

    def seen(self, name: str, since: int = 0) -> list[Seen]:
        return [one for one in self.site.seen(since) if one.host == self.names[name]]

    def pages(self, name: str) -> list[Seen]:
        return [one for one in self.seen(name) if one.target.startswith(("/2026/", "/no/"))]

    def rows(self, query: str) -> list[tuple[int, ...]]:
        with closing(sqlite3.connect(f"file:{self.crawl.database}?mode=ro", uri=True, timeout=10)) as db:
            return db.execute(query).fetchall()


@contextmanager
def site(
    folder: Path,
    net: int,
    hosts: Callable[[str], Hosts],
    pages: Callable[[str], Sequence[str]],
    *,
    pace: str = PACE,
    workers: int = 1,
    wait_s: float = 0.0,
) -> Iterator[Site]:
    """Serve the hosts that `hosts` tells (of the origin of the first) while the block runs, each with its `pages`."""
    names = {name: f"127.0.{net}.{number}" for number, name in enumerate(hosts(""), 1)}

    def table(port: int) -> dict[tuple[str, str], tuple[Reply, ...]]:
        first = f"http://127.0.{net}.1:{port}"
        made = {
            (names[name], page): (story(f"{name} {page}", wait_s=wait_s),) for name in names for page in pages(name)
        }
        return made | {(names[name], target): to for name, told in hosts(first).items() for target, to in told.items()}

    with served(table, list(names.values())) as running:
        here = Site(running, names, Crawl(folder / "posts", folder / "out", workers, pace))
        (folder / "posts").mkdir()
        for name in names:
            for number, page in enumerate(pages(name)):
                (folder / "posts" / f"2026-07-01-{name}-{number}.md").write_text(POST % here.url(name, page))
        yield here


def robots_cases(first: str) -> Hosts:
    hops = {f"/hop/{left}": moved(f"/hop/{left - 1}") if left > 1 else said(RULES) for left in range(1, 7)}
    files = {
        "rules": said(RULES),
        "allow": said(b"User-agent: *\nAllow: /\n"),
        "forbid": said(b"User-agent: *\nDisallow: /\n"),
        "404": said(b"<p>No such page.", 404),
        "403": said(b"<p>No.", 403),
        "429": said(RULES, 429),
        "500": said(RULES, 500),
        "503": said(RULES, 503),
        "closed": said(b"", 0),
        "redirect-1": moved("/hop/1"),
        "redirect-5": moved("/hop/5"),
        "redirect-6": moved("/hop/6"),
        "redirect-away": moved(f"{first}/robots.txt"),
        "loop": moved("/robots.txt"),
        "bom": said(b"\xef\xbb\xbf" + RULES),
        "600-kib": said(RULES + b"#" * 600_000 + b"\nDisallow: /2026/\n"),
        "html": said(b"<!DOCTYPE html><p>User-agent: *<p>Disallow: /", 200, ("Content-Type", "text/html")),
        "another-group": said(b"User-agent: otherbot\nDisallow: /\n"),
        "our-group": said(b"User-agent: *\nDisallow: /\n\nUser-agent: Permapress\nDisallow: /no/\n"),
        "wildcard": said(b"User-agent: *\nDisallow: /*/2026/*.html$\nAllow: /2026/\n"),
    }
    return {name: {"/robots.txt": replies, **hops} for name, replies in files.items()}


FREE = {"allow", "404", "403", "html", "another-group"}
RULED = {"rules", "redirect-1", "redirect-5", "redirect-away", "bom", "600-kib", "our-group", "wildcard"}


def test_each_answer_of_a_robots_txt_opens_what_it_should_and_nothing_else(tmp_path: Path) -> None:
    with site(tmp_path, 4, robots_cases, lambda _name: (OPEN, CLOSED)) as here:
        ran = followed(here)
        for name in here.names:
            wanted = {OPEN, CLOSED} if name in FREE else {OPEN} if name in RULED else set()
            assert {one.target for one in here.pages(name)} == wanted, name
            soon = {page for page in (OPEN, CLOSED) if is_soon(ran[here.url(name, page)])}
            assert soon == (set() if name in FREE | RULED | {"forbid"} else {OPEN, CLOSED}), name


def followed(here: Site) -> dict[str, Told]:
    """Follow the posts by the command; how each URL ended."""
    config = here.crawl.output.with_name("crawl.yaml")
    config.write_text(here.crawl.pace)
    ran = permapress(
        *("follow", here.crawl.posts, "-o", here.crawl.output, "--config", config, "--allow-private", "--json"),
        timeout_s=60,
    )
    assert ran.status == 0, ran.log
    return {told.url: told for told in ran.told}


def is_soon(told: Told) -> bool:
    return is_worth_another_visit_soon(Status(told.status), told.reason)


def waiting_cases(until: datetime) -> Hosts:
    at = datetime.now(UTC)
    forms = {
        "seconds": "2",
        "date": format_datetime(until, usegmt=True),
        "past": format_datetime(at - timedelta(days=3), usegmt=True),
        "garbage": "when the wind turns",
        "negative": "-5",
        "beyond": "86400",
        "far-date": format_datetime(at + timedelta(days=400), usegmt=True),
    }
    asks = {
        f"{form}-{status}": {OPEN: (Reply(b"later", status, (("Retry-After", value),)), story(f"{form} {status}"))}
        for form, value in forms.items()
        for status in (429, 503)
    }
    delays = {"one": b"1", "half": b"0.5", "absurd": b"86400", "unreadable": b"soon"}
    slow = {
        f"delay-{name}": {"/robots.txt": said(RULES + b"Crawl-delay: " + value + b"\n", wait_s=0.4)}
        for name, value in delays.items()
    }
    there = "/2026/07/where-it-is-now.html"
    redirect = {"delay-moved": {**slow["delay-one"], OPEN: moved(there), there: (story("moved"),)}}
    return {"bystander": {}} | asks | slow | redirect


def waiting_pages(name: str) -> tuple[str, ...]:
    many = {"bystander": 8, "delay-one": 4, "delay-half": 5, "delay-absurd": 2, "delay-moved": 1, "delay-unreadable": 4}
    return (OPEN, *(f"/2026/07/story-of-the-day-{n}.html" for n in range(1, many.get(name, 2))))


def test_a_host_is_left_alone_for_as_long_as_it_asks_and_no_other_is(tmp_path: Path) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=9)
    with site(tmp_path, 5, lambda _first: waiting_cases(until), waiting_pages, pace=ONE) as here:
        process = here.crawl.started()
        try:
            done(here)
            held = held_until(here)
        finally:
            end_group(process)
        now = time.time()
        for status in (429, 503):
            for form in ("seconds", "date"):
                first, *others = [one.began for one in here.pages(f"{form}-{status}") if one.target == OPEN]
                assert len(others) == 1, (form, status)
                until_s = first + 2 if form == "seconds" else until.timestamp()
                assert others[0] >= until_s, (form, status)
                assert not [one for one in here.pages(f"{form}-{status}") if first < one.began < until_s], form
            for form in ("garbage", "negative"):
                targets = Counter(one.target for one in here.pages(f"{form}-{status}"))
                assert targets == dict.fromkeys(waiting_pages(form), 1), (form, status)
            assert sum(one.target == OPEN for one in here.pages(f"past-{status}")) == 2, status
            for form in ("beyond", "far-date"):
                assert 3500 < held[here.names[f"{form}-{status}"]] - now <= 3600, (form, status)
                assert len(here.pages(f"{form}-{status}")) <= 2, (form, status)
        (step,) = gaps_of(here.pages("delay-moved"))
        assert step >= 1 - SLACK_S
        paces = {"delay-one": 1.0, "delay-half": 0.5, "bystander": 0.05, "delay-unreadable": 0.05}
        for name, pace_s in paces.items():
            gaps = gaps_of(here.pages(name))
            assert len(gaps) == len(waiting_pages(name)) - 1, name
            assert min(gaps) >= pace_s - SLACK_S, (name, gaps)
            assert max(gaps) < pace_s + 2, (name, gaps)
        assert len(here.pages("delay-absurd")) == 1
        assert here.rows("SELECT max(delay) FROM hosts") == [(60_000_000,)]
        assert "a Crawl-delay of 86400 s is asked for; 60 s are kept" in here.crawl.log.read_text()


def done(here: Site) -> None:
    """Wait until all visits have ended but those of hosts that ask for an hour, or a minute between two."""
    query = "SELECT count(*) FROM visits v JOIN hosts h ON h.id = v.host WHERE state <> 'done' AND hold_until < ? AND delay < 60000000"
    for _ in range(300):
        time.sleep(0.1)
        if here.pages("bystander") and here.pages("delay-absurd"):  # all visits are known then
            with closing(sqlite3.connect(f"file:{here.crawl.database}?mode=ro", uri=True, timeout=10)) as db:
                (left,) = db.execute(query, (int((time.time() + 600) * 1e6),)).fetchone()
            if not left:
                return
    raise AssertionError(here.crawl.log.read_text())


def held_until(here: Site) -> dict[int, float]:
    return {name: until / 1e6 for name, until in here.rows("SELECT name, hold_until FROM hosts")}


def gaps_of(seen: Sequence[Seen]) -> list[float]:
    return [later.began - earlier.began for earlier, later in pairwise(seen)]


def test_two_processes_keep_one_pace_and_one_number_of_connections(tmp_path: Path) -> None:
    def hosts(_first: str) -> Hosts:
        slow = {"/robots.txt": said(b"User-agent: *\nCrawl-delay: 0.5\n", wait_s=0.3)}
        return {"paced": slow, "paced-too": slow, "free": {"/robots.txt": said(RULES)}}

    def pages(name: str) -> list[str]:
        return [f"/2026/07/story-of-the-day-{n}.html" for n in range(20 if name == "free" else 6)]

    pace = "politeness: {delay: 0, per_host: 2}\n"
    with site(tmp_path, 6, hosts, pages, pace=pace, workers=2, wait_s=0.3) as here:
        assert here.crawl.finished() == 0, here.crawl.log.read_text()
        for name in here.names:
            assert sorted(one.target for one in here.pages(name)) == sorted(pages(name))
            assert sum(one.target == "/robots.txt" for one in here.seen(name)) <= 2, name  # one a process
            at_once = [
                sum(other.began <= one.began < (other.ended or one.began) for other in here.pages(name))
                for one in here.pages(name)
            ]
            assert max(at_once) <= 2, (name, at_once)
        for name in ("paced", "paced-too"):
            slack_s = min(0.3, SLACK_S * busy())  # four crawls' processes start and end around it
            assert min(gaps_of(here.pages(name))) >= 0.5 - slack_s, gaps_of(here.pages(name))
        assert len({one.client_port for one in here.pages("free")}) > 1


def test_robots_txt_is_asked_once_a_day_whatever_number_of_runs_and_soon_again_where_it_was_unreachable(
    tmp_path: Path,
) -> None:
    def hosts(_first: str) -> Hosts:
        return {"rules": {"/robots.txt": said(RULES)}, "broken": {"/robots.txt": (*said(b"", 429), *said(RULES))}}

    def asked() -> list[int]:
        return [sum(one.target == "/robots.txt" for one in here.seen(name)) for name in ("rules", "broken")]

    def archived() -> list[str]:
        urls = [here.url(name, OPEN) for name in ("rules", "broken")]
        options = ("-o", tmp_path / "out", "--config", config, "--allow-private", "--json")
        ended = {told.url: told.status for told in permapress("archive", *urls, *options).told}
        return [ended[url] for url in urls]

    def set_back(seconds: float) -> None:
        with closing(sqlite3.connect(here.crawl.database)) as db, db:
            db.execute("UPDATE robots SET asked = asked - ?", (int(seconds * 1e6),))

    with site(tmp_path, 7, hosts, lambda _name: (OPEN,)) as here:
        config = tmp_path / "crawl.yaml"
        config.write_text(PACE)
        assert [archived(), archived()] == [["archived", "excluded"], ["unchanged", "excluded"]]
        assert asked() == [1, 1]
        set_back(3_600)
        assert archived() == ["unchanged", "archived"]
        assert asked() == [1, 2]
        set_back(86_400 - 3_600)
        assert archived() == ["unchanged", "unchanged"]
        assert asked() == [2, 2]
