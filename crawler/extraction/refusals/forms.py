"""Pages that are there to be filled in: to log in, to register, for a password forgotten, to write to somebody."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.text.line import said
from crawler.extraction.refusals.addresses import is_account
from crawler.extraction.refusals.named import is_named
from crawler.extraction.tree import names

if TYPE_CHECKING:
    from lxml.etree import _Element

# Swept on 954 public pages with forms, half of their hosts looked at, and on the 1,464 real articles (2026-11-27). Of
# those that were read as articles, on two halves of the hosts, 33 of 383 and 45 of 397 ask for a password amid so
# little text (1,500 characters: 48 and 53, and one real article), 84 and 93 have two fields there; no real article.
MAX_FORM = 1_000  # characters of Latin text that say as much
MAX_LOG_IN = 600  # of a page with such a field whose heading says so
MIN_FIELDS = 2  # one is a search
MAX_FIELDS = 500  # that are looked at
_TYPED = frozenset({"", "text", "email", "tel", "password", "number", "date", "url"})
_WHOLE = frozenset({"html", "body"})  # their classes speak of the site
_LOG_IN = re.compile(
    r"log\s?in|sign\s?in|anmelden|einloggen|connexion|iniciar sesión|登录|登入|ログイン", re.IGNORECASE
)
_ASIDE = re.compile(r"comment|respond|reply|newsletter|subscri|search|mc[-_]?embed|pinglun|huifu|liuyan")


def form(page: _Element, source: _Element | None, url: str, text: str, *, says_article: bool) -> str:
    """What a page asks to be filled in; empty: it may be an article.

    `source` is the smallest element that holds the `text`. Of a page that says that it is an article, or when it was
    published, its URL tells alone, and its headings.
    """
    size = said(text[: 2 * MAX_FORM])
    if is_account(url) and _asks(page, is_short=size <= MAX_FORM):
        return "a form for an account, as its address says"
    if size <= MAX_LOG_IN and is_named(page, _LOG_IN) and any(map(_is_password, page.iter("input"))):
        return "a login form and hardly any text"
    if source is None or says_article or size > MAX_FORM:
        return ""
    fields = [one for one in _fields(source) if not _stands_aside(one)]
    if any(map(_is_password, fields)):
        return "a form that asks for a password, and hardly any text"
    return f"a form of {len(fields)} fields and hardly any text" if len(fields) >= MIN_FIELDS else ""


def _fields(element: _Element) -> list[_Element]:
    found = islice(element.iter("input", "textarea", "select"), MAX_FIELDS)
    return [one for one in found if one.tag != "input" or _type(one) in _TYPED]


def _asks(page: _Element, *, is_short: bool) -> bool:
    """Whether it asks who somebody is; an encyclopedia's page on passwords, which is long, for a search and letters."""
    fields = _fields(page)
    if any(map(_is_password, fields)):
        return True
    own = fields if is_short else [one for one in fields if not _stands_aside(one)]
    return len(own) >= MIN_FIELDS or any(_type(one) == "email" for one in own)


def _is_password(field: _Element) -> bool:
    return field.tag == "input" and _type(field) == "password"


def _type(field: _Element) -> str:
    return field.get("type", "").strip().lower()


def _stands_aside(field: _Element) -> bool:
    """Whether it is there for a comment, a letter or a search, as under any article."""
    around = (one for one in (field, *islice(field.iterancestors(), 20)) if one.tag not in _WHOLE)
    return any(_ASIDE.search(names(one)) for one in around)
