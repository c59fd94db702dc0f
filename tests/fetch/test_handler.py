"""What the wire test's matrix does not reach: failures before a connection, TLS, refusals, targets, the disk."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from crawler.core.urls import wire
from tests.fetch.server import Asked, Close, Final, Pause, Server, Step
from tests.fetch.server_proxy import Proxy
from tests.fetch.wire_crawl import crawl
from tests.fetch.wire_read import Attempt, attempts

if TYPE_CHECKING:
    from pathlib import Path

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gb18030\r\nContent-Length: 3\r\n\r\nabc"

_FOLLOWING = {
    "REDIRECT_ENABLED": True,
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        "crawler.fetch.redirect.RedirectAsFoundMiddleware": 600,
    },
}
_BAD = _OK.replace(b"abc", b"bad")


def _ok(_: Asked) -> list[Step]:
    return [Final(_OK)]


def _crawl(
    folder: Path,
    *urls: str,
    environment: dict[str, str] | None = None,
    meta: dict[str, Any] | None = None,
    **settings: Any,
) -> tuple[list[dict[str, Any]], list[Attempt]]:
    requests = [{"url": url, "meta": {"download_timeout": 10, **(meta or {})}} for url in urls]
    job = {
        "settings": {"PERMAPRESS_ARCHIVE_DIR": str(folder), "CONCURRENT_REQUESTS": 1, **settings},
        "requests": requests,
    }
    results = {each["asked"]: each for each in crawl(job, environment)}
    return [results[url] for url in urls], attempts(folder)


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port: int = closed.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return {"SSL_CERT_FILE": str(path)}


def _tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


def test_what_never_connects_is_recorded_as_a_failure_with_its_reason_and_tried_three_times(tmp_path: Path) -> None:
    port = _closed_port()
    (refused, unknown), kept = _crawl(tmp_path, f"http://127.0.0.1:{port}/", "http://nowhere.invalid/")
    assert (refused["error"], refused["message"]) == ("DownloadConnectionRefusedError", "connection refused")
    assert (unknown["error"], unknown["message"]) == ("CannotResolveHostError", "the host name does not resolve")
    assert [len(each["captures"]) for each in (refused, unknown)] == [3, 3]
    assert len(kept) == 6
    for attempt in kept:
        assert b"fetchFailure: " in attempt.failure
        assert attempt.request == b""
        assert attempt.values("WARC-IP-Address") == attempt.values("WARC-Protocol") == []


def test_a_certificate_that_nobody_trusts_ends_the_visit_with_nothing_sent(
    tmp_path: Path, authority: trustme.CA
) -> None:
    with Server(_ok, _tls(authority, "localhost")) as server:
        (result,), kept = _crawl(tmp_path, f"https://localhost:{server.port}/")
    assert result["error"] == "DownloadFailedError"
    assert result["message"] == "TLS: certificate verify failed"
    assert [attempt.request for attempt in kept] == [b""]
    assert server.log == []


def test_a_certificate_for_another_host_ends_the_visit_with_nothing_sent(
    tmp_path: Path, authority: trustme.CA, trusted: dict[str, str]
) -> None:
    with Server(_ok, _tls(authority, "elsewhere.example")) as server:
        (result,), kept = _crawl(tmp_path, f"https://localhost:{server.port}/", environment=trusted)
    assert result["message"] == "TLS: the certificate is not for this host"
    assert [attempt.request for attempt in kept] == [b""]


def test_tls_older_than_1_2_is_refused(tmp_path: Path, authority: trustme.CA, trusted: dict[str, str]) -> None:
    context = _tls(authority, "localhost")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="deprecated"):
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with Server(_ok, context) as server:
        (result,), kept = _crawl(tmp_path, f"https://localhost:{server.port}/", environment=trusted)
    assert result["message"].startswith("TLS: ")
    assert len(kept) == 1
    assert server.log == []


def test_the_name_of_the_host_goes_out_with_the_hello(
    tmp_path: Path, authority: trustme.CA, trusted: dict[str, str]
) -> None:
    context = _tls(authority, "localhost")
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with Server(_ok, context) as server:
        (result,), _ = _crawl(tmp_path, f"https://localhost:{server.port}/", environment=trusted)
    assert result["status"] == 200
    assert names == ["localhost"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_peer_is_left_before_a_byte_is_written(tmp_path: Path, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"{scheme}://127.0.0.1:{server.getsockname()[1]}/"
        (result,), (attempt,) = _crawl(tmp_path, url, PERMAPRESS_ALLOW_PRIVATE=False)
        server.settimeout(5)
        with server.accept()[0] as peer:
            peer.settimeout(5)
            assert peer.recv(100) == b""
    assert result["error"] == "AddressError"
    assert "loopback" in result["message"]
    assert attempt.request == b""
    assert b"loopback" in attempt.failure


def test_a_configured_proxy_may_be_private(tmp_path: Path) -> None:
    with Server(_ok) as server, Proxy(server.port) as proxy:
        meta = {"proxy": f"http://127.0.0.1:{proxy.port}"}
        (result,), (attempt,) = _crawl(tmp_path, "http://news.example/a?b=", meta=meta, PERMAPRESS_ALLOW_PRIVATE=False)
    assert result["status"] == 200
    assert attempt.request.startswith(b"GET http://news.example/a?b= HTTP/1.1\r\n")


def test_a_proxy_that_refuses_the_tunnel_is_told_of(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 407 Pay first\r\nProxy-Authenticate: Basic\r\n\r\n"
    with Proxy(0, answer) as proxy:
        meta = {"proxy": f"http://user:s3cret@127.0.0.1:{proxy.port}"}
        (result,), (attempt,) = _crawl(tmp_path, "https://news.example/", meta=meta)
    assert "407" in result["message"]
    assert attempt.tunnel == [
        b"CONNECT news.example:443 HTTP/1.1\r\nHost: news.example:443\r\nProxy-Authorization: REDACTED\r\n\r\n",
        answer,
    ]
    assert attempt.request == b""


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000], ids=["leaves", "endless"])
def test_a_proxy_that_does_not_answer_connect_costs_no_time_out(tmp_path: Path, answer: bytes) -> None:
    with Proxy(0, answer) as proxy:
        meta = {"proxy": f"http://127.0.0.1:{proxy.port}", "download_timeout": 60}
        (result,), kept = _crawl(tmp_path, "https://news.example/", meta=meta)
    assert result["error"] == "DownloadFailedError"
    assert all(attempt.request == b"" for attempt in kept)
    assert all(len(head) < 400_000 for attempt in kept for head in attempt.tunnel)


def test_targets_go_out_as_they_were_found(tmp_path: Path) -> None:
    found = [
        "/a?",
        "/a;",
        "//b//c",
        "/%7e%2f%E6",
        "/[a|b]{c}`^",
        "/x?y=[1|2]&&z",
        "/p;q?r;s",
        "/永久 x",
        "?q",
        "/a?b#c",
    ]
    with Server(_ok) as server:
        base = f"http://127.0.0.1:{server.port}"
        urls = [wire(base + target) for target in found]
        results, _ = _crawl(tmp_path, *urls)
    assert [result["status"] for result in results] == [200] * len(found)
    assert [asked.target for asked in server.log] == [
        *["/a?", "/a;", "//b//c", "/%7e%2f%E6", "/[a|b]{c}`^", "/x?y=[1|2]&&z", "/p;q?r;s"],
        *["/%E6%B0%B8%E4%B9%85%20x", "/?q", "/a?b"],
    ]


@pytest.mark.parametrize(
    "steps",
    [[Final(_OK), Pause(0.05), Final(_BAD)], [Final(_OK, rest=_BAD)]],
    ids=["later", "at once"],
)
def test_bytes_behind_a_message_answer_nobody_and_end_the_connection(tmp_path: Path, steps: list[Step]) -> None:
    with Server(lambda asked: steps if asked.target == "/1" else [Final(_OK)]) as server:
        urls = [f"http://127.0.0.1:{server.port}/{number}" for number in (1, 2)]
        results, kept = _crawl(tmp_path, *urls, DOWNLOAD_DELAY=0.3, DOWNLOAD_DELAY_JITTER=0)
    assert [bytes.fromhex(result["body"]) for result in results] == [b"abc", b"abc"]
    assert [attempt.response for attempt in kept] == [_OK, _OK]
    assert len({asked.connection for asked in server.log}) == 2


def test_a_location_is_followed_as_it_was_found(tmp_path: Path) -> None:
    locations = {
        "/1": b"/[a|b]{c}?q=%7e[1|2]#f",
        "/2": "//HOST/永久 x".encode(),
        "/3": b"c/../d|e",
        "/4": b"http://HOST?",
    }

    def script(asked: Asked) -> list[Step]:
        if location := locations.get(asked.target):
            there = location.replace(b"HOST", b"127.0.0.1:%d" % server.port)
            return [Final(b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % there)]
        return [Final(_OK)]

    with Server(script) as server:
        urls = [f"http://127.0.0.1:{server.port}{path}" for path in locations]
        results, _ = _crawl(
            tmp_path,
            *urls,
            **_FOLLOWING,
        )
    assert [result["status"] for result in results] == [200] * 4
    targets = {asked.target for asked in server.log} - locations.keys()
    assert targets == {"/[a|b]{c}?q=%7e[1|2]", "/%E6%B0%B8%E4%B9%85%20x", "/d|e", "/?"}


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "mailto:a@b.example", "file:///etc/passwd", "data:text/html,x", "about:blank"]
)
def test_a_redirect_that_leads_to_no_page_is_the_answer_itself(tmp_path: Path, location: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    with Server(lambda _: [Final(head)]) as server:
        (result,), kept = _crawl(tmp_path, f"http://127.0.0.1:{server.port}/", **_FOLLOWING)
    assert result.get("status") == 302, result
    assert [attempt.response for attempt in kept] == [head]


def test_captures_of_redirects_and_retries_add_up(tmp_path: Path) -> None:
    def script(asked: Asked) -> list[Step]:
        if asked.target == "/moved":
            return [Final(b"HTTP/1.1 301 Moved\r\nLocation: /busy\r\nContent-Length: 0\r\n\r\n")]
        if asked.target == "/busy" and sum(each.target == "/busy" for each in server.log) < 3:
            return [Final(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")]
        return [Final(_OK)]

    with Server(script) as server:
        url = f"http://127.0.0.1:{server.port}/moved"
        (result,), kept = _crawl(tmp_path, url, RETRY_ENABLED=True, REDIRECT_ENABLED=True)
    assert [each["status"] for each in result["captures"]] == [301, 503, 503, 200]
    assert result["content_type"] == "text/html; charset=gb18030"
    assert len(kept) == 4


def test_what_cannot_be_written_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file stands where the folder should be")
    with Server(_ok) as server:
        (result,), _ = _crawl(tmp_path / "archive", f"http://127.0.0.1:{server.port}/")
    assert result["error"] == "StorageError"
    assert "archive" in result["message"]
    assert result["captures"] == []


def test_without_a_recorder_nothing_is_fetched(tmp_path: Path) -> None:
    with Server(_ok) as server:
        (result,), _ = _crawl(tmp_path, f"http://127.0.0.1:{server.port}/", EXTENSIONS={})
    assert result["error"] == "NotSupported"
    assert "Recorder" in result["message"]
    assert server.log == []


def test_a_close_without_close_notify_is_no_end(tmp_path: Path, authority: trustme.CA, trusted: dict[str, str]) -> None:
    def script(asked: Asked) -> list[Step]:
        return [Final(b"HTTP/1.1 200 OK\r\n\r\nabc"), Pause(0.1), Close(asked.target[1:])]

    with Server(script, _tls(authority, "localhost")) as server:
        urls = [f"https://localhost:{server.port}/{how}" for how in ("polite", "ragged")]
        (polite, ragged), kept = _crawl(tmp_path, *urls, environment=trusted)
    assert polite["status"] == 200
    assert ragged["error"] == "ResponseDataLossError"
    assert [attempt.truncated for attempt in kept] == [None, "disconnect"]
