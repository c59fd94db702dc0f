from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.errors import StorageError, WarcError
from crawler.core.model import Article, Reading, Seed, Status
from crawler.warc.reading import MAX_BYTES, from_json, to_json
from tests.warc.samples import AT, by_fastwarc, by_warcio, exchange, run, store

READING = Reading(
    seed=Seed(
        "http://news.example.org/a?b", "http://news.example.org/a?b=", "_posts/a.md", "标题 “a”", AT, None, "示例"
    ),
    page_url="https://news.example.org/a",
    page_record_id="urn:uuid:00000000-0000-4000-8000-000000000000",
    fetched=datetime(2026, 11, 12, tzinfo=UTC),
    settings=(("posts_dir", "_posts"),),
    versions=(("permapress", "0.1.0"), ("trafilatura", "2.3.1")),
    hints=("a",),
    post="2026-11-12-标题.md",
    post_sha256="0" * 64,
    status=Status.UPDATED,
    reason="changed",
)
GOLDEN = """{
 "profile": "permapress-reading/1",
 "seed": {
  "url": "http://news.example.org/a?b",
  "key": "http://news.example.org/a?b=",
  "via": "_posts/a.md",
  "title": "标题 “a”",
  "date": "2026-11-12T01:02:03.000040Z",
  "author": null,
  "label": "示例"
 },
 "page_url": "https://news.example.org/a",
 "page_record_id": "urn:uuid:00000000-0000-4000-8000-000000000000",
 "fetched": "2026-11-12T00:00:00.000000Z",
 "settings": [
  [
   "posts_dir",
   "_posts"
  ]
 ],
 "versions": [
  [
   "permapress",
   "0.1.0"
  ],
  [
   "trafilatura",
   "2.3.1"
  ]
 ],
 "hints": [
  "a"
 ],
 "post": "2026-11-12-标题.md",
 "post_sha256": "0000000000000000000000000000000000000000000000000000000000000000",
 "status": "updated",
 "reason": "changed"
}
"""

text = st.text(max_size=30)
pairs = st.lists(st.tuples(text, text), max_size=3).map(tuple)
times = st.datetimes(timezones=st.just(UTC))
seeds = st.builds(
    Seed, text, text, st.none() | text, st.none() | text, st.none() | times, st.none() | text, st.none() | text
)
readings = st.builds(
    Reading,
    seed=seeds,
    page_url=text,
    page_record_id=st.uuids().map("urn:uuid:{}".format),
    fetched=times,
    settings=pairs,
    versions=pairs,
    hints=st.lists(text, max_size=3).map(tuple),
    post=st.none() | st.just("2026-11-12-ä 新.md"),
    post_sha256=st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
    status=st.sampled_from(Status),
    reason=text,
)


def test_a_reading_is_these_bytes():
    assert to_json(READING).decode() == GOLDEN


@given(readings)
def test_every_reading_comes_back(reading):
    assert from_json(to_json(reading)) == reading


def test_a_lone_surrogate_comes_back():
    broken = replace(READING, reason="\ud800 alone")
    assert from_json(to_json(broken)) == broken


def changed(**changes):
    content = json.loads(GOLDEN)
    for path, value in changes.items():
        *parents, name = path.split("__")
        target = content
        for parent in parents:
            target = target[parent]
        if value is ...:
            del target[name]
        else:
            target[name] = value
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (b"", "no JSON"),
        (b"\xff{}", "no JSON"),
        (b"[" * 1_000_000, "no JSON"),
        (b"1" * 10_000, "no JSON"),
        (b"[]", "the record is no object"),
        (b"{}", "profile 'None'"),
        (changed(profile="permapress-reading/2"), "profile 'permapress-reading/2'"),
        (changed(profile=["x" * 5_000]), r"profile .{82}; this version"),
        (changed(hints=...), "missing or unknown: 'hints'"),
        (changed(extra=1), "missing or unknown: 'extra'"),
        (changed(seed=[]), "seed is no object"),
        (changed(seed__url=...), "missing or unknown: 'url'"),
        (changed(seed__more=""), "missing or unknown: 'more'"),
        (changed(seed__url=None), "url is no text"),
        (changed(seed__title=["x"]), "title is no text"),
        (changed(seed__date="2026-11-12"), "date is no time in UTC"),
        (changed(fetched="2026-11-12T00:00:00+01:00"), "fetched is no time in UTC"),
        (changed(fetched="noon"), "fetched is no time"),
        (changed(fetched=None), "fetched is no text"),
        (changed(page_record_id="urn:uuid:1>\r\nX: y"), "page_record_id is not of its form"),
        (changed(page_record_id=""), "page_record_id is not of its form"),
        (changed(settings={}), "settings is no list of pairs"),
        (changed(settings=[["a"]]), "settings is no list of pairs"),
        (changed(versions=["ab"]), "versions is no list of texts"),
        (changed(versions=[["a", 1]]), "versions is no list of texts"),
        (changed(hints="abc"), "hints is no list of texts"),
        (changed(post_sha256="0" * 63), "post_sha256 is not of its form"),
        (changed(post_sha256="0" * 64 + "\n"), "post_sha256 is not of its form"),
        (changed(status="fine"), "unknown status: 'fine'"),
        (GOLDEN.encode() + b" " * MAX_BYTES, "limit 4194304"),
    ],
)
def test_what_is_not_as_we_write_it_is_refused(block, said):
    with pytest.raises(WarcError, match=said):
        from_json(block)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(GOLDEN))), json_values)
def test_no_value_anywhere_makes_it_fail_otherwise(name, value):
    try:
        found = from_json(changed(**{name: value}))
    except WarcError:
        return
    assert from_json(to_json(found)) == found


@given(st.binary())
def test_no_bytes_make_it_fail_otherwise(block):
    with pytest.raises(WarcError):
        from_json(block)


def test_what_could_not_be_read_back_is_not_written(tmp_path):
    endless = replace(READING, hints=("x" * MAX_BYTES,))
    with pytest.raises(WarcError, match=r"the reading of https://news.example.org/a is \d+ bytes long"):
        to_json(endless)
    with store(tmp_path) as target:
        with pytest.raises(WarcError):
            target.append_reading(endless, None, AT)
        assert target.append_reading(READING, None, AT).offset > 0  # the store goes on


def test_the_largest_reading_comes_back():
    room = MAX_BYTES - len(to_json(replace(READING, reason="")))
    largest = replace(READING, reason="x" * room)
    assert len(to_json(largest)) == MAX_BYTES
    assert from_json(to_json(largest)) == largest


ARTICLE = Article("https://news.example.org/a", " 一个\n标题 ", "<p>…</p>", "第一段\n\n  second \n")
RECORDS = (
    "WARC/1.1\r\n"
    "WARC-Type: {type}\r\n"
    "WARC-Record-ID: <{id}>\r\n"
    "WARC-Date: 2026-11-12T01:02:03.000040Z\r\n"
    "WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000002>\r\n"
    "WARC-Target-URI: https://news.example.org/a\r\n"
    "WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
    "WARC-Block-Digest: {digest}\r\n"
    "Content-Type: {content_type}\r\n"
    "Content-Length: {length}\r\n"
    "\r\n"
)


def test_the_article_and_its_reading_lie_beside_the_page(tmp_path):
    with store(tmp_path) as target:
        page = target.append(exchange())
        capture = target.append_reading(replace(READING, page_record_id=page.record_id), ARTICLE, AT)
    path = tmp_path / capture.file
    records = list(by_warcio(path.read_bytes()))
    assert list(by_fastwarc(path.read_bytes())) == records
    assert [kind for kind, _, _ in records] == ["warcinfo", "request", "response", "conversion", "metadata"]
    assert records[3][2].decode() == "# 一个 标题\n\n第一段\n\nsecond\n"
    assert from_json(records[4][2]).page_record_id == page.record_id == records[2][1]
    head = RECORDS.format(
        type="metadata",
        id=capture.record_id,
        digest=capture.block_digest,
        content_type="application/vnd.permapress.reading+json",
        length=len(GOLDEN.encode()),
    )
    content = path.read_bytes()[capture.offset : capture.offset + capture.length]
    assert gzip.decompress(content).decode() == f"{head}{GOLDEN}\r\n\r\n"
    assert b"\r\nContent-Type: text/markdown;charset=utf-8\r\n" in gzip.decompress(path.read_bytes())
    assert (capture.url, capture.date, capture.status) == ("https://news.example.org/a", AT, None)
    assert (capture.payload_digest, capture.truncated) == (None, None)
    assert run("warcio", "check", str(path)).returncode == run("fastwarc", "check", str(path)).returncode == 0


def test_a_page_that_is_no_article_has_a_reading_alone(tmp_path):
    with store(tmp_path) as target:
        capture = target.append_reading(replace(READING, post=None, post_sha256=None), None, AT)
        target.sync()
    records = list(by_warcio((tmp_path / capture.file).read_bytes()))
    assert [(kind, record_id) for kind, record_id, _ in records[1:]] == [("metadata", capture.record_id)]


def test_a_closed_store_takes_no_reading(tmp_path):
    target = store(tmp_path)
    target.close()
    with pytest.raises(StorageError, match="is closed"):
        target.append_reading(READING, None, AT)


DAY = "2026-11-12-"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        f"/etc/{DAY}a.md",
        f"{DAY}/../a.md",
        f"{DAY}a\\b.md",
        f"{DAY}a\0b.md",
        f"{DAY}a\nb.md",
        f"{DAY}a.md\n",
        f"{DAY}a\x85b.md",
        f"{DAY}{'新' * 86}.md",
        "_config.yml",
        "index.html",
        "CON",
        "-rf.md",
        "a.md",
        f"x{DAY}a.md",
        "2026-1-12-a.md",
        "٢٠٢٦-11-12-a.md",
        DAY + ".md",
        f"{DAY}a.md.",
        f"{DAY}a.html",
        f"{DAY}a..md",
        f"{DAY}a .md",
        f"{DAY}a\u202edm.md",
        f"{DAY}a\u2066b.md",
        f"{DAY}a\u200fb.md",
        *(f"{DAY}a{character}b.md" for character in '<>:"|?*'),
    ],
)
def test_a_name_that_is_no_posts_is_refused(name):
    with pytest.raises(WarcError, match="no plain file name of a post"):
        from_json(changed(post=name))


@given(st.text(), st.datetimes(timezones=st.just(UTC)), st.booleans())
def test_every_name_that_we_give_is_taken_back(title, date, is_taken):
    from crawler.posts import file_name

    free = iter([not is_taken, True])
    name = file_name(title, date, "http://a.example/", lambda _: not next(free))
    assert from_json(to_json(replace(READING, post=name))).post == name
