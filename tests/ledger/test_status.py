from __future__ import annotations

from crawler.core.model import Status
from crawler.core.visit import SCHEDULED, Finish, Next
from crawler.ledger import Counts
from crawler.ledger.status import standing
from tests.ledger.samples import JOB, NOW, RUN, add, finish, later, lease, outcome, pages


def ended(ledger, *statuses, at=NOW):
    for one, status in zip(lease(ledger, at=at, most=len(statuses)), statuses, strict=True):
        finish(ledger, one, status, at=at)


def test_an_empty_ledger_stands_still(ledger, path):
    found = standing(path, NOW)
    assert (found.runs, found.counts, found.due, found.next_due) == ((), Counts(0, 0, {}), 0, None)
    assert (found.failing, found.held, found.links) == ((), (), {})


def test_visits_are_counted_by_what_became_of_them_and_when_they_are_due(ledger, path):
    add(ledger, pages(6))
    ended(ledger, Status.ARCHIVED, Status.GONE)
    lease(ledger, most=1)
    add(ledger, pages(2, "b.example"), run="later", job="other", at=later(3), due=later(9))
    found = standing(path, NOW)
    assert found.counts == Counts(5, 1, {Status.ARCHIVED: 1, Status.GONE: 1})
    assert (found.due, found.next_due) == (3, later(9))
    assert [(run.run, run.job, run.started, run.counts.pending) for run in found.runs] == [
        ("later", "other", later(3), 2),
        (RUN, JOB, NOW, 3),
    ]
    assert standing(path, later(9)).due == 5


def test_hosts_that_fail_and_hosts_on_hold_are_told_the_worst_first(ledger, path):
    add(ledger, pages(2) + pages(1, "b.example") + pages(1, "c.example"))
    held = lease(ledger)
    for one in held:
        if one.seed.key.startswith("https://c"):
            ledger.release(one, not_before=NOW, host_hold_until=later(60))
        else:
            finish(ledger, one, Status.FAILED)
    found = standing(path, NOW)
    assert found.failing == (("a.example", 2), ("b.example", 1))
    assert found.held == (("c.example", later(60)),)
    assert standing(path, later(60)).held == ()


def test_a_link_counts_once_by_how_its_last_visit_ended(ledger, path):
    add(ledger, pages(3))
    ended(ledger, Status.ARCHIVED, Status.ARCHIVED, Status.REFUSED)
    add(ledger, pages(2), run="next", again=True, at=later(5))
    ended(ledger, Status.GONE, Status.UPDATED, at=later(5))
    assert standing(path, NOW).links == {"a.example": {Status.GONE: 1, Status.UPDATED: 1, Status.REFUSED: 1}}


def test_each_scheduled_run_is_told_by_what_it_did_itself_and_left_undone(ledger, path):
    add(ledger, pages(3), run="first", job=SCHEDULED)
    one, other = lease(ledger, jobs=[SCHEDULED], most=2, run="first")
    ledger.finish_many([Finish(each, outcome(each), next=Next(later(3600), 1)) for each in (one, other)], at=NOW)
    add(ledger, [], run="second", job=SCHEDULED, at=later(3600))
    (third, again, more) = lease(ledger, jobs=[SCHEDULED], at=later(3600), run="second")
    finish(ledger, again, Status.UNCHANGED, at=later(3600))
    second, first = standing(path, NOW).runs
    assert (first.run, first.counts) == ("first", Counts(0, 0, {Status.ARCHIVED: 2}))
    assert (second.run, second.counts) == ("second", Counts(0, 2, {Status.UNCHANGED: 1}))
    ledger.release(third, not_before=later(3600))
    ledger.release(more, not_before=later(7200))
    assert standing(path, NOW).runs[0].counts.pending == 1  # the other is due again in its time
    assert standing(path, NOW).counts.pending == 2
