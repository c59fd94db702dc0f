"""When a URL is visited again, by how its visit ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Status
from crawler.core.robots import UNREACHABLE
from crawler.core.visit import SCHEDULED, Finish, Kind, Lease, Outcome
from crawler.work.refresh import EARLY, next_visit
from tests.ledger.samples import NOW, RUN, later, seed

M, H, D = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RECHECK = (H, D, 7 * D)
READ = [Status.ARCHIVED, Status.UPDATED, Status.UNCHANGED]


def end(status, step=0, kind=Kind.ARTICLE, reason="as it is"):
    lease = Lease(1, 1, seed("https://a.example/1"), SCHEDULED, RUN, 0, 0, later(120), kind, step)
    return Finish(lease, Outcome(lease.seed.url, status, reason, later(60)))


def after(status, step=0, recheck=RECHECK, **fields):
    """(how long after the start of the run, step); None: never."""
    found = next_visit(end(status, step, **fields), recheck, NOW)
    return found and (found.at - NOW, found.step)


@pytest.mark.parametrize("step", [-3, 0, 1, 2, 3, 99])
def test_what_changed_begins_the_schedule_anew(step):
    assert after(Status.UPDATED, step) == (H - H / 10, 1)


@pytest.mark.parametrize("step", [-3, 0])
def test_what_is_new_or_back_again_begins_the_schedule(step):
    assert after(Status.ARCHIVED, step) == (H - H / 10, 1)


def test_a_post_that_is_kept_is_archived_each_time_and_the_schedule_ends_all_the_same():
    assert [after(Status.ARCHIVED, step) for step in range(1, 4)] == [
        after(Status.UNCHANGED, step) for step in range(1, 4)
    ]


def test_what_did_not_change_goes_on_until_the_schedule_ends():
    assert [after(Status.UNCHANGED, step) for step in range(5)] == [
        (H - 6 * M, 1),
        (D - H - 10 * M, 2),  # a day after the first visit, and not after the last
        (6 * D - 10 * M, 3),
        None,
        None,
    ]


def test_what_is_there_again_unchanged_after_trouble_begins_the_schedule_anew():
    assert after(Status.UNCHANGED, -4) == (H - 6 * M, 1)


def test_an_empty_schedule_visits_nothing_again():
    assert [after(status, recheck=()) for status in READ] == [None] * 3


def test_a_shorter_schedule_than_the_one_that_was_begun_ends_it():
    assert after(Status.UNCHANGED, 2, recheck=(H,)) is None


@pytest.mark.parametrize("kind", [Kind.FEED, Kind.SITEMAP])
@pytest.mark.parametrize("status", Status)
def test_a_source_never_waits_for_a_time_of_its_own(kind, status):
    assert after(status, kind=kind) is None


SOON = [H - 6 * M, 6 * H - 10 * M, D - 10 * M, 7 * D - 10 * M, 30 * D - 10 * M]


def test_a_failure_is_tried_soon_then_rarely_then_every_thirty_days():
    found = [after(Status.FAILED, -vain) for vain in range(8)]
    assert found == [(pause, -vain - 1) for vain, pause in enumerate([*SOON, SOON[-1], SOON[-1], SOON[-1]])]


def test_a_robots_txt_that_cannot_be_had_may_be_there_within_the_hour():
    assert after(Status.EXCLUDED, reason=f"{UNREACHABLE}HTTP 503") == (SOON[0], -1)


@pytest.mark.parametrize("status", [Status.GONE, Status.REFUSED, Status.EXCLUDED, Status.RESCUED])
def test_what_others_or_we_decided_is_asked_for_rarely_and_for_good(status):
    found = [after(status, -vain) for vain in range(5)]
    assert found == [(pause, -vain - 1) for vain, pause in enumerate([*SOON[2:], SOON[-1], SOON[-1]])]


def test_what_is_missing_is_looked_for_on_another_day():
    """Gone is what was missing on two days."""
    assert after(Status.GONE)[0] > timedelta(hours=23)


def test_what_is_no_article_three_times_is_none():
    assert [after(Status.NO_ARTICLE, -vain) for vain in range(4)] == [(SOON[2], -1), (SOON[3], -2), None, None]


@pytest.mark.parametrize("status", [Status.GONE, Status.FAILED])
def test_trouble_after_good_visits_is_the_first(status):
    assert after(status, 3)[1] == -1


@given(
    status=st.sampled_from(Status), step=st.integers(-10_000, 10_000), spans=st.sets(st.integers(1, 10**8), max_size=9)
)
def test_the_next_visit_lies_ahead_and_never_early_by_more_than_it_says(status, step, spans):
    recheck = [timedelta(seconds=span) for span in sorted(spans)]
    found = next_visit(end(status, step), recheck, NOW)
    if found is None:
        return
    assert found.at > NOW
    pauses = {H, 6 * H, D, 7 * D, 30 * D} | {
        second - first for first, second in zip([timedelta(), *recheck], recheck, strict=False)
    }
    assert any(pause - min(pause / 10, EARLY) == found.at - NOW for pause in pauses)
