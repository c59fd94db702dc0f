"""Pages that hold text and are no article all the same: forms and walls, home pages, lists, menus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.body.runs import bare
from crawler.extraction.refusals.forms import form
from crawler.extraction.refusals.lists import listing
from crawler.extraction.refusals.walls import wall
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.about.metadata import Metadata
    from crawler.extraction.body.body import Body

# Of 1,464 real articles three are refused: of two the reading had taken a link farm for the text (F1 0.1 and 0.4), one
# is a list of links (2026-11-27).
MAX_WALL_CHARACTERS = 600
# Of the letters that were read. Of 780 public pages that are hardly ever articles and were read as such, 141 have less,
# as menus, tables of fields and options do; no real article has, but for those whose text stands in their JSON-LD, and
# these say that they are articles (2026-11-27).
MIN_BODY_SHARE = 0.5
_CONSENT = re.compile(
    r"before you continue|your privacy|(?:cookie|consent|privacy)\W*(?:settings|preferences|notice|wall)?\W*$"
    r"|ihre privatsphäre|datenschutz|votre vie privée|隐私|隱私|プライバシー",
    re.IGNORECASE,
)
_AGREE = re.compile(r"accept|agree|consent|akzeptieren|zustimmen|accepter|aceptar|accetta|同意|接受", re.IGNORECASE)


def refusal(page: _Element, body: Body, url: str, text: str, about: Metadata) -> str:
    """Why a page with text is no article; empty where it may be one."""
    is_dated = about.published is not None
    asked = form(page, body.source, url, text, says_article=about.says_article or is_dated)
    if asked or about.says_article:
        return asked
    return _instead(page, text) or _scattered(body, text) or listing(page, body, url, text, is_dated=is_dated)


def _instead(page: _Element, text: str) -> str:
    if _asks_consent(page, text):
        return "a wall that asks for consent, and hardly any text"
    instead = wall(page, text)
    return f"it stands in an article's place: “{instead}”" if instead else ""


def _scattered(body: Body, text: str) -> str:
    if len(bare(text_of(body.element))) >= MIN_BODY_SHARE * len(bare(text)):
        return ""
    return "most of its text stands in menus, forms and other places of no article"


def _asks_consent(page: _Element, text: str) -> bool:
    if len(text) > MAX_WALL_CHARACTERS or not _is_headed(page, _CONSENT):
        return False
    return any(_AGREE.search(text_of(button)[:MAX_WALL_CHARACTERS]) for button in page.iter("button"))


def _is_headed(page: _Element, words: re.Pattern[str]) -> bool:
    return any(words.search(text_of(heading)) for heading in page.iter("title", "h1"))
