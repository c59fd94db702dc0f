"""A page of the floor: its HTML with texts filled in, and what must come out of it.

The HTML of a case holds marks where texts stand. ``«p»`` is a paragraph of the article, ``«s»`` a sentence, ``«h»`` a
heading, ``«i»`` an item; ``«o»`` a paragraph that may be kept or not; ``«x»``, ``«y»`` and ``«z»`` are a paragraph, a
sentence and a headline that are none of the article's. ``«t»`` is its title, ``«a1»`` an author, ``«c1»`` a caption.
A mark with a number is the same text each time; one that ends in ``j`` stands in JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from tests.extraction.floor.words import LANGUAGES

if TYPE_CHECKING:
    from tests.torture.words import Language

PAGES = Path(__file__).parent / "pages"
KEPT, OPTIONAL = frozenset("pshi"), frozenset("oca")
_MARK = re.compile(r"«([pshioxyztac])(\d*)(j?)»")


@dataclass(frozen=True, slots=True)
class Gold:
    """What must come out. None: not asked of this page."""

    kept: tuple[str, ...]  # pieces of the article's text in their order
    optional: tuple[str, ...]
    title: str | None
    date: str | None  # YYYY-MM-DD
    authors: tuple[str, ...] | None
    tags: tuple[str, ...] | None
    image: str | None
    images: tuple[str, ...] | None
    captions: tuple[str, ...] | None
    related: tuple[str, ...] | None
    markup: tuple[str, ...]  # that the body holds
    refused: bool  # the page is no article


@dataclass(frozen=True, slots=True)
class Case:
    """One page. `body` is what a server sends, `content_type` its header."""

    name: str
    url: str
    body: bytes
    content_type: str | None
    gold: Gold


@cache
def cases() -> tuple[Case, ...]:
    """All pages, in the order of their names."""
    found = [
        _case(name, entry)
        for path in sorted(PAGES.glob("*.yaml"))
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    ]
    return tuple(sorted(found, key=lambda case: case.name))


class _Texts:
    """The texts of one page by their marks."""

    def __init__(self, name: str, language: Language) -> None:
        self._random = Random(f"floor {name}")
        self._language = language
        self._people = self._random.sample(language.people, len(language.people))
        self._known: dict[str, str] = {}
        self.kept: list[str] = []
        self.optional: list[str] = []

    def filled(self, text: str) -> str:
        return _MARK.sub(lambda mark: self._written(self._text(mark[1], mark[2]), in_json=bool(mark[3])), text)

    def _written(self, text: str, *, in_json: bool) -> str:
        return json.dumps(text, ensure_ascii=False)[1:-1] if in_json else text

    def _text(self, kind: str, number: str) -> str:
        text = self._known.get(kind + number) if number or kind == "t" else None
        if text is None:
            text = self._made(kind, number)
            self._known[kind + number] = text
        if kind in KEPT:
            self.kept.append(text)
        elif kind in OPTIONAL:
            self.optional.append(text)
        return text

    def _made(self, kind: str, number: str) -> str:
        if kind == "a":
            return self._people[int(number) - 1]
        if kind in "htizc":
            return self._language.title(self._random, self._random.randint(2, 99))
        return self._language.paragraphs(self._random, 1)[0] if kind in "pxo" else self._sentence()

    def _sentence(self) -> str:
        return self._language._sentence(self._random)


def _case(name: str, entry: dict[str, Any]) -> Case:
    texts = _Texts(name, LANGUAGES[entry.get("language", "en")])
    body = texts.filled(entry["html"])
    encoding = entry.get("encoding", "utf-8")
    header = entry.get("content_type", f"text/html; charset={encoding}")
    return Case(name, entry["url"], body.encode(encoding), header, _gold(entry.get("gold") or {}, texts))


def _gold(said: dict[str, Any], texts: _Texts) -> Gold:
    def several(field: str) -> tuple[str, ...] | None:
        return tuple(texts.filled(one) for one in said[field]) if field in said else None

    kept, optional = tuple(texts.kept), (*texts.optional, *(several("optional") or ()))
    return Gold(
        kept=kept,
        optional=optional,
        title=None if said.get("refused") else texts.filled(str(said.get("title", "«t»"))),
        date=str(said["date"]) if "date" in said else None,
        authors=several("authors"),
        tags=several("tags"),
        image=said.get("image"),
        images=several("images"),
        captions=several("captions"),
        related=several("related"),
        markup=several("markup") or (),
        refused=bool(said.get("refused")),
    )
