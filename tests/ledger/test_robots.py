"""robots.txt answers across processes and runs, and the pace that they ask for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from crawler.core.model import Status
from crawler.core.robots import GOOD_FOR, UNREACHABLE_FOR, RobotsAnswer, is_worth_another_visit_soon
from crawler.fetch.rules import Robots
from crawler.ledger import Ledger
from crawler.ledger.check import faults
from crawler.ledger.schema import APPLICATION_ID, MIGRATIONS
from tests.ledger.samples import JOB, NOW, add, finish, later, lease, pages, rows

SITE = "https://a.example"


def test_an_answer_holds_a_day_and_another_process_has_it(ledger, path):
    answer = RobotsAnswer(NOW, ("Disallow: /题", "Crawl-delay: 2.5"), delay_s=2.5)
    ledger.keep_robots(SITE, answer)
    with Ledger(path) as other:
        assert other.robots(SITE, NOW) == answer
        assert other.robots(SITE, NOW + GOOD_FOR - timedelta(seconds=1)) == answer
        assert other.robots(SITE, NOW + GOOD_FOR) is None
        assert other.robots("http://a.example", NOW) is None
    assert faults(path) == []


def test_a_file_that_was_unreachable_is_asked_for_again_within_the_hour(ledger):
    answer = RobotsAnswer(NOW, unreachable="HTTP 503 Service Unavailable")
    ledger.keep_robots(SITE, RobotsAnswer(later(-90_000)))
    ledger.keep_robots(SITE, answer)
    assert ledger.robots(SITE, later(60)) == answer
    assert ledger.robots(SITE, NOW + UNREACHABLE_FOR) is None
    assert UNREACHABLE_FOR.total_seconds() <= 3600


def test_an_answer_from_the_future_does_not_hold(ledger):
    ledger.keep_robots(SITE, RobotsAnswer(later(9_999_999)))
    assert ledger.robots(SITE, NOW) is None


def test_no_rules_and_an_empty_file_are_the_same(ledger):
    ledger.keep_robots(SITE, RobotsAnswer(NOW))
    assert ledger.robots(SITE, NOW) == RobotsAnswer(NOW)


def test_the_hosts_own_pace_holds_where_it_is_slower_than_ours_for_every_process_and_job(ledger, path):
    add(ledger, pages(9))
    add(ledger, pages(9), job="other")
    assert len(lease(ledger, per_host=1)) == 1
    ledger.keep_robots(SITE, RobotsAnswer(later(1), delay_s=10.0))
    with Ledger(path) as other:
        wish = {"jobs": ["other"], "delay_s": 1.0}
        assert not lease(other, at=later(10.9), **wish)
        assert other.next_due(["other"], NOW) == later(11)
        assert len(lease(other, at=later(11), **wish)) == 1
        assert not lease(other, at=later(20.9), **wish)
        assert len(lease(other, at=later(21), jobs=["other"], delay_s=30.0)) == 1
        assert not lease(other, at=later(50), **wish)


def test_a_host_whose_robots_txt_nobody_knows_is_asked_for_one_page_until_somebody_does(ledger):
    add(ledger, pages(9))
    wish = {"per_host": 4, "per_stranger": 1}
    (first,) = lease(ledger, **wish)
    assert not lease(ledger, at=later(5), **wish)
    ledger.keep_robots(SITE, RobotsAnswer(later(5), delay_s=2.0))
    assert not lease(ledger, at=later(6.9), **wish)
    assert len(lease(ledger, at=later(7), **wish)) == 1
    assert finish(ledger, first, at=later(7))
    ledger.keep_robots(SITE, RobotsAnswer(later(9)))
    assert len(lease(ledger, at=later(9), **wish)) == 3


def test_of_the_sites_of_a_host_the_slowest_counts_and_what_is_withdrawn_does_not(ledger, path):
    def delay():
        return rows(path, "SELECT delay FROM hosts WHERE name = 'a.example'")

    ledger.keep_robots(SITE, RobotsAnswer(NOW, delay_s=3.0))
    ledger.keep_robots("http://a.example:8080", RobotsAnswer(NOW, delay_s=0.5))
    assert delay() == [(3_000_000,)]
    ledger.keep_robots(SITE, RobotsAnswer(later(90_000)))
    assert delay() == [(500_000,)]


def test_an_end_for_want_of_the_file_is_told_from_one_that_a_rule_made():
    url = f"{SITE}/robots.txt"
    unreachable = Robots(url, unreachable="HTTP 503").objection(f"{SITE}/page")
    forbidden = Robots(url, ("Disallow: /",)).objection(f"{SITE}/page")
    assert is_worth_another_visit_soon(Status.EXCLUDED, unreachable)
    assert not is_worth_another_visit_soon(Status.EXCLUDED, forbidden)
    assert not is_worth_another_visit_soon(Status.FAILED, unreachable)


def test_a_ledger_of_the_first_version_is_carried_over_with_all_that_it_holds(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("INSERT INTO meta VALUES ('schema', 1)")
        db.execute("INSERT INTO hosts (id, name, next_at, failures) VALUES (7, 'a.example', 5, 2)")
        db.execute("INSERT INTO urls VALUES (1, 'https://a.example/1', 'https://a.example/1')")
        db.execute("INSERT INTO runs VALUES ('r', 'run', 0)")
        db.execute("INSERT INTO visits (url, host, run, job, due, priority, depth) VALUES (1, 7, 'r', 'run', 0, 0, 0)")
        db.execute("INSERT INTO queues VALUES (7, 'run', 0, 0, 5, 0)")
    assert faults(path) == []
    with Ledger(path) as ledger:
        ledger.keep_robots(SITE, RobotsAnswer(later(-60), delay_s=1.0))
        (held,) = lease(ledger, jobs=[JOB])
        assert held.seed.url == "https://a.example/1"
        assert finish(ledger, held)
    assert rows(path, "SELECT id, name, failures, delay FROM hosts") == [(7, "a.example", 0, 1_000_000)]
    assert rows(path, "SELECT value FROM meta WHERE name = 'schema'") == [(len(MIGRATIONS),)]
    assert faults(path) == []
