"""Addresses that say themselves that they lead to no article. The words are those that sites of many makers use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.core.trap_forms import ADDRESS, COMMENT, NAMES, PATHS, VARIANT

if TYPE_CHECKING:
    from crawler.extraction.links.addresses import Address

_OTHERS = {
    "lists": "list lists calendar tag tags tagged topic topics thema themen label labels keyword keywords category "
    "categories cat kategorie rubrik section sections channel channels column columns series search suche feed feeds "
    "rss 标签 分类 专题",
    "people": "author authors autor autoren auteur auteurs contributor contributors writer writers journalist "
    "journalists reporter reporters staff people person profile profiles user users member members u by 作者",
    "talk": "comment comments intent dialog share sharer newsletter newsletters subscribe subscription subscriptions",
    "doors": "login signin sign-in log-in register signup sign-up account accounts wp-admin wp-content wp-json cdn-cgi "
    "preview undefined null",
    "the house": "about about-us contact contact-us privacy privacy-policy terms imprint impressum datenschutz cookies "
    "faq cart checkout join donate advertise 关于我们",
}
_NEVER = frozenset(word for words in _OTHERS.values() for word in words.split())
# Where a title follows, a section of a newspaper: /legal/three-judges-resign.
_SECTIONS = (
    "like vote out go redirect redir legal help jobs careers shop store product products events "
    "file files download downloads uploads static assets images"
)
_HOUSE = re.compile(
    r"(?:about|accessibility|advertis[a-z]+|conditions|contact|cookies?|copyright|disclaimer|legal|privacy|terms)"
    r"(?:-(?:and|conditions|cookies|info|information|notice|of|policy|rights|service|services|settings|statement|the|to|us|use"
    r"|with)){1,4}"
)
_SELDOM = frozenset(_SECTIONS.split())
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|ico|mp[34]|m4[av]|mov|webm|avi|og[gv]|wav|pdf|zip|rar|7z|gz|tgz|exe"
    r"|dmg|apk|docx?|xlsx?|pptx?|odt|epub|mobi|xml|json|csv|tsv|txt|css|js|ics|woff2?)$"
)
_PATHS = tuple(pattern for reason, pattern in PATHS if reason in {ADDRESS, COMMENT, VARIANT})
_LISTED = frozenset(["author", "tag", "cat", "category", "search", "keyword", "keywords"])
_PARAMETERS = frozenset(name for name, reason in NAMES.items() if reason in {COMMENT, VARIANT}) | {"preview"}


def is_other(one: Address, name: str, *, is_title: bool) -> bool:
    """Whether it says that it is something else: a list, a form, a file, a comment, a URL within the path.

    `name`: the last part of its path without a page's ending; `is_title`: whether that reads like a title.
    """
    last = one.parts[-1] if one.parts else ""
    return (
        not _NEVER.isdisjoint((*one.parts, name))
        or (not _SELDOM.isdisjoint(one.parts) and not is_title)
        or bool(_HOUSE.fullmatch(name))
        or last.startswith(("@", "~"))
        or "/@@" in one.path
        or bool(_FILE.search(last))
        or (bool(one.query) and any(name in _PARAMETERS for name, _ in one.query))
        or any(pattern.search(one.path) for pattern in _PATHS)
    )


def is_listed(one: Address) -> bool:
    """Whether its query asks for a list: all of an author, all of a tag."""
    return any(name in _LISTED for name, _ in one.query)
