"""`permapress follow` on real posts, against a loopback site that serves bodies of those posts as pages.

A sample by default; `PERMAPRESS_ALL_POSTS=1` (`make real-posts`) takes every one.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from crawler.core import urls
from crawler.core.model import Status
from tests.judges import need_shared
from tests.real_posts import posts_and_site
from tests.site.command import permapress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.real_posts import Pointed
    from tests.site.command import Ran

pytestmark = [pytest.mark.shared, pytest.mark.timeout(600)]

SAMPLE = 160
AS_POSTS = 0.95  # of the pages that are there
ADDED = (b"archived_at: ", b"warc_record_id: ", b"warc_digest: ")
PACE = "politeness: {delay: 0, per_host: 2}\n"


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real") / "posts"


@pytest.fixture(scope="module")
def pointed(posts: Path) -> Iterator[Pointed]:
    real = sorted(need_shared("posts").glob("*.md"))
    step = 1 if os.environ.get("PERMAPRESS_ALL_POSTS") else max(1, len(real) // SAMPLE)
    with posts_and_site(real[::step], posts) as site:
        yield site


def follow(posts: Path, output: Path, *options: str) -> Ran:
    output.mkdir(exist_ok=True)
    (output / "crawl.yaml").write_text(PACE + f"posts_dir: {posts if '--annotate' in options else output / '_posts'}\n")
    given = ("-o", output, "--config", output / "crawl.yaml", "--allow-private", "--json", *options)
    ran = permapress("follow", posts, *given, timeout_s=500)
    counts = Counter(told.status for told in ran.told)
    print(  # noqa: T201 - the figure that this judge is asked for
        f"{len(ran.told)} visits in {ran.seconds:.1f} s, {len(ran.told) / ran.seconds:.1f} a second: {dict(counts)}"
    )
    assert ran.status == 0, ran.log
    return ran


def judge(ran: Ran, pointed: Pointed) -> dict[str, Status]:
    """How the visit of each key ended, having seen that each had one, and ended as it may."""
    ended = Counter(urls.key(told.url) for told in ran.told)
    assert set(ended.values()) == {1}
    named = {urls.key(told.url): Status(told.status) for told in ran.told if not str(told.via).startswith("http")}
    assert named.keys() == set(pointed.keys.values())
    assert {key: end for key, end in named.items() if end not in pointed.ends[key]} == {}
    there = [named[key] for key, ends in pointed.ends.items() if Status.ARCHIVED in ends]
    assert there.count(Status.ARCHIVED) >= AS_POSTS * len(there)
    return named


def test_every_post_s_url_ends_in_one_outcome_and_versions_are_one_visit(
    posts: Path, pointed: Pointed, tmp_path: Path
) -> None:
    ran = follow(posts, tmp_path / "out")
    named = judge(ran, pointed)
    made = [told.post for told in ran.told if told.post]
    assert len(set(made)) == len(made) >= sum(end is Status.ARCHIVED for end in named.values())
    assert {f"_posts/{path.name}" for path in (tmp_path / "out/_posts").iterdir()} == set(made)
    verified = permapress("verify", tmp_path / "out", "--quiet", timeout_s=300)
    assert verified.status == 0, verified.output
    again = follow(posts, tmp_path / "out", "--depth", "0")
    assert {told.status for told in again.told}.isdisjoint({Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED})
    assert {urls.key(told.url) for told in again.told} == {
        key for key, end in named.items() if end is not Status.ARCHIVED
    }


def test_in_place_lines_are_added_and_no_other_byte_changes(posts: Path, pointed: Pointed, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in posts.iterdir()}
    named = judge(follow(posts, tmp_path / "out", "--annotate", "--depth", "0"), pointed)
    after = {path.name: path.read_bytes() for path in posts.iterdir()}
    assert after.keys() == before.keys()
    for name, data in after.items():
        lines = data.splitlines(keepends=True)
        assert b"".join(line for line in lines if not line.startswith(ADDED)) == before[name]
        added = [line.partition(b" ")[0] + b" " for line in lines if line.startswith(ADDED)]
        is_read = named[pointed.keys[name]] is Status.ARCHIVED
        assert added == (list(ADDED) if is_read else []), name
    again = follow(posts, tmp_path / "out", "--annotate", "--depth", "0")
    assert {told.status for told in again.told}.isdisjoint({Status.ARCHIVED, Status.UNCHANGED, Status.UPDATED})
    assert {path.name: path.read_bytes() for path in posts.iterdir()} == after
