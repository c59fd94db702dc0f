"""The warcinfo record that opens each file: who wrote it, how, and what is not in it (WARC 1.1 §6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.warc.record import FIELDS_TYPE, Draft, warc_fields

if TYPE_CHECKING:
    from datetime import datetime

_SPECIFICATION = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, slots=True)
class WarcInfo:
    """What a file says of its making; empty strings are left out. The machine's name is nobody's business."""

    software: str  # "permapress/0.1.0 scrapy/2.19.0"
    operator: str  # who to ask about the crawl
    robots: str  # the policy: "obey", "ignore"
    user_agent: str
    redacted: tuple[str, ...] = ()  # header names whose values the blocks hold as REDACTED


def draft(info: WarcInfo, file: str, record_id: str, at: datetime) -> Draft:
    """The warcinfo record of a file, `file` being its final base name."""
    block = warc_fields(
        (
            ("software", info.software),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", _SPECIFICATION),
            ("operator", info.operator),
            ("robots", info.robots),
            ("http-header-user-agent", info.user_agent),
            ("redacted", ", ".join(info.redacted)),
        ),
    )
    return Draft("warcinfo", record_id, at, FIELDS_TYPE, block, fields=(("WARC-Filename", file),))
