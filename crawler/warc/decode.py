"""A response's payload as a reader wants it: transfer-encoding and content-encoding undone.

The live crawl and the offline reader both come through here, so that they read the same page.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.errors import WarcError
from crawler.warc.message import entity, parse_response
from crawler.warc.unpack import unpacked

MAX_CODINGS = 3  # more than one is rare, more than three is a bomb's nest


@dataclass(frozen=True, slots=True)
class Payload:
    """What a response carried. Charsets are the reader's business."""

    status: int | None  # None: the block is no HTTP response
    content_type: str | None  # the header's value as sent; None: there was none
    body: bytes  # where it is not whole, as far as it came
    problem: str = ""  # why it is not whole

    @property
    def whole(self) -> bool:
        """Nothing is missing."""
        return not self.problem


def decoded(block: bytes) -> Payload:
    """The payload of a response block; at most `unpack.MAX_BODY_BYTES` come out of a compressed one.

    Raises: nothing; what is wrong is the payload's problem.
    """
    try:
        message = parse_response(block)
    except WarcError as err:
        return Payload(None, None, b"", str(err))
    sent = message.header(b"content-type")
    content_type = None if sent is None else sent.decode("latin-1")
    found = entity(message)
    if found is None:
        return Payload(message.status, content_type, b"")
    body, problem = _without_codings(found.body, message.header_list(b"content-encoding"))
    return Payload(message.status, content_type, body, found.problem or problem)


def _without_codings(body: bytes, codings: tuple[bytes, ...]) -> tuple[bytes, str]:
    applied = [coding for coding in codings if coding != b"identity"]
    if len(applied) > MAX_CODINGS:
        return body, f"{len(applied)} content-encodings (limit {MAX_CODINGS})"
    problem = ""
    for coding in reversed(applied):
        body, trouble = unpacked(body, coding)
        problem = problem or trouble
    return body, problem
