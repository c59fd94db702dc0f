from __future__ import annotations

import base64
import gzip
import hashlib
import zlib

import pytest

from crawler.core.errors import WarcError
from crawler.core.model import Ending
from crawler.warc.check import check, check_manifest
from crawler.warc.manifest import MANIFEST
from crawler.warc.proof import is_of
from crawler.warc.reading import CONTENT_TYPE
from tests.warc.made import packed, warc
from tests.warc.samples import closed, exchange

CHUNKS = b"4\r\nbody\r\n0\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
HTTP = {"WARC_Type": "response", "Content_Type": "application/http; msgtype=response"}


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def faults(folder, *parts: bytes) -> list[str]:
    path = folder / "a.warc.gz"
    path.write_bytes(packed(*parts))
    return [each.reason for each in check(path)]


def test_what_we_write_is_sound(tmp_path):
    failed = exchange(response=b"", ending=Ending.FAILED, reason="refused")
    others = [exchange(response=block) for block in (HEAD + CHUNKS, b"\xff\0", b"HTTP/1.1 304 Not Modified\r\n\r\n")]
    _, path = closed(tmp_path, exchange(), failed, exchange(ending=Ending.TIME), *others)
    assert list(check(path)) == []
    assert list(check_manifest(tmp_path)) == []


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha384", "sha512", "SHA-256"])
def test_a_digest_holds_in_every_spelling_and_only_for_its_data(algorithm):
    digest = hashlib.new(algorithm.replace("-", "").lower(), b"data").digest()
    base32, base64_ = base64.b32encode(digest).decode(), base64.b64encode(digest).decode()
    spellings = (base32, base32.rstrip("="), base32.lower(), digest.hex(), digest.hex().upper(), base64_)
    for value in (*spellings, base64.urlsafe_b64encode(digest).decode().rstrip("=")):
        assert is_of(f"{algorithm}:{value}", b"data") is True
        assert is_of(f"{algorithm}:{value}", b"date") is False
    assert is_of(f"{algorithm}:", b"data") is False


@pytest.mark.parametrize("digest", ["", "AAAA", "blake3:AAAA", ":"])
def test_of_an_unknown_digest_nothing_is_said(digest):
    assert is_of(digest, b"data") is None


@pytest.mark.parametrize("payload", [b"body", CHUNKS])
def test_a_chunked_payload_may_be_hashed_with_its_chunks_or_without(tmp_path, payload):
    assert faults(tmp_path, warc(1, HEAD + CHUNKS, **HTTP, WARC_Payload_Digest=sha1(payload))) == []


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        (b"block", {"WARC_Payload_Digest": sha1(b"block")}),
        (b"POST / HTTP/1.1\r\n\r\nsent", HTTP | {"WARC_Type": "request", "WARC_Payload_Digest": sha1(b"sent")}),
        (HEAD, HTTP | {"WARC_Type": "revisit", "WARC_Payload_Digest": sha1(b"of the original")}),
        (b"part", {"WARC_Payload_Digest": sha1(b"of all parts"), "WARC_Segment_Number": "1"}),
        (b"", {"WARC_Type": "warcinfo", "WARC_Target_URI": None}),
    ],
)
def test_these_records_of_others_are_sound(tmp_path, block, fields):
    assert faults(tmp_path, warc(1, block, **fields)) == []


@pytest.mark.parametrize(
    ("block", "fields", "fault"),
    [
        (b"block", {"WARC_Block_Digest": sha1(b"blocks")}, "the block digest is wrong"),
        (b"block", {"WARC_Payload_Digest": sha1(b"blocks")}, "the payload digest is wrong"),
        (HEAD + CHUNKS, HTTP | {"WARC_Payload_Digest": sha1(HEAD + CHUNKS)}, "the payload digest is wrong"),
        (HEAD, HTTP | {"WARC_Type": "revisit", "WARC_Block_Digest": sha1(b"x")}, "the block digest is wrong"),
        (b"", {"WARC_Block_Digest": "crc32:AA"}, "the algorithm of the block digest is not known"),
        (b"", {"WARC_Type": None}, "WARC-Type is missing"),
        (b"", {"WARC_Record_ID": None}, "WARC-Record-ID is missing"),
        (b"", {"WARC_Date": "?"}, "WARC-Date is missing or no time"),
        (b"", {"WARC_Target_URI": None}, "WARC-Target-URI is missing"),
        (b"{", {"WARC_Type": "metadata", "Content_Type": CONTENT_TYPE}, "a reading record that is no JSON"),
    ],
)
def test_every_fault_of_a_record_is_told(tmp_path, block, fields, fault):
    (found,) = faults(tmp_path, warc(1, block, **fields))
    assert found.startswith(fault)


def test_a_fault_names_its_record_and_place(tmp_path):
    path, first = tmp_path / "a.warc.gz", packed(warc(1))
    path.write_bytes(first + packed(warc(2, WARC_Block_Digest="sha1:A")))
    (damage,) = check(path)
    assert (damage.file, damage.offset, damage.record_id) == ("a.warc.gz", len(first), "urn:uuid:2")


def test_a_record_id_that_occurs_twice_is_told_and_missing_ones_are_not_the_same(tmp_path):
    assert faults(tmp_path, warc(1), warc(2), warc(1)) == ["another record of the file has the same WARC-Record-ID"]
    assert set(faults(tmp_path, *[warc(1, WARC_Record_ID=None)] * 2)) == {"WARC-Record-ID is missing"}


def test_damage_in_the_file_is_told_and_the_rest_is_checked(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(warc(1)) + b"rubbish" + packed(warc(2, WARC_Block_Digest="sha1:A")) + packed(warc(3))[:-3])
    assert [each.record_id for each in check(path)] == [None, "urn:uuid:2", "urn:uuid:3"]


def test_every_changed_byte_of_our_file_is_noticed(tmp_path):
    _, path = closed(tmp_path, exchange())
    whole = path.read_bytes()
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 0x40
        path.write_bytes(changed)
        assert any(check_manifest(tmp_path)), at
        assert any(check(path)) or is_idle(changed, whole), at


def is_idle(changed: bytes, whole: bytes) -> bool:
    """Nothing but the manifest knows of gzip's time and system, and of the bits that fill its last byte."""
    try:
        return gzip.decompress(changed) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return False


def test_the_manifest_tells_of_each_file_what_is_wrong(tmp_path):
    names = {}
    for name in ("a", "b", "c"):
        _, path = closed(tmp_path / name, exchange(url=f"http://a.example/{name}"))
        names[name] = path.rename(tmp_path / f"{name}.warc.gz").name
    digests = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in names.values()}
    lines = [
        f"{digests['a.warc.gz']}  a.warc.gz",
        f"{digests['a.warc.gz']}  b.warc.gz",
        "torn",
        f"{'0' * 64} *d.warc.gz",
        f"{'0' * 64}  ../x.warc.gz",
    ]
    (tmp_path / MANIFEST).write_text("\n".join(lines) + "\n")
    (tmp_path / "e.warc.gz.open").touch()
    found = {(each.file, each.offset): each.reason for each in check_manifest(tmp_path)}
    assert found == {
        ("b.warc.gz", 76): f"it is not the file that {MANIFEST} lists: its sha256 is {digests['b.warc.gz']}",
        (MANIFEST, 152): "a line that is none of sha256sum: 'torn'",
        ("d.warc.gz", 157): f"{MANIFEST} lists it, and it is not there",
        (MANIFEST, 233): f"a line that is none of sha256sum: {lines[4]!r}",
        ("c.warc.gz", 0): f"{MANIFEST} does not list it",
    }


def test_without_a_manifest_every_file_is_unlisted(tmp_path):
    assert list(check_manifest(tmp_path)) == []
    (tmp_path / "a.warc.gz").touch()
    assert [each.reason for each in check_manifest(tmp_path)] == [f"{MANIFEST} does not list it"]


def test_a_manifest_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(WarcError, match=f"cannot read .*{MANIFEST}"):
        list(check_manifest(tmp_path))
