"""What a WARC file holds, read by warcio: attempts with their blocks, as they lie there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Attempt:
    """The records of one attempt; `response` is empty where the main record is about a failure."""

    url: str = ""
    request: bytes = b""
    response: bytes = b""
    failure: bytes = b""
    informational: list[bytes] = field(default_factory=list)
    tunnel: list[bytes] = field(default_factory=list)
    truncated: str | None = None
    fields: list[tuple[str, str]] = field(default_factory=list)

    def values(self, name: str) -> list[str]:
        """The values of a WARC field of the main record."""
        return [value for field_name, value in self.fields if field_name == name]


def attempts(folder: Path) -> list[Attempt]:
    """All attempts of the closed WARC files in a folder, in their order."""
    found: list[Attempt] = []
    for path in sorted(folder.glob("*.warc.gz")):
        current = Attempt()
        with path.open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=True):
                block = record.raw_stream.read()
                kind = record.content_type or ""
                if record.rec_type == "request":
                    current.request = block
                elif record.rec_type == "metadata" and "msgtype=request" in kind:
                    current.tunnel.append(block)
                elif record.rec_type == "metadata" and "msgtype=response" in kind:
                    is_1xx = block.split(b" ", 2)[1][:1] == b"1"
                    (current.informational if is_1xx else current.tunnel).append(block)
                elif record.rec_type in {"response", "metadata"}:
                    current.url = record.rec_headers["WARC-Target-URI"]
                    current.truncated = record.rec_headers["WARC-Truncated"]
                    current.fields = list(record.rec_headers.headers)
                    if record.rec_type == "response":
                        current.response = block
                    else:
                        current.failure = block
                    found.append(current)
                    current = Attempt()
    return found
