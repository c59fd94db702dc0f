"""A site that is served and a crawl of it that has not begun: what the tests here start from."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.torture.crawl import FAST, Crawl
from tests.torture.judge import faults
from tests.torture.posts import write_posts
from tests.torture.site import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.plan import Plan
    from tests.torture.site import Served, Table


@dataclass(frozen=True, slots=True)
class Setting:
    """All there is to one crawl."""

    plan: Plan
    site: Served
    crawl: Crawl

    def faults(self, *, again: bool = False) -> list[str]:
        """What is not as it must be, now that the crawl has ended."""
        return faults(self.crawl, self.plan, self.site.seen(), again=again)

    def pages_seen(self, host: str | None = None) -> list[float]:
        """When each request for a page came."""
        return [one.began for one in self.site.seen() if one.is_page and host in {None, one.host}]


@contextmanager
def setting(
    folder: Path, plan: Plan, *, workers: int = 1, pace: str = FAST, besides: Table | None = None
) -> Iterator[Setting]:
    """Serve the plan while the block runs; `besides` replaces some of what it serves."""
    hosts = sorted({page.host for page in plan.pages})
    with served(lambda port: plan.at(port).table() | (besides or {}), hosts) as site:
        write_posts(plan.at(site.port), folder / "posts")
        yield Setting(plan.at(site.port), site, Crawl(folder / "posts", folder / "out", workers, pace))
