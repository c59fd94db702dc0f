"""What crosses the wire in one attempt, byte for byte: written by the connection, read once by the handler.

It knows where a head ends and how much may come, because it is told; it parses nothing but two status lines, so it
cannot disagree with the parser that decides where a message ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.core.model import Ending, Exchange, Head, HeadKind
from crawler.fetch.redact import redacted

if TYPE_CHECKING:
    from datetime import datetime

_STATUS_LINE = re.compile(rb"HTTP/(1\.[01]) ")
_MAX_INFORMATIONAL = 32  # heads; each becomes a record, and a server can send them for ever
_HEAD_END = b"\r\n\r\n"  # where Scrapy sees the end of a proxy's answer to CONNECT


class Tape:
    """One attempt. `ending` is None while it is open; the first one set stays."""

    def __init__(self, url: str, started: datetime, *, max_head_bytes: int, max_body_bytes: int) -> None:
        self.url = url
        self.ending: Ending | None = None
        self.reason = ""
        self.ip: str | None = None  # stays None through a proxy
        self.tls: tuple[str, str] | None = None  # WARC-Protocol value and cipher, once the handshake is done
        self.reused = False  # the connection had served another request before
        self._started = started
        self._max_head_bytes = max_head_bytes
        self._max_body_bytes = max_body_bytes
        self._asked = False
        self._request = bytearray()
        self._received = bytearray()
        self._heads: list[Head] = []
        self._informational = 0
        self._informational_bytes = 0
        self._head_bytes = 0  # of the final head, once it is whole
        self._connect_request = bytearray()
        self._connect_response = bytearray()

    @property
    def answered(self) -> bool:
        """Whether a byte of an answer came, be it an informational one."""
        return bool(self._received or self._heads)

    @property
    def position(self) -> int:
        """How many bytes of the response that is being received have come."""
        return len(self._received)

    def ask(self) -> None:
        """From here on the request itself is written; what came before was for the proxy."""
        self._asked = True

    def sent(self, data: bytes) -> None:
        """Bytes handed to the connection."""
        (self._request if self._asked else self._connect_request).extend(data)

    def got(self, data: bytes) -> None:
        """Bytes from the server, before anything reads them."""
        self._received += data

    def got_from_proxy(self, data: bytes) -> bool:
        """Bytes in answer to CONNECT; False once they are more than a head may have."""
        self._connect_response += data
        return len(self._connect_response) <= self._max_head_bytes

    def informational(self, end: int) -> None:
        """The first `end` bytes are a 1xx head of their own, not the final one."""
        self._informational += 1
        if self._informational <= _MAX_INFORMATIONAL:
            self._heads.append(Head(HeadKind.INFORMATIONAL, bytes(self._received[:end])))
        self._informational_bytes += end
        del self._received[:end]

    def head_ends(self, end: int) -> None:
        """The first `end` bytes are the final head."""
        self._head_bytes = end

    def finish(self, rest: int) -> None:
        """The message is whole; its last `rest` bytes came after its end and are not part of it."""
        if self.ending is None:
            self.ending = Ending.COMPLETE
            del self._received[len(self._received) - rest :]

    def stop_if_too_long(self) -> bool:
        """Whether more came than is taken, framing counted: then the attempt has ended, cut at the limit."""
        if self.ending is not None:
            return False
        limit, what = self._limit()
        if len(self._received) <= limit and self._informational <= _MAX_INFORMATIONAL:
            return False
        del self._received[limit:]
        self.ending, self.reason = Ending.LENGTH, what
        return True

    def _limit(self) -> tuple[int, str]:
        """How many bytes the response may have by now, and what it is if it has more."""
        if self._head_bytes:
            return self._head_bytes + self._max_body_bytes, f"a body of more than {self._max_body_bytes} bytes"
        left = max(0, self._max_head_bytes - self._informational_bytes)
        return left, f"more than {_MAX_INFORMATIONAL} informational heads, or heads of {self._max_head_bytes} bytes"

    def refuse_length(self, length: int) -> bool:
        """Whether the length that the head announces, in bytes, is more than is taken: then the attempt has ended."""
        if length <= self._max_body_bytes:
            return False
        self.ending = Ending.LENGTH
        self.reason = f"a body of {length} bytes, more than {self._max_body_bytes}"
        return True

    def exchange(self, ended: datetime, ending: Ending, reason: str) -> Exchange:
        """What happened; `ending` and `reason` are for an attempt that the wire itself has not ended.

        To be called once: the tape lets go of its bytes, for a kept connection may hold it for minutes.
        """
        ending, reason = (ending, reason) if self.ending is None else (self.ending, self.reason)
        if ending is not Ending.COMPLETE and not self._received:
            ending = Ending.FAILED
        secure = self.url.startswith("https:")  # without `tls` the request was written but waited for a handshake
        tls = self.tls if secure else None  # to an https proxy is not to the server
        exchange = Exchange(
            url=self.url,
            started=self._started,
            ended=ended,
            ending=ending,
            request=b"" if secure and not self.tls else redacted(bytes(self._request)),
            response=bytes(self._received),
            heads=(*self._tunnel(), *self._heads),
            ip=self.ip,
            protocols=(*self._http(), *(tls[:1] if tls else ())),
            cipher=tls[1] if tls else None,
            reason=reason,
        )
        for buffer in (self._request, self._received, self._connect_request, self._connect_response):
            buffer.clear()
        return exchange

    def _tunnel(self) -> tuple[Head, ...]:
        answer, end, _ = bytes(self._connect_response).partition(_HEAD_END)
        heads = (
            Head(HeadKind.CONNECT_REQUEST, redacted(bytes(self._connect_request))),
            Head(HeadKind.CONNECT_RESPONSE, answer + end),
        )
        return tuple(head for head in heads if head.block)

    def _http(self) -> tuple[str, ...]:
        status = _STATUS_LINE.match(self._received)
        return (f"http/{status[1].decode('ascii')}",) if status else ()
