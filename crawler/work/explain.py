"""`explain`: everything that was decided about one URL, for a person and for a machine."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from crawler.ledger.explained import explained
from crawler.work.explain_json import host_json, iso, visit_json
from crawler.work.place import ledger_of
from crawler.work.tell import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.config import Config
    from crawler.core.model import Capture
    from crawler.ledger.explained import Explained, Host
    from crawler.ledger.past import Visit

_WIDTH = 10


class Explanation:
    """What is known of a URL, ready to be told.

    Raises (when made): UrlError; LedgerError where there is no ledger or it is damaged; StorageError.
    """

    def __init__(self, url: str, config: Config, at: datetime) -> None:
        self._config = config
        self._at = at
        self._found = explained(ledger_of(config), url)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to explain."""
        return self._found.is_known

    def as_text(self) -> str:
        """Lines for a person, labels aligned."""
        lines = list(_heads(self._found))
        if not self.is_known:
            lines.append(("", "not known: no post, feed, list or page has named it"))
            lines += [("near", key) for key in self._found.near]
        lines += [line for visit in self._found.visits for line in _of_visit(visit)]
        lines += [("post", f"{path} ({self._state(path, digest)})") for path, digest in self._found.posts]
        if self._found.host:
            lines.append(("host", _of_host(self._found.host, self._at)))
        if self.is_known:
            lines.append(("next", self._next()))
        return "\n".join(f"{label:<{_WIDTH}} {shown(text)}".rstrip() for label, text in lines)

    def as_json(self) -> str:
        """The same as one object on one line; times are ISO 8601, absent values null."""
        found = self._found
        told = {
            "url": found.url,
            "key": found.key,
            "asked": found.asked,
            "known": self.is_known,
            "led_here": found.led_here,
            "aliases": found.aliases,
            "linked_from": [{"key": key, "reason": reason} for key, reason in found.pointers],
            "visits": [visit_json(visit) for visit in found.visits],
            "posts": [{"post": path, "state": self._state(path, digest)} for path, digest in found.posts],
            "host": found.host and host_json(found.host),
            "next": min((iso(each.due) for each in found.visits if each.state == "waiting"), default=None),
            "near": found.near,
        }
        return json.dumps(told, ensure_ascii=True)

    def _next(self) -> str:
        """When it is visited next; the host's hold counts as well."""
        waiting = [visit.due for visit in self._found.visits if visit.state == "waiting"]
        if not waiting:
            leased = any(visit.state == "leased" for visit in self._found.visits)
            return "being visited now" if leased else "no visit waits: a source that names it again decides"
        host = self._found.host
        at = max(min(waiting), *((host.next_at, host.hold_until) if host else (self._at,)))
        return "due now" if at <= self._at else f"due {iso(at)}"

    def _state(self, path: str, digest: str | None) -> str:
        """What became of a post since we wrote it."""
        file = self._config.output / path
        try:
            there = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
        except OSError as err:
            return f"not readable: {err.strerror or err}"
        if there is None:
            return "not there"
        if digest is None:
            return "not written by us"
        return "as we wrote it" if there == digest.removeprefix("sha256:") else "edited since we wrote it"


def _heads(found: Explained) -> Iterator[tuple[str, str]]:
    if found.url is not None and found.url != found.key:
        yield "url", found.url
    yield "key", found.key
    if found.asked != found.key:
        yield "asked", f"{found.asked}, where the visit was led, or which the page names as its own URL"
    yield from (("from", f"{key} was led here") for key in found.led_here if key != found.key)
    yield from (("alias", key) for key in found.aliases)
    yield from (("linked", f"by {page}: {reason}") for page, reason in found.pointers)


def _of_visit(visit: Visit) -> Iterator[tuple[str, str]]:
    outcome = visit.outcome
    state = outcome.status if outcome else visit.state
    when = f"{iso(outcome.at)}  {outcome.reason}" if outcome else _pending(visit)
    yield state, when
    yield "", f"job {visit.job}, run {visit.run}, depth {visit.depth}, {visit.attempts} attempts before"
    yield "", f"named by {visit.seed.via or 'a person, or nothing tells'}"
    if outcome and outcome.final_url and outcome.final_url != visit.seed.url:
        yield "", f"led to {outcome.final_url}"
    if outcome and outcome.post:
        yield "", f"post {outcome.post}"
    yield from (("", _of_capture(capture)) for capture in visit.captures)


def _pending(visit: Visit) -> str:
    if visit.expires is not None:
        return f"held by {visit.holder} until {iso(visit.expires)}"
    return f"due {iso(visit.due)}"


def _of_capture(capture: Capture) -> str:
    status = "no response" if capture.status is None else f"HTTP {capture.status}"
    cut = f", cut off ({capture.truncated})" if capture.truncated else ""
    return f"{iso(capture.date)}  {status}{cut}  {capture.file} at {capture.offset}  {capture.record_id}"


def _of_host(host: Host, at: datetime) -> str:
    waits = max(host.next_at, host.hold_until)
    held = "may be asked now"
    if waits > at:
        held = f"{'asked to be left alone' if host.hold_until >= host.next_at else 'paced'} until {iso(waits)}"
    return f"{host.name}: {held}, {host.active} visits now, {host.failures} failures since the last answer"
