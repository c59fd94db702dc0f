"""Whatever happens to a file's bytes: nothing raises, and every record that they still hold whole comes."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.warc.check import check
from crawler.warc.found import Damage, Record
from crawler.warc.pages import read_pages, read_readings
from crawler.warc.records import records
from tests.warc.samples import RESPONSE, closed, exchange

OTHER_FORMATS = (
    b"PK\3\4",
    b"\x28\xb5\x2f\xfd",
    b"\x5d\x2a\x4d\x18",
    b"filedesc:",
)  # hypothesis knows them from our code
BLOCKS = [
    RESPONSE * 3,
    bytes(range(256)) * 5,
    b"",
    b"HTTP/1.1 200 OK\r\n\r\n" + gzip.compress(b"WARC/1.1\r\n" * 9),
    RESPONSE,
]


def whole() -> tuple[bytes, list[Record]]:
    with tempfile.TemporaryDirectory() as folder:
        _, path = closed(Path(folder), *[exchange(response=block) for block in BLOCKS])
        return path.read_bytes(), list(records(path))


MEMBERS, RECORDS = whole()
PLAIN = gzip.decompress(MEMBERS)
ONE_MEMBER = gzip.compress(PLAIN, mtime=0)


@st.composite
def damages(draw, size: int) -> tuple[int, int, bytes]:
    """Some bytes at a place become others, more or fewer."""
    start = draw(st.integers(0, size - 1))
    stop = draw(st.just(start + 1) | st.integers(start, size) | st.just(size))
    return start, stop, draw(st.binary(max_size=12) | st.binary(min_size=1, max_size=1))


def found_in(folder, data: bytes, name: str) -> list[Record | Damage]:
    assume(not data.startswith(OTHER_FORMATS))
    path = folder / name
    path.write_bytes(data)
    for read in (read_pages, read_readings):
        list(read([path]))
    list(check(path))
    return list(records(path))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


@settings(max_examples=400)
@given(damages(len(MEMBERS)))
def test_every_member_that_is_untouched_comes(folder, damage):
    start, stop, new = damage
    found = found_in(folder, MEMBERS[:start] + new + MEMBERS[stop:], "a.warc.gz")
    untouched = [each for each in RECORDS if each.offset + each.length <= start or each.offset >= stop]
    kept = {each.id: each.block for each in found if isinstance(each, Record)}
    assert {each.id: each.block for each in untouched}.items() <= kept.items()
    assert kept.items() <= {each.id: each.block for each in RECORDS}.items()


@settings(max_examples=300)
@given(damages(len(PLAIN)))
def test_no_plain_record_before_or_behind_the_damage_is_lost_in_silence(folder, damage):
    start, stop, new = damage
    found = found_in(folder, PLAIN[:start] + new + PLAIN[stop:], "a.warc")
    places = [PLAIN.index(f"WARC-Record-ID: <{each.id}>".encode()) for each in RECORDS]
    begins = [PLAIN.rindex(b"WARC/1.1\r\n", 0, place) for place in places]
    ends = [*begins[1:], len(PLAIN)]
    # A record's line begins behind a newline, which has to be there still.
    untouched = [
        each.id for each, begin, end in zip(RECORDS, begins, ends, strict=True) if end <= start or begin > stop
    ]
    lost = set(untouched) - {each.id for each in found if isinstance(each, Record)}
    # By chance a record can end where others that it swallowed do: plain bytes have no checksum, but it has a digest.
    assert not lost or any("block digest is wrong" in each.reason for each in check(folder / "a.warc"))


@settings(max_examples=150)
@given(damages(len(ONE_MEMBER)))
def test_a_file_of_one_member_never_raises(folder, damage):
    start, stop, new = damage
    found = found_in(folder, ONE_MEMBER[:start] + new + ONE_MEMBER[stop:], "a.warc.gz")
    assert all(isinstance(each, Record | Damage) for each in found)


def test_a_file_cut_anywhere_gives_its_whole_records_and_says_what_is_torn(folder):
    path = folder / "a.warc.gz.open"
    for size in sorted({*range(0, len(MEMBERS), 3), *(each.offset for each in RECORDS)}):
        path.write_bytes(MEMBERS[:size])
        found = list(records(path))
        kept = [each for each in RECORDS if each.offset + each.length <= size]
        assert [each.id for each in found if isinstance(each, Record)] == [each.id for each in kept]
        ends = {0, *(each.offset + each.length for each in RECORDS)}
        assert sum(isinstance(each, Damage) for each in found) == (size not in ends)


@settings(max_examples=200)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.warc", "a.warc.gz", "x"]),
    st.sampled_from([b"", b"WARC/1.1\r\n", b"\x1f\x8b\x08\0", b"WARC/1.0\r\nContent-Length: 9"]),
)
def test_bytes_from_nowhere_never_raise(folder, data, name, start):
    assert all(isinstance(each, Record | Damage) for each in found_in(folder, start + data, name))
