"""Front matter that is no YAML, read line by line.

The posts' first writer put authors, titles and lists down as they came: unescaped backslashes and quotes, colons,
`@`, `*`. Each field is tried as YAML by itself; where that fails, its text is its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.posts.strict import MAX_FIELDS, Fields, strict

if TYPE_CHECKING:
    from crawler.core.model import FrontValue

_LINE_END = re.compile(r"\r\n|\n|\r")  # str.splitlines also splits at U+2028 and others, which stand in titles
_FIELD = re.compile(r"""(["']?)(?P<name>[\w.-]{1,80}+)\1[ \t]*+:(?:[ \t]+(?P<value>.*))?[ \t]*""", re.DOTALL)
_NAMED_AT_MOST = 10  # fields and lines in one warning; a warning is read by a person


@dataclass(frozen=True, slots=True)
class _Lines:
    name: str
    value: str  # of the first line, without blanks around it
    lines: list[str] = field(default_factory=list)  # the first and those that continue it

    def continues(self, line: str) -> bool:
        is_item = line.startswith("- ") and not self.value
        return is_item or not line or line[0] in " \t"


def rescued(text: str, reason: str) -> Fields:
    """The fields of broken front matter; warnings say what is kept as text and which lines were passed over.

    `reason`: why it is not read as YAML. Raises: Nothing.
    """
    groups, strays = _groups(text)
    values: list[tuple[str, FrontValue]] = []
    mended: list[str] = []
    warnings: list[str] = []
    for group in groups:
        found = strict("\n".join(group.lines))
        if isinstance(found, Fields) and len(found.values) == 1:
            values.extend(found.values)
            warnings.extend(found.warnings)
        else:
            values.append((group.name, _raw(group)))
            mended.append(group.name)
    head = f"front matter is not YAML ({reason}); read line by line"
    kept = f", kept as text: {_some(mended)}" if mended else ""
    passed = f", passed over: {_some([f'line {number}' for number in strays])}" if strays else ""
    return Fields(tuple(values), (head + kept + passed, *warnings))


def _groups(text: str) -> tuple[list[_Lines], list[int]]:
    groups: list[_Lines] = []
    strays: list[int] = []
    for number, line in enumerate(_LINE_END.split(text), start=2):
        if line.startswith("#"):
            continue
        if (found := _FIELD.fullmatch(line)) and len(groups) < MAX_FIELDS:
            groups.append(_Lines(found["name"], (found["value"] or "").strip(), [line]))
        elif not found and groups and groups[-1].continues(line):
            groups[-1].lines.append(line)
        elif line.strip():
            strays.append(number)
    return groups, strays


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _raw(group: _Lines) -> FrontValue:
    further = [line.strip() for line in group.lines[1:] if line.strip()]
    if further and not group.value and all(line.startswith("- ") for line in further):
        return tuple(_bare(line[2:]) for line in further)
    text = " ".join([group.value, *further]).strip()
    if text.startswith("[") and text.endswith("]"):
        return tuple(_bare(item) for item in text[1:-1].split(",") if item.strip())
    return _bare(text)


def _bare(text: str) -> str:
    # That writer escaped quotes at most, never backslashes: all other backslashes are the title's own.
    text = text.strip()
    for quote, escaped in (('"', '\\"'), ("'", "''")):
        if len(text) > 1 and text[0] == text[-1] == quote:
            return text[1:-1].replace(escaped, quote)
    never_closed = text.startswith('"') and text.count('"') == 1
    return text[1:] if never_closed else text
