"""Connections as one request sees them: looked up in the shared pool, made where there is none, taped either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _TunnelingTCP4ClientEndpoint
from twisted.internet.error import ConnectionLost

from crawler.fetch.guard import check_peer
from crawler.fetch.protocol import RecordingProtocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress, IProtocol, IStreamClientEndpoint
    from twisted.python.failure import Failure
    from twisted.web._newclient import Request as TxRequest
    from twisted.web.client import HTTPConnectionPool
    from twisted.web.iweb import IResponse

    from crawler.fetch.tape import Tape

_PROXY_KEY = b"http-proxy"  # how Scrapy's key of a connection to an HTTP proxy begins


class RecordingFactory(_LenientHTTP11ClientFactory):
    """Builds the protocol of a connection that stands; refuses the peer before a byte, or a TLS hello, is written."""

    tape: Tape
    through_proxy: bool
    allow_private: bool
    max_head_bytes: int
    on_lost: Callable[[Failure], None] | None = None
    built: RecordingProtocol | None = None
    abandoned = False  # nobody waits for the connection any more

    def buildProtocol(self, addr: IAddress | None) -> RecordingProtocol | None:  # type: ignore[override] # noqa: N802 - Twisted's name
        """A protocol for that peer; None where it comes too late.

        Raises: AddressError where the peer is none to connect to; Twisted closes the connection.
        """
        if self.abandoned:
            return None
        built = RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        if not self.through_proxy:  # a configured proxy is trusted, and its address says nothing about the server
            host = str(addr.host)  # type: ignore[union-attr]
            check_peer(host, self.allow_private)
            built.ip = host
        built.tape = self.tape
        built.max_line_bytes = self.max_head_bytes
        built.on_lost = self.on_lost
        self.built = built
        return built


class Pool:
    """The shared pool for one attempt; what Twisted's agent asks of a pool and no more."""

    persistent = True

    def __init__(
        self, shared: HTTPConnectionPool, tape: Tape, *, new: bool, allow_private: bool, max_head_bytes: int
    ) -> None:
        self._shared = shared
        self._tape = tape
        self._new = new  # whether a kept connection will not do
        self._allow_private = allow_private
        self._max_head_bytes = max_head_bytes

    def getConnection(self, key: tuple[Any, ...], endpoint: IStreamClientEndpoint) -> Deferred[Connection]:  # noqa: N802 - Twisted's name
        """A connection that writes this attempt's tape."""
        through_proxy = key[0] == _PROXY_KEY or isinstance(endpoint, _TunnelingTCP4ClientEndpoint)
        taped = _Endpoint(self, endpoint, through_proxy=through_proxy)
        for kept in self._shared._connections.get(key, ()):  # noqa: SLF001 - to look before one is taken
            kept.spoil_if_readable()
        get = self._shared._newConnection if self._new else self._shared.getConnection  # noqa: SLF001 - no public way past kept connections
        connection: Deferred[Any] = get(key, taped)  # type: ignore[arg-type]  # zope's interfaces are not seen
        target = None if key[0] == _PROXY_KEY else _origin_form(self._tape.url)
        return connection.addCallback(Connection, self._tape, target)

    def prepare(self, factory: RecordingFactory, *, through_proxy: bool) -> RecordingFactory:
        """Tell a new connection's factory whose it is."""
        factory.tape = self._tape
        factory.through_proxy = through_proxy
        factory.allow_private = self._allow_private
        factory.max_head_bytes = self._max_head_bytes
        return factory


class Connection:
    """A connection held for one request."""

    def __init__(self, protocol: RecordingProtocol, tape: Tape, target: bytes | None) -> None:
        self._protocol = protocol
        self._tape = tape
        self._target = target

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        """Send it. The target is the URL's own: Twisted takes it apart and loses an empty query or `;`."""
        if self._target is not None:
            request.uri = self._target
        return self._protocol.request(request, self._tape)


class _Endpoint:
    """An endpoint that makes taped connections and leaves none open when it fails."""

    def __init__(self, pool: Pool, endpoint: IStreamClientEndpoint, *, through_proxy: bool) -> None:
        self._pool = pool
        self._endpoint = endpoint
        self._through_proxy = through_proxy

    def connect(self, factory: RecordingFactory) -> Deferred[IProtocol]:
        """As IStreamClientEndpoint."""
        self._pool.prepare(factory, through_proxy=self._through_proxy)
        if isinstance(self._endpoint, _TunnelingTCP4ClientEndpoint):
            _watch(self._endpoint, factory)
        return self._endpoint.connect(factory).addErrback(_abandoned, factory)  # type: ignore[call-arg, misc]  # as above


def _abandoned(failure: Failure, factory: RecordingFactory) -> Failure:
    factory.abandoned = True
    if factory.built is not None and factory.built.transport is not None:
        factory.built.transport.abortConnection()
    return failure


def _watch(tunnel: _TunnelingTCP4ClientEndpoint, factory: RecordingFactory) -> None:
    """Tape the proxy's answer to CONNECT, bound it, and end the wait when the proxy leaves: Scrapy does none of it."""
    answered = tunnel.processProxyResponse
    ready = tunnel._tunnelReadyDeferred  # noqa: SLF001 - the only handle on a tunnel in the making

    def answer(data: bytes) -> None:
        if ready.called:
            return
        if factory.tape.got_from_proxy(data):
            answered(data)
        else:
            ready.errback(ConnectionLost("the proxy's answer to CONNECT is longer than a head may be"))

    def left(reason: Failure) -> None:
        if not ready.called:
            ready.errback(reason)

    tunnel.processProxyResponse = answer  # type: ignore[method-assign]
    factory.on_lost = left


def _origin_form(url: str) -> bytes:
    """The request target: what stands behind the authority, as it stands there."""
    target = url.partition("://")[2]
    cut = min((at for at in map(target.find, "/?") if at >= 0), default=len(target))
    path = target[cut:]
    return (path if path.startswith("/") else "/" + path).encode("ascii")
