"""The links behind a label such as `Tags:` or `Schlagworte`, where nothing else calls them tags."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import folded, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

# 213 pages of two sets and of two halves of the sites each (2026-11-26), micro F1 of the tags: .850 and .816, .777 and
# .827 without; .896 and .843, .777 and .812 so, with 5 boxes (2: .880 and .816); before the head's keywords .799 and
# .823, .803 and .831; with links beside the text as well .880 and .806, .819 and .847 (2 boxes).
MAX_LABEL = 60  # characters
MAX_LABELS = 20  # of a page
MAX_LINKS = 25  # behind one label; more are a cloud of the whole site's
MAX_WORDS = 5  # of a tag; more are headlines
MAX_PIECES = 120  # texts of the box around a label and its links
MAX_SAID = 1.3  # times what label and links say, for what else their box may say
_BOXES = 5  # around a label
_TAGS = ("h2", "h3", "h4", "h5", "h6", "strong", "b", "span", "p", "div", "li", "dt", "label", "em")
_AROUND = " \t\r\n\xa0\u2003:：#|/•·-–—…."
# A set, for an expression costs four times as much, and each line is asked.
_LABELS = frozenset(
    ["tag", "tags", "topic", "topics", "keyword", "keywords", "key words", "subject", "subjects", "label", "labels",
     "related tags", "related topics", "article tags", "article topics", "post tags", "story topics", "more topics",
     "more tags", "topics in this article", "topics in this story", "tagged", "tagged with", "tagged in", "tagged as",
     "tagged under", "filed under", "more about", "more on", "read more about", "read more on", "see more on",
     "explore more on", "thema", "themen", "verwandte themen", "weitere themen", "themen in diesem artikel",
     "themen in diesem beitrag", "themen zum artikel", "themen des artikels", "schlagwort", "schlagworte",
     "schlagwörter", "stichwort", "stichworte", "stichwörter", "mehr lesen über", "mehr über", "mehr zu",
     "mehr zum thema", "mehr zu den themen", "mehr artikel zu", "mehr themen zu", "etiqueta", "etiquetas", "tema",
     "temas", "temas relacionados", "más sobre", "mais sobre", "leia mais sobre", "mots-clés", "mots clés",
     "mots-clefs", "sujet", "sujets", "thématique", "thématiques", "thème", "thèmes", "thèmes associés", "argomenti",
     "onderwerpen", "lees meer over", "emner", "ämnen", "aiheet", "avainsanat", "konular", "etiketler", "tagi",
     "tematy", "теги", "タグ", "キーワード", "ジャンル", "关键词", "關鍵詞", "關鍵字", "标签", "標籤", "关键字",
     "相关标签", "相關標籤", "関連キーワード", "関連タグ", "태그", "키워드", "관련 키워드", "từ khóa", "chủ đề",
     "kata kunci", "topik terkait", "tag terkait", "słowa kluczowe", "štítky", "témata", "klíčová slova", "címkék",
     "etichete", "ключевые слова", "темы", "ämnen i artikeln", "nyckelord", "emneord", "etiketten", "trefwoorden"]
)  # fmt: skip
_MORE = re.compile(r"(?:all|explore|alle|tous|toutes|todos|todas|more|mehr|see|view|show)\b", re.IGNORECASE)


def labelled(root: _Element, stands_elsewhere: Callable[[_Element], bool]) -> list[_Element]:
    """The links behind the first label that has any; none are behind a label that is a link.

    `stands_elsewhere` is whether a link is none of the article's: in a menu, beside the text.
    """
    for owner, label in islice(_labels(root), MAX_LABELS):
        if (found := _behind(owner, label)) and not stands_elsewhere(found[0]):
            return found
    return []


def _labels(root: _Element) -> Iterator[tuple[_Element, str]]:
    """The labels, and the elements that they stand in, at the beginning or behind an icon.

    All lines of the page would cost three times as much (1.4 ms a page against .4; 146 pages, 2026-11-26).
    """
    for one in root.iter(*_TAGS):
        text = one.text
        if text and len(text) <= MAX_LABEL:
            said = text.strip(_AROUND)
            if not said and len(one):
                said = (one[0].tail or "")[:MAX_LABEL].strip(_AROUND)
            if said.lower() in _LABELS:
                yield one, said


def _behind(owner: _Element, label: str) -> list[_Element]:
    boxes = list(islice(owner.iterancestors(), _BOXES))
    if any(one.tag == "a" for one in (owner, *boxes)):
        return []
    for box in (owner, *boxes):
        links = list(islice(box.iter("a"), MAX_LINKS + 1))
        if links:
            is_whole = len(links) <= MAX_LINKS and _are_all(links, box, label)
            return [link for link in links if not _MORE.match(folded(link.text or ""))] if is_whole else []
    return []


def _are_all(links: list[_Element], box: _Element, label: str) -> bool:
    """Whether links are short, and their box says hardly anything else."""
    texts = [" ".join(pieces(link, MAX_PIECES)) for link in links]
    said = sum(map(len, texts)) + len(label)
    in_all = sum(map(len, pieces(box, MAX_PIECES)))
    return all(len(text.split()) <= MAX_WORDS for text in texts) and in_all <= MAX_SAID * said
