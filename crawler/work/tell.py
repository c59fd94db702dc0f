"""An outcome in words for a person, and as one JSON object for a machine."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

from crawler.core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from crawler.core.visit import Outcome

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)  # also bidi overrides: they hide text

_LINE_BREAKERS = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # one object a line, and UTF-8 for every reader


def shown(text: str) -> str:
    r"""Text from a page, fit for a terminal: controls and bidi overrides become ``\xNN``."""
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def as_json(outcome: Outcome) -> str:
    """The one line of `--json`; absent values are null, `post` is relative to the output folder."""
    capture = outcome.capture
    warc = capture and {
        "file": capture.file,
        "offset": capture.offset,
        "length": capture.length,
        "record_id": capture.record_id,
    }
    told = {
        "url": outcome.url,
        "final_url": outcome.final_url,
        "status": outcome.status,
        "reason": outcome.reason,
        "http_status": capture.status if capture else None,
        "title": outcome.title,
        "post": outcome.post,
        "warc": warc,
        "via": outcome.via,
        "at": moment(outcome.at),
    }
    return one_line(told)


def moment(time: datetime) -> str:
    """A time as machines are told it: UTC, milliseconds, Z."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def one_line(told: Mapping[str, object]) -> str:
    """An object of JSON on one line, whatever its texts hold: readers split lines at more characters than one."""
    return _LINE_BREAKERS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(told, ensure_ascii=False))


def as_text(outcome: Outcome) -> str:
    """A few lines for a person: what happened, why, and where things are."""
    lines = [f"{outcome.status:<10} {shown(outcome.url)}"]
    if outcome.title:
        lines.append(f"           {shown(outcome.title)}")
    if outcome.reason:
        lines.append(f"           {shown(outcome.reason)}")
    if outcome.post:
        lines.append(f"           post  {shown(outcome.post)}")
    if outcome.capture:
        lines.append(f"           warc  {outcome.capture.file} at {outcome.capture.offset}")
    return "\n".join(lines)


class Voice:
    """Standard output. What it cannot take ends no run: the archive goes on, and `was_heard` tells at the end."""

    def __init__(self) -> None:
        self._failure: OSError | None = None

    def say(self, text: str) -> None:
        """Print a line at once."""
        try:
            print(text, flush=True)  # noqa: T201 - this is where the commands speak
        except BrokenPipeError:  # the reader, `head` say, has what it wanted
            _silence()
        except OSError as err:
            self._failure = err
            _silence()

    def teller(self, outcomes: list[Outcome], *, json: bool, quiet: bool) -> Callable[[Outcome], None]:
        """What adds an outcome to `outcomes` and says it."""

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            if json or not quiet:
                self.say(as_json(outcome) if json else as_text(outcome))

        return tell

    def was_heard(self) -> None:
        """Raises: StorageError where a line was lost."""
        if self._failure:
            raise StorageError(f"standard output: {self._failure.strerror}; lines are lost, what was done is done")


def _silence() -> None:
    """What is still buffered, and all that follows, goes nowhere; otherwise Python fails on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
