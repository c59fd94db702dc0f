"""How Chinese pages name authors in their text: 作者：余毅菁 向雪妮, （记者宋晨 通讯员田中全）, 执笔/叨叨姐."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.about.writers.person import FAMILIES, is_han_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.about.lines import Lines

MIN_CHARACTERS = 4  # a label and a name
MAX_CHARACTERS = 2_000  # of a text that may begin or end with it
MAX_LABEL = 20
MAX_SIGNATURE = 80  # characters of a line that holds nothing else
_SIGN = r"\s*[:：/／|｜丨│]\s*"
_REPORTER = r"(?:记者|記者|评论员|評論員|特约撰稿人|特約撰稿人)"
_HINT = re.compile(
    r"作\s{0,4}者|记者|記者|采写|採寫|执笔|執筆|撰|主笔|主筆|供稿|文\s*[:：/／|｜丨│字]|员|編|编|整理|[电電讯訊]|^\s*[（(]|[／/]\s*[\u4e00-\u9fff]"
)
_AUTHOR = re.compile(
    rf"(?:(?:作\s{{0,4}}者|原创作者){_SIGN}|[（(]作者\s+|^\s*(?:《[^》]{{1,20}}》\s*)?作者\s+(?=.{{2,20}}$))(?P<names>.{{2,60}})"
)
_SIGNED = re.compile(
    r"(?:[文图][／/][图文]\s+|(?:采写|採寫|执笔|執筆|撰文者?|撰稿人?|主笔|主筆|供稿|文字|图文|圖文|(?<![\u4e00-\u9fff])文|(?<![\u4e00-\u9fff])[记記]者)"
    rf"{_SIGN})(?P<names>.{{2,60}})"
    rf"|[（(【\[〔][\u4e00-\u9fff·]{{0,10}}{_REPORTER}[:：]?\s*(?P<reporters>[^）)】\]〕]{{2,60}})"
    rf"|^[\s□■◎●○▲△◆★*]*[\u4e00-\u9fff]{{0,8}}{_REPORTER}(?:{_SIGN}|\s*)(?P<said>(?!们|們).{{2,60}})"
)
# Who made the text of what others said; whom an agency's dateline names; a line of names in brackets; and one of a name
# and a paper: 石小佳/小河青年报.
_MADE = re.compile(
    rf"(?:编译|編譯|翻译|翻譯|整理){_SIGN}(?P<names>.{{2,60}})"
    r"|^\s*[\u4e00-\u9fff]{2,12}\d{0,2}月?\d{0,2}日?[电電讯訊]\s*[（(]\s*(?P<agents>[^）)]{2,20})[）)]"
    r"|^\s*[（(](?:[\u4e00-\u9fff]{2,10}[报報网網社台]\s+)?(?P<signers>[\u4e00-\u9fff]{2,4}(?:[、\s]+[\u4e00-\u9fff]{2,4}){0,5})\s*[）)]\s*$"
    r"|^\s*(?P<writer>[\u4e00-\u9fff]{2,4})\s*[／/]\s*[\u4e00-\u9fff]{2,10}(?:[报報网網社刊]|电视台|電視台|客户端)\s*$"
)
# Who wrote it, where a department gave it: 作者：药剂科 over 本站讯（通讯员 王明 李大同）.
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,20}(?:部|科|处|處|办|辦|室|院|局|中心|委|会|會|组|組|系|所|站)")
_CORRESPONDENTS = re.compile(
    r"^[^（(]{0,12}[（(][\u4e00-\u9fff]{0,6}?(?:通讯员|通訊員)[\s:：]*(?P<names>[^）)]{2,40})[）)]"
)
_BETWEEN = (
    rf"(?:\s*[／/]\s*(?=[{FAMILIES}])|[、，,;；&和\s]+"
    r"|(?=[／/）)】\]〕|｜丨]|报道|報導|報道|报导|综合|发自|發自|摄影|攝影|文并摄|实习|實習)|$)"
)
_SPACED = r"[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff](?![\u4e00-\u9fff])"  # 王　明: as wide as a name of three
_NAME = re.compile(rf"\s*(?P<name>{_SPACED}|[\u4e00-\u9fff]{{2,4}}){_BETWEEN}")
_ANY = re.compile(
    rf"\s*(?P<name>{_SPACED}|[\u4e00-\u9fff·]{{2,10}}|[A-Za-z][\w.·'’-]*(?: [A-Za-z][\w.·'’-]*){{0,3}}){_BETWEEN}"
)
# An agency's dateline behind the last name: 王小明台北12日電. Of five characters or more, the name has three.
_DATELINE = re.compile(r"(?P<last>[\u4e00-\u9fff]{4,8})(?:\d{1,2}月)?\d{1,2}日[專专综綜合外特]{0,3}[電电讯訊]$")
MIN_LONG = 5
# Before a name, and between two.
_ROLE = re.compile(
    rf"\s*(?:(?:[\u4e00-\u9fff]{{0,8}}?{_REPORTER}|(?:特约|特約)?(?:通讯员|通訊員)|(?:实习|實習)生)[\s:：]*)+"
)
# What they did: no name.
_DONE = re.compile(
    r"整合|综合|综述|报道|報導|报导|摄影?|攝影?|编辑|編輯|整理|采访|来源|來源|时间|日期|发布|发表|责编|校对|见习|记者|图片|视频"
    r"|教授|研究员|博士|主任|院长|局长|书记|获悉|了解|周[一二三四五六日]|原标题|审核|监制|制作|设计|作者|未知|佚名|匿名|本站|网络"
)
_LABEL = re.compile(
    rf"(?:作\s{{0,4}}者|{_REPORTER}|[通][讯訊][员員]|[责責][编編]|[编編][辑輯]|撰文|撰稿|采写|採寫|文字?)\s*[:：/／|｜丨│]?\s*$"
)
_BARE_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])作\s{0,4}者\s*$"
)  # an element of its own: no sign needs to stand behind it
_GOES_ON = re.compile(r"[:：/／|｜丨│、，,者员員编編辑輯文写寫稿字]\s*$")
_JOINS = re.compile(r"\s*(?:[、，,&]|和\s*$)")
_PICTURE = re.compile(r"[摄攝]\s*$")


def han_bylines(lines: Lines) -> tuple[str, ...]:
    """The names in the first text that names an author; else in the first that names who made the text otherwise.

    An editor (责编) is none, even where nobody else is named. Beside an office stands who wrote there.
    """
    made: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    for text in _texts(lines):
        if MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS and _HINT.search(text):
            if office and (found := _CORRESPONDENTS.search(text)):
                return (*office, *_names(found["names"], _NAME))
            if not office and (names := _authors(text)):
                if not all(map(_OFFICE.fullmatch, names)):
                    return names
                office = names
            made = made or _made(text)
    return office or made


def _texts(lines: Lines) -> Iterator[str]:
    """The texts, a label that stands in an element of its own together with the names behind it."""
    signature = ""
    for _, text in lines:
        if signature and len(signature) < MAX_SIGNATURE and (_GOES_ON.search(signature) or _JOINS.match(text)):
            signature += f"：{text}" if _BARE_LABEL.search(signature) else text
            continue
        if signature:
            yield signature
        signature = text if len(text) <= MAX_LABEL and _LABEL.search(text) else ""
        if not signature:
            yield text
    yield signature


def _authors(text: str) -> tuple[str, ...]:
    if found := _AUTHOR.search(text):
        return _names(found["names"], _ANY)
    if (found := _SIGNED.search(text)) is None:
        return ()
    if found["said"]:
        names = _names(found["said"], _NAME) if len(text) <= MAX_SIGNATURE else ()
        return names if all(map(is_han_person, names)) else ()
    said = _without_dateline(found["names"] or found["reporters"])
    return () if _PICTURE.search(said) else _names(said, _NAME)


def _without_dateline(text: str) -> str:
    found = _DATELINE.search(text)
    if found is None:
        return text
    last = found["last"]
    return text[: found.start()] + last[: 3 if len(last) >= MIN_LONG else 2]


def _made(text: str) -> tuple[str, ...]:
    found = _MADE.search(text)
    if found is None:
        return ()
    if found["names"]:
        return _names(found["names"], _NAME)
    names = _names(found["agents"] or found["signers"] or found["writer"], _NAME)
    return names if all(map(is_han_person, names)) else ()


def _names(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The names at the beginning of a text, up to what is none."""
    found: list[str] = []
    at = 0
    while True:
        if role := _ROLE.match(text, at):
            at = role.end()
        name = pattern.match(text, at)
        if name is None or name.end() == at or _DONE.search(name["name"]):
            return tuple(dict.fromkeys(found))
        said = name["name"].strip()
        found.append(said if said.isascii() else re.sub(r"\s", "", said))
        at = name.end()
