"""What sites say over and over, across processes and runs: learned with the end of a visit, bounded, forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from crawler.core.memory import MAX_PAGES, MIN_PAGES, blocks, hint
from crawler.core.model import Status
from crawler.core.visit import Finish, Outcome, Said
from crawler.ledger import Ledger
from crawler.ledger.check import faults
from crawler.ledger.rebuild import Rebuild
from crawler.ledger.schema import APPLICATION_ID, MIGRATIONS
from tests.ledger.samples import NOW, RUN, add, finish, later, lease, outcome, rows, seed

SITE = "https://news.a.example"
NEW = f"{SITE}/new"
BOX, ROW = "b" * 16, "c" * 16


def own(number):
    return f"{number:016x}"


def read(ledger, url, *said, title=None, cut=(), at=NOW, status=Status.ARCHIVED):
    add(ledger, [seed(url)], again=True)
    (one,) = lease(ledger, at=at)
    what = Said(url, url if title is None else title, said, cut)
    ledger.finish_many([Finish(one, outcome(one, status), said=what)], at=at)


def known(ledger, url=NEW):
    return ledger.boilerplate(url, seed(url).key)


def test_a_block_that_enough_pages_say_is_known_to_all_processes(ledger, path):
    for number in range(MIN_PAGES):
        assert known(ledger) == ()
        read(ledger, f"{SITE}/{number}", BOX, own(number))
    with Ledger(path) as other:
        assert known(other) == (hint(BOX, often=True),)
    assert faults(path) == []


def test_what_few_pages_of_many_say_is_not_often(ledger):
    for number in range(12):
        read(ledger, f"{SITE}/{number}", own(number), *([BOX] if number < MIN_PAGES else []))
    assert known(ledger) == (hint(BOX, often=False),)


def test_hosts_of_one_registered_domain_are_one_site_and_no_others(ledger):
    for number, host in enumerate(("www.example.org", "news.example.org", "example.org")):
        read(ledger, f"https://{host}/1", BOX, own(number))
    assert known(ledger, "https://sport.example.org/9") == (hint(BOX, often=True),)
    assert known(ledger, "https://example.net/9") == ()


@pytest.mark.parametrize("title", ["One story", ""])
def test_one_article_under_several_addresses_counts_once(ledger, title):
    for number in range(9):
        own_words = [own(number)] if title else []
        read(ledger, f"{SITE}/{number}", BOX, ROW, *own_words, title=title)
    assert known(ledger) == ()


def test_a_site_that_gives_every_page_its_own_name_for_a_title_is_learned_too(ledger):
    for number in range(MIN_PAGES):
        read(ledger, f"{SITE}/{number}", BOX, *(own(10 * number + word) for word in range(3)), title="The Courier")
    assert known(ledger) == (hint(BOX, often=True),)


def test_it_tells_the_urls_that_gave_articles_the_latest_first(ledger):
    read(ledger, f"{SITE}/1", own(1))
    read(ledger, f"{SITE}/gone", status=Status.GONE)
    read(ledger, f"{SITE}/2", own(2), status=Status.UNCHANGED)
    assert ledger.articles(9) == [f"{SITE}/2", f"{SITE}/1"]
    assert ledger.articles(1) == [f"{SITE}/2"]


def test_a_page_that_is_read_again_counts_once(ledger):
    for number in range(9):
        read(ledger, f"{SITE}/1", BOX, own(number))
    assert known(ledger) == ()


def test_what_was_said_long_ago_is_forgotten_and_a_site_keeps_so_many_pages(ledger, path):
    for number in range(MIN_PAGES):
        read(ledger, f"{SITE}/old/{number}", BOX, own(number))
    for number in range(MAX_PAGES + 3):
        assert bool(known(ledger)) is (number <= MAX_PAGES - MIN_PAGES)
        read(ledger, f"{SITE}/{number}", own(100 + number))
    assert rows(path, "SELECT count(*) FROM readings") == [(MAX_PAGES,)]


def test_a_page_is_read_again_with_what_was_cut_and_what_it_did_not_say(ledger):
    read(ledger, f"{SITE}/first", BOX, own(99))  # before anything was known: the box is in its post
    for number in range(MIN_PAGES):
        read(ledger, f"{SITE}/{number}", BOX, ROW, own(number))
    read(ledger, f"{SITE}/cut", BOX, own(98), cut=(hint(BOX, often=True), "no block"))
    assert {*blocks(known(ledger))} == {BOX, ROW}
    assert {*blocks(known(ledger, f"{SITE}/first"))} == {ROW}
    assert known(ledger, f"{SITE}/cut") == (hint(BOX, often=True), hint(ROW, often=False))


def test_what_was_cut_of_a_page_is_cut_again_when_its_site_has_forgotten_it(ledger):
    read(ledger, f"{SITE}/cut", BOX, own(99), cut=(hint(BOX, often=False),))
    for number in range(MAX_PAGES + 1):
        read(ledger, f"{SITE}/{number}", ROW, own(number))
    assert known(ledger, f"{SITE}/cut") == (hint(BOX, often=False),)
    assert known(ledger, f"{SITE}/0") == ()  # nothing was cut of it


def test_a_page_that_an_older_version_read_is_read_as_it_was(ledger):
    add(ledger, [seed(f"{SITE}/before")])
    finish(ledger, *lease(ledger))
    for number in range(MIN_PAGES):
        read(ledger, f"{SITE}/{number}", BOX, own(number))
    assert known(ledger, f"{SITE}/before") == ()
    assert known(ledger) == (hint(BOX, often=True),)


def test_an_end_that_comes_too_late_teaches_nothing(ledger, path):
    add(ledger, [seed(NEW)])
    (one,) = lease(ledger)
    said = Said(NEW, "", (BOX,), ())
    assert ledger.finish_many([Finish(one, outcome(one), said=said)], at=later(1000)) == [False]
    assert rows(path, "SELECT count(*) FROM readings") == [(0,)]


def test_a_title_that_no_database_takes_does_no_harm(ledger):
    read(ledger, NEW, BOX, title="\ud800")


def test_a_ledger_of_the_second_schema_learns_too(path):
    with closing(sqlite3.connect(path)) as db, db:
        for statement in (*MIGRATIONS[0], *MIGRATIONS[1]):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', 2)")
    with Ledger(path) as ledger:
        for number in range(MIN_PAGES):
            read(ledger, f"{SITE}/{number}", BOX, own(number))
        assert known(ledger) == (hint(BOX, often=True),)
    assert faults(path) == []


def test_a_ledger_that_is_made_again_cuts_of_a_page_what_was_cut(path):
    rebuild = Rebuild(path)
    rebuild.visited(RUN, NOW, seed(NEW), Outcome(NEW, Status.ARCHIVED, "as read", NOW), cut=(hint(BOX, often=True),))
    rebuild.commit()
    rebuild.close()
    with Ledger(path) as ledger:
        assert known(ledger) == (hint(BOX, often=True),)
    assert faults(path) == []
