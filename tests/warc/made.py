"""Records made by hand, as anybody's, and what was found as words."""

from __future__ import annotations

import gzip

from crawler.warc.found import Record


def warc(number: int | str, block: bytes = b"body", **fields: str | None) -> bytes:
    """A record as plain bytes; a field that is None is left out."""
    values = {
        "WARC-Type": "resource",
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Date": "2026-11-12T01:02:03Z",
        "WARC-Target-URI": "http://a.example/",
        "Content-Type": "text/html",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in values.items() if value is not None)
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def packed(*parts: bytes) -> bytes:
    """A gzip member each."""
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


def told(found) -> list[str]:
    """Ids of records; of damages the offset and the reason."""
    return [
        each.id.removeprefix("urn:uuid:") if isinstance(each, Record) else f"{each.offset}: {each.reason}"
        for each in found
    ]
