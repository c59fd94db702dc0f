"""Bylines → names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.tree import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NAME_CHARACTERS = 60
MAX_AUTHORS = 20
_ROLE = re.compile(
    r"^(?:(?:[a-z]+\s+){0,4}by|von|vom|por|par|di|door|af|av)\b[\s:]*|^authors?\s*:\s*"
    r"|^(?:文|撰文|作者|记者|記者|特约记者|本台记者|本报记者|本報記者|撰稿|采访|翻译|翻譯)\s*[:：/／|｜\s]\s*"
    r"|^(?:特约记者|本台记者|本报记者|本報記者|记者|記者)",
    re.IGNORECASE,
)
_ROLE_BEHIND = re.compile(r"\s*[(（][^()（）]*[)）]?$|\s*(?:报道|報道|編譯|编译|撰文)$")
_EDITOR = re.compile(
    r"^(?:责编|責編|责任编辑|責任編輯|编辑|編輯|网编|網編|校对|editor\b|edited\b|photo|illustrat|image\b|reviewed\b"
    r"|fact.?check|(?:last )?updated\b|published\b|veröffentlicht\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[;；、，,|｜]\s*|\s+(?:and|und|et|og|och|&)\s+|(?<=[\u4e00-\u9fff])\s{2,}(?=[\u4e00-\u9fff])"
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|^\d|^(?:admin|null|none|undefined|unknown|name|staff|anonymous)$", re.IGNORECASE
)
_JUNIOR = re.compile(r",\s*(?=(?:Jr|Sr|II|III|PhD|MD)\b)")


def people(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in bylines, in their order, each once. Editors (责编 …) are no authors."""
    found: dict[str, str] = {}
    for text in texts:
        for part in _BETWEEN.split(_JUNIOR.sub(" ", folded(text)[: MAX_AUTHORS * MAX_NAME_CHARACTERS])):
            name = _name(part)
            if name:
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_AUTHORS]


def _name(text: str) -> str:
    name = _ROLE_BEHIND.sub("", _ROLE.sub("", text.strip(" \u3000·:：/-–—"))).strip(" \u3000·:：/-–—()（）")
    if _EDITOR.match(text) or _NOT_A_NAME.search(name) or len(name) > MAX_NAME_CHARACTERS:
        return ""
    return name if any(character.isalpha() for character in name) else ""
