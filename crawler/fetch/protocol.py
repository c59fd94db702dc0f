"""The connection that keeps a tape: Twisted's HTTP/1.1 client, as Scrapy makes it lenient, with two taps.

Fidelity dies in the parser (case, folds, framing, 1xx heads), so the tape is written on its wire side: requests as
they are handed to the transport, responses before they are parsed. The parser only says where a head or a message
ends. Private names of Scrapy 2.19 and Twisted 26.10 are used; tests/fetch/test_canary.py fails when they move.
"""

from __future__ import annotations

import select
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientProtocol, _LenientHTTPClientParser
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IHandshakeListener
from twisted.python.failure import Failure
from twisted.web.http_headers import InvalidHeaderName
from zope.interface import directlyProvides, implementer, providedBy  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import ITransport
    from twisted.web._newclient import Request as TxRequest
    from twisted.web.iweb import IResponse

    from crawler.fetch.tape import Tape


class TooLongError(Exception):
    """More came than is taken."""


class Tap:
    """A transport that shows the protocol what it writes and is otherwise the one it wraps."""

    def __init__(self, transport: ITransport, protocol: RecordingProtocol) -> None:
        self._transport = transport
        self._protocol = protocol
        directlyProvides(self, providedBy(transport))

    def write(self, data: bytes) -> None:
        """Record, then write."""
        self._protocol.wrote(data)
        self._transport.write(data)  # type: ignore[call-arg, misc]  # zope's interfaces are not seen

    def writeSequence(self, data: Iterable[bytes]) -> None:  # noqa: N802 - Twisted's name
        """Record, then write."""
        self.write(b"".join(data))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the transport has
        return getattr(self._transport, name)


class RecordingParser(_LenientHTTPClientParser):
    """The parser of one response; it tells the tape where heads end."""

    tape: Tape

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        """Skip a header whose name is no token, as a line without a colon is skipped; Twisted gives the response up."""
        with suppress(InvalidHeaderName):
            super().headerReceived(name.strip(b" \t"), value)  # type: ignore[no-untyped-call]

    def allHeadersReceived(self) -> None:  # noqa: N802 - Twisted's name
        """Note the end of this head: what is not in the line buffer any more belongs to it or lies before it."""
        end = self.tape.position - len(self._buffer)
        if 100 <= self.response.code < 200:  # noqa: PLR2004 - the test by which Twisted skips a head
            self.tape.informational(end)
        else:
            self.tape.head_ends(end)
        super().allHeadersReceived()  # type: ignore[no-untyped-call]


@implementer(IHandshakeListener)
class RecordingProtocol(_LenientHTTP11ClientProtocol):
    """A connection; each request that goes over it has a tape of its own."""

    ip: str | None = None
    tape: Tape | None = None  # of the request under way, or of the one this connection is being made for
    max_line_bytes: int
    on_lost: Callable[[Failure], None] | None = None

    _tls: tuple[str, str] | None = None
    _served = False
    _spoilt = False
    _lost: Failure | None = None

    @property
    def state(self) -> str:
        """As Twisted's; the pool must not hand out a connection on which bytes came unasked."""
        return "CONNECTION_LOST" if self._spoilt else str(self._state)

    def spoil_if_readable(self) -> None:
        """To be asked of a kept connection before it serves again: bytes that wait on it are nobody's answer.

        Without this, what a server sent behind the end of one message became the answer to the next request
        whenever it had not been read yet (seen in the wire test). A connection that the peer closed is found, too.
        """
        descriptor = self.transport.fileno()  # type: ignore[union-attr]
        if descriptor < 0:  # closed, but its protocol has not been told
            self._spoilt = True
            return
        waiting = select.poll()
        waiting.register(descriptor, select.POLLIN)
        if waiting.poll(0):
            self._spoil()

    def _spoil(self) -> None:
        self._spoilt = True
        self.transport.abortConnection()  # type: ignore[union-attr]

    def makeConnection(self, transport: ITransport) -> None:  # noqa: N802 - Twisted's name
        """Put the tap on the transport."""
        super().makeConnection(Tap(transport, self))  # type: ignore[no-untyped-call]

    def handshakeCompleted(self) -> None:  # noqa: N802 - Twisted's name
        """Note the TLS version and cipher: what was written before is on its way only now."""
        handle = self.transport.getHandle()  # type: ignore[union-attr]
        version = handle.get_protocol_version_name().lower().removeprefix("tlsv")
        self._tls = (f"tls/{version}" if "." in version else f"tls/{version}.0", handle.get_cipher_name())
        if self.tape is not None:
            self.tape.tls = self._tls

    def wrote(self, data: bytes) -> None:
        """Called by the tap."""
        if self.tape is not None:
            self.tape.sent(data)

    def request(self, request: TxRequest, tape: Tape | None = None) -> Deferred[IResponse]:
        """Send a request and write its tape; without one nothing is recorded and nothing may be sent."""
        if tape is None:
            raise TypeError("every request is recorded: a tape is needed")
        tape.ip, tape.tls, tape.reused = self.ip, self._tls, self._served
        tape.ask()
        self.tape, self._served = tape, True
        response = super().request(request)
        if self._parser is not None:
            parser: Any = self._parser
            parser.__class__ = RecordingParser  # as Scrapy does for its own: the class is hard-coded
            parser.tape = tape
            parser.MAX_LENGTH = self.max_line_bytes  # Twisted drops a header line of 16 KiB without a word
        return response

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Record, then parse. Bytes that no request waits for end the connection: they would answer the next one."""
        tape = self.tape
        if self._parser is None or tape is None:
            self._spoil()
            return
        tape.got(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and tape.stop_if_too_long():
            self.transport.abortConnection()  # type: ignore[union-attr]
            self._disconnectParser(Failure(TooLongError(tape.reason)))  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 - Twisted's name
        # Without a parser the connection itself is the end of the message. That is its end only where the peer said
        # so: neither a reset, nor TLS without close_notify (RFC 9112 §9.8), nor our own abort.
        told = self._lost is not None and isinstance(self._lost.value, ConnectionDone)
        if self.tape is not None and (self._parser is not None or told):
            self.tape.finish(len(rest))
        if rest and self._currentRequest is not None:
            self._currentRequest.persistent = False
        super()._finishResponse(rest)

    def _disconnectParser(self, reason: Failure) -> None:  # noqa: N802 - Twisted's name
        super()._disconnectParser(reason)  # type: ignore[no-untyped-call]
        self.tape = None

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override] # noqa: N802 - Twisted's name
        """Remember how the peer left."""
        self._lost = reason
        if self.on_lost is not None:
            self.on_lost(reason)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]
