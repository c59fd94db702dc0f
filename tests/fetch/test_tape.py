from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.core.model import Ending, Exchange, HeadKind
from crawler.fetch.tape import Tape

START = datetime(2026, 11, 1, tzinfo=UTC)
END = START + timedelta(seconds=1)
HEAD = b"HTTP/1.0 200 OK\r\n\r\n"


def _tape(url: str = "http://a.example/", head: int = 100, body: int = 10) -> Tape:
    tape = Tape(url, START, max_head_bytes=head, max_body_bytes=body)
    tape.ask()
    tape.sent(b"GET / HTTP/1.1\r\nCookie: a\r\n\r\n")
    return tape


def _cut(tape: Tape) -> Exchange:
    return tape.exchange(END, Ending.DISCONNECT, "cut")


def test_a_whole_message_is_complete_without_what_came_behind_it() -> None:
    tape = _tape()
    tape.got(HEAD + b"body" + b"rest")
    tape.head_ends(len(HEAD))
    tape.finish(4)
    exchange = tape.exchange(END, Ending.TIME, "too late to matter")
    assert exchange == Exchange(
        url="http://a.example/",
        started=START,
        ended=END,
        ending=Ending.COMPLETE,
        request=b"GET / HTTP/1.1\r\nCookie: REDACTED\r\n\r\n",
        response=HEAD + b"body",
        protocols=("http/1.0",),
    )


def test_a_body_is_cut_at_its_limit_and_not_before() -> None:
    tape = _tape(body=10)
    tape.got(HEAD + b"0123456789")
    tape.head_ends(len(HEAD))
    assert not tape.stop_if_too_long()
    tape.got(b"X")
    assert tape.stop_if_too_long()
    exchange = _cut(tape)
    assert (exchange.ending, exchange.response) == (Ending.LENGTH, HEAD + b"0123456789")
    assert exchange.reason == "a body of more than 10 bytes"


def test_a_head_is_cut_at_its_limit_informational_ones_counted() -> None:
    tape = _tape(head=40)
    tape.got(b"HTTP/1.1 103 Hi\r\n\r\n")
    tape.informational(19)
    tape.got(b"x" * 21)
    assert not tape.stop_if_too_long()
    tape.got(b"y")
    assert tape.stop_if_too_long()
    exchange = _cut(tape)
    assert (exchange.ending, exchange.response) == (Ending.LENGTH, b"x" * 21)
    assert [head.kind for head in exchange.heads] == [HeadKind.INFORMATIONAL]


def test_only_so_many_informational_heads_are_taken() -> None:
    tape = _tape(head=10_000)
    for _ in range(32):
        tape.got(b"HTTP/1.1 103 Hi\r\n\r\n")
        tape.informational(19)
    assert not tape.stop_if_too_long()
    tape.got(b"HTTP/1.1 103 Hi\r\n\r\n")
    tape.informational(19)
    assert tape.stop_if_too_long()
    exchange = _cut(tape)
    assert len(exchange.heads) == 32
    assert exchange.ending is Ending.FAILED  # of the final response not a byte came
    assert "informational" in exchange.reason


def test_an_announced_length_is_judged_by_the_same_limit() -> None:
    tape = _tape(body=10)
    assert not tape.refuse_length(10)
    assert tape.refuse_length(11)
    assert tape.ending is Ending.LENGTH


def test_what_waited_for_a_handshake_in_vain_was_not_sent() -> None:
    assert _cut(_tape("https://a.example/")).request == b""
    tape = _tape("https://a.example/")
    tape.tls = ("tls/1.3", "TLS_AES_256_GCM_SHA384")
    exchange = _cut(tape)
    assert exchange.request.startswith(b"GET /")
    assert (exchange.protocols, exchange.cipher) == (("tls/1.3",), "TLS_AES_256_GCM_SHA384")


def test_tls_to_a_proxy_is_not_tls_to_the_server() -> None:
    tape = _tape("http://a.example/")
    tape.tls = ("tls/1.3", "TLS_AES_256_GCM_SHA384")
    exchange = _cut(tape)
    assert (exchange.protocols, exchange.cipher) == ((), None)


def test_without_a_byte_of_a_response_an_attempt_has_failed() -> None:
    exchange = _tape().exchange(END, Ending.TIME, "no answer")
    assert (exchange.ending, exchange.reason) == (Ending.FAILED, "no answer")


def test_a_tunnel_is_two_heads_and_what_came_behind_them_is_none() -> None:
    tape = Tape("https://a.example/", START, max_head_bytes=100, max_body_bytes=10)
    tape.sent(b"CONNECT a:443 HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n")
    assert tape.got_from_proxy(b"HTTP/1.1 200 OK\r\n")
    assert tape.got_from_proxy(b"\r\nbehind")
    assert not tape.got_from_proxy(b"x" * 100)
    heads = _cut(tape).heads
    assert [(head.kind, head.block) for head in heads] == [
        (HeadKind.CONNECT_REQUEST, b"CONNECT a:443 HTTP/1.1\r\nProxy-Authorization: REDACTED\r\n\r\n"),
        (HeadKind.CONNECT_RESPONSE, b"HTTP/1.1 200 OK\r\n\r\n"),
    ]
