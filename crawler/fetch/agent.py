"""Scrapy's way to a response (proxies, tunnels, time-outs), up to the moment its last byte is on the tape."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import _ScrapyAgent
from scrapy.exceptions import DownloadCancelledError
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol, connectionDone
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.iweb import UNKNOWN_LENGTH

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Headers
    from twisted.python.failure import Failure
    from twisted.web.client import Response as TxResponse

    from crawler.fetch.tape import Tape


class RecordingAgent(_ScrapyAgent):
    """One attempt; its deferred gives Twisted's response when the message has ended."""

    def __init__(self, *, tape: Tape, **scrapy: Any) -> None:  # noqa: ANN401 - Scrapy's own arguments
        super().__init__(**scrapy)
        self._tape = tape

    def answer(self, request: Request) -> Deferred[TxResponse]:
        """Send it; fires when the answer has ended."""
        return self.download_request(request)  # type: ignore[return-value]  # `_cb_bodydone` passes it on

    @staticmethod
    def headers(answer: TxResponse) -> Headers:
        """The headers as Scrapy hands them to spiders."""
        return _ScrapyAgent._headers_from_twisted_response(answer)  # noqa: SLF001 - see protocol

    def _cb_bodyready(self, txresponse: TxResponse, request: Request) -> Any:  # noqa: ANN401, ARG002 - Scrapy's signature
        length: Any = txresponse.length  # an int, or UNKNOWN_LENGTH, which Twisted types as str
        if length == 0:  # Twisted never ends a body that does not begin
            return txresponse
        if length is not UNKNOWN_LENGTH and self._tape.refuse_length(length):
            if (transport := txresponse._transport._producer) is not None:  # noqa: SLF001 - as Scrapy aborts
                transport.abortConnection()
            raise DownloadCancelledError(self._tape.reason)
        ended: Deferred[TxResponse] = Deferred(partial(self._cancel, txresponse=txresponse))
        txresponse.deliverBody(_Drain(ended, txresponse))  # type: ignore[no-untyped-call]
        self._txresponse = txresponse  # the time-out stops it
        return ended

    def _cb_bodydone(self, result: Any, url: str) -> Any:  # noqa: ANN401, ARG002 - Scrapy's signature
        return result


class _Drain(Protocol):
    """Waits for the end of a body. Its bytes are on the tape already and are kept once."""

    def __init__(self, ended: Deferred[TxResponse], response: TxResponse) -> None:
        self._ended = ended
        self._response = response

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 - Twisted's name
        if self._ended.called:
            return
        if reason.check(ResponseDone, PotentialDataLoss):  # type: ignore[no-untyped-call]  # the tape knows which it was
            self._ended.callback(self._response)
        else:
            self._ended.errback(reason)
