"""Pages that hold text and are no article all the same: home pages, lists of links, login and consent walls."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.body.belongs import is_elsewhere
from crawler.extraction.body.walls import wall
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.extraction.body.body import Body

# Of 1,464 real articles two are refused, and there the reading had taken a link farm for the text (F1 0.1 and 0.4).
MIN_LIST_LINKS = 10
LIST_SHARE = 0.7  # of the body's characters stand in links
MIN_HEADLINES, MAX_BEFORE = 6, 300  # at the root of a host, over teasers; characters before the first: else an article
HOME_SHARE = 0.4  # the same at the root of a host, where some sites have one article for a home page
MAX_WALL_CHARACTERS = 600
_HOME = re.compile(r"/?(?:(?:index|home|default|main)(?:\.\w{3,5})?)?/?", re.IGNORECASE)
_WALL = re.compile(r"log\s?in|sign\s?in|anmelden|einloggen|connexion|iniciar sesión|登录|登入|ログイン", re.IGNORECASE)
_CONSENT = re.compile(
    r"before you continue|your privacy|(?:cookie|consent|privacy)\W*(?:settings|preferences|notice|wall)?\W*$"
    r"|ihre privatsphäre|datenschutz|votre vie privée|隐私|隱私|プライバシー",
    re.IGNORECASE,
)
_AGREE = re.compile(r"accept|agree|consent|akzeptieren|zustimmen|accepter|aceptar|accetta|同意|接受", re.IGNORECASE)


def refusal(page: _Element, body: Body, url: str, text: str, *, says_article: bool) -> str:
    """Why a page with text is no article; empty where it may be one. `says_article`: its own metadata claims so."""
    if _is_wall(page, text):
        return "a login form and hardly any text"
    if says_article:
        return ""
    if _asks_consent(page, text):
        return "a wall that asks for consent, and hardly any text"
    if instead := wall(page, text):
        return f"it stands in an article's place: “{instead}”"
    return _list(body, url)


def _list(body: Body, url: str) -> str:
    parts = _parts(url)
    is_home = parts is not None and bool(_HOME.fullmatch(parts[0])) and not parts[1]
    if is_home and body.source is not None and (count := _headlines(body.source)) >= MIN_HEADLINES:
        return f"a home page of {count} headlines that are links"
    links = [len(text_of(link)) for link in body.element.iter("a")]
    most = (HOME_SHARE if is_home else LIST_SHARE) * len(text_of(body.element))
    if len(links) >= MIN_LIST_LINKS and sum(links) > most:
        return f"a {'home page' if is_home else 'list'} of {len(links)} links"
    return ""


def _headlines(source: _Element) -> int:
    """How many links to articles are headings in what holds the text; 0 where the text begins before them."""
    found = [one for one in source.iter("h2", "h3", "h4") if _is_linked(one)]
    return len(found) if found and text_of(source).find(text_of(found[0])) <= MAX_BEFORE else 0


def _is_linked(heading: _Element) -> bool:
    """Whether it leads elsewhere, in whole, and to no place within a page: to an article."""
    links = [*islice(heading.iter("a"), MIN_HEADLINES), *heading.iterancestors("a")]
    leading = (link for link in links if is_elsewhere(link) and "#" not in link.get("href", ""))
    said = text_of(heading)
    return any(said in text_of(link) for link in leading)


def _parts(url: str) -> tuple[str, str] | None:
    try:
        split = urlsplit(url)
    except ValueError:
        return None
    return (split.path, split.query) if split.netloc else None


def _is_wall(page: _Element, text: str) -> bool:
    has_password = any(field.get("type", "").lower() == "password" for field in page.iter("input"))
    return has_password and _is_headed(page, _WALL) and len(text) <= MAX_WALL_CHARACTERS


def _asks_consent(page: _Element, text: str) -> bool:
    if len(text) > MAX_WALL_CHARACTERS or not _is_headed(page, _CONSENT):
        return False
    return any(_AGREE.search(text_of(button)[:MAX_WALL_CHARACTERS]) for button in page.iter("button"))


def _is_headed(page: _Element, words: re.Pattern[str]) -> bool:
    return any(words.search(text_of(heading)) for heading in page.iter("title", "h1"))
