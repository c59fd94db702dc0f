"""The judge: 643 posts of both generations, as two writers before us left them."""

from __future__ import annotations

import re
import time

import pytest

from crawler.core.fields import label, publication
from crawler.core.model import Post
from crawler.posts.folder import index
from crawler.posts.read import read_post, read_posts
from tests.judges import need_shared

pytestmark = pytest.mark.shared


def test_every_real_post_is_read_exactly_and_all_of_them_within_5_s(record_property: pytest.RecordProperty) -> None:
    folder = need_shared("posts")
    began = time.monotonic()
    found = list(read_posts([folder]))
    took_s = time.monotonic() - began
    record_property("seconds for 643 posts", f"{took_s:.2f}")
    print(f"{len(found)} posts in {took_s:.2f} s")  # noqa: T201 - the figure that this judge is asked for
    assert took_s < 5
    files = {str(path): path.read_bytes() for path in folder.iterdir()}
    posts = {post.path: post for post in found if isinstance(post, Post)}
    assert {path: post.source for path, post in posts.items()} == files
    for path, post in posts.items():
        standing = re.search(rb"^from: (.*)$", files[path], re.MULTILINE)
        assert standing is not None
        assert post.get("from") == standing[1].decode()
        assert post.body == files[path].split(b"\n---\n", 1)[1].decode()
        assert post.warnings == ()
        assert publication(post) is not None
        assert label(post)


def test_the_index_of_the_real_posts_has_each(record_property: pytest.RecordProperty) -> None:
    folder = need_shared("posts")
    began = time.monotonic()
    found = index(folder)
    took_s = time.monotonic() - began
    record_property("seconds for the index of 643 posts", f"{took_s:.2f}")
    assert took_s < 5
    assert sorted(path for paths in found.values() for path in paths) == sorted(folder.iterdir())


def test_the_seed_is_read_exactly() -> None:
    (path,) = need_shared("seed").glob("*.md")
    post = read_post(path)
    assert " ".join(name for name, _ in post.fields) == "layout title date author from tags comments categories"
    assert post.get("comments") is True
    assert post.source == path.read_bytes()
    assert post.body.startswith("<!--NaN-->\n[")
    assert post.warnings == ()
