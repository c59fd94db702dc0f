"""The state file: a ledger's memory as text that merges line by line, and back."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.errors import StorageError
from crawler.core.model import Seed, Status
from crawler.core.visit import Earlier, Kind, Next
from crawler.ledger import Ledger
from crawler.ledger.known import MAX_ALIASES, Known
from crawler.ledger.site_memory import Remembered
from crawler.work.state_file import MAX_LINE_CHARACTERS, MAX_WARNINGS, read_state, write_state
from crawler.work.state_line import MAX_STEPS, MAX_WORDS
from tests.ledger.samples import NOW, later, seed

URL = "https://a.example/1"
EARLIER = Earlier(URL, "urn:uuid:1", NOW + timedelta(microseconds=7), "sha256:X", 'W/"tag"', "Mon, 23 Nov 2026")
FULL = Known(
    Seed(URL, URL, "https://a.example/rss", "Título\u2028 \x85", NOW, "An Author", "Daily"),
    Kind.ARTICLE,
    "Daily",
    2,
    (Status.UNCHANGED, NOW),
    Next(later(3600), 3),
    EARLIER,
    ("https://a.example/new",),
    ("block:0123456789abcdef", "block:0123456789abcdef+"),
    Remembered("a.example", "A headline", ("0123456789abcdef", "fedcba9876543210")),
)


def known(url=URL, ended=None, next_=None, **fields):
    return Known(seed(url, **fields), Kind.ARTICLE, None, 0, ended, next_, None)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.txt"


def written(path, *lines):
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_line_tells_all_and_leaves_out_what_is_absent(path):
    write_state(path, [FULL, known("https://b.example/2")])
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert read_state(path) == [FULL, known("https://b.example/2")]
    assert json.loads(second) == {"url": "https://b.example/2"}
    assert {name for name, value in json.loads(first).items() if value is None} == set()


def test_ledger_to_file_to_fresh_ledger_to_file_is_the_same_byte_for_byte(path, tmp_path):
    feed = Known(seed("https://a.example/rss"), Kind.FEED, "Daily", -1, (Status.ARCHIVED, NOW), None, EARLIER)
    gone = known("https://b.example/2", (Status.GONE, NOW), Next(later(86_400), -1), title="T")
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    found = [gone, FULL, feed]
    for number, file in enumerate(files):
        with Ledger(tmp_path / f"{number}.db") as ledger:
            ledger.learn(found, NOW)
            write_state(file, ledger.known())
        found = read_state(file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert [each.seed.url for each in found] == [URL, "https://a.example/rss", "https://b.example/2"]


texts = st.none() | st.text(max_size=40)  # lone surrogates among them
times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
urls_ = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda path: f"https://a.example/{path}")
knowns = st.builds(
    Known,
    st.builds(
        lambda url, via, title, date, author, label: seed(
            url, via=via, title=title, date=date, author=author, label=label
        ),
        urls_, texts, texts, st.none() | times, texts, texts,
    ),
    st.sampled_from(Kind),
    texts,
    st.integers(-1, 10),
    st.none() | st.tuples(st.sampled_from(Status), times),
    st.none() | st.builds(Next, times, st.integers(-50, 50)),
    st.none() | st.builds(Earlier, urls_, st.text(min_size=1, max_size=9), times, texts, texts, texts),
    st.lists(st.sampled_from(["https://a.example/x", "https://b.example/y"]), unique=True, max_size=2).map(tuple),
)  # fmt: skip


@given(found=st.lists(knowns, max_size=3, unique_by=lambda each: each.seed.key))
def test_texts_of_strangers_are_read_as_they_were_written(tmp_path_factory, found):
    file = tmp_path_factory.getbasetemp() / "strangers.txt"
    write_state(file, found)
    first = file.read_bytes()
    assert first.count(b"\n") == len(found)
    write_state(file, read_state(file))
    assert file.read_bytes() == first


@given(found=st.lists(knowns, max_size=5))
@settings(max_examples=10)  # each opens three ledgers
def test_texts_of_strangers_go_round_after_the_first_time(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("round")
    written_ = []
    for turn in range(3):
        with Ledger(folder / f"{turn}.db") as ledger:
            ledger.learn(found, NOW)
            write_state(folder / f"{turn}.txt", ledger.known())
        written_.append((folder / f"{turn}.txt").read_bytes())
        found = read_state(folder / f"{turn}.txt")
    assert written_[1] == written_[2]
    assert written_[0].count(b"\n") == written_[1].count(b"\n")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(["https://a.example/1", "gone", "2026-11-23T12:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
NAMES = ("kind", "source", "depth", "status", "at", "next", "step", "via", "title", "date", "answered", "record", "captured", "etag", "aliases")  # fmt: skip


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    with Ledger(tmp_path_factory.mktemp("patient") / "l.db") as made:
        yield made


@given(
    told=JSON | st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6).map(lambda told: told | {"url": URL}),
    text=st.text(max_size=60),
)
@settings(max_examples=200)
def test_no_line_whatever_it_holds_ends_a_run(tmp_path_factory, patient, told, text):
    file = tmp_path_factory.getbasetemp() / "lines.txt"
    good = json.dumps({"url": "https://z.example/"})
    file.write_text(f"{json.dumps(told)}\n{text}\n{good}\n", "utf-8", "replace")
    found = read_state(file)
    assert found[-1].seed.url == "https://z.example/"
    patient.learn(found, NOW)


@pytest.mark.parametrize(
    "line",
    [
        "[]", "5", '"https://a.example/1"', "null", "{}", "<<<<<<< HEAD", "=======", "{", "\0", "[" * 100_000,
        '{"url": "http://"}',
        '{"url": "ftp://a.example/"}',
        '{"url": "https://a.example/\\ud800"}',
        '{"url": 5}',
        '{"url": "https://a.example/1", "title": ["x"]}',
        '{"url": "https://a.example/1", "depth": 1e3}',
        '{"url": "https://a.example/1", "depth": true}',
        f'{{"url": "https://a.example/1", "depth": {10**30}}}',
        f'{{"url": "https://a.example/1", "next": "2026-11-23T12:00:00Z", "step": {-MAX_STEPS - 1}}}',
        '{"url": "https://a.example/1", "kind": "spider"}',
        '{"url": "https://a.example/1", "status": "gone"}',
        '{"url": "https://a.example/1", "status": "lost", "at": "2026-11-23T12:00:00Z"}',
        '{"url": "https://a.example/1", "status": "gone", "at": "2026-11-23T12:00:00"}',
        '{"url": "https://a.example/1", "next": "9999-12-31T23:59:59-23:00"}',
        '{"url": "https://a.example/1", "next": "soon"}',
        '{"url": "https://a.example/1", "aliases": "https://a.example/2"}',
        '{"url": "https://a.example/1", "aliases": ["no URL"]}',
        '{"url": "https://a.example/1", "site": "a.example", "blocks": "0123456789abcdeF"}',
        json.dumps({"url": URL, "site": "a.example", "blocks": " ".join(["0123456789abcdef"] * 401)}),
        json.dumps({"url": URL, "aliases": [f"https://a.example/{number}" for number in range(MAX_ALIASES + 1)]}),
        json.dumps({"url": "https://a.example/" + "x" * 9_000}),
    ],
)  # fmt: skip
def test_a_damaged_line_is_passed_over_and_warned_of_with_its_number(path, caplog, line):
    written(path, '{"url": "https://y.example/"}', line, '{"url": "https://z.example/"}')
    with caplog.at_level(logging.WARNING):
        assert [each.seed.url for each in read_state(path)] == ["https://y.example/", "https://z.example/"]
    (record,) = caplog.records
    assert record.getMessage().startswith(f"{path}:2: passed over: ")
    assert len(record.getMessage()) < 400
    assert record.getMessage().isprintable()


def test_many_damaged_lines_are_told_in_few(path, caplog):
    written(path, *["{"] * 1_000, '{"url": "https://z.example/"}')
    assert len(read_state(path)) == 1
    assert len(caplog.records) == MAX_WARNINGS + 1
    assert f"{1_000 - MAX_WARNINGS} more lines" in caplog.records[-1].getMessage()


def test_a_huge_line_is_one_damaged_line_and_hides_no_other_in_its_tail(path, caplog):
    hidden = '{"url": "https://hidden.example/"}'
    written(
        path, "x" * MAX_LINE_CHARACTERS + hidden + " " * MAX_LINE_CHARACTERS + hidden, '{"url": "https://z.example/"}'
    )
    assert [each.seed.url for each in read_state(path)] == ["https://z.example/"]
    assert len(caplog.records) == 1


def test_bytes_that_are_no_utf8_cost_no_other_line(path):
    path.write_bytes(b"\xff\xfe{\n" + b'{"url": "https://z.example/", "title": "\xff"}\n')
    assert [each.seed.title for each in read_state(path)] == ["\ufffd"]


def test_a_line_is_never_too_long_to_be_read_again(path):
    words = "\x01" * (MAX_WORDS + 1)
    long = Known(
        Seed(URL, URL, words, words, None, words, words), Kind.ARTICLE, words, 0, (Status.GONE, NOW), None, EARLIER,
        tuple(f"https://a.example/{number}{'x' * 7_900}" for number in range(MAX_ALIASES)),
    )  # fmt: skip
    write_state(path, [long])
    (found,) = read_state(path)
    assert found.seed.title == "\x01" * MAX_WORDS
    assert found.aliases == long.aliases


def test_of_two_lines_of_one_url_the_later_end_counts_wherever_it_stands(path):
    old, new = known(ended=(Status.GONE, NOW)), known(ended=(Status.ARCHIVED, later(60)))
    for lines in ((old, new), (new, old)):
        write_state(path, lines)
        assert read_state(path) == [new]


def test_of_two_lines_of_one_end_the_later_next_visit_counts(path):
    ended = (Status.UNCHANGED, NOW)
    soon, late = known(ended=ended, next_=Next(later(60), 1)), known(ended=ended, next_=Next(later(90), 2))
    for lines in ((soon, late), (late, soon)):
        write_state(path, lines)
        assert read_state(path) == [late]


def test_two_spellings_of_one_url_are_one(path):
    write_state(path, [known("https://a.example/1?utm_source=x"), known(URL, (Status.GONE, NOW))])
    assert [each.ended for each in read_state(path)] == [(Status.GONE, NOW)]


def test_a_file_that_is_not_there_tells_nothing(path):
    assert read_state(path) == []


def test_a_folder_in_its_place_is_told(path):
    path.mkdir()
    with pytest.raises(StorageError, match="cannot read"):
        read_state(path)
    with pytest.raises(StorageError, match="cannot write"):
        write_state(path, [FULL])
    assert [each.name for each in path.parent.iterdir()] == ["state.txt"]


def test_the_old_file_stays_where_the_new_one_cannot_be_written(path):
    write_state(path, [FULL])
    path.with_name(".state.txt.tmp").mkdir()
    with pytest.raises(StorageError):
        write_state(path, [])
    assert read_state(path) == [FULL]
