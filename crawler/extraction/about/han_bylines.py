"""How Chinese pages name authors in their text: 作者：余毅菁 向雪妮, （记者宋晨、田中全）, 执笔/叨叨姐."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.about.lines import Lines

MIN_CHARACTERS = 4  # a label and a name
MAX_CHARACTERS = 2_000  # of a text that may begin or end with it
_AUTHOR = re.compile(r"(?:作\s*者|原创作者)\s*[:：/／|丨]\s*(?P<names>.{2,60})")
_SIGNS = re.compile(
    r"(?:采写|採寫|执笔|執筆|撰文|撰稿|文字)\s*[:：/／|丨]\s*(?:[\u4e00-\u9fff]{0,6}(?:记者|記者)\s*)?(?P<names>.{2,60})"
    r"|[（(【](?:[\u4e00-\u9fff·]{0,10})(?:记者|記者)[:：]?\s*(?P<reporters>[^）)】]{2,60})"
    r"|^(?:[\u4e00-\u9fff]{0,8})(?:记者|記者)\s*[:：丨|]\s*(?P<said>.{2,60})"
)
_NAME = re.compile(r"\s*(?P<name>[\u4e00-\u9fff]{2,4})(?:[、，,;；&和\s]+|(?=[／/）)】|丨])|$)")
_ANY = re.compile(r"\s*(?P<name>[\u4e00-\u9fff·]{2,10}|[A-Za-z][\w .·]{1,20}?)(?:[、，,;；&\s]+|(?=[／/）)】|丨])|$)")
# What they did: no name.
_DONE = re.compile(
    r"整合|综合|综述|报道|報導|报导|摄影?|攝影?|编辑|編輯|整理|采访|通讯员|来源|來源|时间|日期|发布|发表|责编|校对|见习|记者|图片|视频"
)
_PICTURE = re.compile(r"[摄攝]\s*$")


def han_bylines(lines: Lines) -> tuple[str, ...]:
    """The names in the first text that names an author. An editor (责编) is none, even where nobody else is named."""
    for _, text in lines:
        if MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS and (names := _authors(text)):
            return names
    return ()


def _authors(text: str) -> tuple[str, ...]:
    if found := _AUTHOR.search(text):
        return _names(found["names"], _ANY)
    if (found := _SIGNS.search(text)) is None:
        return ()
    names = found["names"] or found["reporters"] or found["said"]
    return () if _PICTURE.search(names) else _names(names, _NAME)


def _names(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The names at the beginning of a text, up to what is none."""
    found: list[str] = []
    at = 0
    while (name := pattern.match(text, at)) and name.end() > at:
        if _DONE.search(name["name"]):
            break
        found.append(name["name"].strip())
        at = name.end()
    return tuple(dict.fromkeys(found))
