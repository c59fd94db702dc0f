"""What outlives a ledger that is thrown away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.core.memory import MIN_PAGES
from crawler.core.model import Seed, Status
from crawler.core.visit import SCHEDULED, Earlier, Entry, Finish, FoundLink, Kind, Next, Said
from crawler.ledger import Ledger
from crawler.ledger.check import faults
from crawler.ledger.known import MAX_ALIASES, Known
from crawler.ledger.site_memory import Remembered
from tests.ledger.samples import NOW, RUN, add, later, lease, outcome, seed

DAY = 86_400
EARLIER = Earlier("https://a.example/1", "urn:uuid:1", NOW, "sha256:X", '"tag"', "Mon, 23 Nov 2026 12:00:00 GMT")


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "first.db") as made:
        yield made


@pytest.fixture
def fresh(tmp_path):
    with Ledger(tmp_path / "second.db") as made:
        yield made


def visited(
    ledger,
    url,
    status=Status.ARCHIVED,
    *,
    kind=Kind.ARTICLE,
    next_=None,
    latest=None,
    final=None,
    at=NOW,
    job=SCHEDULED,
):
    """A scheduled visit of a URL, to its end."""
    add(ledger, [seed(url, title="T", label="L")], run=f"{at}", job=job, at=at, entry=Entry(kind, "Daily"))
    (one,) = lease(ledger, jobs=[job], at=at)
    end = Finish(one, outcome(one, status, at, final_url=final), next=next_, latest=latest)
    assert ledger.finish_many([end], at=at) == [True]


def told(ledger):
    return {each.seed.url: each for each in ledger.known()}


def test_an_article_that_is_archived_for_good_is_left_to_its_post(ledger):
    visited(ledger, "https://a.example/1", latest=EARLIER)
    assert ledger.known() == []


def test_what_is_visited_again_is_known_with_its_time_its_step_and_what_it_is_compared_with(ledger):
    visited(ledger, "https://a.example/1", next_=Next(later(DAY), 2), latest=EARLIER)
    seed_ = Seed("https://a.example/1", "https://a.example/1", title="T", label="L")
    ended = (Status.ARCHIVED, NOW)
    assert ledger.known() == [Known(seed_, Kind.ARTICLE, "Daily", 0, ended, Next(later(DAY), 2), EARLIER)]


@pytest.mark.parametrize("status", [Status.GONE, Status.NO_ARTICLE, Status.FAILED, Status.RESCUED, Status.EXCLUDED])
def test_what_gave_no_article_is_known_though_it_is_never_visited_again(ledger, status):
    visited(ledger, "https://a.example/1", status)
    assert told(ledger)["https://a.example/1"].ended == (status, NOW)


def test_a_source_is_known_for_the_sake_of_its_last_answer(ledger):
    visited(ledger, "https://a.example/rss", kind=Kind.FEED, latest=EARLIER)
    visited(ledger, "https://a.example/map", kind=Kind.SITEMAP)
    (feed,) = ledger.known()
    assert (feed.kind, feed.depth, feed.latest, feed.next) == (Kind.FEED, -1, EARLIER, None)


def test_a_visit_that_waits_for_the_first_time_or_is_under_way_is_known(ledger):
    add(ledger, [seed("https://a.example/1"), seed("https://b.example/2")], job=SCHEDULED)
    lease(ledger, jobs=[SCHEDULED], most=1)
    assert [each.next for each in ledger.known()] == [Next(NOW, 0), Next(NOW, 0)]


def test_other_jobs_are_not_known(ledger):
    add(ledger, [seed("https://a.example/1")])
    assert ledger.known() == []


def test_a_fresh_ledger_visits_when_the_old_one_would_have_and_sends_what_it_would_have(ledger, fresh):
    visited(ledger, "https://a.example/1", next_=Next(later(DAY), 2), latest=EARLIER)
    fresh.learn(ledger.known(), later(60))
    assert lease(fresh, jobs=[SCHEDULED], at=later(DAY - 1)) == []
    (one,) = lease(fresh, jobs=[SCHEDULED], at=later(DAY), run="next")
    assert (one.step, one.earlier, one.source, one.run, one.seed.title) == (2, EARLIER, "Daily", "next", "T")


def test_a_fresh_ledger_leaves_alone_what_the_old_one_left_alone(ledger, fresh):
    visited(ledger, "https://a.example/1", Status.GONE, next_=Next(later(DAY), -1))
    fresh.learn(ledger.known(), later(60))
    add(fresh, [seed("https://a.example/1")], job=SCHEDULED, at=later(3600), entry=Entry(sparing=True))
    assert lease(fresh, jobs=[SCHEDULED], at=later(3600)) == []


def test_the_new_address_of_what_moved_leads_to_no_second_visit_in_a_fresh_ledger(ledger, fresh):
    visited(ledger, "https://a.example/old", final="https://a.example/new")
    assert told(ledger)["https://a.example/old"].aliases == ("https://a.example/new",)
    fresh.learn(ledger.known(), later(60))
    add(fresh, [seed("https://a.example/new")], job=SCHEDULED, at=later(60), entry=Entry(sparing=True))
    assert lease(fresh, jobs=[SCHEDULED], at=later(DAY)) == []


def test_addresses_without_end_are_known_up_to_a_number(ledger):
    for number in range(MAX_ALIASES + 5):
        visited(
            ledger,
            "https://a.example/1",
            Status.FAILED,
            final=f"https://a.example/1?s={number:03}",
            at=later(number * DAY),
        )
    assert len(told(ledger)["https://a.example/1"].aliases) == MAX_ALIASES


def test_what_is_learned_is_a_whole_ledger(ledger, fresh, tmp_path):
    visited(ledger, "https://a.example/1", Status.UPDATED, next_=Next(later(DAY), 1), latest=EARLIER)
    visited(ledger, "https://a.example/2", Status.GONE, next_=Next(later(DAY), -1))
    visited(ledger, "https://b.example/rss", kind=Kind.FEED, latest=EARLIER)
    add(ledger, [seed("https://c.example/3")], job=SCHEDULED)
    fresh.learn(ledger.known(), later(60))
    assert fresh.known() == ledger.known()
    assert faults(tmp_path / "second.db") == []
    assert fresh.counts(SCHEDULED).finished == ledger.counts(SCHEDULED).finished


def test_learning_twice_changes_nothing(ledger, fresh, tmp_path):
    visited(ledger, "https://a.example/1", Status.UPDATED, next_=Next(later(DAY), 1), latest=EARLIER)
    visited(ledger, "https://a.example/2", Status.GONE)
    for _ in range(2):
        fresh.learn(ledger.known(), later(60))
    assert fresh.known() == ledger.known()
    assert faults(tmp_path / "second.db") == []


def test_an_end_that_is_told_of_what_waits_already_keeps_the_visit(ledger, tmp_path):
    add(ledger, [seed("https://a.example/1")], job=SCHEDULED)
    ledger.learn([Known(seed("https://a.example/1"), Kind.ARTICLE, None, 0, (Status.GONE, NOW), None, None)], NOW)
    assert [each.next for each in ledger.known()] == [Next(NOW, 0)]
    assert faults(tmp_path / "first.db") == []


def test_what_posts_or_an_archive_tell_of_the_past_takes_nothing_away(ledger, fresh):
    visited(ledger, "https://a.example/1", Status.GONE, next_=Next(later(DAY), -1), at=later(5))
    visited(ledger, "https://a.example/old", final="https://a.example/new", at=later(6))
    for url in ("https://a.example/1", "https://a.example/old"):
        visited(fresh, url, job="rebuilt")
    fresh.learn(ledger.known(), later(60))
    assert fresh.known() == ledger.known()


def test_a_visit_of_the_job_that_is_on_record_is_the_end_that_counts(ledger, fresh):
    visited(ledger, "https://a.example/1", next_=Next(later(DAY), 1))
    visited(fresh, "https://a.example/1", at=later(5))
    fresh.learn(ledger.known(), later(60))
    (known,) = fresh.known()
    assert (known.ended, known.next) == ((Status.ARCHIVED, later(5)), Next(later(DAY), 1))


def test_lone_surrogates_are_learned_as_what_utf8_can_hold(fresh):
    odd = Seed("https://a.example/1", "https://a.example/1", title="\ud800", via="\udfff", label="\ud83d")
    fresh.learn([Known(odd, Kind.ARTICLE, "\udc00", 0, (Status.GONE, NOW), None, None)], NOW)
    (known,) = fresh.known()
    assert (known.seed.title, known.seed.via, known.seed.label, known.source) == ("\ufffd",) * 4


def test_links_of_a_learned_visit_are_of_the_run_that_makes_it(ledger):
    ledger.learn([Known(seed("https://a.example/1"), Kind.ARTICLE, "Daily", 0, None, Next(NOW, 0), None)], NOW)
    (one,) = lease(ledger, jobs=[SCHEDULED], run=RUN)
    links = (FoundLink(seed("https://a.example/2"), "related block", follow=True),)
    ledger.finish_many([Finish(one, outcome(one), links=links)], at=NOW)
    (linked,) = lease(ledger, jobs=[SCHEDULED])
    assert (linked.run, linked.source, linked.depth) == (RUN, "Daily", 1)


def test_what_a_site_says_over_and_over_is_known_to_a_ledger_that_learns_of_its_pages(ledger, fresh):
    menu = "aaaaaaaaaaaaaaaa"
    for number in range(MIN_PAGES):
        url = f"https://www.a.example/{number}"
        add(ledger, [seed(url)], run=f"{number}", job=SCHEDULED, at=NOW, entry=Entry(Kind.ARTICLE, "Daily"))
        (one,) = lease(ledger, jobs=[SCHEDULED], at=NOW)
        said = Said(url, f"Title {number}", (menu, f"{number:016x}"), ())
        end = Finish(one, outcome(one), next=Next(later(DAY), 1), latest=EARLIER, said=said)
        assert ledger.finish_many([end], at=NOW) == [True]
    new = "https://www.a.example/new"
    assert ledger.boilerplate(new, new) == (f"block:{menu}+",)
    fresh.learn(ledger.known(), later(60))
    assert fresh.boilerplate(new, new) == (f"block:{menu}+",)
    assert fresh.known() == ledger.known()


def test_what_a_ledger_read_itself_counts_before_what_it_is_told(ledger):
    url = "https://www.a.example/1"
    add(ledger, [seed(url)], run="1", job=SCHEDULED, at=NOW, entry=Entry(Kind.ARTICLE, "Daily"))
    (one,) = lease(ledger, jobs=[SCHEDULED], at=NOW)
    said = Said(url, "Title", ("aaaaaaaaaaaaaaaa",), ())
    ledger.finish_many([Finish(one, outcome(one), next=Next(later(DAY), 1), said=said)], at=NOW)
    (known,) = ledger.known()
    other = Remembered("a.example", "Another", ("bbbbbbbbbbbbbbbb",))
    ledger.learn([replace(known, remembered=other)], later(60))
    assert ledger.known() == [known]
