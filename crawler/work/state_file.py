"""The state file: what a runner whose disk does not last keeps in its repository, beside the posts.

One JSON object a line, by key, so that two versions of it merge line by line; of two lines of one URL the later counts.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import StorageError, UrlError
from crawler.core.model import Seed, Status
from crawler.core.visit import Earlier, Kind, Next
from crawler.ledger.known import Known
from crawler.work.tell import moment, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

logger = logging.getLogger(__name__)

MAX_LINE_CHARACTERS = 100_000
MAX_LINES = 5_000_000


def write_state(path: Path, found: Iterable[Known]) -> None:
    """Write all of it, in the place of what was there.

    Raises: StorageError.
    """
    beside = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{_line(each)}\n" for each in found)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as err:
        raise StorageError(f"cannot write {path}: {err.strerror or err}; set state_file in crawl.yaml") from err


def read_state(path: Path) -> list[Known]:
    """What it tells, each URL once; a line that cannot be read is passed over, and warned of.

    Empty where the file is not there. Raises: StorageError where it may not be read.
    """
    latest: dict[str, Known] = {}
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE_CHARACTERS), ""), 1):
                if (found := _read(path, number, line)) and _is_later(found, latest.get(found.seed.key)):
                    latest[found.seed.key] = found
    except FileNotFoundError:
        return []
    except OSError as err:
        raise StorageError(f"cannot read {path}: {err.strerror or err}; check its permissions") from err
    return list(latest.values())


def _is_later(found: Known, other: Known | None) -> bool:
    return other is None or _when(found) >= _when(other)


def _when(found: Known) -> tuple[datetime, datetime]:
    never = datetime.min.replace(tzinfo=UTC)
    return found.ended[1] if found.ended else never, found.next.at if found.next else never


def _read(path: Path, number: int, line: str) -> Known | None:
    if not line.strip():
        return None
    try:
        return _known(json.loads(line))
    except (ValueError, KeyError, TypeError, UrlError, RecursionError) as err:
        logger.warning("%s:%d: passed over: %s", path, number, " ".join(str(err).split())[:200])
        return None


def _line(found: Known) -> str:
    seed, latest = found.seed, found.latest
    told: dict[str, object | None] = {
        "url": seed.url,
        "kind": None if found.kind is Kind.ARTICLE else found.kind,
        "source": found.source,
        "depth": found.depth or None,
        "status": found.ended and found.ended[0],
        "at": found.ended and moment(found.ended[1]),
        "next": found.next and moment(found.next.at),
        "step": found.next and found.next.step,
        "via": seed.via,
        "title": seed.title,
        "date": seed.date and moment(seed.date),
        "author": seed.author,
        "label": seed.label,
        "answered": latest and latest.url,
        "record": latest and latest.record_id,
        "captured": latest and latest.date.isoformat(),
        "digest": latest and latest.payload_digest,
        "etag": latest and latest.etag,
        "modified": latest and latest.modified,
    }
    return one_line({name: value for name, value in told.items() if value is not None})


def _known(told: Mapping[str, object]) -> Known:
    """Raises: ValueError, KeyError, TypeError, UrlError for an object that is none of ours."""
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
    )


_TEXTS = (
    "url", "kind", "source", "status", "at", "next", "via", "title", "date", "author", "label",
    "answered", "record", "captured", "digest", "etag", "modified",
)  # fmt: skip


def _text(told: Mapping[str, object], name: str) -> str | None:
    value = told.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _number(told: Mapping[str, object], name: str) -> int:
    value = told.get(name, 0)
    if not isinstance(value, int):
        raise ValueError(f"{name} is no number")  # noqa: TRY004 - as every other fault of a line
    return value


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return found.astimezone(UTC)
