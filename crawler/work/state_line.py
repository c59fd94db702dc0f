"""One line of a state file: a `Known` as a JSON object, and back. Whoever may push may write one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.core import memory, urls
from crawler.core.errors import UrlError
from crawler.core.model import Seed, Status
from crawler.core.visit import Earlier, Kind, Next
from crawler.ledger.known import MAX_ALIASES, Known
from crawler.ledger.site_memory import Remembered
from crawler.work.tell import moment, one_line, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_WORDS = 10_000  # characters of a title or a name; longer ones are cut, so that no line grows too long to be read
MAX_STEPS = 10_000  # from a seed, and of a schedule: numbers beyond were not written by us


def read_line(line: str) -> Known | str:
    """What a line tells; a text: what is wrong with it, nothing where it is empty."""
    if not line.strip():
        return ""
    try:
        return _known(json.loads(line))
    except (ValueError, OverflowError, UrlError, RecursionError) as err:
        return shown(" ".join(str(err).split())[:200]) or type(err).__name__


def state_line(found: Known) -> str:
    """The line, without its end."""
    seed, latest, remembered = found.seed, found.latest, found.remembered
    told: dict[str, object | None] = {
        "url": seed.url,
        "kind": None if found.kind is Kind.ARTICLE else found.kind,
        "source": _short(found.source),
        "depth": found.depth or None,
        "status": found.ended and found.ended[0],
        "at": found.ended and moment(found.ended[1]),
        "next": found.next and moment(found.next.at),
        "step": found.next and found.next.step,
        "via": _short(seed.via),
        "title": _short(seed.title),
        "date": seed.date and moment(seed.date),
        "author": _short(seed.author),
        "label": _short(seed.label),
        "answered": latest and latest.url,
        "record": latest and latest.record_id,
        "captured": latest and latest.date.isoformat(),
        "digest": latest and latest.payload_digest,
        "etag": latest and latest.etag,
        "modified": latest and latest.modified,
        "aliases": found.aliases or None,
        "cut": found.cut or None,
        "site": remembered and remembered.site,
        "headline": remembered and (_short(remembered.title) or None),
        "blocks": remembered and " ".join(remembered.blocks),
    }
    return one_line({name: value for name, value in told.items() if value is not None})


def _short(text: str | None) -> str | None:
    return text and text[:MAX_WORDS]


def _known(told: object) -> Known:
    """Raises: ValueError, OverflowError, UrlError for what is none of ours."""
    if not isinstance(told, dict):
        raise ValueError("no object")  # noqa: TRY004 - as every other fault of a line
    text = {name: _text(told, name) for name in _TEXTS}
    url = text["url"] or ""
    latest = None
    if text["answered"] and text["record"] and text["captured"]:
        latest = Earlier(
            text["answered"],
            text["record"],
            _time(text["captured"]),
            text["digest"],
            text["etag"],
            text["modified"],
        )
    urls.wire(url)
    date, status = text["date"], text["status"]
    return Known(
        Seed(
            url, urls.key(url), text["via"], text["title"], _time(date) if date else None, text["author"], text["label"]
        ),
        Kind(text["kind"] or Kind.ARTICLE),
        text["source"],
        _number(told, "depth"),
        (Status(status), _time(text["at"] or "")) if status else None,
        Next(_time(text["next"]), _number(told, "step")) if text["next"] else None,
        latest,
        _aliases(told.get("aliases", [])),
        _cut(told.get("cut", [])),
        _remembered(text["site"], text["headline"], text["blocks"]),
    )


_TEXTS = (
    "url", "kind", "source", "status", "at", "next", "via", "title", "date", "author", "label",
    "answered", "record", "captured", "digest", "etag", "modified", "site", "headline", "blocks",
)  # fmt: skip


def _text(told: Mapping[str, object], name: str) -> str | None:
    value = told.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _number(told: Mapping[str, object], name: str) -> int:
    value = told.get(name, 0)
    if type(value) is not int or abs(value) > MAX_STEPS:
        raise ValueError(f"{name} is no number of steps")
    return value


def _aliases(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or len(told) > MAX_ALIASES:
        raise ValueError("aliases are no list of URLs")
    return tuple(urls.key(str(each)) for each in told)


def _cut(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or len(told) > 2 * memory.MAX_BLOCKS:
        raise ValueError("cut is no list of hints")
    return memory.naming(map(str, told))


def _remembered(site: str | None, title: str | None, blocks: str | None) -> Remembered | None:
    prints = (blocks or "").split()
    if len(prints) > 2 * memory.MAX_BLOCKS or not all(map(memory.is_print, prints)):
        raise ValueError("blocks are no fingerprints")
    return Remembered(site, (title or "")[:MAX_WORDS], tuple(prints)) if site and prints else None


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return found.astimezone(UTC)
