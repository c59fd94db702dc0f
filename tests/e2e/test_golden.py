"""From the wire to the post and back: the golden page, archived through a proxy under its own host's name."""

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
import yaml

from tests.golden import OWN, Golden, golden_of_post, golden_page
from tests.judges import need_shared
from tests.site.command import PERMAPRESS, differing, permapress
from tests.site.server import Answer, serve

ROBOTS = {"http://www.rfa.org/robots.txt": Answer(b"", (("Content-Type", "text/plain"),))}


def archived(golden: Golden, output: Path, **variant: bool) -> dict:
    """The outcome of archiving the page at its own http URL; an HTTP proxy on loopback stands for the dead site."""
    url = golden.url.replace("https:", "http:")
    page = Answer(golden_page(golden, **variant).encode())
    with serve({url: page, **ROBOTS}) as proxy:
        ran = subprocess.run(
            [*PERMAPRESS, "archive", url, "-o", str(output), "--json"],
            env=os.environ | {"http_proxy": proxy.base, "no_proxy": ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def folded(text: str) -> str:
    return " ".join(text.split())


def assert_golden(post: str, golden: Golden) -> None:
    head, body = post.split("\n---\n", 1)
    fields = yaml.safe_load(head.removeprefix("---\n"))
    assert fields["title"] == golden.title
    assert f"date: {golden.published:%Y-%m-%dT%H:%M:%S}.000Z" in head
    assert f"<!--{int(golden.published.timestamp() * 1000)}-->" in body
    assert fields["from"] == golden.url.replace("https:", "http:")
    assert fields["image"] == golden.image
    lead = re.search(r"<img [^>]*>", body)
    assert lead
    assert f'src="{golden.image}"' in lead[0]
    assert golden.caption in plain(body)
    assert golden.credit in plain(body)
    assert "icon-zoom" not in body
    told = folded(plain(body))
    places = [told.index(folded(text)) for text in golden.paragraphs]
    assert places == sorted(places)
    assert list(fields["related"]) == [url for url, _ in golden.related]
    for url, text in golden.related:
        assert f'href="{url}"' in body
        assert places[0] < told.index(folded(text)) < places[1]


@pytest.mark.parametrize(
    "variant", [{"structured": True}, {"structured": False}, {"structured": False, "dated": False}], ids=str
)
def test_the_golden_page_becomes_the_golden_post_and_again_from_the_warc_alone(tmp_path, variant):
    outcome = archived(OWN, tmp_path / "out", **variant)
    assert_golden((tmp_path / "out" / outcome["post"]).read_text(encoding="utf-8"), OWN)
    again = permapress("extract", tmp_path / "out/archive", "-o", tmp_path / "again")
    assert again.status == 0, again.log
    assert differing(tmp_path / "out/_posts", tmp_path / "again/_posts") == []


@pytest.mark.shared
def test_the_seeds_own_page_gives_the_seeds_post(tmp_path):
    (seed,) = need_shared("seed").glob("*.md")
    golden = golden_of_post(seed.read_text(encoding="utf-8"))
    outcome = archived(golden, tmp_path / "out", structured=False, dated=False)
    assert_golden((tmp_path / "out" / outcome["post"]).read_text(encoding="utf-8"), golden)
