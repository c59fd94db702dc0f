from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.core.model import Status
from crawler.ledger import frontier, queues
from tests.ledger.samples import JOB, NOW, add, capture, finish, later, lease, outcome, pages, rows, seed


def urls(leases):
    return [one.seed.url for one in leases]


def hosts(leases):
    return [url.split("/")[2] for url in urls(leases)]


def test_hosts_take_turns_within_a_call(ledger):
    add(ledger, [*pages(3, "a.example"), *pages(2, "b.example"), *pages(1, "c.example")])
    assert hosts(lease(ledger)) == [f"{host}.example" for host in "abcaba"]


def test_hosts_take_turns_from_call_to_call_though_the_clock_stands_still(ledger):
    add(ledger, [*pages(9, "a.example"), *pages(9, "b.example"), *pages(9, "c.example")])
    assert [host for _ in range(6) for host in hosts(lease(ledger, most=1))] == [
        "a.example",
        "b.example",
        "c.example",
    ] * 2


def test_fifty_hosts_go_on_evenly(ledger):
    add(ledger, [page for n in range(50) for page in pages(40, f"h{n}.example")])
    got = Counter(host for n in range(100) for host in hosts(lease(ledger, at=later(n / 10), most=7, delay_s=0.5)))
    assert len(got) == 50
    assert max(got.values()) - min(got.values()) <= 1


def test_within_a_host_the_higher_priority_goes_first_then_the_earlier_due_then_the_earlier_added(ledger):
    names = ["late", "early", "low", "high", "early-too"]
    terms = [
        {"due": later(-1)},
        {"due": later(-9)},
        {"priority": -1, "due": later(-99)},
        {"priority": 1},
        {"due": later(-9)},
    ]
    for name, term in zip(names, terms, strict=True):
        add(ledger, [seed(f"https://a.example/{name}")], **term)
    assert [url.rpartition("/")[2] for url in urls(lease(ledger))] == ["high", "early", "early-too", "late", "low"]


def test_a_high_priority_that_is_not_due_does_not_keep_a_lower_one_waiting(ledger):
    add(ledger, [seed("https://a.example/soon")], priority=9, due=later(60))
    add(ledger, [seed("https://a.example/now")])
    assert urls(lease(ledger)) == ["https://a.example/now"]
    assert ledger.next_due([JOB], NOW) == later(60)


def test_a_host_is_asked_once_in_a_delay_by_whichever_job(ledger):
    add(ledger, pages(2))
    add(ledger, pages(2), job="other")
    jobs = [JOB, "other"]
    assert len(lease(ledger, jobs=jobs, delay_s=1.0)) == 1
    assert not lease(ledger, jobs=jobs, at=later(0.999), delay_s=1.0)
    assert ledger.next_due(jobs, NOW) == later(1)
    assert len(lease(ledger, jobs=["other"], at=later(1), delay_s=1.0)) == 1


def test_no_more_than_so_many_of_a_host_are_out_at_once(ledger):
    add(ledger, pages(9))
    held = lease(ledger, per_host=2)
    assert len(held) == 2
    assert not lease(ledger, per_host=2)
    finish(ledger, held[0])
    ledger.release(held[1], not_before=later(60))
    assert len(lease(ledger, per_host=2)) == 2


def test_busy_hosts_do_not_hide_the_free_ones_behind_them(ledger):
    add(ledger, [page for n in range(20) for page in pages(2, f"h{n}.example")], due=later(-9))
    assert len(lease(ledger, per_host=1)) == 20
    add(ledger, pages(1, "free.example"))
    assert hosts(lease(ledger, per_host=1, most=1)) == ["free.example"]


def test_only_the_jobs_asked_for_are_leased(ledger):
    add(ledger, pages(1), job="other")
    assert not lease(ledger)
    assert ledger.next_due([JOB], NOW) is None
    assert len(lease(ledger, jobs=["other"])) == 1


def test_an_expired_lease_is_given_again_as_a_further_attempt_under_a_new_token(ledger):
    add(ledger, pages(1))
    (first,) = lease(ledger, lease_s=10.0)
    assert first.expires == later(10)
    assert not lease(ledger, at=later(9.999))
    assert ledger.next_due([JOB], NOW) == later(10)
    (second,) = lease(ledger, at=later(10), jobs=[JOB, "other"], per_host=1)
    assert (second.visit, second.attempts) == (first.visit, 1)
    assert second.token > first.token


def test_what_a_holder_died_of_stands_in_nobody_s_way(ledger):
    add(ledger, pages(3))
    (first,) = lease(ledger, most=1)
    assert ledger.take_back(["me"], later(5)) == 1
    assert ledger.take_back(["me"], later(5)) == 0
    again = lease(ledger, at=later(5))
    assert [one.visit for one in again][-1] == first.visit
    assert [one.attempts for one in again] == [0, 0, 1]


def test_a_stale_holder_can_do_nothing(ledger, path):
    add(ledger, pages(1))
    (stale,) = lease(ledger, lease_s=10.0)
    assert ledger.is_held(stale, later(9))
    assert not ledger.is_held(stale, later(10))
    assert not finish(ledger, stale, at=later(10))
    (held,) = lease(ledger, at=later(10))
    before = rows(path, "SELECT * FROM visits, hosts, queues")
    assert not ledger.is_held(stale, later(10))
    assert ledger.heartbeat([stale], later(10)) == set()
    assert not ledger.release(stale, not_before=NOW, host_hold_until=later(99), captures=[capture(stale.seed.url)])
    links = [*pages(3, "b.example")]
    assert not ledger.finish(stale, outcome(stale), [capture(stale.seed.url)], [], "sha256:0", at=later(10)), links
    assert rows(path, "SELECT * FROM visits, hosts, queues") == before
    assert not rows(path, "SELECT visit FROM outcomes UNION SELECT visit FROM captures")
    assert ledger.is_held(held, later(11))


def test_a_token_of_another_visit_is_no_key(ledger):
    add(ledger, pages(2))
    one, two = lease(ledger)
    assert not finish(ledger, replace(one, token=two.token))


def test_a_heartbeat_keeps_what_is_held_and_tells_which_that_is(ledger):
    add(ledger, pages(3))
    leases = lease(ledger, lease_s=10.0)
    finish(ledger, leases[0])
    assert ledger.heartbeat(leases, later(9), lease_s=10.0) == {one.token for one in leases[1:]}
    assert not lease(ledger, at=later(18))
    assert ledger.heartbeat(leases[1:], later(19)) == set()
    assert len(lease(ledger, at=later(19))) == 2


def test_a_released_visit_waits_until_its_time_and_counts_as_an_attempt_unless_it_was_not_begun(ledger, path):
    add(ledger, pages(2))
    tried, untried = lease(ledger)
    assert ledger.release(tried, not_before=later(30), captures=[capture(tried.seed.url, status=429)])
    assert ledger.release(untried, not_before=NOW, attempted=False)
    assert [one.attempts for one in lease(ledger, at=later(29))] == [0]
    assert [one.attempts for one in lease(ledger, at=later(30))] == [1]
    assert rows(path, "SELECT visit, status FROM captures") == [(tried.visit, 429)]
    assert not ledger.release(tried, not_before=NOW)


def test_a_host_that_asked_for_rest_is_left_alone_and_its_rest_is_never_shortened(ledger):
    add(ledger, [*pages(3), *pages(1, "b.example")])
    one, _, two = lease(ledger, most=3)
    ledger.release(one, not_before=NOW, host_hold_until=later(60))
    ledger.release(two, not_before=NOW, host_hold_until=later(5))
    add(ledger, pages(9))
    assert not lease(ledger, at=later(59.9))
    assert ledger.next_due([JOB], NOW) == later(60)
    assert len(lease(ledger, at=later(60))) == 9


def test_next_due_is_never_past_and_none_when_the_jobs_are_done(ledger):
    add(ledger, pages(1))
    assert ledger.next_due([JOB], later(5)) == later(5)
    (held,) = lease(ledger, lease_s=10.0)
    assert ledger.next_due([JOB], NOW) == later(10)
    finish(ledger, held, Status.GONE)
    assert ledger.next_due([JOB], NOW) is None


def test_a_lease_can_go_to_another_process(ledger):
    add(ledger, pages(1))
    (mine,) = lease(ledger)
    assert pickle.loads(pickle.dumps(mine)) == mine
    assert mine.expires - NOW == timedelta(seconds=120)


@pytest.mark.parametrize(
    "query", [queues._TURNS, queues._FIRST_DUE, frontier._PRIORITY, frontier._FIRST, frontier._EXPIRED]
)
def test_a_lease_finds_everything_by_an_index_and_sorts_nothing(ledger, path, query):
    plan = " ".join(row[-1] for row in rows(path, f"EXPLAIN QUERY PLAN {query}", *[1] * query.count("?")))
    assert "SEARCH" in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
