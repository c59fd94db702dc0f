"""What stands around an article's prose and is none of it: stock phrases, labels, lines in other boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.body.text.copies import once, without_echoes
from crawler.extraction.body.text.endings import announces_links, without_headlines, without_statements
from crawler.extraction.body.text.line import PROSE
from crawler.extraction.body.text.stock import is_day, is_stock
from crawler.extraction.tree import heart, stands_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from lxml.etree import _Element

    from crawler.extraction.body.text.line import Line

LINK_SHARE = 0.9  # of a line's characters
# A rule that would take more than a tenth of the text has met a page that it does not know: one of short lines. Swept
# .8-.95 on 390 pages of one half of the sites and 394 of the other (2026-11-26): F1c .950 and .950; .950, .948 without.
MIN_KEPT_SHARE = 0.9
# The same of what stands outside of the text's own box, which tells more than a phrase does. Swept .9, .8, .7, .5 on
# the same pages (2026-11-26): F1c .9600, .9602, .9602, .9605 and .9580, .9578, .9578, .9566; the Chinese ones of the
# second half .9601, .9615, .9620, .9620. And of phrases before and after the prose: aeb F1 .9815 to .9844 and .9686 as
# before, no other page differs; with those between paragraphs .9619 and .9575 in all, .9616 and .9583 without.
MIN_OUTER_SHARE = 0.8
MAIN_SHARE = 0.9  # of the prose: the smallest element that holds that much is the text's own box
MIN_APART_CHARACTERS = 80  # of a paragraph that stays although it stands in another box
# Characters of a paragraph that is a link in capitals: a headline that a site puts between paragraphs. aeb F1 .9746 to
# .9750, one of its pages, and no other page the worse where it is not asked of headings (2026-11-26).
MIN_SHOUTED = 20
MIN_PROSE_LINES = 3  # to tell a box of the text from its paragraphs
_BUTTONS = frozenset({"", "p", "heading"})  # the kinds of lines that they are
_ENDED = re.compile(r"[.!?。！？…”\"」』]\s*$")
# Phrases under the articles of many sites. With them F1c .9497 and .9492, without .9490 and .9482; aeb .965, .963 (784
# pages, two halves of the sites, 2026-11-26).
_ANYWHERE = re.compile(
    r"[\[【]?(?:read (?:more|also|next|the full)|see also|related|more (?:from|on)|recommended|also read"
    r"|you (?:may|might) (?:also |like|enjoy|love|want|be |have missed|find)"
    r"|lire aussi|à lire|lesen sie|mehr zum|lea también|leia também|baca juga|читайте также|watch\b|listen\b"
    r"|view (?:all|more|gallery)|click here|show more|load more|continue reading|advertisement|sponsored"
    r"|share (?:this|on)|print this|\d{1,3} ?min(?:ute)?s? read|相关(?:阅读|文章|新闻|推荐|链接|报道)|延伸阅读"
    r"|推荐阅读|猜你喜欢|上一篇|下一篇|扫一?扫|打开\S{0,6}(?:APP|客户端)|延伸閱讀|相關(?:閱讀|新聞|報導|文章)"
    r"|関連記事|あわせて読みたい|관련기사|leggi anche|lees ook|czytaj (?:też|także|również)"
    r"|zobacz (?:też|także|również|wideo)|i?̇?lgili haber|läs (?:också|även)|l[eæ]s også|lue myös"
    r"|(?:le[ae]r?|vea|ver|mir[ae]) (?:también|además|aquí)|(?:te|le) (?:puede|podría) interesar|(?:mira|lea(?: más)?):"
    r"|(?:veja|leia|assista) também|leia mais"
    r"|saiba mais|(?:vedi|guarda) anche|siehe auch|lesetipp|passend dazu|bekijk ook)",
    re.IGNORECASE,
)
# With its labels, and "click here" and comments in Portuguese after the prose: aeb F1 .9802 to .9806 on one half of the
# sites, .9680 to .9686 on the other; of three pages one reads worse (2026-11-26).
_BY = re.compile(  # a full name, its job or its place behind it
    r"(?:written |posted )?(?:by|von|par|por) (?:[^.!?:,]{3,40}"
    r"|(?-i:[A-ZÀ-Þ])[^\s.!?:,]+(?: (?-i:[A-ZÀ-Þ])[^\s!?:,]*){1,3}, \S+(?: \S+){0,2})", re.IGNORECASE
)  # fmt: skip
_BEFORE = re.compile(
    r"newsletter|sign up|subscribe|affiliate|commission|disclosure|copyright"
    r"|\b(?:tags|categor(?:y|ies|ia|ias|ie|ías?)|posted by|publicado por|publié par)\s?[:：]",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:\(c\) ?\d{4}|copyright|(?:written )?by\b[^.!?]{0,60}$|(?:leave a )?comments?(?:$|[ :]*[(\d])"
    r"|(?:tags?|topics)(?:$| ?[:：])|schlagwörter(?:$| ?:| zu)"
    r"|(?:aten\w{2,4}: ?)?coment[aá]rios|filed under|(?:e-?mail|tel|phone)\.? ?[:：]|来源[:：]|转载"
    r"|(?:(?:本文|文章)(?:标题|作者|链接)|标题|链接|创建于|更新于|许可协议)\s*[:：])|©|版权"
    r"|all rights reserved|newsletter|sign up|subscribe|follow (?:us|me|him|her|@)|have a tip|can be reached|click here"
    r"|免责声明|特别声明|未经\S{0,8}(?:授权|许可)",
    re.IGNORECASE,
)


def size(lines: Iterable[Line]) -> int:
    """How much lines say, as `Line.size`."""
    return sum(line.size for line in lines)


def is_link(line: Line) -> bool:
    """Whether a line is a link and hardly anything else."""
    return line.linked > 0 and line.linked >= LINK_SHARE * len(line.text.replace(" ", ""))


def ends_sentence(line: Line) -> bool:
    """Whether a line ends where a sentence does."""
    return bool(_ENDED.search(line.text))


def without_edges(lines: list[Line], cited: Container[Line] = ()) -> list[Line]:
    """The lines without those; each rule is left alone where it would take much of the text.

    `cited` are links that a text may name in its own box, even behind its last word.
    """
    lines = without_statements(without_echoes(once(lines)))
    for rule in (_in_their_box, _without_outer_phrases):
        lines = _guarded(lines, rule(lines), MIN_OUTER_SHARE)
    lines = _guarded(lines, _without_phrases(lines), MIN_KEPT_SHARE)
    lines = _guarded(lines, _without_labels(lines, cited), MIN_KEPT_SHARE)
    lines = _guarded(lines, _without_last_headings(lines), MIN_KEPT_SHARE)
    return without_headlines(lines, _prose(lines), is_link)


def _guarded(lines: list[Line], kept: list[Line], share: float) -> list[Line]:
    return kept if len(kept) == len(lines) or size(kept) >= share * size(lines) else lines


def _prose(lines: Iterable[Line]) -> list[int]:
    return [number for number, line in enumerate(lines) if line.is_prose]


def _in_their_box(lines: list[Line]) -> list[Line]:
    """Without short lines outside of the smallest element that holds nearly all of the prose."""
    prose = [lines[number] for number in _prose(lines)]
    if len(prose) < MIN_PROSE_LINES:
        return lines
    main = heart(((line.owner, line.size) for line in prose), MAIN_SHARE)
    known = {} if main is None else {main: True}
    return [line for line in lines if _stays(line) or stands_in(line.owner, known, lambda _: False)]


def _stays(line: Line) -> bool:
    return line.size > PROSE or (line.kind == "p" and line.size > MIN_APART_CHARACTERS)


def _without_outer_phrases(lines: list[Line]) -> list[Line]:
    """Without stock phrases before and after the prose, where they are surer than between two paragraphs."""
    prose = _prose(lines)
    return _unphrased(lines, prose, range(prose[0], prose[-1]) if prose else range(0))


def _without_phrases(lines: list[Line]) -> list[Line]:
    return _unphrased(lines, _prose(lines), range(0))


def _unphrased(lines: list[Line], prose: list[int], inner: range) -> list[Line]:
    """The lines without the phrases among them; those at the places `inner` stay."""
    if not prose:
        return [line for line in lines if not _is_button(line)]
    return [line for number, line in enumerate(lines) if number in inner or not _is_phrase(number, line, prose)]


def _is_button(line: Line) -> bool:
    return line.kind in _BUTTONS and is_stock(line.text)


def _is_phrase(number: int, line: Line, prose: list[int]) -> bool:
    if line.size >= PROSE:
        return False
    if is_day(line.text) or _is_button(line):
        return True
    if line.kind == "p" and len(line.text) >= MIN_SHOUTED and is_link(line) and line.text.isupper():
        return True  # a headline between paragraphs
    if _ANYWHERE.match(line.text) and (2 * line.linked > len(line.text) or not _says(line)):
        return True
    if number < prose[0]:
        return bool(_BY.fullmatch(line.text) or _BEFORE.search(line.text))
    return number > prose[-1] and bool(_AFTER.search(line.text))


def _says(line: Line) -> bool:
    """Whether a line is a heading or a sentence."""
    return line.kind == "heading" or ends_sentence(line)


def _without_labels(lines: list[Line], cited: Container[Line]) -> list[Line]:
    """After the last prose: without links, and without what stands in a mere box and is no sentence."""
    if not (prose := _prose(lines)):
        return lines
    box = lines[prose[-1]].owner.getparent()
    behind = (line for line in lines[prose[-1] + 1 :] if not _is_label(line) or _is_named(line, cited, box))
    return [*lines[: prose[-1] + 1], *behind]


def _is_named(line: Line, cited: Container[Line], box: _Element | None) -> bool:
    return line in cited and line.owner.getparent() is box


def _is_label(line: Line) -> bool:
    if line.kind not in {"", "p"}:
        return False
    return is_link(line) or (not line.kind and line.size < PROSE and not ends_sentence(line))


def trimmed(lines: Iterable[Line]) -> list[Line]:
    """Without headings and announcements at the end: what they stood over was left out."""
    kept = list(lines)
    while kept and (kept[-1].kind == "heading" or announces_links(kept[-1])):
        kept.pop()
    return kept


def _without_last_headings(lines: list[Line]) -> list[Line]:
    return [*lines[:1], *trimmed(lines[1:])]  # of headings alone the first stays
