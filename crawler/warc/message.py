"""HTTP/1.x responses as they lie in a record's block: the head taken apart, the transfer-encoding undone.

Lenient where browsers are: bare LF, folded headers, odd case, no reason phrase, empty lines in front, lines without
a colon. Content-encoding is left on; a response without a head (HTTP/0.9) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError

if TYPE_CHECKING:
    from crawler.core.model import Headers

MAX_HEAD_BYTES = 256 * 1024  # as browsers and our own handler
MAX_HEADERS = 1_000

_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
_BEFORE_HEAD = re.compile(rb"[\r\n]*+")
_HEAD_END = re.compile(rb"\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP(?:/\d+(?:\.\d+)?)?[ \t]+(\d{3})(?!\d)[ \t]*+([^\r\n]*)", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]++)[ \t]*+(?:;[^\n]*+|\r?)\n")
_TORN_CHUNK_SIZE = re.compile(rb"(?:[0-9A-Fa-f]++[ \t]*+(?:;[^\n]*+|\r?))?\Z")
_CHUNK_END = re.compile(rb"\r?\n")
_DIGITS = re.compile(rb"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Message:
    """A final response."""

    status: int
    reason: bytes  # empty where the server sent none
    headers: Headers  # as sent, folds joined by a space
    body: bytes  # as sent: transfer-encoding and content-encoding still on

    def header(self, name: bytes) -> bytes | None:
        """The first value of that header (any case); None where it is absent."""
        return next((value for field, value in self.headers if field.lower() == name.lower()), None)

    def header_list(self, name: bytes) -> tuple[bytes, ...]:
        """The elements of a comma-separated header in order, repeats joined, lower-case (RFC 9110 §5.6.1)."""
        values = b",".join(value for field, value in self.headers if field.lower() == name.lower())
        return tuple(element.lower() for part in values.split(b",") if (element := part.strip(b" \t")))


@dataclass(frozen=True, slots=True)
class Entity:
    """A body without its transfer-encoding: the payload of WARC 1.1 §6.3.2."""

    body: bytes
    problem: str = ""  # why it is not whole; empty: it is


def parse_response(block: bytes) -> Message:
    """The response in a block.

    Raises: WarcError where there is no head, no end of it, or more than MAX_HEAD_BYTES or MAX_HEADERS.
    """
    start = _BEFORE_HEAD.match(block, 0, MAX_HEAD_BYTES)
    status = _STATUS_LINE.match(block, start.end() if start else 0, MAX_HEAD_BYTES)
    if status is None:
        raise WarcError(f"no HTTP response head: {block[:40]!r}")
    end = _HEAD_END.search(block, status.end(), MAX_HEAD_BYTES)
    if end is None:
        raise WarcError(f"the HTTP head has no end in the first {min(len(block), MAX_HEAD_BYTES)} bytes")
    headers = _headers(block[status.end() : end.start()])
    return Message(int(status[1]), status[2].rstrip(b" \t"), headers, block[end.end() :])


def _headers(lines: bytes) -> Headers:
    found: list[tuple[bytes, bytes]] = []
    for line in lines.split(b"\n")[1:]:
        if line[:1] in {b" ", b"\t"}:
            if found:
                found[-1] = (found[-1][0], found[-1][1] + b" " + line.strip(b" \t\r"))
            continue
        name, colon, value = line.partition(b":")
        if colon and (name := name.strip(b" \t")):
            found.append((name, value.strip(b" \t\r")))
        if len(found) > MAX_HEADERS:
            raise WarcError(f"more than {MAX_HEADERS} HTTP headers")
    return tuple(found)


def entity(message: Message) -> Entity | None:
    """The body as the server meant it; None where the status has none (1xx, 204, 304; RFC 9110 §6.4.1).

    A body that is short or breaks off comes as far as it goes, with the problem; bytes beyond Content-Length are not
    the body's. Whoever knows that the request was a HEAD does not ask. Linear in the size of the body.
    """
    if message.status < HTTPStatus.OK or message.status in _BODILESS:
        return None
    codings = message.header_list(b"transfer-encoding")
    if not codings:
        return _counted(message)
    found = _unchunked(message.body) if codings[-1] == b"chunked" else Entity(message.body)
    if other := [coding for coding in codings if coding not in {b"chunked", b"identity"}]:
        return Entity(found.body, f"transfer-encoding {other[0]!r} is not read")
    return found


def _counted(message: Message) -> Entity:
    lengths = set(message.header_list(b"content-length"))
    if not lengths:
        return Entity(message.body)
    length = lengths.pop()
    if lengths or not _DIGITS.fullmatch(length):
        return Entity(message.body, "Content-Length is no single number")
    if len(message.body) < int(length):
        return Entity(message.body, f"{len(message.body)} of {int(length)} bytes came")
    return Entity(message.body[: int(length)])


def _unchunked(body: bytes) -> Entity:
    """The chunks' data (RFC 9112 §7.1). Extensions and trailers are dropped; the last chunk makes it whole."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        if length == 0:
            return Entity(b"".join(parts))
        stop = min(size.end() + length, len(body))
        parts.append(body[size.end() : stop])
        end = _CHUNK_END.match(body, stop)
        if end is None:
            return Entity(b"".join(parts), "a chunk is not as long as it says")
        at = end.end()
    if at == 0 and not _TORN_CHUNK_SIZE.match(body):
        return Entity(body)  # the tool that wrote the record undid the chunks and kept the header, as several do
    return Entity(b"".join(parts), "the last chunk is missing")
