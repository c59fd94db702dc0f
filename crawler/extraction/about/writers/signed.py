"""Who signs an article in words, whatever the page calls the element: `By Ann O'Hara`, under the headline."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.about.headline import headline, stands_in_line
from crawler.extraction.about.writers.people import people
from crawler.extraction.about.writers.person import is_agency, is_person, is_team, may_be_name
from crawler.extraction.tree import folded, names, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from crawler.extraction.about.lines import Lines

MAX_PROSE = 3  # paragraphs under the headline, where a bare `By` signs; some `Written by` stand under the text
MIN_PROSE_BYTES = 220
MAX_SIGNS = 100  # of a page
MAX_BOXES = 2  # around a `By`
MAX_AROUND = 10  # boxes, one of which may be of comments
MAX_CHARACTERS = 100  # of a signature
MAX_SPACED = 400  # as it stands in the page, with its indentation
MAX_NEAR = 12  # texts before and behind a label
MAX_PARTS = 40  # elements of a signature
_LEADING = " \t\n\r|•·–—-"
_BY = re.compile(r"[\s|•·–—-]*(?:by|last updated by|updated by|von|par|por|di|door|av|af)\b\s*:?", re.IGNORECASE)
_LABEL = (
    r"(?:auteure?s?|autor(?:en|in|innen|es|e|a|as|i)?(?:\*in(?:nen)?)?|author(?:s|\(s\))?|contributors?|texte?|texto|testo|tekst|автор|текст|yazar"
    r"|yazan|penulis|szerző|írta|forfatter|tác giả)"
)
_LONE = rf"(?-i:(?=[A-ZÀ-ÞА-Я])){_LABEL}(?:\s*/\s*{_LABEL})?\s*"  # in an element of its own: no colon needs to follow
_LONE_LABEL = re.compile(rf"\s*{_LONE}", re.IGNORECASE)
_NO_LABELS = frozenset({"a", "button", "h1", "h2", "h3"})
_WRITTEN_BY = re.compile(
    r"\s*(?:(?:this |is |an? |the |guest |blog |article |post |story )*"
    r"(?:post(?:ed)?|submitted|written|researched|words|story|article|text|guest post|column) by\b"
    r"|(?:(?:ein|eine|blog|artikel|beitrag|blogbeitrag|kolumne|kommentar|interview|texte?|analyse|gastbeitrag|geschrieben"
    r"|verfasst|gespeichert|erstellt|eingestellt|gepostet)\s){1,4}von\b"
    r"|(?:escrito|scritto|escrita|geschreven|écrit|rédigé|skrevet|skriven|napisane?) (?:par|por|da|door|av|af)\b"
    rf"|(?:{_LONE}$|{_LABEL}\s*:)|(?:auteure?s?|autor(?:en|in)?|authors?)\s+(?-i:(?=[A-ZÀ-Þ]))"
    r"|(?:oleh|بقلم|كتبت?|מאת)(?:\s*:|\s)"
    r"|(?:(?:取材|撮影|構成|写真)\s*[・･/／]\s*)?(?:文|作者|執筆|筆者|ライター)\s*[:：/／|｜・･=＝])\s*:?",
    re.IGNORECASE,
)
# The words that the patterns begin with.
_FIRST = frozenset(
    ["by", "von", "par", "por", "di", "door", "av", "af", "blog", "last", "updated", "this", "is", "a", "an", "the",
     "guest", "post", "posted", "submitted", "written", "researched", "contributors", "contributor", "words",
     "story", "article", "text", "column", "ein", "eine", "artikel", "beitrag", "blogbeitrag", "kolumne",
     "kommentar", "interview", "texte", "analyse", "gastbeitrag", "geschrieben", "verfasst", "gespeichert",
     "erstellt", "eingestellt", "gepostet", "escrito", "escrita", "scritto", "geschreven", "écrit", "rédigé",
     "skrevet", "skriven", "napisane", "auteur", "auteurs", "auteure", "auteures", "autor", "autoren", "autorin",
     "autorinnen", "autores", "autore", "autora", "autoras", "autori", "author", "authors", "author(s)",
     "texto", "testo", "tekst", "автор", "текст", "autor*in", "autor*innen", "yazar", "yazan", "penulis", "szerző",
     "írta", "forfatter", "tác", "oleh", "بقلم", "كتب", "كتبت", "מאת"]
)  # fmt: skip
_FIRST_SIGNS = ("文", "取材", "撮影", "構成", "写真", "作者", "執筆", "筆者", "ライター")
_ENDS = re.compile(
    r"\s+(?:on|am|in|at|le|el|il|op|um|vom|den|—|–|-)\s|[|•·/@(]|^\d|,\s*\d|(?<!(?-i:\b[A-Z]))\.\s|\s+\d"
    r"|\s+(?=(?:illustration|fotos?|photos?|photography|bild(?:er)?)\b)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\s*[\w.-]+ (?:on|am|le|op|el|il) (?:(?:\w+ \d\d?,?|\d\d?\.? \w+) |\d\d?\.\d\d?\.)(?:19|20)\d\d"
)  # a nickname's
_AT = re.compile(r"[—–-]\s+(?P<name>[^@—–]{2,40}?)\s+@\s+\d\d?:\d\d")  # as WordPress's first theme signs: — Ann @ 10:30
_COMMENTS = re.compile(r"comment|kommentar|respond|disqus|quote")
_BOOK = re.compile(
    r"\s*(?:(?:publisher|pages|isbn(?:-1[03])?|verlag|seiten(?:zahl)?|buchtitel|original-?titel|éditeur|éditions?|editorial"
    r"|páginas|editora|casa editrice|pagine|uitgeverij|förlag|出版社|页数|頁數|出版年)\s*[:：]|isbn\b)",
    re.IGNORECASE,
)
_CONNECTED = re.compile(r"(?:[,，、;&]|\b(?:and|und|et|y|e|en|og|och))$", re.IGNORECASE)
_CONNECTS = re.compile(r"(?:,|and|und|et|y|e|en|og|och|&|、|，|;|\s)+", re.IGNORECASE)


def signed(lines: Lines, title: str) -> tuple[str, ...]:
    """The full names behind the first `By` under the headline, else the names behind the first `Written by`."""
    heading = headline(lines.root, title)
    is_under, prose, seen = False, 0, 0
    nickname: tuple[str, ...] = ()
    texts = list(lines)
    for place, (owner, text) in enumerate(texts):
        is_under = is_under or stands_in_line(owner, text, heading, title)
        if not text:
            continue
        if len(text) > MAX_CHARACTERS and not _is_spaced(text):
            prose += is_under and len(text.encode()) > MIN_PROSE_BYTES
        elif " @ " in text and not nickname and (sign := _AT.search(text)) and not is_readers(owner):
            nickname = people([sign["name"]])
        elif (
            seen < MAX_SIGNS
            and _begins(text)
            and (signs := _WRITTEN_BY.match(text) or (_BY.match(text) if is_under and prose < MAX_PROSE else None))
        ):
            seen += 1
            is_lone = bool(_LONE_LABEL.fullmatch(text))
            is_label = signs.re is _WRITTEN_BY
            if (is_label and (is_readers(owner) or _is_books(texts, place))) or (is_lone and not _is_pair(owner)):
                continue
            for parts in _signatures(owner, folded(text), len(signs[0].strip())):
                if found := _full_names(parts, is_list=is_lone):
                    return found
                nickname = nickname or (() if is_lone else _lesser(parts, is_label=is_label))
    return nickname


def is_readers(element: _Element) -> bool:
    """Whether an element stands in a box of comments, or in a quotation."""
    boxes = islice(element.iterancestors(), MAX_AROUND)
    return any(up.tag not in {"body", "html"} and _COMMENTS.search(names(up)) for up in boxes)


def _is_books(texts: Sequence[tuple[object, str]], place: int) -> bool:
    """Whether a label stands among those of a book: its pages, its publisher."""
    near = texts[max(0, place - MAX_NEAR) : place + MAX_NEAR]
    return any(_BOOK.match(text[:MAX_CHARACTERS]) for _, text in near)


def _is_pair(label: _Element) -> bool:
    """Whether a label without a colon has but a line beside it; over more it is a heading, in a menu a link."""
    box = label.getparent()
    return box is not None and label.tag not in _NO_LABELS and len(" ".join(pieces(box, MAX_PARTS))) <= MAX_CHARACTERS


def _is_spaced(text: str) -> bool:
    """Whether a signature is long by its white space alone."""
    return len(text) <= MAX_SPACED and _begins(text) and len(folded(text)) <= MAX_CHARACTERS


def _begins(text: str) -> bool:
    """Whether a text may begin with a `By`; the patterns cost twenty times as much."""
    if not (first := text.lstrip(_LEADING).split(None, 1)):
        return False
    word = first[0]
    if "/" in word or word[-1] == ":":
        word = word.partition("/")[0].rstrip(":")
    return word.lower() in _FIRST or (not word.isascii() and word.startswith(_FIRST_SIGNS))


def _signatures(owner: _Element, text: str, end: int) -> Iterator[list[str]]:
    """The texts behind the `By` that a text begins with, in the element and in the boxes around it."""
    for box in (owner, *islice(owner.iterancestors(), MAX_BOXES)):
        parts = pieces(box, MAX_PARTS)
        if text in parts:
            yield [text[end:], *parts[parts.index(text) + 1 :]]


def _lesser(parts: Sequence[str], *, is_label: bool) -> tuple[str, ...]:
    """Who signs without a full name: a team behind a `By`, a nickname behind a `Written by` or before a date."""
    first = next(filter(str.strip, parts), "").strip()
    if not is_label and is_team(first):
        return (first,)
    return _nickname(first) if is_label or _DATED.match(" ".join(parts)) else ()


def _nickname(part: str) -> tuple[str, ...]:
    if "://" in part:
        return ()
    end = _ENDS.search(part)
    named = people([part[: end.start()] if end else part])
    return named if len(named) == 1 and " " not in named[0] and may_be_name(named[0]) else ()


def _full_names(parts: Sequence[str], *, is_list: bool) -> tuple[str, ...]:
    """The full names that the texts behind `By` begin with; a further one stands behind a comma or an `and`."""
    found: list[str] = []
    joined = True
    for part in parts:
        end = _ENDS.search(part)
        said = (part[: end.start()] if end else part).strip()
        named = people([said])
        if joined and named and is_person(named[0]) and all(is_person(name) or is_agency(name) for name in named):
            found.extend(filter(is_person, named))
            joined = is_list or bool(_CONNECTED.search(said))
        elif said and _CONNECTS.fullmatch(said):
            joined = True
        elif said:
            break
        if end:
            break
    return tuple(dict.fromkeys(found))
