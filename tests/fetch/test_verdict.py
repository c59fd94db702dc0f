"""Each way in which a visit can fail has its words; the failures are real ones."""

from __future__ import annotations

import socket
import ssl

import pytest
import trustme
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest, ResponseDataLossError
from twisted.python.failure import Failure

from crawler.core.errors import AddressError, StorageError, UrlError
from crawler.core.model import Status
from crawler.core.verdict import asked_for
from crawler.fetch.rules import RobotsExcluded
from crawler.fetch.verdict import status_verdict, verdict
from tests.fetch.crawl import crawl
from tests.fetch.raw import http, serving


@pytest.mark.parametrize("status", [200, 201, 203, 204, 299])
def test_success_is_left_to_the_reader(status):
    assert status_verdict(status) is None


@pytest.mark.parametrize(
    ("status", "ended", "words"),
    [
        (404, Status.GONE, "HTTP 404 Not Found"),
        (410, Status.GONE, "HTTP 410 Gone"),
        (401, Status.REFUSED, "HTTP 401 Unauthorized"),
        (403, Status.REFUSED, "HTTP 403 Forbidden"),
        (429, Status.REFUSED, "HTTP 429 Too Many Requests"),
        (451, Status.REFUSED, "HTTP 451 Unavailable For Legal Reasons"),
        (400, Status.FAILED, "HTTP 400 Bad Request"),
        (407, Status.FAILED, "HTTP 407 Proxy Authentication Required"),
        (418, Status.FAILED, "HTTP 418 I'm a Teapot"),
        (500, Status.FAILED, "HTTP 500 Internal Server Error"),
        (503, Status.FAILED, "HTTP 503 Service Unavailable"),
        (300, Status.FAILED, "HTTP 300 Multiple Choices"),
        (304, Status.UNCHANGED, "HTTP 304 Not Modified"),
        *((code, Status.FAILED, "and its Location leads nowhere we go") for code in (301, 302, 303, 307, 308)),
        (206, Status.FAILED, "HTTP 206 Partial Content: a part that was not asked for, no whole page"),
        (199, Status.FAILED, "HTTP 199"),
        (599, Status.FAILED, "HTTP 599"),
        (999, Status.FAILED, "HTTP 999"),
        (0, Status.FAILED, "HTTP 0"),
    ],
)
def test_every_other_status_is_an_outcome(status, ended, words):
    found = status_verdict(status)
    assert found is not None
    assert found[0] is ended
    assert words in found[1]


@pytest.mark.parametrize(
    ("error", "ended", "words"),
    [
        (AddressError("10.0.0.1 is private"), Status.EXCLUDED, "10.0.0.1 is private"),
        (RobotsExcluded("robots.txt forbids it"), Status.EXCLUDED, "robots.txt forbids it"),
        (UrlError("not a URL"), Status.EXCLUDED, "not a URL"),
        (StorageError("disk full"), Status.FAILED, "disk full"),
        (StorageError(), Status.FAILED, "StorageError"),
        (IgnoreRequest(), Status.FAILED, "left out"),
        (IgnoreRequest("max redirections reached"), Status.FAILED, "too many redirects"),
        (
            DownloadTimeoutError("Getting x took longer than 30.0 seconds."),
            Status.FAILED,
            "no whole answer within 30 s",
        ),
        (DownloadTimeoutError(), Status.FAILED, "no answer in time"),
        (ResponseDataLossError(), Status.FAILED, "no whole answer"),
        (
            CannotResolveHostError(),
            Status.FAILED,
            "the host name does not resolve; check its spelling, and that this machine is online",
        ),
        (RuntimeError(), Status.FAILED, "RuntimeError"),
    ],
)
def test_every_error_has_a_reason(error, ended, words):
    assert verdict(Failure(error)) == (ended, words)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def say(_host: str, target: str):
    return {
        "/short": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc",
        "/chunked-short": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "/silent": lambda connection: connection.recv(1),
        "/closed": b"",
        "/large": http("200 OK", b"x" * 2_000_000),
        "/large-unsaid": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000_000,
        "/loop": http("302 Found", b"", "Location: /loop"),
        "/not-http": b"220 mail.example ESMTP\r\n\r\n",
    }[target]


def test_real_failures_are_told_in_words(tmp_path):
    settings = {
        "ROBOTSTXT_OBEY": False,
        "PERMAPRESS_ALLOW_PRIVATE": True,
        "DOWNLOAD_TIMEOUT": 2,
        "DOWNLOAD_MAXSIZE": 1_000_000,
    }
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("tls.example").configure_cert(tls)
    with serving(say) as server, serving(lambda _host, _target: http("200 OK"), tls) as unknown:
        at = f"http://news.example:{server.port}"
        wanted = {
            f"http://127.0.0.1:{closed_port()}/": "connection refused",
            "http://nobody.invalid/": "the host name does not resolve; check its spelling",
            f"https://tls.example:{unknown.port}/": "TLS: ",
            f"{at}/short": "no whole answer: connection",
            f"{at}/chunked-short": "no whole answer: connection",
            f"{at}/silent": "no whole answer within 2 s",
            f"{at}/closed": "connection",
            f"{at}/large": "too large",
            f"{at}/large-unsaid": "too large",
            f"{at}/loop": "too many redirects",
            f"{at}/not-http": "b'220 mail.example ESMTP'",
        }
        names = {"news.example": ["127.0.0.1"], "tls.example": ["127.0.0.1"]}
        ends = crawl(tmp_path, wanted, settings, names=names)
    for url, words in wanted.items():
        status, reason = ends[url]["verdict"]
        assert status == "failed"
        assert words in reason
    assert unknown.seen == []


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        ((Status.UNCHANGED, "HTTP 304 Not Modified"), (Status.FAILED, "HTTP 304 Not Modified, unasked")),
        ((Status.GONE, "HTTP 410 Gone"), (Status.GONE, "HTTP 410 Gone")),
    ],
)
def test_not_modified_that_nobody_asked_for_is_a_failure_and_all_else_stands(found, asked):
    assert asked_for(*found) == asked
