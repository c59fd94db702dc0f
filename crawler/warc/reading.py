"""The reading record's content: a `Reading` as JSON, and back.

Strict on the way back, since a WARC from strangers may hold one too: exactly the profile's keys, each of its type,
of a bounded length, and a post name that leads nowhere but into the posts' folder.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from crawler.core.errors import WarcError
from crawler.core.model import Reading, Seed, Status
from crawler.warc.record import warc_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CONTENT_TYPE = "application/vnd.permapress.reading+json"
PROFILE = "permapress-reading/1"  # a key more or less is another profile
MAX_BYTES = 4 * 1024 * 1024  # a title or a list of hints is a page's to choose; megabytes of them are an attack

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RECORD_ID = re.compile(r"[!-;=?-~]{1,200}")  # visible ASCII but for the angle brackets
_POST_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-.*[^. ]\.md", re.DOTALL)  # nothing else is a post's: no index.html
_UNSAFE_IN_NAME = re.compile(  # as a path, on Windows, and to the eye: controls, and what turns the text's direction
    r'[/\\<>:"|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]'
)
_MAX_NAME_BYTES = 255

_T = TypeVar("_T")


def to_json(reading: Reading) -> bytes:
    """The record's block: UTF-8, keys in the model's order, the same bytes every time.

    Raises: WarcError where it is longer than MAX_BYTES, for nothing could read it back.
    """
    seed = reading.seed
    content = {
        "profile": PROFILE,
        "seed": {
            "url": seed.url,
            "key": seed.key,
            "via": seed.via,
            "title": seed.title,
            "date": seed.date and warc_date(seed.date),
            "author": seed.author,
            "label": seed.label,
        },
        "page_url": reading.page_url,
        "page_record_id": reading.page_record_id,
        "fetched": warc_date(reading.fetched),
        "settings": reading.settings,
        "versions": reading.versions,
        "hints": reading.hints,
        "post": reading.post,
        "post_sha256": reading.post_sha256,
        "status": reading.status,
        "reason": reading.reason,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    block = text.encode("utf-8", "backslashreplace")  # a lone surrogate's escape is JSON's too
    if len(block) > MAX_BYTES:
        raise WarcError(f"the reading of {reading.page_url[:200]} is {len(block)} bytes long (limit {MAX_BYTES})")
    return block


def is_reading(record_type: str, content_type: str) -> bool:
    """Whether a record of that WARC-Type and Content-Type claims to be a reading record."""
    return record_type == "metadata" and content_type.partition(";")[0].strip() == CONTENT_TYPE


def from_json(block: bytes) -> Reading:
    """The reading in a record's block.

    Raises: WarcError naming what is not as `to_json` writes it.
    """
    if len(block) > MAX_BYTES:
        raise WarcError(f"a reading record of {len(block)} bytes (limit {MAX_BYTES})")
    try:
        content = json.loads(block.decode("utf-8"))
    except (ValueError, RecursionError) as err:
        raise WarcError(f"a reading record that is no JSON: {str(err)[:200]}") from err
    return _reading(_object(content, "the record"))


def _reading(found: Mapping[str, object]) -> Reading:
    profile, rest = found.get("profile"), {name: value for name, value in found.items() if name != "profile"}
    if profile != PROFILE:
        raise WarcError(f"a reading record of the profile {str(profile)[:80]!r}; this version reads {PROFILE!r}")
    _expect_keys(rest, Reading)
    return Reading(
        seed=_seed(_object(rest["seed"], "seed")),
        page_url=_text(rest, "page_url"),
        page_record_id=_matching(_text(rest, "page_record_id"), _RECORD_ID, "page_record_id"),
        fetched=_time(rest, "fetched"),
        settings=_pairs(rest, "settings"),
        versions=_pairs(rest, "versions"),
        hints=_texts(rest["hints"], "hints"),
        post=_maybe(_post_name, rest, "post"),
        post_sha256=_maybe(_digest, rest, "post_sha256"),
        status=_status(_text(rest, "status")),
        reason=_text(rest, "reason"),
    )


def _seed(found: Mapping[str, object]) -> Seed:
    _expect_keys(found, Seed)
    return Seed(
        url=_text(found, "url"),
        key=_text(found, "key"),
        via=_maybe(_text, found, "via"),
        title=_maybe(_text, found, "title"),
        date=_maybe(_time, found, "date"),
        author=_maybe(_text, found, "author"),
        label=_maybe(_text, found, "label"),
    )


def _expect_keys(found: Mapping[str, object], model: type[Reading | Seed]) -> None:
    names = set(model.__dataclass_fields__)
    if wrong := sorted(names ^ found.keys()):
        raise WarcError(f"a reading record with these keys missing or unknown: {', '.join(map(repr, wrong))[:200]}")


def _object(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise WarcError(f"a reading record in which {name} is no object")
    return value


def _text(found: Mapping[str, object], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise WarcError(f"a reading record in which {name} is no text")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise WarcError(f"a reading record in which {name} is no list of texts")
    return tuple(value)


def _pairs(found: Mapping[str, object], name: str) -> tuple[tuple[str, str], ...]:
    value = found[name]
    rows = [_texts(row, name) for row in value] if isinstance(value, list) else [()]
    if any(len(row) != 2 for row in rows):  # noqa: PLR2004 - a pair has two
        raise WarcError(f"a reading record in which {name} is no list of pairs")
    return tuple((row[0], row[1]) for row in rows)


def _time(found: Mapping[str, object], name: str) -> datetime:
    try:
        at = datetime.fromisoformat(_text(found, name))
    except ValueError as err:
        raise WarcError(f"a reading record in which {name} is no time") from err
    if at.utcoffset() is None or at.utcoffset():
        raise WarcError(f"a reading record in which {name} is no time in UTC")
    return at


def _maybe(read: Callable[[Mapping[str, object], str], _T], found: Mapping[str, object], name: str) -> _T | None:
    return None if found[name] is None else read(found, name)


def _post_name(found: Mapping[str, object], name: str) -> str:
    value = _text(found, name)
    size = len(value.encode("utf-8", "surrogatepass"))
    if not _POST_NAME.fullmatch(value) or _UNSAFE_IN_NAME.search(value) or size > _MAX_NAME_BYTES:
        raise WarcError(f"a reading record whose post is no plain file name of a post: {value[:80]!r}")
    return value


def _digest(found: Mapping[str, object], name: str) -> str:
    return _matching(_text(found, name), _SHA256, name)


def _matching(value: str, pattern: re.Pattern[str], name: str) -> str:
    if not pattern.fullmatch(value):
        raise WarcError(f"a reading record in which {name} is not of its form: {value[:80]!r}")
    return value


def _status(value: str) -> Status:
    try:
        return Status(value)
    except ValueError as err:
        raise WarcError(f"a reading record with an unknown status: {value[:80]!r}") from err
