from __future__ import annotations

import re
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import UrlError
from crawler.core.model import Seed, Status
from crawler.ledger import Added, Ledger
from tests.ledger.samples import JOB, NOW, RUN, add, finish, later, lease, pages, rows, seed

TEXTS = st.none() | st.text(st.characters(exclude_categories=()))


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "state" / "permapress.db") as made:
        yield made


def test_a_key_is_pending_once_a_job_whatever_its_spelling(ledger):
    assert add(ledger, [seed("https://a.example/x"), seed("https://A.example/x#top")]) == Added(1, 1)
    assert add(ledger, [seed("https://a.example/x?utm_source=b")]) == Added(0, 1)
    assert add(ledger, [seed("https://a.example/x")], job="other") == Added(1, 0)
    assert len(lease(ledger)) == 1


def test_a_leased_visit_is_still_unfinished(ledger):
    add(ledger, pages(1))
    lease(ledger)
    assert add(ledger, pages(1), again=True) == Added(0, 1)


@pytest.mark.parametrize("status", [Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED])
def test_what_ended_well_is_visited_again_only_where_asked(ledger, status):
    add(ledger, pages(1))
    finish(ledger, *lease(ledger), status)
    assert add(ledger, pages(1), run="next", job="other") == Added(0, 1)
    assert add(ledger, pages(1), run="next", job="other", again=True) == Added(1, 0)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED}))
def test_what_ended_otherwise_is_visited_again_by_the_next_run_and_not_by_this_one(ledger, status):
    add(ledger, pages(1))
    finish(ledger, *lease(ledger), status)
    assert add(ledger, pages(1)) == Added(0, 1)
    assert add(ledger, pages(1), run="next") == Added(1, 0)


def test_the_url_goes_out_as_this_seed_has_it_though_another_spelling_came_first(ledger):
    first, second = seed("https://a.example/x?utm_source=b"), seed("https://a.example/x")
    add(ledger, [first])
    add(ledger, [second], job="other")
    assert [one.seed for one in lease(ledger, jobs=[JOB, "other"])] == [first, second]


def test_of_two_seeds_with_one_key_the_first_is_taken(ledger):
    seeds = [seed("https://a.example/x", title="一"), seed("https://a.example/x", title="二")]
    add(ledger, seeds)
    assert [one.seed for one in lease(ledger)] == seeds[:1]


@given(texts=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), date=st.none() | st.datetimes(timezones=st.just(UTC)))
def test_a_seed_comes_back_as_it_went_in(tmp_path_factory, texts, date):
    def made(via, title, author, label):
        return seed("https://a.example/新闻?q=%e4", via=via, title=title, author=author, label=label, date=date)

    with Ledger(tmp_path_factory.mktemp("seed") / "permapress.db") as ledger:
        add(ledger, [made(*texts)], depth=3)
        (got,) = lease(ledger)
    assert (got.job, got.run, got.depth, got.attempts) == (JOB, RUN, 3, 0)
    assert got.seed == made(*(text and re.sub("[\ud800-\udfff]", "\ufffd", text) for text in texts))


def test_seeds_are_taken_as_they_come_and_what_came_before_a_bad_one_stays(ledger, tmp_path):
    def endless():
        yield from pages(1200)
        assert len(rows(tmp_path / "state" / "permapress.db", "SELECT 1 FROM visits")) == 1000
        yield Seed("nonsense", "nonsense")

    with pytest.raises(UrlError):
        add(ledger, endless())
    assert ledger.counts(JOB).pending == 1000


def test_a_key_longer_than_a_url_may_be_has_a_host_all_the_same(ledger):
    assert add(ledger, [seed("https://a.example/?" + "[" * 7_900)]) == Added(1, 0)


def test_a_url_is_on_record_as_it_was_first_found(ledger, tmp_path):
    add(ledger, [seed("https://a.example/x?utm_source=b"), seed("https://a.example/x")])
    assert rows(tmp_path / "state" / "permapress.db", "SELECT key, url FROM urls") == [
        ("https://a.example/x", "https://a.example/x?utm_source=b"),
    ]


def test_nothing_is_due_before_its_time(ledger):
    add(ledger, pages(1), due=later(60))
    assert not lease(ledger, at=later(59))
    assert ledger.next_due([JOB], NOW) == later(60)
    assert len(lease(ledger, at=later(60))) == 1


def test_a_hundred_thousand_seeds_with_their_duplicates_go_in_one_call(ledger):
    source = (page for n in range(50_000) for page in [seed(f"https://h{n % 700}.example/{n}")] * 2)
    assert add(ledger, source) == Added(50_000, 50_000)
    assert ledger.counts(JOB).pending == 50_000
