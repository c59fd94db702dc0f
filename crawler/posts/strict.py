"""Front matter read as the YAML it claims to be, by its events: nothing is constructed, so nothing surprises.

Scalars are the text that stands there (dates, octals, ``null`` too); plain ``true`` and ``false`` are booleans in
the three spellings of YAML 1.2 §10.3.2. Aliases are refused; tags and anchors are not followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from crawler.core.errors import PostError

if TYPE_CHECKING:
    from crawler.core.model import FrontValue

MAX_FIELDS = 200  # the seed has 8, ours about 20; each costs the rescue a parse of its own, and perhaps a warning
MAX_NAME = 80  # characters of a field's name
MAX_DEPTH = 8  # lists of lists are not fields; libyaml itself slows down with the square of flow depth

_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields in their order, and what had to be mended to read them."""

    values: tuple[tuple[str, FrontValue], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotYaml:
    """The text is no YAML mapping, or one that we refuse."""

    reason: str


def strict(text: str) -> Fields | NotYaml:
    """The fields of front matter, without its `---` lines.

    A nested value is kept as its text, with a warning; lines are counted from the `---` before them.
    Raises: Nothing.
    """
    try:
        return _Reading(text).fields()
    except yaml.MarkedYAMLError as err:
        where = f"line {err.problem_mark.line + 2}: " if err.problem_mark else ""
        return NotYaml(f"{where}{err.problem}")
    except yaml.YAMLError as err:  # a reader error: characters that YAML has not; its first line says which
        return NotYaml(str(err).partition("\n")[0])
    except PostError as err:
        return NotYaml(str(err))


class _Reading:
    def __init__(self, text: str) -> None:
        self._text = text
        self._loader = yaml.CBaseLoader(text)
        self._warnings: list[str] = []

    def _next(self) -> yaml.Event:
        event = self._loader.get_event()
        if event is None:  # after the stream's end
            raise PostError("no more YAML")
        if isinstance(event, yaml.AliasEvent):
            raise PostError(f"{_line(event)}: an alias; aliases are not followed")
        return event

    def fields(self) -> Fields:
        self._next()  # the stream's start
        if isinstance(self._next(), yaml.StreamEndEvent):
            return Fields()
        if not isinstance(self._next(), yaml.MappingStartEvent):
            raise PostError("no fields, as in `title: …`")
        values: list[tuple[str, FrontValue]] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            values.append(self._field(event))
            if len(values) > MAX_FIELDS:
                raise PostError(f"more than {MAX_FIELDS} fields")
        self._next()  # the document's end
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise PostError("a second YAML document")
        return Fields(tuple(values), tuple(dict.fromkeys(self._warnings)))

    def _field(self, key: yaml.Event) -> tuple[str, FrontValue]:
        if not isinstance(key, yaml.ScalarEvent) or len(key.value) > MAX_NAME or not key.value.isprintable():
            raise PostError(f"{_line(key)}: a field's name is no short text")
        return key.value, self._value(key.value, self._next())

    def _value(self, name: str, event: yaml.Event) -> FrontValue:
        if isinstance(event, yaml.SequenceStartEvent):
            if event.tag or event.anchor:
                self._warnings.append(f"{name}: a tag or anchor, not followed")
            return tuple(self._items(name))
        text = self._as_text(name, event)
        is_plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
        return _BOOLEANS.get(text, text) if is_plain else text

    def _items(self, name: str) -> list[str]:
        items: list[str] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._as_text(name, event))
        return items

    def _as_text(self, name: str, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._warnings.append(f"{name}: a nested value, kept as its text")
            return self._text[_start(event) : self._end(event)].strip()
        if event.tag or event.anchor:
            self._warnings.append(f"{name}: a tag or anchor, not followed")
            return self._text[_start(event) : _stop(event)].strip()
        text: str = event.value
        return text

    def _end(self, event: yaml.Event) -> int:
        depth, end = 1, _stop(event)
        while depth:
            event = self._next()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise PostError(f"{_line(event)}: nested deeper than {MAX_DEPTH}")
            if _stop(event) > _start(event):  # a block's end has no width and lies further down
                end = _stop(event)
        return end


# Characters and lines of the text; the types allow events without a mark, libyaml makes none.
def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _stop(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 2}" if event.start_mark else "somewhere"  # of the file: `---` is line 1
