"""Pages that hold text and are no article all the same: forms and walls, home pages, lists, menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.body.runs import bare
from crawler.extraction.refusals.addresses import is_home, is_list
from crawler.extraction.refusals.consent import asks_consent
from crawler.extraction.refusals.elsewhere import elsewhere
from crawler.extraction.refusals.forms import form
from crawler.extraction.refusals.lists import listing
from crawler.extraction.refusals.programs import program_says
from crawler.extraction.refusals.teasers import teasers
from crawler.extraction.refusals.walls import wall
from crawler.extraction.tree import whole_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.about.metadata import Metadata
    from crawler.extraction.body.body import Body

# Of 1,464 real articles two are refused, of which the reading had taken a link farm for the text (F1 0.1 and 0.4), and
# 653 of 954 public pages with forms, 174 of them before there were rules for forms and lists (2026-11-27).

# Of the letters that were read. Of 780 public pages that are hardly ever articles and were read as such, 141 have less,
# as menus, tables of fields and options do; no real article has, but for those whose text stands in their JSON-LD, and
# these say that they are articles (2026-11-27).
MIN_BODY_SHARE = 0.5


def refusal(page: _Element, body: Body, url: str, text: str, about: Metadata) -> str:
    """Why a page with text is no article; empty where it may be one."""
    is_dated = about.published is not None
    asked = form(page, body.source, url, text, says_article=about.says_article or is_dated)
    if asked := asked or _listed(page, body, url, text, says_article=about.says_article):
        return asked
    if about.says_article:
        return ""
    return _instead(page, text) or _scattered(body, text) or listing(page, body, url, text, is_dated=is_dated)


def _listed(page: _Element, body: Body, url: str, text: str, *, says_article: bool) -> str:
    """Why a page is a list whatever its head says: programs tell all their pages to be articles."""
    if called := program_says(page):
        return f"no article, as its program says: “{called}”"
    if not (is_home(url) or is_list(url)):
        return ""
    if count := elsewhere(page, body, url, says_article=says_article):
        return f"a list that shows {count} articles of the site"
    count = teasers(body, url, text, is_list=is_list(url))
    return f"a list of {count} teasers, as its address says" if count else ""


def _instead(page: _Element, text: str) -> str:
    if asks_consent(page, text):
        return "a wall that asks for consent, and hardly any text"
    instead = wall(page, text)
    return f"it stands in an article's place: “{instead}”" if instead else ""


def _scattered(body: Body, text: str) -> str:
    if len(bare(whole_text(body.element))) >= MIN_BODY_SHARE * len(bare(text)):
        return ""
    return "most of its text stands in menus, forms and other places of no article"
