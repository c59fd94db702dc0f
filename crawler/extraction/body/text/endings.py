"""What follows an article's prose and is of others: what a label says so of, headings that are links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.body.text.line import PROSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

MIN_ABOVE_CHARACTERS = 250  # of prose, above a box of others: as many as an article has at least
MAX_LABEL_CHARACTERS = 60
_LISTS = frozenset({"ul", "ol", "p", "div"})  # of links, whether they are called so or not
MAX_WRAPPERS = 2  # of a label, alone in each
# Of the prose, that stands above such a label. Swept .5-.95 on two halves of the sites (390 and 394 pages,
# 2026-11-26): F1c .9567 with .9, .9563 with .95, .9566 with .8, .9550 without; .9557, .9556, .9556, .9556.
MIN_ABOVE_SHARE = 0.9
MIN_HEADINGS = 3  # that are links: Chinese pages .9528 to .9559 on the half that was not looked at; one is a reference
_OTHERS = re.compile(
    r"(?:read (?:this )?next|related (?:posts?|articles?|stories|reading|news|content|topics|links|resources|coverage)"
    r"|recommended (?:reading|articles|stories|posts|for you|content)"
    r"|more (?:helpful |great |related |recent |popular )?(?:articles?|stories|posts|news|reads|from|in|on|like)"
    r"\b.{0,40}|more (?:[\w’'.&]+ ){1,3}(?:articles|stories|posts|news|reads)"
    r"|(?:you )?(?:may|might) also (?:like|be interested|enjoy).{0,20}|you may like"
    r"|latest (?:news|posts|stories|articles)|(?:most )?popular (?:posts|articles|stories|now)|most read"
    r"|trending(?: now)?|(?:further|suggested|additional) reading|keep reading|see also|don.t miss|up next"
    r"|similar (?:posts|articles)|(?:about|meet) the (?:author|writer)s?|(?:about the )?author(?:’s|'s)? bio(?:graphy)?"
    r"|über (?:den autor|die autorin)|[aà] propos de l['’]auteure?|sobre (?:el autor|la autora|o autor|a autora)"
    r"|延伸(?:阅读|閱讀)|[猜为為][你您](?:喜欢|喜歡|推荐|推薦|可能喜欢)"
    r"|[你您](?:可能|也许|也許|或许|或許)(?:[会會还還也]){0,2}(?:喜欢|喜歡|感兴趣|感興趣|想看)"
    r"|(?:相关|相關|推荐|推薦|热门|熱門|热点|熱點|最[热熱]|精彩|最新|图片|圖片|视频|點擊|点击|人气|人氣|今日|本周|更多|大家都在|编辑)"
    r"(?:推荐|推薦|文章|新闻|新聞|资讯|資訊|阅读|閱讀|链接|連結|报道|報導|報道|内容|內容|精选|专题|故事|博客|看|排行榜?){1,2}"
    r"|(?:à )?lire aussi|mehr zum thema"
    r"|das könnte (?:sie|dir|dich|ihnen) auch (?:interessieren|gefallen)"
    r"|(?:você|voce) (?:também )?(?:pode|poderá|vai) (?:também )?(?:gostar|se interessar).{0,20}"
    r"|(?:también )?(?:te|le) (?:puede|podría) (?:también )?(?:interesar|gustar).{0,20}"
    r"|(?:forse )?(?:ti )?potrebbe(?:ro)? (?:anche )?(?:interessarti|piacerti|interessare).{0,20}"
    r"|vous (?:aimerez|pourriez) (?:peut-être )?(?:aussi|aimer|également).{0,30}"
    r"|lea también|leia (?:também|mais)|leggi anche|lees ook|baca juga"
    r"|читайте также)\s*[:：…»>→]?",
    re.IGNORECASE,
)
# Two letters that one of them begins with: of ten short lines nine do not, and the words cost ten times as much.
_LETTERS = (
    "re|mo|yo|ma|mi|la|po|tr|fu|su|ad|ke|se|do|up|si|ab|me|au|üb|a |à |so|li|da|vo|ta|te|le|fo|ti|ba|чи|延伸|猜你|猜您"
    "|为你|为您|為你|為您|你可|你也|你或|您可|您也|您或|相关|相關|推荐|推薦|热门|熱門|热点|熱點|最热|最熱|精彩|最新|图片"
    "|圖片|视频|點擊|点击|人气|人氣|今日|本周|更多|大家|编辑"
)
_BEGINNINGS = frozenset(_LETTERS.split("|"))
# What Chinese platforms say under every text: whose it is, whose it is not, which app to open.
_STATEMENT = re.compile(
    r"[【\[（(]?(?:特[别別]|免[责責]|平[台臺]|版[权權]|郑重|鄭重|法律)[声聲]明|[声聲]明[:：]|扫(?:一扫|描|码)|打开\S{0,8}(?:APP|客户端)"
    r"|本(?:文|网|站|網|平台)\S{0,30}(?:仅代表作者|不代表本|版权归|存储空间)|Notice: The content above"
    r"|Artikel ini telah (?:tayang|terbit)|Dieser Artikel wurde ausgedruckt",
    re.IGNORECASE,
)


def without_statements(lines: Sequence[Line]) -> list[Line]:
    """The lines without what a platform says under all its texts."""
    end = len(lines)
    while end > 1 and _STATEMENT.match(lines[end - 1].text):
        end -= 1
    return list(lines[:end])


def others(lines: Iterable[Line]) -> frozenset[Line]:
    """The lines of a page that stand, below some prose, in a box which begins with a label that says whose they are.

    With `without_section` asked of every line: F1c .9596 to .9626 on one of four quarters of the sites, and .0001 more
    or as before on the three others; aeb F1 .9635 to .9800 on the first (2026-11-27).
    """
    found: list[Line] = []
    above = 0
    before: Line | None = None
    box: _Element | None = None
    for line in lines:
        if box is not None and box in line.owner.iterancestors():
            found.append(line)
        elif line.is_prose:
            above += line.size
        elif above >= MIN_ABOVE_CHARACTERS and is_label(line.text) and (box := _begun(line, before)) is not None:
            found.append(line)
        before = line
    return frozenset(found)


def without_section(lines: Sequence[Line], chosen: list[Line]) -> list[Line]:
    """The chosen ones among a page's lines, up to a label that says that others follow, below nearly all of the prose.

    The label need not be chosen: it may be a mere box.
    """
    known = set(chosen)
    total = sum(line.size for line in chosen if line.is_prose)
    above = 0
    for place, line in enumerate(lines if total else ()):
        if above >= MIN_ABOVE_SHARE * total and is_label(line.text):
            return [one for one in lines[:place] if one in known]
        if line in known and line.is_prose:
            above += line.size
        if line is chosen[-1]:
            break
    return chosen


def is_label(text: str) -> bool:
    """Whether a line says no more than that others follow."""
    is_one = len(text) <= MAX_LABEL_CHARACTERS and text[:2].lower() in _BEGINNINGS
    return is_one and _OTHERS.fullmatch(text) is not None


def _begun(label: Line, before: Line | None) -> _Element | None:
    """The box that begins with a label, however that is wrapped: none of the page's text, nor of the line before."""
    wrapped = label.owner
    for _ in range(MAX_WRAPPERS):
        if (above := wrapped.getparent()) is None or wrapped.getnext() is not None or wrapped.getprevious() is not None:
            break
        wrapped = above
    box = wrapped.getparent()
    if box is None or before is None or box in before.owner.iterancestors() or box.find(".//h1") is not None:
        return None
    return box


def announces_links(line: Line) -> bool:
    """Whether a short line says that something follows, and links do: what it says of a post or a film stays."""
    if not line.text.endswith((":", "：")) or line.size > PROSE:
        return False
    below = line.owner.getnext()
    if below is None or below.tag not in _LISTS:
        return False
    return below.find(".//a[@href]") is not None and below.find(".//blockquote") is None


def without_headlines(lines: Sequence[Line], prose: Sequence[int], is_link: Callable[[Line], bool]) -> list[Line]:
    """The lines without the headings after the prose that are links, where they are several."""
    last = prose[-1] if prose else len(lines)
    gone = {place for place, line in enumerate(lines) if place > last and line.kind == "heading" and is_link(line)}
    return [line for place, line in enumerate(lines) if len(gone) < MIN_HEADINGS or place not in gone]
