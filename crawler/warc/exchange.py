"""What one `Exchange` becomes: the records of an attempt on the wire, each naming the others.

Heads beside the exchange proper are metadata records with the verbatim block, since readers take the first head of a
response block for its status: a request head is a CONNECT, a response head a 1xx or else the answer to the CONNECT.
An answer that holds what an earlier one did is a revisit record: its head, and which record has the payload (§6.7).
An attempt without a byte of response is a metadata record with the fields `fetchFailure` (the reason) and
`fetchTimeMs` (WARC 1.1 §6.5).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.core.model import Ending, HeadKind
from crawler.warc.digest import sha256
from crawler.warc.message import entity, parse_response
from crawler.warc.record import FIELDS_TYPE, Draft, Fields, printable, warc_date, warc_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.core.model import Exchange, Head
    from crawler.core.visit import Earlier

_REQUEST_TYPE = "application/http;msgtype=request"
_RESPONSE_TYPE = "application/http;msgtype=response"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"


def drafts(exchange: Exchange, new_id: Callable[[], str], earlier: Earlier | None = None) -> tuple[Draft, ...]:
    """The records in the order of writing: heads, request, and last the response, the revisit or the failure.

    `earlier`: the answer that this one may repeat.
    """
    main_id, url, wire = new_id(), printable(exchange.url), _wire(exchange)
    beside = (*wire, ("WARC-Concurrent-To", f"<{main_id}>"))
    others = [
        Draft("metadata", new_id(), exchange.started, _head_type(head), head.block, url, beside)
        for head in exchange.heads
    ]
    if exchange.request:
        others.append(Draft("request", new_id(), exchange.started, _REQUEST_TYPE, exchange.request, url, beside))
    fields = (*wire, *(("WARC-Concurrent-To", f"<{other.id}>") for other in others))
    main = _response if exchange.response else _failure
    draft = main(exchange, main_id, url, fields)
    return (*others, _revisit(draft, exchange, earlier) or draft if earlier else draft)


def repeats(earlier: Earlier, url: str, status: int | None, payload_digest: str | None) -> bool:
    """Whether an answer says that nothing has changed: it is not modified, or has the same payload.

    One that is "not modified" where there was nothing to be asked for by is compared with nothing.
    """
    if url != earlier.url:
        return False
    if status == HTTPStatus.NOT_MODIFIED:
        return bool(earlier.etag or earlier.modified)
    return status == HTTPStatus.OK and payload_digest is not None and payload_digest == earlier.payload_digest


def _revisit(draft: Draft, exchange: Exchange, earlier: Earlier) -> Draft | None:
    """The revisit record in the place of a response; None: it is none."""
    if exchange.ending is not Ending.COMPLETE or _is_head(exchange):
        return None
    if not repeats(earlier, exchange.url, draft.status, draft.payload_digest):
        return None
    is_unmodified = draft.status == HTTPStatus.NOT_MODIFIED
    referred = (
        ("WARC-Profile", _PROFILES + ("server-not-modified" if is_unmodified else "identical-payload-digest")),
        ("WARC-Refers-To", f"<{earlier.record_id}>"),
        ("WARC-Refers-To-Target-URI", printable(earlier.url)),
        ("WARC-Refers-To-Date", warc_date(earlier.date)),
    )
    body = parse_response(exchange.response).body
    head = exchange.response[: len(exchange.response) - len(body)]
    return replace(draft, type="revisit", block=head, fields=(*draft.fields, *referred))


def _wire(exchange: Exchange) -> Fields:
    fields = [("WARC-IP-Address", exchange.ip)] if exchange.ip else []
    fields += [("WARC-Protocol", protocol) for protocol in exchange.protocols]
    return (*fields, *([("WARC-Cipher-Suite", exchange.cipher)] if exchange.cipher else []))


def _head_type(head: Head) -> str:
    return _REQUEST_TYPE if head.kind is HeadKind.CONNECT_REQUEST else _RESPONSE_TYPE


def _response(exchange: Exchange, record_id: str, url: str, fields: Fields) -> Draft:
    status, payload_digest = _read(exchange)
    return Draft(
        "response",
        record_id,
        exchange.started,
        _RESPONSE_TYPE,
        exchange.response,
        url,
        fields,
        payload_digest,
        _truncation(exchange.ending),
        status,
    )


def _read(exchange: Exchange) -> tuple[int | None, str | None]:
    """Status and payload digest. A head that cannot be read has neither; HEAD, 204 and 304 have no payload."""
    try:
        message = parse_response(exchange.response)
    except WarcError:  # the record keeps the bytes; that they are no HTTP is the server's doing
        return None, None
    payload = None if _is_head(exchange) else entity(message)
    return message.status, sha256(payload.body) if payload else None


def _is_head(exchange: Exchange) -> bool:
    return exchange.request.startswith(b"HEAD ")


def _truncation(ending: Ending) -> Ending | None:
    if ending is Ending.COMPLETE:
        return None
    return Ending.DISCONNECT if ending is Ending.FAILED else ending  # failed after bytes came: broken off


def _failure(exchange: Exchange, record_id: str, url: str, fields: Fields) -> Draft:
    took_ms = max(0, (exchange.ended - exchange.started) // timedelta(milliseconds=1))
    reason = exchange.reason or exchange.ending.value
    block = warc_fields((("fetchFailure", reason), ("fetchTimeMs", str(took_ms))))
    return Draft("metadata", record_id, exchange.started, FIELDS_TYPE, block, url, fields)
