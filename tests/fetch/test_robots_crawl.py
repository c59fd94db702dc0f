"""robots.txt in a real crawl, as the server's own log tells it: one host a case."""

from __future__ import annotations

import random
import socket
import struct
import time
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tests.fetch.crawl import crawl
from tests.fetch.raw import LONGEST_S, http, serving

if TYPE_CHECKING:
    from tests.fetch.raw import Say

RULES = b"User-agent: *\nDisallow: /no\n"
TOO_LARGE = 3_000_000  # bytes; the crawl takes 2,000,000


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nAllow: /\n")
    while True:
        connection.sendall(b"# nothing\n" * 5_000)


def silence(connection: socket.socket) -> None:
    connection.recv(1)


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    for _ in range(LONGEST_S):
        connection.sendall(b"#")
        time.sleep(0.3)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def moved(to: str) -> bytes:
    return http("301 Moved Permanently", b"", f"Location: {to}")


FILES: dict[str, Say] = {
    "allowed": http("200 OK", b"User-agent: *\nAllow: /\n"),
    "rules": http("200 OK", RULES),
    "empty": http("200 OK"),
    "204": b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    "bom": http("200 OK", b"\xef\xbb\xbf" + RULES),
    "cr": http("200 OK", RULES.replace(b"\n", b"\r")),
    "html": http("200 OK", b"<!DOCTYPE html><p>User-agent: *<p>Disallow: /", "Content-Type: text/html"),
    "600-kib": http("200 OK", RULES + b"#" * 600_000 + b"\nDisallow: /page\n"),
    "another-charset": http("200 OK", RULES, "Content-Type: text/plain; charset=gb18030"),
    "redirect-5": moved("/hop/5"),
    "redirect-away": moved("http://rules.example:{port}/robots.txt"),
    **{str(code): http(f"{code} No") for code in (400, 401, 403, 404, 410, 451)},
    "redirect-6": moved("/hop/6"),
    "redirect-loop": moved("/robots.txt"),
    "redirect-nowhere": http("302 Found"),
    "redirect-file": moved("file:///etc/passwd"),
    "redirect-broken": moved("http://[::1/"),
    "304": b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
    **{str(code): http(f"{code} No", RULES) for code in (429, 500, 502, 503, 599)},
    "time-out": silence,
    "drip": drip,
    "reset": reset,
    "endless": endless,
    "too-large": f"HTTP/1.1 200 OK\r\nContent-Length: {TOO_LARGE}\r\n\r\n".encode(),
    "short": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + RULES,
    "not-http": b"hello\r\n\r\n",
}
FREE = {"allowed", "empty", "204", "html", "400", "401", "403", "404", "410", "451"}
RULED = {"rules", "bom", "cr", "600-kib", "another-charset", "redirect-5", "redirect-away"}
REASONS = {
    "redirect-6": "too many redirects",
    "redirect-loop": "too many redirects",
    "redirect-nowhere": "HTTP 302 Found, and its Location leads nowhere we go",
    "304": "HTTP 304 Not Modified",
    "429": "HTTP 429 Too Many Requests",
    "503": "HTTP 503 Service Unavailable",
    "599": "HTTP 599",
    "time-out": "no whole answer within 2 s",
    "drip": "no whole answer within 2 s",
    "endless": "too large",
    "too-large": "too large",
    "short": "no whole answer: connection",
}


def say(host: str, target: str) -> Say:
    case = host.removesuffix(".example")
    if target == "/robots.txt":
        return FILES[case]
    if target.startswith("/hop/"):
        left = int(target.removeprefix("/hop/")) - 1
        return moved(f"/hop/{left}") if left else http("200 OK", RULES)
    return http("200 OK", b"a page")


def test_what_cannot_be_known_is_a_no(tmp_path):
    hosts = [f"{case}.example" for case in FILES]
    settings = {
        "PERMAPRESS_ALLOW_PRIVATE": True,
        "DOWNLOAD_TIMEOUT": 2,
        "DOWNLOAD_MAXSIZE": 2_000_000,
        "CONCURRENT_REQUESTS": 100,
    }
    with serving(say) as server:
        FILES["redirect-away"] = moved(f"http://rules.example:{server.port}/robots.txt")
        urls = {host: [f"http://{host}:{server.port}{path}" for path in ("/page", "/no")] for host in hosts}
        names = {host: ["127.0.0.1"] for host in hosts}
        ends = crawl(tmp_path, [url for pair in urls.values() for url in pair], settings, names=names)
    pages = {
        case: [path for host, path in server.seen if host == f"{case}.example" and path in {"/page", "/no"}]
        for case in FILES
    }
    for case in FILES:
        wanted = {"/page", "/no"} if case in FREE else {"/page"} if case in RULED else set()
        assert set(pages[case]) == wanted, case
        assert server.seen.count((f"{case}.example", "/robots.txt")) <= (7 if case == "rules" else 6), case
        if case not in FREE | RULED:
            page, _ = urls[f"{case}.example"]
            assert ends[page]["error"] == "RobotsExcluded"
            status, reason = ends[page]["verdict"]
            assert status == "excluded"
            assert reason.startswith(f"robots.txt unreachable: http://{case}.example:{server.port}/robots.txt: ")
            assert REASONS.get(case, "") in reason
    assert "Traceback" not in ends["log"]["text"]
    assert "ERROR" not in ends["log"]["text"]


def test_each_scheme_has_its_own_file_and_userinfo_none(tmp_path):
    with serving(say) as server:
        site = f"rules.example:{server.port}"
        urls = [f"http://{site}/page", f"https://{site}/page", f"http://user:word@{site}/no"]
        settings = {"PERMAPRESS_ALLOW_PRIVATE": True, "CONCURRENT_REQUESTS": 1}
        ends = crawl(tmp_path, urls, settings, names={"rules.example": ["127.0.0.1"]})
    assert ends[urls[0]]["status"] == 200
    assert ends[urls[1]]["message"].startswith(f"robots.txt unreachable: https://{site}/robots.txt: ")
    assert ends[urls[2]]["message"] == f"robots.txt forbids it: http://{site}/robots.txt says 'Disallow: /no'"
    assert server.seen == [("rules.example", "/robots.txt"), ("rules.example", "/page")]


def test_the_captures_of_the_file_are_not_those_of_the_page(tmp_path):
    with serving(say) as server:
        url = f"http://redirect-5.example:{server.port}/page"
        names = {"redirect-5.example": ["127.0.0.1"]}
        ends = crawl(tmp_path, [url], {"PERMAPRESS_ALLOW_PRIVATE": True}, names=names)
    assert ends[url]["captures"] == [url]
    (warc,) = tmp_path.glob("*.warc.gz")
    with warc.open("rb") as file:
        recorded = [record.headers["WARC-Target-URI"] for record in ArchiveIterator(file, WarcRecordType.response)]
    assert [uri.removeprefix(f"http://redirect-5.example:{server.port}") for uri in recorded] == [
        *("/robots.txt", "/hop/5", "/hop/4", "/hop/3", "/hop/2", "/hop/1"),
        "/page",
    ]


def test_a_full_disk_is_no_word_of_the_site(tmp_path):
    noise = http("200 OK", random.Random(1).randbytes(100_000))
    with serving(lambda _host, _target: noise) as server:
        url = f"http://rules.example:{server.port}/page"
        names = {"rules.example": ["127.0.0.1"]}
        ends = crawl(tmp_path, [url], {"PERMAPRESS_ALLOW_PRIVATE": True}, names=names, max_file_bytes=20_000)
    assert ends[url]["error"] == "StorageError"
    assert server.seen == [("rules.example", "/robots.txt")]
