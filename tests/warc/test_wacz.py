from __future__ import annotations

import contextlib
import io
import json
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.errors import WarcError
from crawler.core.model import Page
from crawler.warc.found import Damage, Record
from crawler.warc.pages import read_pages
from crawler.warc.records import records
from crawler.warc.wacz import MAX_DIRECTORY_BYTES
from tests.warc.made import packed, told, warc

HTML = "<!doctype html><p>渡口的灯亮了。</p>".encode()
HTTP = {"WARC_Type": "response", "Content_Type": "application/http; msgtype=response"}
INNER = packed(*(warc(number, b"body %d" % number * 50) for number in range(3)))


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in entries:
            package.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def read(folder, data: bytes, name: str = "a.wacz") -> list[Record | Damage]:
    (folder / name).write_bytes(data)
    return list(records(folder / name))


def browsertrix() -> bytes:
    """As Browsertrix lays one out: pages, indexes and logs beside the WARC files, everything stored."""
    block = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nx-orig-transfer-encoding: chunked\r\n\r\n" + HTML
    page = warc("page", block, **HTTP, WARC_Page_ID="9a1f", WARC_JSON_Metadata='{"ipType":"Public"}')
    drawn = warc("drawn", HTML, WARC_Target_URI="http://a.example/drawn", Content_Type="text/html")
    text = warc("text", b"words", WARC_Target_URI="urn:text:http://a.example/", Content_Type="text/plain")
    resources = [{"name": "data.warc.gz", "path": "archive/data.warc.gz", "bytes": 1}]
    return zipped(
        ("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n'),
        ("archive/rec-1.warc.gz", packed(page, text)),
        ("archive/rec-2.warc", drawn),
        ("indexes/index.cdx.gz", packed(b"a,example)/ 2026 {}")),
        ("logs/crawl.log", b"{}"),
        (
            "datapackage.json",
            json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode(),
        ),
        ("datapackage-digest.json", b"{}"),
    )


def test_the_pages_of_a_browsertrix_package_are_read(tmp_path):
    (tmp_path / "crawl.wacz").write_bytes(browsertrix())
    page, drawn = read_pages([tmp_path / "crawl.wacz"])
    assert isinstance(page, Page)
    assert (page.body, page.capture.file) == (HTML, "crawl.wacz/rec-1.warc.gz")
    assert (drawn.body, drawn.url, drawn.capture.file) == (HTML, "http://a.example/drawn", "crawl.wacz/rec-2.warc")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("name", ["archive/a.warc.gz", "archive/deep/er/a.WARC.GZ"])
def test_records_come_from_stored_and_deflated_entries_alike(tmp_path, method, name):
    found = read(tmp_path, zipped((name, INNER), method=method))
    assert told(found) == list("012")
    for each in found:
        assert (
            zlib.decompressobj(31)
            .decompress(INNER[each.offset : each.offset + each.length])
            .endswith(each.block + b"\r\n\r\n")
        )


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_damage_in_an_entry_is_told_and_what_follows_comes(tmp_path, method):
    inner = packed(warc(0)) + b"rubbish" + packed(warc(1)) + packed(warc(2))[:-4]
    found = read(tmp_path, zipped(("archive/a.warc.gz", inner), ("archive/b.warc.gz", INNER), method=method))
    assert [each.id[-1] if isinstance(each, Record) else each.reason for each in found] == [
        "0",
        "no gzip member begins here",
        "1",
        "cut short: the file ends within a gzip member",
        *"012",
    ]
    assert found[3].file == "a.wacz/a.warc.gz"


def test_names_of_entries_lead_nowhere_and_spoil_no_message(tmp_path):
    found = read(
        tmp_path,
        zipped(("archive/../../etc/x\r\n\x1b[31m\u202e.warc.gz", INNER), ("archive/" + "x" * 999 + ".warc", INNER)),
    )
    assert {each.file for each in found} == {"a.wacz/x___[31m_.warc.gz", "a.wacz/" + "x" * 200}
    assert not (tmp_path.parent.parent / "etc").exists()


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (("archive/inner.wacz", b""), "no WARC file: not read; unpack a WACZ that lies within another"),
        (("other.wacz", b""), "no WARC file: not read; unpack a WACZ that lies within another"),
        (("archive/notes.txt", b""), "no WARC file: not read; unpack a WACZ that lies within another"),
        (("archive/a.warc", b"filedesc://a"), "a.wacz/a.warc is an ARC file"),
        (("archive/a.warc.gz", b"\x28\xb5\x2f\xfd"), "is compressed with zstd"),
    ],
)
def test_an_entry_that_is_not_read_is_told_and_the_next_comes(tmp_path, entry, reason):
    damage, *others = read(tmp_path, zipped(entry, ("archive/b.warc.gz", INNER)))
    assert reason in damage.reason
    assert damage.file == "a.wacz/" + entry[0].rpartition("/")[2]
    assert told(others) == list("012")


def test_other_zip_methods_and_encryption_are_told(tmp_path):
    (damage,) = read(tmp_path, zipped(("archive/a.warc.gz", INNER), method=zipfile.ZIP_LZMA))
    assert damage.reason == "packed by zip method 14: not read; stored and deflated are"
    locked = bytearray(zipped(("archive/a.warc.gz", INNER)))
    locked[locked.index(b"PK\1\2") + 8] |= 1
    (damage,) = read(tmp_path, bytes(locked))
    assert damage.reason == "encrypted: not read"


def test_a_directory_that_points_at_nothing_is_told(tmp_path):
    data = bytearray(zipped(("archive/a.warc.gz", INNER), ("archive/b.warc.gz", INNER)))
    struct.pack_into("<L", data, data.index(b"PK\1\2") + 42, 5)
    damage, *others = read(tmp_path, bytes(data))
    assert damage.reason == "the zip's directory points at nothing"
    assert told(others) == list("012")


@pytest.mark.parametrize("data", [b"PK\3\4", b"PK\3\4" + b"x" * 1000, zipped(("other.txt", b"")) + b"x" * 70_000])
def test_what_is_no_package_is_refused(tmp_path, data):
    with pytest.raises(WarcError, match=r"a\.wacz is no WACZ"):
        read(tmp_path, data)


def test_a_zip_without_warc_files_is_refused(tmp_path):
    with pytest.raises(WarcError, match="a zip without WARC files under archive/"):
        read(tmp_path, zipped(("a.warc.gz", INNER), ("archive/", b"")))


def test_a_directory_of_a_million_entries_is_refused_before_it_fills_the_memory(tmp_path):
    entry = zipped(("x", b""))
    start = entry.index(b"PK\1\2")
    directory = entry[start : entry.index(b"PK\5\6")] * (MAX_DIRECTORY_BYTES // 47 + 1)
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 65535, 65535, len(directory), start, 0)
    tracemalloc.start()
    with pytest.raises(WarcError, match="its directory is larger than"):
        read(tmp_path, entry[:start] + directory + end)
    assert tracemalloc.get_traced_memory()[1] < 3 * MAX_DIRECTORY_BYTES
    tracemalloc.stop()


def test_a_deflated_bomb_ends_in_bounded_time_and_memory(tmp_path):
    bomb = zipped(("archive/a.warc", warc(0) + bytes(180_000_000)), method=zipfile.ZIP_DEFLATED)
    (tmp_path / "a.wacz").write_bytes(bomb)
    started = time.perf_counter()
    found = list(records(tmp_path / "a.wacz"))
    assert time.perf_counter() - started < 20
    assert "a bomb" in found[-1].reason


def test_steps_back_in_a_deflated_entry_are_paid_for(tmp_path):
    lures = b"\nWARC/x\r\n" + b"x" * 300_000
    found = read(tmp_path, zipped(("archive/a.warc", lures * 200), method=zipfile.ZIP_DEFLATED))
    assert "a bomb" in found[-1].reason


@settings(max_examples=200)
@given(st.data())
def test_no_damaged_package_raises_anything_but_warc_errors(tmp_path_factory, data):
    method = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    whole = bytearray(zipped(("archive/a.warc.gz", INNER), ("pages/pages.jsonl", b"{}"), method=method))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1) | st.integers(len(whole) - 200, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.wacz"
    path.write_bytes(whole[: data.draw(st.just(len(whole)) | st.integers(4, len(whole)))])
    with contextlib.suppress(WarcError):
        assert all(isinstance(each, Record | Damage) for each in records(path))
