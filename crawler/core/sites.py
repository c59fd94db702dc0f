"""Per-host quirks, read from ``crawler/sites.yaml``: data, never an ``if host ==``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import yaml

from crawler.core import urls
from crawler.core.errors import ConfigError, UrlError


@dataclass(frozen=True, slots=True)
class Site:
    """One entry of the table."""

    host: str  # sub-domains are meant too
    reason: str
    sample: str
    date_stamp: re.Pattern[str] | None = None  # groups year, month, day and, where known, hour, minute, second
    zone: str = "UTC"
    drop: tuple[str, ...] = ()  # CSS selectors


@cache
def _sites() -> dict[str, Site]:
    text = resources.files("crawler").joinpath("sites.yaml").read_text(encoding="utf-8")
    return {site.host: site for site in parse(text, "crawler/sites.yaml")}


def parse(text: str, name: str) -> list[Site]:
    """The entries of a table.

    Raises: ConfigError naming the file and the entry.
    """
    try:
        rows = yaml.safe_load(text)["sites"]
        return [_site(row) for row in rows]
    except (yaml.YAMLError, TypeError, KeyError, re.error) as err:
        raise ConfigError(f"{name}: {err}; each entry needs host, reason and sample, see the head of the file") from err


def _site(row: dict[str, object]) -> Site:
    stamp, drop = row.get("date_stamp"), row.get("drop", [])
    if not isinstance(drop, list):
        raise TypeError(f"{row['host']}: drop is a list of selectors")
    return Site(
        host=str(row["host"]),
        reason=str(row["reason"]),
        sample=str(row["sample"]),
        date_stamp=re.compile(str(stamp)) if stamp else None,
        zone=str(row.get("zone", "UTC")),
        drop=tuple(map(str, drop)),
    )


def site(url: str) -> Site | None:
    """The entry for a URL's host or the nearest parent that has one; None: no quirk is known."""
    try:
        name = urls.host(url)
    except UrlError:
        return None
    while name:
        if found := _sites().get(name):
            return found
        name = name.partition(".")[2]
    return None


def stamped(url: str) -> datetime | None:
    """The time that the URL itself states by its site's rule; None: no rule, no stamp, or no such day."""
    entry = site(url)
    found = entry and entry.date_stamp and entry.date_stamp.search(url)
    if not entry or not found:
        return None
    parts = {name: int(value) for name, value in found.groupdict().items() if value}
    try:
        return datetime(**parts, tzinfo=ZoneInfo(entry.zone)).astimezone(UTC)
    except ValueError:
        return None
