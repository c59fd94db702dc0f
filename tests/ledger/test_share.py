"""A process's share of a ledger, and what a scheduled run waits for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.core.visit import SCHEDULED
from crawler.ledger.share import PATIENCE, Share
from tests.ledger.samples import JOB, NOW, add, finish, later, pages, seed

WAIT_S = PATIENCE.total_seconds()


@pytest.fixture
def share(tmp_path):
    made = Share(tmp_path, "me", NOW, "this", per_host=1, per_stranger=1, delay_s=0.0)
    yield made
    made.close([], NOW)


def test_a_visit_is_made_under_the_run_that_makes_it(share):
    add(share.ledger, [seed("https://a.example/1")], run="earlier", job=SCHEDULED)
    (one,), at = share.lease(SCHEDULED, 9, [], NOW)
    assert (one.run, at) == ("this", NOW)


@pytest.mark.parametrize(("after_s", "waits"), [(1, True), (WAIT_S, True), (WAIT_S + 1, False), (86_400, False)])
def test_a_scheduled_run_waits_for_what_is_due_shortly_and_leaves_the_rest_to_the_next(share, after_s, waits):
    add(share.ledger, [seed("https://a.example/1")], job=SCHEDULED, due=later(after_s))
    assert share.lease(SCHEDULED, 9, [], NOW) == ([], later(after_s) if waits else None)


def test_a_scheduled_run_waits_for_what_a_colleague_holds(share, tmp_path):
    add(share.ledger, [seed("https://a.example/1")], job=SCHEDULED)
    colleague = Share(tmp_path, "other", NOW, "this", per_host=1, per_stranger=1, delay_s=0.0)
    assert len(colleague.lease(SCHEDULED, 9, [], NOW)[0]) == 1
    assert share.lease(SCHEDULED, 9, [], NOW) == ([], later(120))
    colleague.close([], NOW)


def test_another_job_waits_as_long_as_it_takes(tmp_path):
    share = Share(tmp_path, "me", NOW, per_host=1, per_stranger=1, delay_s=0.0)
    add(share.ledger, [seed("https://a.example/1")], due=later(86_400))
    assert share.lease(JOB, 9, [], NOW) == ([], later(86_400))
    share.close([], NOW)


def test_a_job_without_visits_is_done(share):
    assert share.lease(SCHEDULED, 9, [], NOW) == ([], None)


def test_an_answer_frees_the_host_for_the_next_visit(share):
    add(share.ledger, pages(2), job=SCHEDULED)
    (one,), _ = share.lease(SCHEDULED, 9, [], NOW)
    assert share.lease(SCHEDULED, 9, [], NOW)[0] == []
    (other,), _ = share.lease(SCHEDULED, 9, [one], NOW)
    assert other.seed.url != one.seed.url
    assert finish(share.ledger, one)


def test_what_is_given_back_was_not_begun(tmp_path):
    first = Share(tmp_path, "one", NOW, "this", per_host=1, per_stranger=1, delay_s=0.0)
    add(first.ledger, [seed("https://a.example/1")], job=SCHEDULED)
    leases, _ = first.lease(SCHEDULED, 9, [], NOW)
    first.close(leases, NOW + timedelta(seconds=1))
    second = Share(tmp_path, "two", later(2), "next", per_host=1, per_stranger=1, delay_s=0.0)
    (one,), _ = second.lease(SCHEDULED, 9, [], later(2))
    assert (one.attempts, one.run) == (0, "next")
    second.close([], later(2))
