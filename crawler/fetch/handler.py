"""The download handler: every attempt on the wire is in a WARC file before Scrapy hears of it.

What goes up is what the archive holds: the body is decoded from the recorded bytes by the function that reads WARC
files offline. Long waits and repeated visits are not its business; only a connection that broke before it answered
is tried again, for seconds. `lazy` stays False: a run without a recorder must not start.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.utils._download_handlers import make_response, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt, stop_before_delay, wait_random
from twisted.web.client import HostnameCachingHTTPSPolicy

from crawler.core.model import Ending
from crawler.faults import passed
from crawler.fetch.agent import RecordingAgent
from crawler.fetch.conditions import earlier_of
from crawler.fetch.failure import is_transient, raised, words
from crawler.fetch.pool import Pool, RecordingFactory
from crawler.fetch.recorder import Recorder
from crawler.fetch.tape import Tape

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from tenacity import RetryCallState
    from twisted.web.client import Response as TxResponse

    from crawler.core.model import Exchange
    from crawler.core.visit import Lease
    from crawler.warc.decode import Payload

MAX_ATTEMPTS = 3
MAX_RETRY_S = 5.0  # a request that waits here holds a slot of CONCURRENT_REQUESTS
_TLS_CONTEXTS = 200  # hosts; making a context reads the whole trust store


@dataclass(frozen=True, slots=True)
class _Failed:
    """An attempt that gave no response."""

    error: BaseException
    again: bool = False  # another one may help
    at_once: bool = False  # a kept connection broke: no reason to wait


class RecordingHandler(HTTP11DownloadHandler):
    """For http and https.

    Adds to a request's meta: `captures`, one an attempt, which survives redirects and retries, and `content_type`,
    the header as sent.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._recorder = Recorder.of(crawler)
        self._allow_private = crawler.settings.getbool("PERMAPRESS_ALLOW_PRIVATE")
        self._max_head_bytes = crawler.settings.getint("RESPONSE_HEADERS_MAX_BYTES")
        self._pool._factory = RecordingFactory  # noqa: SLF001 - the seam Scrapy uses itself
        self._pool.retryAutomatically = False  # Twisted's second try would share the first one's record
        self._contextFactory = HostnameCachingHTTPSPolicy(self._contextFactory, cacheSize=_TLS_CONTEXTS)  # type: ignore[assignment]  # zope

    async def download_request(self, request: Request) -> Response:
        """The response, its record written.

        Raises: Scrapy's download errors and AddressError with a reason in words; ResponseDataLossError where the
        message or its content-encoding is cut short; StorageError where nothing could be recorded.
        """
        numbers = itertools.count()

        async def attempt() -> Response | _Failed:
            return await self._attempt(request, new=next(numbers) > 0)

        result: Response | _Failed = await AsyncRetrying(
            stop=stop_after_attempt(MAX_ATTEMPTS) | stop_before_delay(MAX_RETRY_S),
            wait=_pause,
            retry=retry_if_result(lambda result: isinstance(result, _Failed) and result.again),
            retry_error_callback=_last,
        )(attempt)
        if isinstance(result, _Failed):
            raise result.error
        return result

    async def _attempt(self, request: Request, *, new: bool) -> Response | _Failed:
        tape = Tape(
            urldefrag(request.url)[0],
            datetime.now(UTC),
            max_head_bytes=self._max_head_bytes,
            max_body_bytes=self._default_maxsize,
        )
        answer: TxResponse | None = None
        error: BaseException | None = None
        try:
            with wrap_twisted_exceptions():
                answer = await maybe_deferred_to_future(self._agent(tape, new=new).answer(request))
        except (Exception, asyncio.CancelledError) as err:  # noqa: BLE001 - recorded below, then raised
            error = err
        again = error is not None and not tape.answered and _may_repeat(request, error)
        exchange = tape.exchange(datetime.now(UTC), *_end(error))
        lease: Lease | None = request.meta.get("lease")
        self._recorder.spent(lease.token if lease else None, exchange)
        capture, payload = await self._recorder.append(exchange, earlier_of(request))
        passed("page-recorded")
        request.meta["captures"] = (*request.meta.get("captures", ()), capture)
        if tape.ending is Ending.LENGTH:
            return _Failed(DownloadCancelledError(exchange.reason))
        if problem := _problem(request, exchange, payload, error):
            return _Failed(problem, again=again, at_once=tape.reused)
        return _response(request, answer, payload)  # type: ignore[arg-type]  # without a problem both are there

    def _agent(self, tape: Tape, *, new: bool) -> RecordingAgent:
        pool = Pool(self._pool, tape, new=new, allow_private=self._allow_private, max_head_bytes=self._max_head_bytes)
        return RecordingAgent(
            tape=tape,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=pool,
            crawler=self._crawler,
        )


def _last(state: RetryCallState) -> Response | _Failed:
    return state.outcome.result()  # type: ignore[union-attr, no-any-return]  # there was an attempt


def _pause(state: RetryCallState) -> float:
    return 0.0 if _last(state).at_once else wait_random(0.2, 0.6)(state)  # type: ignore[union-attr]  # it failed


def _may_repeat(request: Request, error: BaseException) -> bool:
    return request.method in {"GET", "HEAD"} and is_transient(error)


def _end(error: BaseException | None) -> tuple[Ending, str]:
    """The ending where the wire itself told none."""
    if error is None:
        return Ending.DISCONNECT, "the connection broke off; the message says nowhere how long it is"
    return Ending.TIME if isinstance(error, DownloadTimeoutError) else Ending.DISCONNECT, words(error)


def _problem(
    request: Request, exchange: Exchange, payload: Payload | None, error: BaseException | None
) -> BaseException | None:
    """What goes up instead of a response; None: a response does."""
    if error is not None and not (exchange.response and isinstance(error, DownloadFailedError)):
        return raised(error, exchange.reason or words(error))
    if exchange.ending is not Ending.COMPLETE:
        return ResponseDataLossError(exchange.reason)
    if payload is None:
        return ResponseDataLossError("the response cannot be read")
    if not payload.whole and request.method != "HEAD":
        return ResponseDataLossError(payload.problem)
    return None


def _response(request: Request, answer: TxResponse, payload: Payload) -> Response:
    headers = RecordingAgent.headers(answer)
    headers.pop(b"Content-Encoding", None)
    request.meta["content_type"] = payload.content_type
    return make_response(
        url=urldefrag(request.url)[0],
        status=int(answer.code),
        headers=headers,
        body=b"" if request.method == "HEAD" else payload.body,
        certificate=getattr(answer, "_scrapy_certificate", None),
        ip_address=getattr(answer, "_scrapy_ip_address", None),
        protocol="{}/{}.{}".format(answer.version[0].decode("ascii", "replace"), *answer.version[1:]),
    )
