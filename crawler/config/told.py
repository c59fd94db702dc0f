"""What is wrong in a crawl.yaml: file, line, key and what to write instead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel

from crawler.config.model import Config
from crawler.config.sources import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import ValidationError

    Location = tuple[int | str, ...]

MOST = 20  # errors at once; who wrote more reads no more

_OURS = "Value error, "  # what pydantic puts before our words


def told(err: ValidationError, path: Path, text: str) -> str:
    """A line for each error, in the order of the file."""
    tree: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    errors = [(_as_written(error["loc"]), _fix(error["loc"], error["type"], error["msg"])) for error in err.errors()]
    found = sorted((_number(tree, location), ".".join(map(str, location)), fix) for location, fix in errors)
    more = [f"{path}: and {len(found) - MOST} more errors"] if len(found) > MOST else []
    return "\n".join([f"{path}:{line}: {key}: {fix}" for line, key, fix in found[:MOST]] + more)


def _as_written(location: Location) -> Location:
    """Without pydantic's own steps: the kind of a source stands between its number and its key."""
    return location[:2] + location[3:] if location[:1] == ("sources",) else location


def _fix(location: Location, kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        known = _known(location)
        near = get_close_matches(str(location[-1])[:60], known, n=1)
        return f"unknown key; {f'did you mean `{near[0]}`?' if near else 'remove it; known are ' + ', '.join(known)}"
    words = message.removeprefix(_OURS)
    return words[:1].lower() + words[1:]


def _known(location: Location) -> list[str]:
    """The keys that may stand where this one does."""
    fields: Mapping[str, object] = Config.model_fields
    for part in location[:-1]:
        section = next((model for kind, model in KINDS.items() if location[0] == "sources" and kind == part), None)
        section = section or getattr(fields.get(str(part)), "annotation", None)
        if isinstance(section, type) and issubclass(section, BaseModel):
            fields = section.model_fields
    return [*fields]


def _number(node: yaml.Node | None, location: Location) -> int:
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
