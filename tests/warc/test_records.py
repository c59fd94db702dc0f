from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.core.errors import WarcError
from crawler.warc.found import Damage, Record
from crawler.warc.framing import MAX_BLOCK_BYTES
from crawler.warc.named import MAX_FIELDS, MAX_HEAD_BYTES
from crawler.warc.records import records, warc_files
from crawler.warc.source import MAX_DAMAGES
from tests.warc.made import packed, told, warc
from tests.warc.samples import RESPONSE, closed, exchange, member, store

WARCINFO = "<urn:uuid:the-file>"


def read(folder, data: bytes, name: str = "a.warc.gz") -> list[Record | Damage]:
    path = folder / name
    path.write_bytes(data)
    return list(records(path))


FIVE = [warc(number, b"body %d " % number * 20) for number in range(5)]


def test_ours_come_back_as_they_were_written(tmp_path):
    captures, path = closed(
        tmp_path, exchange(), exchange(url="http://news.example.org/渡口", response=RESPONSE + b"!")
    )
    found = list(records(path))
    assert [each.type for each in found] == ["warcinfo", "request", "response", "request", "response"]
    for capture, record in zip(captures, found[2::2], strict=True):
        assert (record.offset, record.length, record.file) == (capture.offset, capture.length, capture.file)
        assert (record.id, record.url, record.date) == (capture.record_id, capture.url, capture.date)
        assert record.header("warc-block-digest") == capture.block_digest
        assert record.content_type == "application/http;msgtype=response"
        assert member(path, record.offset, record.length).endswith(record.block + b"\r\n\r\n")
    assert found[4].block == RESPONSE + b"!"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("end", [b"", b"\r\n", b"\n\n\r\n"])
def test_plain_records_have_their_own_places(tmp_path, name, end):
    data = b"".join(FIVE) + end
    found = read(tmp_path, data, "a.warc")
    assert told(found) == list("01234")
    for each in found:
        alone = next(ArchiveIterator(io.BytesIO(data[each.offset : each.offset + each.length]), no_record_parse=True))
        assert alone.raw_stream.read() == each.block
        assert data[each.offset : each.offset + each.length].endswith(b"\r\n\r\n" + each.block)


def test_one_member_may_hold_the_whole_file(tmp_path):
    data = packed(b"".join(FIVE))
    found = read(tmp_path, data)
    assert told(found) == list("01234")
    for each in found:
        content = zlib.decompressobj(31).decompress(data[each.offset : each.offset + each.length])
        assert each.block in content


def test_a_file_that_is_still_open_is_read_under_its_later_name(tmp_path):
    target = store(tmp_path)
    capture = target.append(exchange())
    (path,) = tmp_path.iterdir()
    assert [each.file for each in records(path)] == [capture.file] * 3
    target.close()


@pytest.mark.parametrize("version", ["0.9", "0.17", "0.18", "1.0", "1.1"])
def test_every_version_is_read(tmp_path, version):
    assert told(read(tmp_path, packed(FIVE[0].replace(b"WARC/1.0", f"WARC/{version}".encode())))) == ["0"]


@pytest.mark.parametrize("version", ["1.2", "2.0", "x"])
def test_another_version_is_told(tmp_path, version):
    (damage,) = read(tmp_path, packed(FIVE[0].replace(b"WARC/1.0", f"WARC/{version}".encode())))
    assert f"WARC/{version}" in damage.reason


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-11-12T01:02:03Z", datetime(2026, 11, 12, 1, 2, 3, tzinfo=UTC)),
        ("2026-11-12T01:02:03.000004567Z", datetime(2026, 11, 12, 1, 2, 3, 4, tzinfo=UTC)),
        ("2026-11-12T09:02:03+08:00", datetime(2026, 11, 12, 1, 2, 3, tzinfo=UTC)),
        ("2026-11-12T01:02:03", datetime(2026, 11, 12, 1, 2, 3, tzinfo=UTC)),
        ("20261112010203", datetime(2026, 11, 12, 1, 2, 3, tzinfo=UTC)),
        ("2026-11-12", datetime(2026, 11, 12, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:00", None),
        ("20269912010203", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_of_every_precision_are_utc(tmp_path, text, date):
    (record,) = read(tmp_path, packed(warc(0, WARC_Date=text)))
    assert record.date == date
    assert date is None or record.date.utcoffset().total_seconds() == 0


def test_what_is_missing_is_empty(tmp_path):
    fields = dict.fromkeys(["WARC_Type", "WARC_Record_ID", "WARC_Target_URI", "Content_Type"])
    (record,) = read(tmp_path, packed(warc(0, **fields)))
    assert (record.type, record.id, record.url, record.content_type) == ("", "", None, "")


def test_odd_spelling_is_read(tmp_path):
    head = b"WARC/1.0 \nwarc-TYPE:Response\r\nWARC-Target-URI: <http://a.example/x>\r\nno colon\r\nX: a\r\n b\r\nX: c\nContent-Length:4\n\n"
    (record,) = read(tmp_path, head + b"body", "a.warc")
    assert (record.type, record.url, record.block) == ("response", "http://a.example/x", b"body")
    assert [value for name, value in record.headers if name == "X"] == ["a b", "c"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Content_Length": None}, "no single number in Content-Length"),
        ({"Content_Length": "-1"}, "no single number in Content-Length"),
        ({"Content_Length": "1" * 30}, "no single number in Content-Length"),
        ({"Content_Length": "4\r\nContent-Length: 5"}, "no single number in Content-Length"),
        ({"Content_Length": "3"}, "Content-Length 3 is wrong, or something that is no record follows"),
        ({"Content_Length": "900"}, "cut short: 8 of the block's 900 bytes are there"),
        ({"X": "y" * MAX_HEAD_BYTES}, "no WARC record begins here: b'WARC/1.0"),
        ({"X": "y\r\nX: y" * MAX_FIELDS}, f"a record head of more than {MAX_FIELDS} lines"),
    ],
)
def test_a_misframed_member_is_told_and_the_next_ones_come(tmp_path, change, reason):
    (first, damage, *others) = read(tmp_path, packed(FIVE[0], warc("odd", **change), *FIVE[1:]))
    assert damage.reason.startswith(reason)
    assert damage.offset == len(packed(FIVE[0]))
    assert damage.file == "a.warc.gz"
    assert damage.record_id == (None if "head" in reason or "begins" in reason else "urn:uuid:odd")
    assert told([first, *others]) == list("01234")


def test_in_plain_bytes_a_record_that_swallowed_others_does_not_keep_them(tmp_path):
    for length in ("3", "9", "1000", "99999", "none"):
        found = read(tmp_path, FIVE[0] + warc("odd", Content_Length=length) + b"".join(FIVE[1:]), "a.warc")
        assert [type(each) for each in found] == [Record, Damage] + [Record] * 4
        assert told(found)[2:] == list("1234")


def test_rubbish_behind_a_record_does_not_spoil_it(tmp_path):
    first, damage, last = read(tmp_path, FIVE[0] + b"rubbish\r\n" + FIVE[1], "a.warc")
    assert told([first, last]) == ["0", "1"]
    assert (damage.offset, damage.record_id) == (len(FIVE[0]), None)


def test_a_head_that_breaks_off_takes_nothing_from_the_next(tmp_path):
    for name in ("a.warc", "a.warc.gz"):
        torn = FIVE[0][:60] + b"\r\n" + FIVE[1] + FIVE[2]
        damage, *others = read(tmp_path, torn if name == "a.warc" else packed(torn), name)
        assert damage.reason == "cut short: another record begins within the head"
        assert told(others) == (["1", "2"] if name == "a.warc" else ["2"])


def test_a_torn_tail_names_its_record_and_where_it_begins(tmp_path):
    whole = packed(*FIVE)
    last = len(packed(*FIVE[:4]))
    found = read(tmp_path, whole[:-9])
    assert told(found) == [*"0123", f"{last}: cut short: the file ends within a gzip member"]
    assert found[4].record_id == "urn:uuid:4"
    assert read(tmp_path, whole[: last + 12])[4].record_id is None


def test_a_torn_plain_tail_is_told(tmp_path):
    whole = b"".join(FIVE)
    (*others, damage) = read(tmp_path, whole[:-30], "a.warc")
    assert told(others) == list("0123")
    assert (damage.offset, damage.record_id) == (len(whole) - len(FIVE[4]), "urn:uuid:4")
    assert damage.reason == "cut short: 114 of the block's 140 bytes are there"


def test_a_wrong_checksum_is_damage_though_every_byte_came(tmp_path):
    data = bytearray(packed(*FIVE))
    data[len(packed(*FIVE[:3])) - 8] ^= 1
    found = read(tmp_path, bytes(data))
    assert told([*found[:2], *found[3:]]) == list("0134")
    assert (found[2].reason, found[2].record_id) == ("the gzip checksum is wrong", "urn:uuid:2")


def test_rubbish_between_members_is_told_and_the_next_come(tmp_path):
    start = len(packed(*FIVE[:2]))
    found = read(tmp_path, packed(*FIVE[:2]) + b"\0" * 70_000 + b"\x1f\x8b\x08\x00" + packed(*FIVE[2:]))
    assert told(found) == ["0", "1", f"{start}: no gzip member begins here", "2", "3", "4"]


def records_in_a_page(info: str | None) -> bytes:
    """A member that a server can put there: a page that is a WARC file itself, which gzip keeps as it is."""
    forged = packed(warc("forged", WARC_Warcinfo_ID=info))
    return gzip.compress(warc("page", forged, WARC_Warcinfo_ID=WARCINFO), 0)


@pytest.mark.parametrize("info", [None, "<urn:uuid:guessed>"])
def test_after_damage_no_page_can_pass_for_a_record(tmp_path, info):
    ours = [warc(number, WARC_Warcinfo_ID=WARCINFO) for number in range(3)]
    data = packed(*ours[:2]) + records_in_a_page(info)
    assert told(read(tmp_path, data + packed(ours[2]))) == ["0", "1", "page", "2"]
    damaged = data[:-6] + b"!!!!!!" + packed(ours[2])
    found = read(tmp_path, damaged)
    assert [each for each in told(found) if ":" not in each] == ["0", "1", "2"]
    assert any("of another warcinfo" in each for each in told(found))


def test_in_plain_bytes_no_page_can_pass_for_a_record_either(tmp_path):
    ours = [warc(number, WARC_Warcinfo_ID=WARCINFO) for number in range(2)]
    block = b"x\r\n\r\n" + warc("forged")
    page = warc("page", block, Content_Length="9999", WARC_Warcinfo_ID=WARCINFO)
    found = read(tmp_path, ours[0] + page + ours[1], "a.warc")
    assert [each for each in told(found) if ":" not in each] == ["0", "1"]


def test_a_block_that_is_too_large_is_passed_over_unloaded(tmp_path):
    large = warc("large", bytes(MAX_BLOCK_BYTES + 1))
    tracemalloc.start()
    for name, data in (("a.warc.gz", packed(FIVE[0], large, FIVE[1])), ("b.warc", FIVE[0] + large + FIVE[1])):
        (tmp_path / name).write_bytes(data)
    del large, data
    tracemalloc.reset_peak()
    before_bytes = tracemalloc.get_traced_memory()[0]
    for name in ("a.warc.gz", "b.warc"):
        first, damage, last = records(tmp_path / name)
        assert told([first, last]) == ["0", "1"]
        assert damage.record_id == "urn:uuid:large"
        assert damage.reason.startswith(f"passed over: a block of {MAX_BLOCK_BYTES + 1} bytes")
    assert tracemalloc.get_traced_memory()[1] - before_bytes < 4_000_000
    tracemalloc.stop()


def zeros(size: int) -> bytes:
    """Raw deflate of that many zeros, a multiple of 16 MiB, without the end: made by repetition, not by work."""
    step = 16 * 1024 * 1024
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(bytes(step)) + packer.flush(zlib.Z_FULL_FLUSH)) * (size // step)


def bomb(size: int) -> bytes:
    head = warc("bomb", Content_Length=str(size)).removesuffix(b"body\r\n\r\n")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH) + zeros(size) + b"\x03\0" + bytes(8)


def test_a_bomb_ends_the_reading_in_bounded_time(tmp_path):
    started = time.perf_counter()
    found = read(tmp_path, packed(FIVE[0]) + bomb(512 * 1024**2) * 4)
    assert time.perf_counter() - started < 20
    assert told(found[:1]) == ["0"]
    assert all(isinstance(bad, Damage) for bad in found[1:])


def test_a_servers_zeros_in_a_file_of_ours_do_not_end_its_reading(tmp_path):
    """Ten bodies of 20 MiB shrink a thousand times; what was archived behind them must still be found."""
    zeros = RESPONSE.partition(b"\r\n\r\n")[0].replace(b"4", b"20971520") + b"\r\n\r\n" + bytes(20 * 1024**2)
    _, path = closed(tmp_path, *[exchange(response=zeros)] * 10, exchange())
    found = list(records(path))
    assert not [bad for bad in found if isinstance(bad, Damage)]
    assert found[-1].block == RESPONSE


def test_endless_damage_ends_the_reading(tmp_path):
    found = read(tmp_path, FIVE[0] + b"WARC/x\r\n" * 30_000, "a.warc")
    assert told(found)[0] == "0"
    assert len(found) <= MAX_DAMAGES + 2
    assert "the rest is not read" in found[-1].reason


def test_memory_is_flat_over_a_long_file(tmp_path):
    path = tmp_path / "a.warc.gz"
    piece = packed(*(warc(number, b"%07d" % number * 3000) for number in range(50)))
    with path.open("wb") as file:
        for _ in range(40):
            file.write(piece)
    tracemalloc.start()
    assert sum(len(each.block) for each in records(path)) == 40 * 50 * 21_000
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 2_000_000


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_arc_is_refused_by_its_name(tmp_path, pack):
    with pytest.raises(WarcError, match=r"a\.warc\.gz is an ARC file.*warcio recompress"):
        read(tmp_path, pack(b"filedesc://a.arc 0.0.0.0 20260101000000 text/plain 76\n1 0 x\n"))


@pytest.mark.parametrize("magic", [b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"])
def test_zstd_is_refused_by_its_name(tmp_path, magic):
    with pytest.raises(WarcError, match=r"zstd -d a\.warc"):
        read(tmp_path, magic + b"rest", "a.warc.zst")


def test_what_is_no_file_says_what_to_name(tmp_path):
    for path in (tmp_path / "none.warc", tmp_path):
        with pytest.raises(WarcError, match=f"{path}.*name a WARC or WACZ file"):
            list(records(path))


def test_what_is_no_warc_is_damage(tmp_path):
    assert told(read(tmp_path, b"<html>", "a.html")) == ["0: no WARC record begins here: b'<html>'"]
    assert told(read(tmp_path, b"")) == ["0: the file is empty; delete it, or get it again"]
    assert read(tmp_path, b"", "a.warc.gz.open") == []
    assert told(read(tmp_path, gzip.compress(b"<html>"))) == ["0: no WARC record begins here: b'<html>'"]


def test_the_files_of_folders_come_by_name_and_files_as_they_are_named(tmp_path):
    for name in ("b.warc.gz", "a.warc.gz.open", "c.wacz", "d.warc", "manifest-sha256.txt", "e.txt"):
        (tmp_path / name).touch()
    (tmp_path / "f.warc").mkdir()
    lone = tmp_path / "none"
    assert warc_files(lone, tmp_path) == [
        lone,
        *(tmp_path / name for name in ("a.warc.gz.open", "b.warc.gz", "c.wacz", "d.warc")),
    ]


def test_records_come_fast(tmp_path, capsys):
    page = b"HTTP/1.1 200 OK\r\n\r\n" + "<p>渡口的灯亮了。</p>".encode() * 300
    _, path = closed(tmp_path, *[exchange(response=page)] * 1000)
    started = time.perf_counter()
    count = sum(isinstance(each, Record) for each in records(path))
    took_s = time.perf_counter() - started
    with capsys.disabled():
        print(f" [{count / took_s:,.0f} records/s]", end="")  # noqa: T201 - the figure is what the test is for
    assert count == 2001
    assert took_s < 4
