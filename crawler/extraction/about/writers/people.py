"""Bylines → names."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.writers.person import has_job, is_agency, is_person
from crawler.extraction.tree import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_NAME_CHARACTERS = 60
MAX_AUTHORS = 20
PAIR = 2
MAX_BYLINES = 50  # of one source
_TRIMMED = " \t\u3000©·•:：/／|｜-–—,，、;"
_GERMAN = (
    r"ein|eine|einen|alle|zeige|mehr|artikel|beitr[äa]ge?|kolumne|kommentar|interview|texte?|pressemitteilung|analyse"
    r"|gastbeitrag|essay|bericht|reportage|geschrieben|verfasst|veröffentlicht|gespeichert|erstellt|eingestellt|gepostet"
)
_ROLE = re.compile(
    r"^(?:(?:[a-z]+\s+){0,4}by|"
    rf"(?:(?:{_GERMAN})\s+){{0,4}}von"
    r"|vom|par|por|di|door|af|av|de la part de|a cura di)\b[\s:]*"
    r"|^by(?=[A-Z][a-z])"
    r"|^(?:oleh|بقلم|كتبت?|מאת)(?:\s*[:：]\s*|\s+)"
    r"|^(?:authors?|auteure?s?|autor(?:en|in|innen|es|e|a|as|i)?(?:\*in(?:nen)?)?|texte?|texto|testo|tekst|words|story|автор|текст"
    r"|yazar|yazan|penulis|szerző|írta|forfatter|tác giả|작성자|글|筆者|執筆|ライター)\s*[:：]\s*"
    r"|^(?:(?:取材|撮影|構成|写真)\s*[・･/／]\s*)*(?:文|執筆)\s*[・･=＝]\s*"
    r"|^(?:文|撰文|作者|记者|記者|特约记者|本台记者|本报记者|本報記者|撰稿|采访|采写|採寫|翻译|翻譯|作\s+者)\s*[:：/／|｜\s]\s*"
    r"|^[\u4e00-\u9fff]{0,8}(?:记者|記者|特约撰稿人)",
    re.IGNORECASE,
)
_ROLES = re.compile(r"^texte?\s*(?:und|and|et|[&+/,])\s*[a-zäöüß]{3,15}\s*:\s*", re.IGNORECASE)  # Text und Interview:
_ROLE_BEHIND = re.compile(
    r"\s*[(（\[【][^()（）]*[)）\]】]?$|\s*(?:[／/]\s*[\u4e00-\u9fff]{2,8})?(?:报道|報道|報導|报导|編譯|编译|撰文)$"
    r"|\s*(?:\s[\uac00-\ud7a3]{1,6}\s+)?(?:기자|칼럼니스트|특파원|논설위원|평론가)$"
    r"|\s*/\s*agenturen?$|\s+lv\.?\s?\d{1,3}$|\s+(?:alle artikel|all articles|twitter|follow)$"
    r"|\s+on\s+(?:(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d{1,2})\b.{0,30}$",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    r"^(?:责编|責編|责任编辑|責任編輯|编辑|編輯|网编|網編|校对|来源|來源|转自|轉自|出处|出處|主编|主編|总编|审核|監製"
    r"|监制|初审|终审|sources?\s*[:：]|editor\b|(?:\w+ ){0,3}edited\b|photo|illustrat|image\b|reviewed\b"
    r"|fact.?check|(?:last )?updated\b|published\b|veröffentlicht am\b|fotos?\b|bild(?:er)?:)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*,\s*(?:and|und|et|y|&)\s+|\s*[;；、，,|｜]\s*|(?<=[\u4e00-\u9fff]{3})\s+(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{3})"
)
_AND = re.compile(r"\s+(?:and|und|et|og|och|&)(?:\s+|$)")
_TURNED = re.compile(r"(?P<last>[^,;]{2,30}),\s*(?P<first>[^,;]{1,30})")
_MORE = re.compile(r"[ .]|[\u4e00-\u9fff]{7}")  # of one word, a part may be a nickname
_DASH = re.compile(r"\s+[-–—]\s+")
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|^[\d.#/\\$*=]|^discuz!|^(?:admin|null|none|undefined|unknown|name|publisher|zvg|red|agenturen"
    r"|no[ _-]?author|anonymous|an[óo]nimo|anonym|未知|佚名|匿名)$",
    re.IGNORECASE,
)
_POSTED = re.compile(r"\s*[发發][表布佈](?:[于於在].*)?$")  # where or when, on a Chinese blog
_DEGREE = re.compile(
    r",\s*(?=(?:Jr|Sr|II|III|IV|M\.?D|D\.?O|Ph\.?\s?D|(?:Pharm|Psy|Ed)\.?D|D\.?V\.?M|D\.?D\.?S|J\.?D|Esq|R\.?N|[BM]\.?(?:S|A|Sc|Ed)"
    r"|RDN?|LDN|MPH|MBA|MSN|MSW|CPA|CF[AP]|NP|PA-C|LCSW|LMFT|CPT|CSCS|PMP|MRCGP|MRCS|FRCP|FACP|FACS|FACLM|FOMA|DABOM|[A-Z]{2,6}[®™])(?:(?<=[®™])|\b)\.?\s*(?:[,;|]|$|and\b))"
)


def people(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in bylines, in their order, each once. Editors (责编 …) are no authors."""
    found: dict[str, str] = {}
    for text in islice(texts, MAX_BYLINES):
        for name in _names(folded(text)[: MAX_AUTHORS * MAX_NAME_CHARACTERS]):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_AUTHORS]


def is_full_name(text: str) -> bool:
    """Whether a text is one person's full name and nothing else."""
    return is_person(text) and people([text]) == (text,)


def turned(text: str) -> str:
    """A name in the order of libraries (Dublin Core, Highwire) as people say it: `O'Hara, Ann`; others as they are."""
    found = _TURNED.fullmatch(text[:MAX_NAME_CHARACTERS])
    if found is None or (is_person(found["last"]) and is_person(found["first"])):
        return text
    return f"{found['first']} {found['last']}"


def _names(text: str) -> list[str]:
    """The names of one byline; what else stands in it once a full name does, a job or an office, is left out."""
    found: list[str] = []
    for part in _parts(_POSTED.sub("", _DEGREE.sub(" ", _ROLES.sub("", text)))):
        names = _halves(_name(part))
        if any(map(is_person, found)):
            if any(map(has_job, names)):
                break
            names = [name for name in names if is_person(name) or not _MORE.search(name)]
        found.extend(names)
    full = next(filter(is_person, found), None)
    named = [name for name in found if full is None or is_person(name) or not (_MORE.search(name) or has_job(name))]
    if len(named) > PAIR and is_person(named[0]) and is_person(named[-1]):  # a place may stand between them
        return [name for name in named if is_person(name) or is_agency(name)]
    return named


def _parts(text: str) -> Iterator[str]:
    """What stands between commas; at an `and` only people part: not the Ministry of Fish and Water, nor Li & Li."""
    for part in _BETWEEN.split(text):
        halves = _AND.split(part)
        named = [_name(half) for half in halves] if len(halves) > 1 else []
        are_nicknames = not any(" " in name for name in named) and len(set(named)) == len(named)
        yield from halves if are_nicknames or any(map(is_person, named)) else (part,)


def _halves(name: str) -> list[str]:
    """What stands beside a dash, where one of both is a full name: `Ann O'Hara - Example Team`."""
    halves = [_name(half) for half in _DASH.split(name)]
    return [half for half in halves if is_person(half)] or ([name] if name else [])


def _name(text: str) -> str:
    name = _once(_ROLE_BEHIND.sub("", _ROLE.sub("", text.strip(_TRIMMED))).strip(_TRIMMED + "()（）[]【】"))
    if _EDITOR.match(text.strip(_TRIMMED)) or _NOT_A_NAME.search(name) or len(name) > MAX_NAME_CHARACTERS:
        return ""
    return name if any(character.isalpha() for character in name) else ""


def _once(name: str) -> str:
    """A name without its repetition: a portrait and its text side by side."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name
