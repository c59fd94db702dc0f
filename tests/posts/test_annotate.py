"""Fields added to somebody else's post: nothing beside their lines changes, and it reads as before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.model import Article, Post, Seed
from crawler.posts import Additions, NotAnnotated, annotated, compose, fields_of, read_posts, render
from crawler.posts.read import parsed
from tests.judges import need_shared
from tests.posts.words import TITLES

AT = datetime(2026, 11, 3, 4, 5, 6, 789000, tzinfo=UTC)
EVIDENCE = Additions(archived_at=AT, warc_record_id="urn:uuid:0-1", warc_digest="sha256:ABC")
FIELDS = (
    ("archived_at", "2026-11-03T04:05:06.789Z"),
    ("warc_record_id", "urn:uuid:0-1"),
    ("warc_digest", "sha256:ABC"),
)
LINES = b"archived_at: 2026-11-03T04:05:06.789Z\nwarc_record_id: urn:uuid:0-1\nwarc_digest: sha256:ABC\n"
LATER = replace(EVIDENCE, archived_at=AT.replace(year=2027), warc_record_id="urn:uuid:0-2")


def done(source: bytes, additions: Additions = EVIDENCE) -> bytes:
    found = annotated(source, additions)
    assert isinstance(found, bytes), found
    return found


def read(data: bytes) -> Post:
    post = parsed(data, "a.md")
    assert isinstance(post, Post)
    return post


def test_the_lines_stand_before_the_closing_one():
    assert done(b"---\ntitle: a\n---\nbody\n") == b"---\ntitle: a\n" + LINES + b"---\nbody\n"


def test_line_ends_are_the_front_matters_own():
    source = b"---\r\ntitle: a\r\n---\r\nbody\nof unix\n"
    assert done(source) == b"---\r\ntitle: a\r\n" + LINES.replace(b"\n", b"\r\n") + b"---\r\nbody\nof unix\n"


@pytest.mark.parametrize("end", [b"---", b"...", b"---  \nbody", b"---\n---\narchived_at: no field\n---\n"])
def test_the_rest_of_the_file_is_not_looked_at(end):
    assert done(b"---\ntitle: a\n" + end) == b"---\ntitle: a\n" + LINES + end


def test_a_body_that_is_no_utf_8_stays_as_it_is():
    assert done(b"---\ntitle: a\n---\n\xff\xfe\0").endswith(b"---\n\xff\xfe\0")


def test_a_second_annotation_replaces_the_lines_of_the_first_and_no_other():
    once = done(b"---\ntitle: a\n---\nbody\n")
    edited = once.replace(b"title: a", b"title: b").replace(b"warc_digest", b"mine: 1\nwarc_digest")
    assert done(edited, LATER) == edited.replace(b"2026-11", b"2027-11").replace(b"0-1", b"0-2")
    assert done(once) == once


def test_a_line_that_was_taken_away_comes_back_at_the_end():
    once = done(b"---\ntitle: a\n---\n").replace(b"archived_at: 2026-11-03T04:05:06.789Z\n", b"")
    assert done(once).endswith(b"warc_digest: sha256:ABC\narchived_at: 2026-11-03T04:05:06.789Z\n---\n")


def test_what_stands_under_our_names_in_any_spelling_is_replaced_or_all_is_left_alone():
    assert done(b"---\narchived_at:\ntitle: a\n---\n").startswith(
        b"---\narchived_at: 2026-11-03T04:05:06.789Z\ntitle: a\n"
    )
    for value in (b">\n  a\n  b", b"\n- a", b'"a\n  b"', b"[ a,\n  b ]"):
        assert isinstance(annotated(b"---\narchived_at: " + value + b"\ntitle: a\n---\n", EVIDENCE), NotAnnotated)
    assert isinstance(annotated(b'---\n"archived_at": a\n---\n', EVIDENCE), NotAnnotated)


@pytest.mark.parametrize(
    "front",
    [
        b"image: {path: a.png, alt: [b, c]}",
        b"image:\n  path: a.png",
        b"tags:\n- a\n- b",
        b"text: |+\n  a\n",
        b"text: >\n  archived_at: b",
        b"# no field\ntitle: 'a'  # nor this",
        b'title: "a\\u0085b"\n\n',
    ],
)
def test_valid_layouts_are_annotated(front):
    source = b"---\n" + front + b"\n---\nbody\n"
    data = done(source)
    assert data == source.replace(b"\n---\nbody", b"\n" + LINES + b"---\nbody")
    before = yaml.load(front + b"\n", yaml.BaseLoader)
    assert yaml.load(data.split(b"---\n")[1], yaml.BaseLoader) == before | dict(FIELDS)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "empty"),
        (b"title: a\n", "no front matter"),
        (b"---\ntitle: a\n\nbody\n", "not closed"),
        (b"\xef\xbb\xbf---\ntitle: a\n---\n", "byte order mark"),
        (b'---\ntitle: "a\\m"\n---\n', "not YAML (line 2"),
        (b"---\ntitle: @a\n---\n", "not YAML"),
        (b"---\ntitle: \xff\n---\n", "not UTF-8"),
        (b"---\ntitle: a\ntitle: b\n---\n", "stands twice"),
        (b"---\n{title: a}\n---\n", "laid out"),
        (b"---\n  title: a\n---\n", "laid out"),
        (b"---\ntitle: " + b"a" * (256 * 1024 - 20) + b"\n---\n", "laid out"),
    ],
)
def test_what_could_not_be_read_cleanly_is_left_alone_with_the_reason(source, says):
    found = annotated(source, EVIDENCE)
    assert isinstance(found, NotAnnotated)
    assert says in found.reason


def added_lines_only(before: bytes, after: bytes) -> bool:
    kept = after.replace(LINES, b"", 1).replace(LINES.replace(b"\n", b"\r\n"), b"", 1)
    return kept == before != after


@given(
    st.binary(max_size=80) | st.text(max_size=60).map(str.encode),
    st.sampled_from([b"\n", b"\r\n"]),
    st.binary(max_size=20),
)
def test_whatever_a_file_holds_only_our_lines_are_added(front, end, body):
    source = b"---" + end + b"from: https://example.org/" + end + front + end + b"---" + end + body
    data = annotated(source, EVIDENCE)
    if isinstance(data, bytes):
        assert added_lines_only(source, data)
        assert read(data).fields == (*read(source).fields, *FIELDS)
        assert read(data).body == read(source).body
        assert annotated(data, EVIDENCE) == data


@given(st.sampled_from(TITLES) | st.text(max_size=30), st.text(max_size=20), st.booleans())
def test_posts_that_we_write_can_all_be_annotated(title, tag, evident):
    url = "https://example.org/a"
    article = Article(url=url, title=title, html="", text="", authors=(title,), tags=(tag,), description=title)
    post = compose(fields_of(article, Seed(url, url), AT), "{{ x }}\n---\n", LATER if evident else Additions(lang="zh"))
    data = done(render(post))
    expected = dict(post.fields) | dict(FIELDS)
    assert dict(read(data).fields) == expected
    if not evident:
        assert added_lines_only(render(post), data)


@pytest.mark.shared
def test_all_real_posts_keep_every_byte(record_property: pytest.RecordProperty) -> None:
    folder = need_shared("posts")
    alone: Counter[str] = Counter()
    for post in read_posts([folder]):
        assert isinstance(post, Post)
        assert post.source is not None
        data = annotated(post.source, EVIDENCE)
        if isinstance(data, NotAnnotated):
            alone[data.reason] += 1
            continue
        assert added_lines_only(post.source, data)
        assert read(data).fields == (*post.fields, *FIELDS)
        assert read(data).body == post.body
    record_property("left alone", dict(alone))
    assert not alone
