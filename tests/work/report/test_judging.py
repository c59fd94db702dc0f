"""Each caution: when it comes, when it does not, how long it stays, and how it is turned off."""

import pytest

from crawler.config import Warn
from crawler.core.model import Status
from crawler.work.report import judged
from tests.work.report.runs import FEED, run

GOOD, BAD = Status.ARCHIVED, Status.NO_ARTICLE
OFF = Warn(failing_runs=0, silent_runs=0, undated=0, no_article=0)


def kinds(*reports, warn=None):
    """Of the last report, the others before it, as runs one after the other are judged."""
    past = []
    for report in reports:
        past.insert(0, judged(report, past, warn or Warn()))
    return [caution.kind for caution in past[0].cautions]


def hours(*sources, **same):
    return [run(number, **same | source) for number, source in enumerate(sources)]


def test_a_first_run_that_went_well_is_sound():
    report = judged(run(0, found=10, ends={GOOD: 10}), [], Warn())
    assert report.is_sound
    assert report.cautions == ()


def test_a_source_that_fails_is_told_at_once_or_after_so_many_runs():
    bad = {"failed": "404"}
    assert kinds(run(0, **bad)) == ["failing"]
    patient = Warn(failing_runs=3)
    assert kinds(*hours(bad, bad), warn=patient) == []
    assert kinds(*hours(bad, bad, bad), warn=patient) == ["failing"]
    assert kinds(*hours(bad, {"found": 3}, bad, bad), warn=patient) == []


def test_the_words_name_the_reason_and_what_to_do():
    (caution,) = judged(run(0, failed="404"), [], Warn()).cautions
    assert (caution.source, caution.words) == (FEED, "could not be read in this run: 404; see whether it moved")


def test_a_source_that_stopped_naming_articles_is_told_after_three_runs():
    some, none = {"found": 4}, {"found": 0}
    assert kinds(*hours(some, none, none)) == []
    assert kinds(*hours(some, none, none, none)) == ["silent"]
    assert kinds(*hours(some, none, none, none, none)) == ["silent"]
    assert kinds(*hours(some, none, none, none, some)) == []


def test_a_source_that_never_named_any_is_not_silent():
    assert kinds(*hours(*[{"found": 0}] * 9)) == []


def test_a_source_that_says_nothing_changed_is_not_silent():
    same = {"not_modified": True}
    assert kinds(*hours({"found": 4}, same, same, same, same)) == []
    assert kinds(*hours({"found": 4}, {"found": 0}, same, {"found": 0}, same, {"found": 0})) == ["silent"]


def test_dates_that_became_unreadable_are_told():
    good, bad = {"found": 10, "undated": 1}, {"found": 10, "undated": 9}
    assert kinds(*hours(good, bad)) == ["undated"]
    assert kinds(*hours(good, {"found": 10, "undated": 5})) == []
    assert kinds(*hours(bad, bad)) == []


def test_extraction_that_began_to_fail_is_told():
    good, bad = {GOOD: 9, BAD: 1}, {GOOD: 1, BAD: 5}
    assert kinds(*hours({"ends": good}, {"ends": bad}, found=9)) == ["no_article"]
    assert kinds(*hours({"ends": bad}, {"ends": bad}, found=9)) == []
    assert kinds(*hours({"ends": good}, {"ends": {GOOD: 3, BAD: 3}}, found=9)) == []


def test_few_pages_a_run_are_taken_together():
    good, bad = {"ends": {GOOD: 2}}, {"ends": {BAD: 2}}
    assert kinds(*hours(good, good, good, bad, found=9)) == []
    assert kinds(*hours(good, good, good, good, bad, bad, found=9)) == ["no_article"]


def test_a_run_without_pages_says_nothing_of_extraction():
    good, bad, none = {"ends": {GOOD: 9}}, {"ends": {BAD: 9}}, {}
    assert kinds(*hours(good, bad, none, found=9)) == []


def test_a_caution_stays_until_it_is_mended():
    good, bad = {"ends": {GOOD: 6}}, {"ends": {BAD: 6}}
    assert kinds(*hours(good, *[bad] * 20, found=9)) == ["no_article"]
    assert kinds(*hours(good, *[bad] * 20, good, found=9)) == []


@pytest.mark.parametrize(
    "reports",
    [
        hours({"failed": "404"}),
        hours({"found": 4}, *[{"found": 0}] * 3),
        hours({"found": 9}, {"found": 9, "undated": 9}),
        hours({"ends": {GOOD: 9}}, {"ends": {BAD: 9}}, found=9),
    ],
)
def test_each_can_be_turned_off(reports):
    assert len(kinds(*reports)) == 1
    assert kinds(*reports, warn=OFF) == []


def test_its_own_report_is_not_an_earlier_one():
    bad = run(1, found=10, undated=9)
    assert judged(bad, [bad, run(0, found=10)], Warn()) == judged(bad, [run(0, found=10)], Warn())


def test_sources_that_only_visits_are_known_of_are_not_silent():
    report = run(5, found=1)
    assert judged(report, [run(4, found=1)], Warn()).is_sound
