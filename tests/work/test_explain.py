"""What `explain` and `status` say."""

from __future__ import annotations

import hashlib
import json

import pytest

from crawler.config import Config
from crawler.core.model import Status
from crawler.core.visit import FoundLink
from crawler.ledger import Ledger
from crawler.work.explain import Explanation
from crawler.work.place import ledger_of
from crawler.work.status import MOST_HOSTS, Report
from tests.ledger.samples import NOW, add, capture, finish, later, lease, pages, seed

URL = "https://a.example/1"


@pytest.fixture
def config(tmp_path):
    return Config(output=tmp_path)


@pytest.fixture
def ledger(config):
    with Ledger(ledger_of(config)) as made:
        yield made


def text(url, config, at=NOW):
    return Explanation(url, config, at).as_text()


def told(url, config, at=NOW):
    return json.loads(Explanation(url, config, at).as_json())


def test_a_page_is_explained_from_who_named_it_to_its_post(ledger, config):
    add(ledger, [seed(URL, via="feed\x1b[31m")])
    ledger.reserve_name("x-md", URL, "_posts/x.md")
    post = config.posts / "x.md"
    post.parent.mkdir()
    post.write_bytes(b"post")
    finish(ledger, lease(ledger)[0], captures=[capture(URL, 7)], post="_posts/x.md", final_url=URL + "/there",
           post_digest=hashlib.sha256(b"post").hexdigest())  # fmt: skip
    lines = text(URL, config).splitlines()
    assert lines[0].split() == ["key", URL]
    assert lines[1].split() == ["alias", URL + "/there"]
    assert lines[2] == "archived   2026-11-23T12:00:00Z  as it is"
    assert "           named by feed\\x1b[31m" in lines
    assert f"           led to {URL}/there" in lines
    assert "           2026-11-23T12:00:00Z  HTTP 200  permapress-1.warc.gz at 7  urn:uuid:7" in lines
    assert "post       _posts/x.md (as we wrote it)" in lines
    assert lines[-1] == "next       no visit waits: a source that names it again decides"
    assert not any(len(line) - len(line.lstrip()) not in {0, 11} for line in lines)
    found = told(URL, config)
    assert (found["known"], found["key"], found["aliases"], found["next"]) == (True, URL, [URL + "/there"], None)
    assert (found["visits"][0]["status"], found["visits"][0]["captures"][0]["offset"]) == ("archived", 7)
    post.write_bytes(b"edited")
    assert "(edited since we wrote it)" in text(URL, config)
    post.unlink()
    assert told(URL, config)["posts"] == [{"post": "_posts/x.md", "state": "not there"}]


def test_a_visit_to_come_is_told_with_the_hosts_hold(ledger, config):
    add(ledger, [seed(URL)], due=later(5))
    assert text(URL, config).splitlines()[-1] == "next       due 2026-11-23T12:00:05Z"
    assert text(URL, config, later(5)).splitlines()[-1] == "next       due now"
    (mine,) = lease(ledger, at=later(5))
    assert "held by me until 2026-11-23T12:02:05Z" in text(URL, config, later(5))
    assert text(URL, config, later(5)).splitlines()[-1] == "next       being visited now"
    ledger.release(mine, not_before=later(9), host_hold_until=later(60))
    lines = text(URL, config, later(9)).splitlines()
    assert lines[-2].startswith("host       a.example: asked to be left alone until 2026-11-23T12:01:00Z, 0 visits now")
    assert lines[-1] == "next       due 2026-11-23T12:01:00Z"
    assert told(URL, config)["next"] == "2026-11-23T12:00:09Z"


def test_a_url_that_is_not_known_is_told_with_its_key_and_what_is_near(ledger, config):
    add(ledger, [seed(URL)])
    explanation = Explanation(URL + "/?utm_source=x", config, NOW)
    assert not explanation.is_known
    assert explanation.as_text().splitlines()[:3] == [
        f"key        {URL}/",
        "           not known: no post, feed, list or page has named it",
        f"near       {URL}",
    ]
    assert told(URL + "/", config)["near"] == [URL]


def test_the_end_of_a_redirect_and_the_pages_that_link_are_told(ledger, config):
    add(ledger, [seed(URL)])
    link = FoundLink(seed("https://b.example/"), "in the body", follow=False)
    finish(ledger, lease(ledger)[0], final_url="https://a.example/end", links=[link])
    assert f"from       {URL} was led here" not in text("https://a.example/end", config)
    assert "asked      https://a.example/end, where the visit was led" in text("https://a.example/end", config)
    assert f"linked     by {URL}: in the body" in text("https://b.example/", config)


def test_the_status_adds_up(ledger, config):
    add(ledger, [page for n in range(MOST_HOSTS + 2) for page in pages(2, f"h{n:02}.example")])
    ends = (Status.GONE, Status.ARCHIVED, Status.EXCLUDED)
    for number, one in enumerate(lease(ledger, most=2 * MOST_HOSTS + 3)):
        finish(ledger, one, ends[number % 2] if number else Status.EXCLUDED)
    config.archive.mkdir()
    (config.archive / "a.warc.gz").write_bytes(b"12345")
    config.posts.mkdir()
    (config.posts / "a.md").touch()
    report = Report(config, NOW)
    lines = report.as_text().splitlines()
    assert lines[:2] == ["archive    1 files, 5 bytes", "posts      1"]
    assert lines[3] == "pending    1 due now, 0 later, 0 leased"
    assert len([line for line in lines if line.startswith("dying")]) <= MOST_HOSTS
    found = json.loads(report.as_json())
    assert found["archive"] == {"files": 1, "bytes": 5}
    counted = sum(many for lives in found["links"].values() for many in lives.values())
    assert counted == 2 * MOST_HOSTS + 2
    assert sum(found["visits"].values()) == 2 * MOST_HOSTS + 3
    assert found["runs"][0]["pending"] == 1
