"""Fails first, and says where, when an upgrade of Scrapy or Twisted moves a private name that fetch stands on."""

from __future__ import annotations

import inspect
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from scrapy.core.downloader.handlers import http11
from twisted.internet import endpoints
from twisted.protocols import basic, tls
from twisted.web import _newclient, client

from tests.fetch.server import Final, Informational, Server
from tests.fetch.wire_crawl import crawl
from tests.fetch.wire_read import attempts

if TYPE_CHECKING:
    from pathlib import Path

SEAMS = [
    # what we subclass or replace, and the words by which it still does what we count on
    (http11.HTTP11DownloadHandler.__init__, ["self._pool._factory = _LenientHTTP11ClientFactory", "self._contextFactory"]),
    (http11.HTTP11DownloadHandler.download_request, ["_ScrapyAgent(", "bindAddress=self._bind_address", "pool=self._pool"]),
    (http11._ScrapyAgent.download_request, ["self._cb_bodyready, request", "self._cb_bodydone, url", "d3.cancel"]),
    (http11._ScrapyAgent._cb_timeout, ["self._txresponse._transport.stopProducing()", "raise DownloadTimeoutError"]),
    (http11._ScrapyAgent._cancel, ["txresponse._transport._producer.abortConnection()"]),
    (http11._ScrapyProxyAgent.request, ['key=(b"http-proxy"', "requestPath=uri"]),
    (http11._LenientHTTP11ClientProtocol.request, ["self._parser.__class__ = _LenientHTTPClientParser"]),
    (http11._LenientHTTP11ClientFactory.buildProtocol, ["_LenientHTTP11ClientProtocol(self._quiescentCallback)"]),
    (http11._TunnelingTCP4ClientEndpoint.requestTunnel, ["protocol.dataReceived = self.processProxyResponse"]),
    (http11._TunnelingTCP4ClientEndpoint.connect, ["return self._tunnelReadyDeferred"]),
    (client.HTTPConnectionPool._newConnection, ["self._factory(quiescentCallback", "endpoint.connect("]),
    (client.HTTPConnectionPool.getConnection, ["self._connections.get(key)", "connections.pop(0)", "self.retryAutomatically"]),
    (client._AgentBase._requestWithEndpoint, ["self._pool.getConnection(key, endpoint)", "persistent=self._pool.persistent"]),
    (_newclient.HTTP11ClientProtocol.request, ["HTTPClientParser(request, self._finishResponse)", "writeTo(self.transport)"]),
    (_newclient.HTTP11ClientProtocol.dataReceived, ["self._parser.dataReceived(bytes)"]),
    (_newclient.HTTP11ClientProtocol._finishResponse_WAITING, ["self._currentRequest.persistent", "self._disconnectParser"]),
    (_newclient.HTTPClientParser.allHeadersReceived, ["100 <= self.response.code < 200", "self.clearLineBuffer()"]),
    (_newclient.HTTPClientParser.connectionLost, ["self.bodyDecoder.noMoreData()"]),
    (_newclient.HTTPParser.headerReceived, ["addRawHeader(name, value)"]),
    (basic.LineReceiver.dataReceived, ["self._buffer.split(self.delimiter, 1)", "self.MAX_LENGTH"]),
    (tls.TLSMemoryBIOProtocol._checkHandshakeStatus, ["self.wrappedProtocol.handshakeCompleted()"]),
    (endpoints._WrappingFactory.buildProtocol, ["self._onConnection.errback()"]),
]  # fmt: skip


@pytest.mark.parametrize(("seam", "words"), SEAMS, ids=lambda value: getattr(value, "__qualname__", ""))
def test_the_seam_is_where_it_was(seam: object, words: list[str]) -> None:
    source = inspect.getsource(seam)  # type: ignore[arg-type]
    gone = [each for each in words if each not in source]
    assert not gone, (
        f"{seam.__qualname__} of scrapy {version('scrapy')} / twisted {version('twisted')} no longer says {gone}: "  # type: ignore[attr-defined]
        "read crawler/fetch/protocol.py, pool.py and agent.py against it, and let the wire test judge"
    )


def test_bytes_still_come_through_it_whole(tmp_path: Path) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nlINK: </x>\r\n\r\n"
    final = b"HTTP/1.1 200 fine\r\nx-OdD: a\r\nX-odd:  b \r\n c\r\ntransfer-encoding: chunked\r\n\r\n1;e=1\r\nx\r\n0\r\nT: 1\r\n\r\n"
    with Server(lambda _: [Informational(early), Final(final)]) as server:
        crawl(
            {
                "settings": {"PERMAPRESS_ARCHIVE_DIR": str(tmp_path)},
                "requests": [{"url": f"http://127.0.0.1:{server.port}/{n}?q=[{n}]"} for n in range(3)],
            }
        )
    kept = sorted(attempts(tmp_path), key=lambda attempt: attempt.url)
    assert [attempt.request for attempt in kept] == sorted(asked.request for asked in server.log)
    assert [attempt.response for attempt in kept] == [final] * 3
    assert [attempt.informational for attempt in kept] == [[early]] * 3
