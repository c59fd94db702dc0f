"""How often a host is asked, read from the host's own log."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.site.command import busy
from tests.torture.plan import Kind, planned
from tests.torture.setting import setting
from tests.torture.site import Reply

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = tuple(f"127.0.1.{last}" for last in range(1, 51))


def test_with_a_delay_of_a_second_a_page_comes_each_second(tmp_path: Path) -> None:
    plan = planned(1, pages=6, posts=6, hosts=HOSTS[:1], mixed=False)
    with setting(tmp_path, plan, pace="politeness: {delay: 1.0, per_host: 1}\n") as here:
        assert here.crawl.finished() == 0
        gaps = [later - earlier for earlier, later in pairwise(here.pages_seen())]
        assert len(gaps) == 5
        assert all(0.9 <= gap <= 1.3 for gap in gaps), gaps
        assert here.faults() == []


def test_fifty_hosts_go_on_side_by_side(tmp_path: Path) -> None:
    plan = planned(2, pages=200, posts=200, hosts=HOSTS, mixed=False)
    with setting(tmp_path, plan, pace="politeness: {delay: 2.0, per_host: 1}\n") as here:
        assert here.crawl.finished() == 0
        times = [here.pages_seen(host) for host in HOSTS]
        assert {len(of_host) for of_host in times} == {4}
        gaps = [later - earlier for of_host in times for earlier, later in pairwise(of_host)]
        # the first page of a host waits for its robots.txt, the second does not; a busy server notes a page late
        slack_s = 0.1 * busy()
        assert min(later - earlier for of_host in times for earlier, later in pairwise(of_host[1:])) >= 2.0 - slack_s
        assert min(gaps) >= 1.9 - 0.2 * busy()
        # nobody has his second page after another has his fourth
        assert max(of_host[1] for of_host in times) < min(of_host[3] for of_host in times)
        assert max(gaps) < 4, sorted(gaps)[-5:]


@pytest.mark.parametrize("workers", [1, 3])
def test_one_connection_a_host_is_one_across_all_processes(tmp_path: Path, workers: int) -> None:
    plan = planned(3, pages=24, posts=24, hosts=HOSTS[:3], mixed=False)
    for page in plan.pages:
        plan = plan.but(page.number, Kind.SLOW)
    with setting(tmp_path, plan, workers=workers, pace="politeness: {delay: 0, per_host: 1}\n") as here:
        assert here.crawl.finished() == 0
        spans = defaultdict(list)
        for one in here.site.seen():
            if one.is_page:
                assert one.ended is not None
                spans[one.host].append((one.began, one.ended))
        assert {len(of_host) for of_host in spans.values()} == {8}
        for of_host in spans.values():
            assert all(ended <= began for (_, ended), (began, _) in pairwise(sorted(of_host)))
        assert here.faults() == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_time_holds_nobody_but_itself(tmp_path: Path, status: int) -> None:
    plan = planned(4, pages=20, posts=20, hosts=HOSTS[:4], mixed=False)
    busy, page = HOSTS[0], plan.pages[0]
    asks = Reply(b"later", status, (("Retry-After", "4"),))
    article = plan.at(0).table()[busy, page.path][0]
    pace = "politeness: {delay: 0.1, per_host: 1}\n"
    with setting(tmp_path, plan, pace=pace, besides={(busy, page.path): (asks, article)}) as here:
        assert here.crawl.finished() == 0
        first, second = [one.began for one in here.site.seen() if (one.host, one.target) == (busy, page.path)]
        assert 4 <= second - first < 6
        assert not [at for at in here.pages_seen(busy) if first < at < first + 4]
        for host in HOSTS[1:4]:
            assert max(here.pages_seen(host)) < first + 4
        assert len(list((here.crawl.output / "_posts").iterdir())) == 20
