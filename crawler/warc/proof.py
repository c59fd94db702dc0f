"""Whether the digests that a record states are of what it holds (WARC 1.1 §5.8, §5.9)."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from crawler.core.errors import WarcError
from crawler.warc.message import entity, parse_response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.warc.found import Record

_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})
_HTTP_TYPE = "application/http"


def is_of(digest: str, data: bytes) -> bool | None:
    """Whether a labelled digest (`sha1:…`, in base32, hex or base64, padded or not) is of the data.

    None: its algorithm is not known.
    """
    label, _, value = digest.partition(":")
    algorithm, value = label.strip().lower().replace("-", ""), value.strip().rstrip("=")
    if algorithm not in _ALGORITHMS:
        return None
    found = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return (
        value.upper() == base64.b32encode(found).decode().rstrip("=")
        or value.lower() == found.hex()
        or value.replace("-", "+").replace("_", "/") == base64.b64encode(found).decode().rstrip("=")
    )


def digest_faults(record: Record) -> Iterator[str]:
    """What is wrong with a record's digests; nothing where it states none."""
    if stated := record.header("WARC-Block-Digest"):
        yield from _faults("block", stated, [record.block])
    stated = record.header("WARC-Payload-Digest")
    # A revisit states its original's digest; of a segment's, the payload is in several records.
    if stated and record.type != "revisit" and not record.header("WARC-Segment-Number"):
        yield from _faults("payload", stated, _payloads(record))


def _faults(name: str, stated: str, data: list[bytes]) -> Iterator[str]:
    verdicts = [is_of(stated, each) for each in data]
    if None in verdicts:
        yield f"the algorithm of the {name} digest is not known: {stated[:80]!r}"
    elif not any(verdicts):
        yield f"the {name} digest is wrong: {stated[:120]!r}"


def _payloads(record: Record) -> list[bytes]:
    """What the payload may be: warcio and wget hash a chunked body as it crossed the wire, the spec without chunks."""
    if not record.content_type.lower().startswith(_HTTP_TYPE):
        return [record.block]
    try:
        message = parse_response(record.block)
    except WarcError:  # a request, or no HTTP
        return [record.block.partition(b"\r\n\r\n")[2], record.block]
    found = entity(message)
    return [message.body] if found is None else [found.body, message.body]
