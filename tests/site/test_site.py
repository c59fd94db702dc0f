from __future__ import annotations

import gzip
import threading
from contextlib import closing
from http.client import HTTPConnection

from crawler.core.model import Status
from tests.site.routes import VISITS, answers
from tests.site.server import Answer, Site, serve


def _get(site: Site, *paths: str) -> list[tuple[int, dict[str, str], bytes]]:
    """The answers to requests over one connection."""
    got = []
    with closing(HTTPConnection(site.base.removeprefix("http://"), timeout=5)) as connection:
        for path in paths:
            connection.request("GET", path)
            response = connection.getresponse()
            got.append((response.status, dict(response.getheaders()), response.read()))
    return got


def test_every_visit_is_answered_as_the_table_says() -> None:
    with serve(answers()) as site:
        got = _get(site, *(visit.path for visit in VISITS))
    assert [(status, body) for status, _, body in got] == [(visit.answer.status, visit.answer.body) for visit in VISITS]


def test_the_site_shows_a_redirect_gzip_and_two_encodings() -> None:
    with serve(answers()) as site:
        moved, ferry, silent, lying = _get(
            site, "/go/ferry", "/english/2026/night-ferry.html", "/gb/2025/liang-cang.html", "/gb/2025/yu-dao.html"
        )
    assert (moved[0], moved[1]["Location"]) == (302, "/english/2026/night-ferry.html")
    assert ferry[1]["Content-Encoding"] == "gzip"
    assert "Aurelia" in gzip.decompress(ferry[2]).decode()
    assert (silent[1]["Content-Type"], "老粮仓" in silent[2].decode("gb18030")) == ("text/html", True)
    assert ("utf-8" in lying[1]["Content-Type"], "鱼道" in lying[2].decode("gb18030")) == (True, True)


def test_robots_disallows_a_page_that_exists() -> None:
    (robots, draft) = (answers()["/robots.txt"], answers()["/drafts/next-week.html"])
    assert b"Disallow: /drafts/" in robots.body
    assert draft.status == 200
    assert [visit.path for visit in VISITS if visit.expected is Status.EXCLUDED] == ["/drafts/next-week.html"]


def test_the_golden_page_and_its_links_stay_on_the_site() -> None:
    table = answers()
    golden = table["/mandarin/golden/xiao-he-07262024113840.html"].body.decode()
    assert "https://www.rfa.org" not in golden
    assert all(visit.path in golden for visit in VISITS if "related article" in visit.shows)


def test_what_the_table_does_not_hold_is_not_found() -> None:
    with serve({"/a": Answer(b"a")}) as site:
        assert [status for status, _, _ in _get(site, "/a", "/a?b", "/../a", "/b")] == [200, 404, 404, 404]
    assert site.seen[0] == "GET /a HTTP/1.1"


def test_nothing_outlives_the_site_though_clients_keep_their_connections() -> None:
    before = set(threading.enumerate())
    with serve(answers()) as site:
        host = site.base.removeprefix("http://")
        connection = HTTPConnection(host, timeout=5)
        connection.request("GET", "/robots.txt")
        connection.getresponse().read()
    connection.close()
    assert set(threading.enumerate()) == before
    with serve(answers(), port=int(host.partition(":")[2])):
        pass  # the port is free again at once
