from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Status
from crawler.work.report import RunReport
from crawler.work.report.counting import (
    MAX_CHARACTERS,
    MAX_DIFFERENT,
    MAX_HOSTS,
    MOST_EXAMPLES,
    MOST_HOSTS,
    MOST_REASONS,
)
from crawler.work.report.model import NAMES, Reason, Slow
from crawler.work.tell import shown
from tests.work.report.runs import AT, FEED, outcome


def counted() -> RunReport:
    return RunReport("20261103T040506Z-0000", AT)


def test_every_status_is_counted_once_under_its_source():
    report = counted()
    for status in Status:
        report.outcome(outcome(status), source=FEED)
    (source,) = report.ended(AT).sources
    assert [getattr(source, name) for name in NAMES.values()] == [1] * 9
    assert (source.new, source.visits, source.pages) == (1, 9, 4)


def test_the_parts_of_a_source_add_up():
    report = counted()
    report.source(FEED, "sitemap", found=3, undated=1, problems=["a"])
    report.source(FEED, "sitemap", found=4, problems=["b"], failed="part 2: 404")
    (source,) = report.ended(AT).sources
    assert (source.found, source.undated, source.problems, source.examples) == (7, 1, 2, ("a", "b"))
    assert source.failure == "part 2: 404"


def test_a_failure_without_a_reason_is_a_failure():
    report = counted()
    report.source(FEED, "feed", failed="")
    assert report.ended(AT).sources[0].failure == "no reason is known"


def test_the_most_frequent_reasons_of_what_gave_no_article_are_kept():
    report = counted()
    for number in range(9):
        for _ in range(number):
            report.outcome(outcome(Status.FAILED, f"reason {number}"), source=FEED)
    report.outcome(outcome(Status.ARCHIVED, "a new post"), source=FEED)
    reasons = report.ended(AT).sources[0].reasons
    assert reasons[0] == Reason("failed", "reason 8", 8)
    assert len(reasons) == MOST_REASONS


def test_what_strangers_vary_without_end_is_lumped_together():
    report = counted()
    for number in range(MAX_DIFFERENT + 50):
        report.outcome(outcome(Status.FAILED, f"reason {number}"), source=FEED)
        report.trap(f"kind {number}")
    ended = report.ended(AT)
    assert ended.sources[0].reasons[0] == Reason("failed", "other reasons", 50)
    assert ended.traps[0] == ("other reasons", 50)
    report.source(FEED, "feed", problems=(f"{n}" for n in range(1000)))
    (source,) = report.ended(AT).sources
    assert (source.problems, len(source.examples)) == (1000, MOST_EXAMPLES)


def test_beyond_the_bound_new_hosts_are_not_timed():
    report = counted()
    for number in range(MAX_HOSTS):
        report.outcome(outcome(), source=FEED, seconds=1, host=f"{number}.example")
    report.outcome(outcome(), source=FEED, seconds=99, host="late.example")
    report.outcome(outcome(), source=FEED, seconds=99, host="7.example")
    assert report.ended(AT).slowest[0] == Slow("7.example", 2, 100)


def test_the_slowest_hosts_are_those_with_the_longest_visit():
    report = counted()
    for seconds in range(10):
        report.outcome(outcome(url=f"https://h{seconds}.example/"), source=FEED, seconds=seconds)
    report.outcome(outcome(url="https://h9.example/"), source=FEED, seconds=1)
    report.outcome(outcome(url="http://["), source=FEED, seconds=8.5)
    slowest = report.ended(AT).slowest
    assert [slow.host for slow in slowest] == ["(no host)", "h8.example", "h7.example", "h6.example", "h5.example"]
    assert len(slowest) == MOST_HOSTS


def test_bytes_and_pace_are_those_of_the_run():
    report = counted()
    for status in (Status.ARCHIVED, Status.UNCHANGED, Status.EXCLUDED):
        report.outcome(outcome(status), source=FEED, received=500)
    ended = report.ended(AT + timedelta(seconds=4), "minutes: the limit of 0.1")
    assert (ended.received, ended.seconds, ended.pages_per_s, ended.end) == (1500, 4, 0.5, "minutes: the limit of 0.1")
    assert report.ended(AT - timedelta(seconds=1)).pages_per_s == 0


@given(st.text(max_size=2 * MAX_CHARACTERS))
def test_texts_of_strangers_are_one_short_line_fit_for_a_terminal(text):
    report = counted()
    report.source(text, "feed", problems=[text], failed=text)
    report.outcome(outcome(Status.FAILED, text), source=text)
    report.trap(text)
    ended = report.ended(AT, text)
    (source,) = ended.sources
    for told in (source.name, *source.examples, source.failure, source.reasons[0].words, ended.traps[0][0], ended.end):
        assert told == shown(told)
        assert len(told) <= 10 * MAX_CHARACTERS + 1
