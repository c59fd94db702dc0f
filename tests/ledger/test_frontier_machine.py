from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crawler.core.model import Status
from crawler.core.visit import FoundLink
from crawler.ledger import Ledger
from tests.ledger.samples import JOB, add, finish, later, lease, rows, seed

HOSTS, PAGES, LEASE_S = ("a", "b", "c"), 4, 20
PAGE = st.builds("https://{}.example/{}".format, st.sampled_from(HOSTS), st.integers(0, PAGES))
JOBS = (JOB, "other")


class Frontier(RuleBasedStateMachine):
    """A plain model of the frontier beside the ledger: who holds what, what ended, when a host may be asked."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "permapress.db"
        self.ledger = Ledger(self.path)
        self.now, self.run = 0, 0
        self.waiting = {}  # (job, key) → (due, priority)
        self.held, self.stale, self.ended = (
            {},
            [],
            [],
        )  # token → (lease, expires, priority); leases; (job, run, key, status)
        self.asked, self.holds, self.tokens = {}, Counter(), set()

    def teardown(self):
        self.ledger.close()
        self.folder.cleanup()

    def host(self, key):
        return key.split("/")[2]

    def known(self, job, run, key):
        open_ = (job, key) in self.waiting or any(
            (one.job, one.seed.key) == (job, key) for one, _, _ in self.held.values()
        )
        return open_ or any(k == key and (s == Status.ARCHIVED or r == run) for _, r, k, s in self.ended)

    def expire(self):
        for token, (one, expires, priority) in list(self.held.items()):
            if expires <= self.now:
                del self.held[token]
                self.stale.append(one)
                self.waiting[one.job, one.seed.key] = (self.now, priority)  # behind what waits already

    @rule(
        urls=st.lists(PAGE, max_size=6), job=st.sampled_from(JOBS), wait=st.integers(0, 15), priority=st.integers(0, 2)
    )
    def adds(self, urls, job, wait, priority):
        run = f"run-{self.run}"
        new = 0
        for url in urls:
            if not self.known(job, run, url):
                self.waiting[job, url] = (self.now + wait, priority)
                new += 1
        got = add(
            self.ledger,
            map(seed, urls),
            job=job,
            run=run,
            at=later(self.now),
            due=later(self.now + wait),
            priority=priority,
        )
        assert (got.new, got.known) == (new, len(urls) - new)

    @rule(
        jobs=st.sampled_from([JOBS, JOBS[:1], JOBS[1:]]),
        most=st.integers(1, 8),
        per_host=st.integers(1, 3),
        delay=st.integers(0, 3),
    )
    def leases(self, jobs, most, per_host, delay):
        self.expire()
        got = lease(
            self.ledger, jobs=jobs, at=later(self.now), most=most, per_host=per_host, delay_s=delay, lease_s=LEASE_S
        )
        for one in got:
            key, host = one.seed.key, self.host(one.seed.key)
            assert one.token not in self.tokens, "a token is given once"
            due, priority = self.waiting.pop((one.job, key))
            rivals = [
                (-p, d)
                for (j, k), (d, p) in self.waiting.items()
                if j == one.job and self.host(k) == host and d <= self.now
            ]
            assert all((-priority, due) <= rival for rival in rivals)
            assert due <= self.now
            assert max(self.asked.get(host, 0), self.holds[host]) <= self.now
            assert self.active()[host] < per_host
            self.tokens.add(one.token)
            self.held[one.token] = (one, self.now + LEASE_S, priority)
            self.asked[host] = self.now + delay
        assert len(got) == most or not any(
            self.is_free(j, k, d, per_host) for (j, k), (d, _) in self.waiting.items() if j in jobs
        )

    def active(self):
        return Counter(self.host(one.seed.key) for one, _, _ in self.held.values())

    def is_free(self, job, key, due, per_host):
        host = self.host(key)
        return max(due, self.asked.get(host, 0), self.holds[host]) <= self.now and self.active()[host] < per_host

    @precondition(lambda self: self.held)
    @rule(
        data=st.data(),
        status=st.sampled_from([Status.ARCHIVED, Status.GONE, Status.FAILED]),
        links=st.lists(st.tuples(PAGE, st.booleans()), max_size=3),
    )
    def finishes(self, data, status, links):
        one, expires, priority = self.held[data.draw(st.sampled_from(sorted(self.held)))]
        done = finish(
            self.ledger,
            one,
            status,
            at=later(self.now),
            links=[FoundLink(seed(url), "a link", follow=follow) for url, follow in links],
        )
        assert done == (expires > self.now)
        if done:
            del self.held[one.token]
            self.ended.append((one.job, one.run, one.seed.key, status))
            self.stale.append(one)
            for url, follow in links:
                if follow and not self.known(one.job, one.run, url):
                    self.waiting[one.job, url] = (self.now, priority)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), wait=st.integers(0, 9), hold=st.none() | st.integers(0, 9))
    def releases(self, data, wait, hold):
        one, _, priority = self.held.pop(data.draw(st.sampled_from(sorted(self.held))))
        until = None if hold is None else later(self.now + hold)
        assert self.ledger.release(one, not_before=later(self.now + wait), host_hold_until=until)
        self.waiting[one.job, one.seed.key] = (self.now + wait, priority)
        host = self.host(one.seed.key)
        self.holds[host] = max(self.holds[host], self.now + (hold or 0) if hold is not None else 0)
        self.stale.append(one)

    @precondition(lambda self: self.stale)
    @rule(data=st.data())
    def stale_holders_do_nothing(self, data):
        one = data.draw(st.sampled_from(self.stale))
        assert not finish(self.ledger, one, at=later(self.now))
        assert not self.ledger.is_held(one, later(self.now))
        assert not self.ledger.release(one, not_before=later(0))

    @precondition(lambda self: self.held)
    @rule()
    def hearts_beat(self):
        alive = {token for token, (_, expires, _) in self.held.items() if expires > self.now}
        assert (
            self.ledger.heartbeat([one for one, _, _ in self.held.values()], later(self.now), lease_s=LEASE_S) == alive
        )
        for token in alive:
            one, _, priority = self.held[token]
            self.held[token] = (one, self.now + LEASE_S, priority)

    @rule(seconds=st.integers(1, 12))
    def time_goes_on(self, seconds):
        self.now += seconds

    @rule()
    def the_next_run_begins(self):
        self.run += 1

    @rule()
    def the_process_is_started_again(self):
        self.ledger.close()
        self.ledger = Ledger(self.path)

    @invariant()
    def counts_are_what_the_visits_are(self):
        for job in JOBS:
            counts = self.ledger.counts(job)
            assert counts.pending == sum(j == job for j, _ in self.waiting)
            assert counts.leased == sum(one.job == job for one, _, _ in self.held.values())
            assert counts.finished == Counter(s for j, _, _, s in self.ended if j == job)

    @invariant()
    def next_due_is_the_earliest_there_is(self):
        for job in JOBS:
            waits = [
                max(d, self.asked.get(self.host(k), 0), self.holds[self.host(k)])
                for (j, k), (d, _) in self.waiting.items()
                if j == job
            ]
            ends = [expires for one, expires, _ in self.held.values() if one.job == job]
            earliest = min([*waits, *ends], default=None)
            assert self.ledger.next_due([job], later(self.now)) == (
                None if earliest is None else later(max(self.now, earliest))
            )

    @invariant()
    def hosts_know_what_is_out(self):
        assert Counter(dict(rows(self.path, "SELECT name, active FROM hosts WHERE active <> 0"))) == self.active()


TestFrontier = Frontier.TestCase
TestFrontier.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
