"""What a visit leaves for the next one of its URL."""

from __future__ import annotations

from datetime import timedelta

from crawler.core.model import Status
from crawler.core.visit import SCHEDULED, Earlier, Finish, Next
from crawler.ledger.again import BREAKS_AT
from crawler.ledger.check import faults
from tests.ledger.samples import NOW, add, later, lease, outcome, pages, rows, seed

H = 3600
URL = "https://a.example/0"


def leased(ledger, at=NOW, **wish):
    return lease(ledger, jobs=[SCHEDULED], at=at, **wish)


def end(ledger, one, status=Status.ARCHIVED, *, next_=None, latest=None, at=NOW):
    made = Finish(one, outcome(one, status, at), next=next_, latest=latest)
    return ledger.finish_many([made], at=at)[0]


def test_a_next_visit_waits_for_its_time_with_all_that_led_there(ledger, path):
    add(
        ledger,
        [seed(URL + "?utm_source=x", via="feed", title="T", date=NOW, author="A", label="L")],
        job=SCHEDULED,
        depth=2,
    )
    (first,) = leased(ledger, run="one")
    assert end(ledger, first, next_=Next(later(H), 3))
    assert leased(ledger, later(H - 1)) == []
    (again,) = leased(ledger, later(H), run="two")
    assert (again.seed, again.depth, again.source, again.kind) == (first.seed, 2, None, first.kind)
    assert (again.step, again.run, again.attempts) == (3, "two", 0)
    assert faults(path) == []


def test_what_was_never_visited_goes_before_what_is_visited_again(ledger):
    add(ledger, [seed(URL)], job=SCHEDULED)
    end(ledger, leased(ledger)[0], next_=Next(later(H), 1))
    add(ledger, [seed("https://a.example/new")], job=SCHEDULED, at=later(2 * H))
    assert [one.seed.url for one in leased(ledger, later(2 * H))] == ["https://a.example/new", URL]


def test_a_visit_without_a_next_one_is_the_last(ledger):
    add(ledger, [seed(URL)], job=SCHEDULED)
    end(ledger, leased(ledger)[0])
    assert ledger.next_due([SCHEDULED], NOW) is None


def test_an_end_that_comes_too_late_leaves_no_next_visit(ledger):
    add(ledger, [seed(URL)], job=SCHEDULED)
    (one,) = leased(ledger)
    assert not end(ledger, one, next_=Next(later(H), 1), at=later(1000))
    (again,) = leased(ledger, later(1000))
    assert (again.step, again.attempts) == (0, 1)


def test_the_latest_answer_is_what_the_next_visit_is_compared_with_until_a_later_one(ledger):
    add(ledger, [seed(URL)], job=SCHEDULED)
    first = Earlier(URL, "urn:uuid:1", later(0.000007), "sha256:X", '"1"', None)
    second = Earlier(URL + "/b", "urn:uuid:2", later(H), None, None, "yesterday")
    for hour, latest, known in ((0, first, None), (1, None, first), (2, second, first), (3, None, second)):
        (one,) = leased(ledger, later(hour * H))
        assert one.earlier == known
        end(ledger, one, latest=latest, next_=Next(later((hour + 1) * H), hour), at=later(hour * H))


def test_other_jobs_know_the_latest_answer_and_leave_no_next_visit(ledger):
    add(ledger, [seed(URL)], job=SCHEDULED)
    latest = Earlier(URL, "urn:uuid:1", NOW, None)
    end(ledger, leased(ledger)[0], latest=latest)
    add(ledger, [seed(URL)], again=True)
    (one,) = lease(ledger, at=later(H))
    assert one.earlier == latest
    end(ledger, one, at=later(H))
    assert ledger.next_due([SCHEDULED], NOW) is None


def fail(ledger, many, at=NOW):
    """So many failures of a host in a row; each visit is to be made again within the hour."""
    for _ in range(many):
        (one,) = leased(ledger, at, most=1, per_host=1)
        end(ledger, one, Status.FAILED, next_=Next(at + timedelta(minutes=54), -1), at=at)


def dues(path, job=SCHEDULED):
    """When visits wait, in hours from now."""
    found = rows(path, "SELECT DISTINCT due FROM visits WHERE state = 'waiting' AND job = ? ORDER BY due", job)
    return [(due / 1e6 - NOW.timestamp()) / H for (due,) in found]


def test_a_host_that_fails_four_times_is_asked_as_before(ledger, path):
    add(ledger, pages(9), job=SCHEDULED)
    fail(ledger, BREAKS_AT - 1)
    assert dues(path) == [0, 0.9]


def test_at_the_fifth_failure_all_that_waits_there_is_put_off_for_an_hour(ledger, path):
    add(ledger, pages(9), job=SCHEDULED)
    fail(ledger, BREAKS_AT)
    assert dues(path) == [1]
    assert leased(ledger, later(H - 1)) == []
    assert faults(path) == []


def test_what_is_due_later_than_the_break_is_not_brought_forward(ledger, path):
    add(ledger, pages(BREAKS_AT), job=SCHEDULED)
    add(ledger, [seed("https://a.example/late")], job=SCHEDULED, due=later(5 * H))
    fail(ledger, BREAKS_AT)
    assert dues(path) == [1, 5]


def test_each_further_failure_puts_off_for_twice_as_long_up_to_a_day(ledger, path):
    add(ledger, pages(2), job=SCHEDULED)
    at, pauses = NOW, []
    for _ in range(BREAKS_AT + 7):
        fail(ledger, 1, at)
        due = ledger.next_due([SCHEDULED], at)
        pauses.append((due - at).total_seconds() / H)
        at = max(due, at)
    assert pauses[BREAKS_AT - 1 :] == [1, 2, 4, 8, 16, 24, 24, 24]


def test_one_answer_ends_the_break(ledger, path):
    add(ledger, pages(9), job=SCHEDULED)
    fail(ledger, BREAKS_AT)
    (one,) = leased(ledger, later(H), most=1)
    end(ledger, one, Status.GONE, next_=Next(later(25 * H), -1), at=later(H))
    fail(ledger, BREAKS_AT - 1, later(H))
    assert dues(path)[0] == 1  # nothing is put off any more


def test_only_the_job_and_the_host_that_failed_are_put_off(ledger, path):
    add(ledger, pages(9), job=SCHEDULED)
    add(ledger, pages(3))
    add(ledger, pages(2, "b.example"), job=SCHEDULED)
    for _ in range(BREAKS_AT):
        (one,) = [
            each for each in leased(ledger, most=1, per_host=1) if each.seed.url.startswith("https://a")
        ] or leased(ledger, most=1)
        end(ledger, one, Status.FAILED if "a.ex" in one.seed.url else Status.GONE, next_=Next(later(0.9 * H), -1))
    assert dues(path, "run") == [0]
    waiting = rows(
        path,
        "SELECT count(*) FROM visits v JOIN hosts h ON h.id = v.host WHERE h.name = 'b.example' AND due > ?",
        NOW.timestamp() * 1e6 + H * 1e6,
    )
    assert waiting == [(0,)]


def test_failures_of_an_explicit_archive_put_nothing_off(ledger, path):
    add(ledger, pages(9))
    add(ledger, pages(9), job=SCHEDULED)
    for one in lease(ledger, most=BREAKS_AT + 1):
        ledger.finish_many([Finish(one, outcome(one, Status.FAILED))], at=NOW)
    assert dues(path) == [0]
