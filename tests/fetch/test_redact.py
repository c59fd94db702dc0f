from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.redact import redacted


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"Authorization: Basic c2VjcmV0", b"Authorization: REDACTED"),
        (b"authoriZATION:Bearer  s e c r e t ", b"authoriZATION:REDACTED"),
        (b"Proxy-Authorization:\t secret", b"Proxy-Authorization:\t REDACTED"),
        (b"COOKIE : secret=1; b=2", b"COOKIE : REDACTED"),
        (b"Cookie: secret\r\n more\r\n\tand more\r\nX: 1", b"Cookie: REDACTED\r\nX: 1"),
        (b"Cookie: secret\n more\nX: 1", b"Cookie: REDACTED\nX: 1"),
        (b"Cookie: secret\rmore", b"Cookie: REDACTED"),
        (b"Cookie:", b"Cookie:REDACTED"),
        (b"Set-Cookie: a\r\n fold\r\nX-Authorization: b", b"Set-Cookie: a\r\n fold\r\nX-Authorization: b"),
        (b"A: 1\r\nCookie: secret\r\nCookie: again\r\nB: 2", b"A: 1\r\nCookie: REDACTED\r\nCookie: REDACTED\r\nB: 2"),
    ],
)
def test_values_of_credentials_are_hidden_and_nothing_else(sent: bytes, kept: bytes) -> None:
    body = b"\r\n\r\nCookie: not a header\r\nAuthorization: nor this"
    assert redacted(b"GET / HTTP/1.1\r\n" + sent + body) == b"GET / HTTP/1.1\r\n" + kept + body


def test_a_request_line_that_looks_like_a_header_stays() -> None:
    assert redacted(b"Cookie: / HTTP/1.1\r\nHost: a\r\n\r\n") == b"Cookie: / HTTP/1.1\r\nHost: a\r\n\r\n"


_NAMES = st.sampled_from([b"Authorization", b"proxy-authorization", b"cOOkie"])
_OTHER = st.lists(st.sampled_from([b"Host: a", b"X: 1", b"Accept: */*", b"X-Fold: 1\r\n 2"]))


@given(_OTHER, _NAMES, st.sampled_from([b"\r\n", b"\n"]), st.integers(0, 3), _OTHER, st.binary())
def test_no_secret_stays_wherever_it_stands(  # noqa: PLR0917 - hypothesis fills them in
    before: list[bytes], name: bytes, end: bytes, folds: int, after: list[bytes], body: bytes
) -> None:
    secret = name + b": s3cret" + (end + b"\t s3cret") * folds
    kept = redacted(end.join([b"GET / HTTP/1.1", *before, secret, *after, b"", body]))
    assert kept == end.join([b"GET / HTTP/1.1", *before, name + b": REDACTED", *after, b"", body])


@given(st.binary())
def test_whatever_comes_it_does_not_fail_and_is_idempotent(request: bytes) -> None:
    once = redacted(request)
    assert redacted(once) == once
