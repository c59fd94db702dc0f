"""Ten sites with a trap each, followed five steps deep: every article, and next to nothing else, by the servers' logs."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from crawler.core.traps import ENDLESS, kind
from tests.site.command import permapress
from tests.site.server import serve
from tests.site.trapped import ARTICLES, TRAPS, TrapSite, article

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

MOST_WASTE = 0.05
CONFIG = "politeness: {delay: 0, per_host: 2}\nfollow: {depth: 5, per_article: 50}\n"
POST = '---\nlayout: post\ntitle: "A story"\ndate: 2026-07-01T08:00:00Z\nfrom: %s\n---\nA story.\n'


def test_every_article_of_ten_trap_sites_and_at_most_five_percent_waste(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "crawl.yaml").write_text(CONFIG)
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serve(TrapSite(trap), host=f"127.0.3.{number}"))
            for number, (name, trap) in enumerate(TRAPS.items(), 1)
        }
        for name, site in sites.items():
            (tmp_path / "posts" / f"2026-07-01-{name}.md").write_text(POST % (site.base + article(0)))
        ran = permapress(
            *("follow", tmp_path / "posts", "-o", tmp_path / "out", "--config", tmp_path / "crawl.yaml"),
            *("--allow-private", "--json"),
            timeout_s=250,
        )
    assert ran.status == 0, ran.log
    asked = {name: Counter(line.split(" ")[1] for line in site.seen) for name, site in sites.items()}
    wanted = {article(number) for number in range(ARTICLES)}
    waste = {name: sum(seen.values()) - len(wanted & seen.keys()) - seen["/robots.txt"] for name, seen in asked.items()}
    requests = sum(map(Counter.total, asked.values()))
    figures = f"{requests} requests in {ran.seconds:.0f} s, wasted {sum(waste.values())}: {waste}"
    print(figures)  # noqa: T201 - the figure that this judge is asked for
    posted = {told.url for told in ran.told if told.post}
    assert {site.base + path for site in sites.values() for path in wanted} <= posted, figures
    assert sum(waste.values()) <= MOST_WASTE * requests, (figures, asked)
    met = _met(tmp_path / "out" / "state" / "permapress.db")
    for name, site in sites.items():
        traps = met[site.base.rpartition(":")[0]]
        assert not TRAPS[name].kind or traps[TRAPS[name].kind], (name, met)
    assert any(told.reason.startswith(ENDLESS) for told in ran.told)
    (refused,) = _refused(tmp_path / "out" / "state" / "permapress.db", sites["calendar"].base)
    explained = permapress("explain", refused, "-o", tmp_path / "out")
    assert "not followed: trap: calendar" in explained.output


def _rows(path: Path, query: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query, values).fetchall()


def _met(path: Path) -> dict[str, Counter[str]]:
    """By origin less its port: the traps that were met, by kind."""
    met: dict[str, Counter[str]] = {}
    for url, reason in _rows(path, "SELECT u.url, l.reason FROM links l JOIN urls u ON u.id = l.url"):
        met.setdefault("/".join(url.split("/")[:3]).rpartition(":")[0], Counter())[kind(reason)] += 1
    return met


def _refused(path: Path, base: str) -> list[str]:
    query = """
        SELECT u.url FROM links l JOIN urls u ON u.id = l.url WHERE l.reason LIKE '%trap: calendar%' AND u.url LIKE ?
        LIMIT 1"""
    return [url for (url,) in _rows(path, query, f"{base}%")]
