"""The cases of the wire test: what a hostile or careless server sends, and what must come of it."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fetch.server import Close, Final, Informational, Pause, Together

if TYPE_CHECKING:
    from tests.fetch.server import Asked, Step

MAX_BODY_BYTES = 100_000  # what the crawls of the wire test take
MAX_HEAD_BYTES = 262_144
SHORT_S = 0.5  # the time-out of the cases that are about one

_OK = b"HTTP/1.1 200 OK\r\n"
_TEXT = "永久的新闻 permanent press\n".encode()
_GZIP = gzip.compress(_TEXT * 50, mtime=0)
_THERE = "followed"  # in the target that a redirect leads to


@dataclass(frozen=True)
class Case:
    steps: tuple[Step, ...]
    then: tuple[Step, ...] = ()  # behind a redirect
    up: int | str = 200  # the status that Scrapy sees, or the name of the error
    body: bytes | None = None  # decoded; None: not looked at
    truncated: str | None = None  # WARC-Truncated of the last attempt
    attempts: int = 1  # on fresh connections; a stale one adds one
    method: str = "GET"
    sends: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    timeout_s: float = 20
    stale: bool = False  # on a kept connection the server leaves without a word


def _message(*lines: bytes, body: bytes = b"", length: int | None = None) -> bytes:
    counted = b"Content-Length: %d" % (len(body) if length is None else length)
    return _OK + b"\r\n".join([*lines, counted, b"", body])


def _case(data: bytes, *more: Step, **expected: object) -> Case:
    return Case((Final(data), *more), **expected)  # type: ignore[arg-type]


def _chunked(*lines: bytes, data: bytes) -> bytes:
    return _OK + b"\r\n".join([*lines, b"Transfer-Encoding: chunked", b"", data])


def _slow(data: bytes, size: int) -> tuple[Step, ...]:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return tuple(step for piece in pieces for step in (Final(piece), Pause(0.005)))


def _redirect(name: str, status: int, **expected: object) -> Case:
    """The case of that name: leads to itself, where the answer is; two attempts."""
    head = f"HTTP/1.1 {status} Elsewhere\r\nlocation: /{name}?{_THERE}=[a|b]\r\nContent-Length: 5\r\n\r\n"
    there = () if expected.get("method") == "HEAD" else (Final(b"there"),)
    answer = (Final(_message(length=5)), *there)
    here = (Final(head.encode()), *there)
    return Case(here, answer, body=b"".join(each.data for each in there), attempts=2, **expected)  # type: ignore[arg-type]


_DATALOSS, _FAILED, _TIMEOUT, _LONG = (
    "ResponseDataLossError",
    "DownloadFailedError",
    "DownloadTimeoutError",
    "DownloadCancelledError",
)

CASES: dict[str, Case] = {
    # heads
    "plain": _case(_message(body=_TEXT), body=_TEXT),
    "odd-case": _case(_message(b"cOnTeNt-TyPe: text/plain", b"X-WeIrD-cAsE: 1", body=_TEXT), body=_TEXT),
    "repeats": _case(_message(b"X-A: 1", b"X-B: 2", b"X-A: 3", b"x-a: 4", body=_TEXT), body=_TEXT),
    "blanks": _case(_message(b"X-Tight:1", b"X-Wide: \t 2  \t", b"X-None:", body=_TEXT), body=_TEXT),
    "fold": _case(_message(b"X-Fold: one", b"  two", b"\tthree", b"X-After: 1", body=_TEXT), body=_TEXT),
    "no-colon": _case(_message(b"this line has none", b"X-After: 1", body=_TEXT), body=_TEXT),
    "bad-names": _case(_message(b"X Spaced: 1", b"X-After : 2", b"(): 3", b": 4", body=_TEXT), body=_TEXT),
    "nul": _case(_message(b"X-Nul: a\x00b", b"\x00X: 1", body=_TEXT), body=_TEXT),
    "latin-1": _case(_message("X-Title: caf\u00e9".encode("latin-1"), body=_TEXT), body=_TEXT),
    "utf-8": _case(_message("X-Title: 永久".encode(), body=_TEXT), body=_TEXT),
    "set-cookie": _case(_message(b"Set-Cookie: a=1", b"Set-Cookie: b=2; HttpOnly", body=_TEXT), body=_TEXT),
    "long-line": _case(_message(b"X-Long: " + b"l" * 40_000, body=_TEXT), body=_TEXT),
    "many-headers": _case(_message(*(b"X-%d: %d" % (n, n) for n in range(900)), body=_TEXT), body=_TEXT),
    "huge-head": _case(_message(*([b"X-Huge: " + b"h" * 30_000] * 8), body=_TEXT), body=_TEXT),
    "too-huge-head": _case(
        _message(*([b"X-Huge: " + b"h" * 30_000] * 12), body=_TEXT), Close(), up=_LONG, truncated="length"
    ),
    "bare-lf": _case(_message(b"X-A: 1", body=_TEXT).replace(b"\r\n", b"\n"), body=_TEXT),
    "mixed-ends": _case(_OK + b"X-A: 1\nX-B: 2\r\nContent-Length: 3\n\r\nabc", body=b"abc"),
    "no-reason": _case(b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", body=b"abc"),
    "long-reason": _case(b"HTTP/1.1 200 all is well, thank you\r\nContent-Length: 3\r\n\r\nabc", body=b"abc"),
    "odd-status": _case(b"HTTP/1.1 299 odd\r\nContent-Length: 3\r\n\r\nabc", up=299, body=b"abc"),
    "http-1.0": _case(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold", Close(), body=b"old"),
    "first-fold": _case(_OK + b" folded\r\nContent-Length: 3\r\n\r\n", Close(), up=_DATALOSS, truncated="disconnect"),
    "bare-cr": _case(_message(b"X-A: a\rX-B: b", body=_TEXT), body=_TEXT),
    "http-2": _case(b"HTTP/2 200\r\n\r\n", Close(), up=_DATALOSS, truncated="disconnect"),
    "no-number": _case(b"HTTP/1.1 -1 OK\r\nContent-Length: 3\r\n\r\nabc", up=_DATALOSS),
    # framing
    "empty": _case(_message(), body=b""),
    "zeros": _case(_message(body=bytes(range(256)) * 4), body=bytes(range(256)) * 4),
    "chunked": _case(_chunked(data=b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"), body=b"abcdefg"),
    "chunked-odd": _case(
        _chunked(b"Trailer: X-T", data=b'003;name="v";x=1\r\nabc\r\nA\r\n0123456789\r\n00\r\nX-T: 1\r\nx-t: 2\r\n\r\n'),
        body=b"abc0123456789",
    ),
    "chunked-pieces": Case(_slow(_chunked(data=b"3;e=1\r\nabc\r\n0\r\nT: 1\r\n\r\n"), 9), body=b"abc"),
    "chunked-and-length": _case(
        _OK + b"Content-Length: 99\r\ntransfer-encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", body=b"ok"
    ),
    "chunked-bad": _case(_chunked(data=b"zz\r\nabc\r\n"), Close(), up=_DATALOSS, truncated="disconnect"),
    "chunked-cut": _case(_chunked(data=b"5\r\nabc"), Pause(0.1), Close(), up=_DATALOSS, truncated="disconnect"),
    "chunked-no-last": _case(_chunked(data=b"3\r\nabc\r\n"), Pause(0.1), Close(), up=_DATALOSS, truncated="disconnect"),
    "chunked-twice": _case(_chunked(b"Transfer-Encoding: chunked", data=b"1\r\nx\r\n0\r\n\r\n"), body=b"x"),
    "chunk-too-long": _case(_chunked(data=b"2\r\nabc\r\n0\r\n\r\n"), Close(), up=_DATALOSS, truncated="disconnect"),
    "chunk-of-exabytes": _case(
        _chunked(data=b"f" * 16 + b"\r\nabc"), Pause(0.1), Close(), up=_DATALOSS, truncated="disconnect"
    ),
    "long-extension": _case(
        _chunked(data=b"1;" + b"e" * 2000 + b"\r\n"), Close(), up=_DATALOSS, truncated="disconnect"
    ),
    "many-trailers": _case(_chunked(data=b"1\r\nx\r\n0\r\n" + b"X-T: 1\r\n" * 900 + b"\r\n"), body=b"x"),
    "other-coding": _case(
        _OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", Close(), up=_DATALOSS, truncated="disconnect"
    ),
    "to-close": _case(_OK + b"Content-Type: text/html\r\n\r\n" + _TEXT * 9, Close(), body=_TEXT * 9),
    "to-close-empty": _case(_OK + b"\r\n", Close(), body=b""),
    "to-close-reset": _case(_OK + b"\r\n" + _TEXT, Pause(0.2), Close("reset"), up=_DATALOSS, truncated="disconnect"),
    "connection-close": _case(_message(b"Connection: close", body=_TEXT), Close(), body=_TEXT),
    "short": _case(_message(body=_TEXT, length=999), Pause(0.1), Close(), up=_DATALOSS, truncated="disconnect"),
    "reset-in-body": _case(
        _message(body=_TEXT, length=999), Pause(0.2), Close("reset"), up=_DATALOSS, truncated="disconnect"
    ),
    "cut-in-head": _case(_OK + b"X-Cut: y", Pause(0.1), Close(), up=_DATALOSS, truncated="disconnect"),
    "same-length-twice": _case(_message(b"Content-Length: 3", body=b"abc"), body=b"abc"),
    "two-lengths": _case(_message(b"Content-Length: 2", body=b"abc"), Close(), up=_DATALOSS, truncated="disconnect"),
    "length-list": _case(_OK + b"Content-Length: 3, 3\r\n\r\nabc", body=b"abc"),
    "length-folded": _case(_OK + b"Content-Length:\r\n 3\r\n\r\nabc", body=b"abc"),
    "length-below-0": _case(_OK + b"Content-Length: -3\r\n\r\n", Close(), up=_DATALOSS, truncated="disconnect"),
    "bad-length": _case(_OK + b"Content-Length: many\r\n\r\nabc", Close(), up=_DATALOSS, truncated="disconnect"),
    "too-long": _case(_message(body=b"x" * 1000, length=MAX_BODY_BYTES + 1), Close(), up=_LONG, truncated="length"),
    "endless-chunks": _case(_chunked(data=b"1\r\nx\r\n" * 60_000), Close(), up=_LONG, truncated="length"),
    "endless": _case(_OK + b"\r\n" + b"x" * 300_000, Close(), up=_LONG, truncated="length"),
    "slow": Case(_slow(_message(b"X-Slow: 1", body=_TEXT), 7), body=_TEXT),
    "byte-by-byte": Case(_slow(_message(b"X-Slow: 1", body=b"abc"), 1), body=b"abc"),
    "rest": Case((Final(_message(body=b"abc"), rest=b"HTTP/1.1 200 OK\r\n\r\nsmuggled"),), body=b"abc"),
    "rest-chunked": Case((Final(_chunked(data=b"1\r\nx\r\n0\r\n\r\n"), rest=b"garbage"),), body=b"x"),
    "rest-no-body": Case((Final(b"HTTP/1.1 204 No\r\n\r\n", rest=b"garbage"),), up=204, body=b""),
    "no-http": _case(b"\x15\x03\x01 what is this?\r\n\r\n", Close(), up=_DATALOSS, truncated="disconnect"),
    # statuses and methods
    "continue": Case((Informational(b"HTTP/1.1 100 Continue\r\n\r\n"), Final(_message(body=b"abc"))), body=b"abc"),
    "early-hints": Case(
        (Informational(b"HTTP/1.1 103 Early Hints\r\nlINK: </a.css>\r\n fold\r\n\r\n"), Final(_message(body=b"abc"))),
        body=b"abc",
    ),
    "several-1xx": Case(
        (
            Informational(b"HTTP/1.1 103 Early\r\nA: 1\r\n\r\n"),
            Pause(0.02),
            Informational(b"HTTP/1.1 102\n\n"),
            Informational(b"HTTP/1.1 103 Early\r\nA: 2\r\n\r\n"),
            Final(_message(body=b"abc")),
        ),
        body=b"abc",
    ),
    "1xx-together": Case((Together(b"HTTP/1.1 103 Early\r\nA: 1\r\n\r\n", _message(body=b"abc")),), body=b"abc"),
    "switching": Case((Informational(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"), Close()), up=_FAILED),
    "only-1xx": Case(
        (Informational(b"HTTP/1.1 103 Early Hints\r\n\r\n"), Pause(0.05), Close()), up=_FAILED, attempts=1
    ),
    "endless-1xx": Case((Informational(b"HTTP/1.1 103 Early Hints\r\n\r\n"),) * 60 + (Close(),), up=_LONG),
    "head": _case(_OK + b"Content-Length: 12345\r\n\r\n", method="HEAD", body=b""),
    "head-with-body": Case((Final(_OK + b"Content-Length: 3\r\n\r\n", rest=b"abc"),), method="HEAD", body=b""),
    "head-chunked": _case(_OK + b"Transfer-Encoding: chunked\r\n\r\n", method="HEAD", body=b""),
    "post": _case(_message(body=b"got it"), method="POST", sends=b"a=1&b=\xe6\xb0\xb8", body=b"got it"),
    "credentials": _case(
        _message(body=_TEXT), headers=(("Authorization", "Bearer s3cret"), ("Cookie", "sid=s3cret")), body=_TEXT
    ),
    "no-content": _case(b"HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n", up=204, body=b""),
    "not-modified": _case(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 999\r\nETag: x\r\n\r\n", up=304, body=b""),
    "not-modified-rest": Case((Final(b"HTTP/1.1 304 N\r\n\r\n", rest=b"abc"),), up=304, body=b""),
    "not-modified-chunked": _case(b"HTTP/1.1 304 N\r\nTransfer-Encoding: chunked\r\n\r\n", up=304, body=b""),
    "not-found": _case(b"HTTP/1.1 404 Nope\r\nContent-Length: 4\r\n\r\ngone", up=404, body=b"gone"),
    "gone-unread": _case(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", up=410, body=b""),
    "error": _case(
        b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbad\r\n0\r\n\r\n", up=500, body=b"bad"
    ),
    "unauthorized": _case(
        b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nno", up=401, body=b"no"
    ),
    "forbidden": _case(b"HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno", up=403, body=b"no"),
    "proxy-says-no": _case(b"HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nno", up=407, body=b"no"),
    "too-many": _case(b"HTTP/1.1 429 Later\r\nRetry-After: 9\r\nContent-Length: 2\r\n\r\nno", up=429, body=b"no"),
    "busy": _case(b"HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\nno", Close(), up=503, body=b"no"),
    "redirect-301": _redirect("redirect-301", 301),
    "redirect-302-post": _redirect("redirect-302-post", 302, method="POST", sends=b"a=1"),  # the second is a GET
    "redirect-303-post": _redirect("redirect-303-post", 303, method="POST", sends=b"a=1"),
    "redirect-307-post": _redirect("redirect-307-post", 307, method="POST", sends=b"a=1"),  # sent twice
    "redirect-308-head": _redirect("redirect-308-head", 308, method="HEAD"),
    "redirect-nowhere": _case(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", up=302),
    # content-encoding
    "gzip": _case(_message(b"Content-Encoding: gzip", body=_GZIP), body=_TEXT * 50),
    "gzip-chunked": _case(
        _chunked(b"Content-Encoding: gzip", data=b"%x\r\n%b\r\n0\r\n\r\n" % (len(_GZIP), _GZIP)), body=_TEXT * 50
    ),
    "gzip-cut": _case(_message(b"Content-Encoding: gzip", body=_GZIP[:-20]), up=_DATALOSS),
    "gzip-torn": _case(_message(b"Content-Encoding: gzip", body=_GZIP[:15] + b"\xff" * 30 + _GZIP[45:]), up=_DATALOSS),
    "gzip-twice": _case(_message(b"Content-Encoding: gzip, gzip", body=gzip.compress(_GZIP, mtime=0)), body=_TEXT * 50),
    "gzip-members": _case(_message(b"Content-Encoding: gzip", body=_GZIP + _GZIP), body=_TEXT * 100),
    "gzip-cut-to-close": _case(_OK + b"Content-Encoding: gzip\r\n\r\n" + _GZIP[:-9], Close(), up=_DATALOSS),
    "gzip-cut-chunked": _case(
        _chunked(b"Content-Encoding: gzip", data=b"40\r\n%b\r\n0\r\n\r\n" % _GZIP[:64]), up=_DATALOSS
    ),
    "unasked-coding": _case(_message(b"Content-Encoding: sdch", body=b"abc"), up=_DATALOSS),
    "gzip-lie": _case(_message(b"Content-Encoding: gzip", body=b"not gzip at all"), body=b"not gzip at all"),
    # connections
    "kept": _case(_message(body=b"abc"), body=b"abc"),
    "stale": Case((Final(_message(body=b"abc")),), body=b"abc", stale=True),  # one by one it goes where `kept` went
    "silent-close": Case((Final(_message(body=b"abc")), Close()), body=b"abc"),
    "nothing": Case((Close(),), up=_FAILED, attempts=3),
    "reset-at-once": Case((Close("reset"),), up=_FAILED, attempts=3),
    "time-out": Case((Pause(SHORT_S * 2), Close()), up=_TIMEOUT, timeout_s=SHORT_S),
    "time-out-in-head": Case(
        (Final(_OK), Pause(SHORT_S * 2), Close()), up=_TIMEOUT, truncated="time", timeout_s=SHORT_S
    ),
    "time-out-in-body": _case(
        _message(body=b"abc", length=9), Pause(SHORT_S * 2), Close(), up=_TIMEOUT, truncated="time", timeout_s=SHORT_S
    ),
    "time-out-to-close": _case(
        _OK + b"\r\nabc", Pause(SHORT_S * 2), Close(), up=_TIMEOUT, truncated="time", timeout_s=SHORT_S
    ),
}


def script(asked: Asked) -> list[Step]:
    """The steps for a target `/<case>?…`, in origin or absolute form."""
    case = CASES[name(asked.target)]
    if f"?{_THERE}" in asked.target:
        return list(case.then)
    return [Close()] if case.stale and asked.served else list(case.steps)


def name(target: str) -> str:
    """The case that a target or URL asks for."""
    path = target.partition("://")[2].partition("/")[2] if "://" in target else target[1:]
    return path.partition("?")[0]
