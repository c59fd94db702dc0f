"""What pages call their parts: where an article stands, and what is none.

The words are trafilatura's (Apache-2.0), so that both readers look at the same places. Its XPath asks an expression of
every element, a third of its time; here the answer for the same names is remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.tree import MAX_NAMES

if TYPE_CHECKING:
    from lxml.etree import _Element

# In this order an article is looked for; the first element of a page that says so is taken.
PLACES = 5
_BOXES = frozenset({"article", "div", "main", "section"})
_NAMED = frozenset({"div", "section", "p", "span", "ul", "ol", "dl", "li", "dd", "dt"})
_APPENDED = frozenset({"div", "section", "aside"})
_COMMENTED = frozenset({"div", "section", "details", "ul", "ol"})
_CONTENT_ID = re.compile(r"(?:entry|article|art)-content|article__content|article(?:-|__)?body|articleBody|body-text")
_CONTENT = re.compile(
    _CONTENT_ID.pattern + r"|(?:page|text)-content|post[-_]text|post-body|post-?entry|post[-_]?content|postContent"
    r"|post_inner_wrapper|article-?text|articleText|ArticleContent|article__container"
)
_STORY_ID = re.compile(r"^primary(?!.*(?:[Hh]ead|[Nn]av|[Mm]enu))|story-body")
_STORY = re.compile(
    r"(?i:fulltext)|^article |post-bodycopy|story-?content|(?:theme|blog|section|single)-content|single-post"
    r"|main-column|wpb_text_column|story-body|field-body"
)
_MAIN_ID = re.compile(r"content-main|content-body|contentBody|[Mm]ain-[Cc]ontent")
_MAIN = re.compile(r"content[-_]main|content(?:-|__)body|[Mm]ain-[Cc]ontent|[Pp]age-[Cc]ontent")
# From "onetrust" on ours: F1c .946, .945 without, bad 7.6 %, 8.1 % on 434 pages of half of the sites (2026-11-25).
_EITHER = (
    r"^shar|social|viral|newsletter|syndication|tags|sidebar|bread-?crumb|button|author|message-container"
    r"|caption|onetrust|(?:^| )ot-|(?:^|[\s_-])comments?(?:[\s_-]|$)|recommend|hot-news|most-?read|trending"
    r"|info-?box|fact-?box|disclaimer|signature|subscri|sign-?up|promo|bio(?:$|[\s_-])|paywall|donate"
)
# What parts of an article are called too: a list of items that slide, a box among advertisements.
_LOOSE_ID = re.compile(r"banner|[Tt]easer|(?:^|[\s_-])cta(?:[\s_-]|$)|^ad-")
_LOOSE = re.compile(
    r"banner|[Tt]easer|(?:^|[\s_-])cta(?:[\s_-]|$)| ad |-ad-|(?:^| )ad-|embed|attachment|-icon|slide|viewport|overlay"
    r"|options|expand|modal-content"
)
_OUT_ID = re.compile(
    _EITHER + r"|^(?:jp-|dpsp-content)|[Ff]ooter|[Ss]hare|[Nn]av|menu|related|premium|hidden|reader-comments|akismet"
)
_OUT = re.compile(
    _EITHER + r"|^(?:nav|post-nav)|subnav|avigation|navbar|navbox|menu(?:$|[\s_-])|bar(?:$|[\s_-])"
    r"|dfp[Aa]d|outbrain|taboola|criteo|paid-?content|[Ff]ooter|[Bb]yline|share-|sociable|tag-list"
    r"|consent|permission|elated|next-|-stories|most-popular|more-on|meta|rating|(?<!elementor-)widget"
    r"|timestamp|user-info|user-profile|article-infos|obfuscated|blurred"
)
_HIDDEN = re.compile(
    r"^hide-|comments-title|nocomments|-reply-|message|akismet|suggest-links|-hide-|hide-print|noprint"
    r"|notloaded|(?:^| )hid(?:e|den)(?![-\w])"
)
_UNSEEN = re.compile(r"(?:^|visibility: ?)hidden|display: ?none")
_COMMENTS_ID = re.compile(r"^(?:[Cc]omment(?!ary)|comol|disqus_thread|dsq-comments)")
_COMMENTS = re.compile(r"^[Cc]omment(?!ary)|(?:article|post)-comments")
# A dialog about cookies may say more than half of the page does, where "onetrust" alone is taken for a wrapper's name:
# F1c .944 with it, .941 without (3 of 390 pages of one half of the sites, 2026-11-26).
_FOREIGN = re.compile(
    r"mvp-post-add-(?:box|wrap)|infinite-?scroll|(?i:onetrust|didomi|usercentrics|cookiebot|sp_message"
    r"|(?:cookie|consent|gdpr)s?[-_]?(?:banner|notice|law|bar|pop|modal|wall|overlay|dialog|message|settings|preferences))"
)
# Of a page's prose; less of it in a box of a loose sign is none of the article. Swept .5, .3, .2, .15, .1, .05 on two
# halves of the sites (390 and 394 pages, 2026-11-26): F1c .9507, .9512, .9512, .9515, .9521, .9516 and .9552, .9552,
# .9552, .9552, .9556, .9551.
LOOSE_SHARE = 0.1
MAX_LOOKED = 10  # elements of an accordion's heading
_MAX_HYPHENS = 5  # of an id that is a name; one with more is a heading, made into an anchor
_WORDS = (
    ("comments", _COMMENTS),
    ("foreign", _FOREIGN),
    ("out", _OUT),
    ("loose", _LOOSE),
    ("hidden", _HIDDEN),
    ("content", _CONTENT),
    ("story", _STORY),
    ("main", _MAIN),
)
_NOTHING: frozenset[str] = frozenset()
_NAMELESS = ("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Sign:
    """What an element's names say. `places`: the numbers of the places it may be, best first."""

    comments: bool
    foreign: bool  # where it holds no h1: further articles, loaded while the reader scrolls; a dialog about cookies
    out: bool
    loose: bool  # out for no better reason than a word that parts of articles have too
    hidden: bool
    places: tuple[int, ...]


def sign_of(element: _Element, tag: str) -> Sign:
    """What the attributes of an element with that tag say."""
    # All at once: to ask for six names costs three times as much.
    said: list[tuple[str, str]] = element.items()  # type: ignore[assignment]
    if not said:
        return sign(tag, _NAMELESS)
    id_ = class_ = role = style = property_ = ""
    is_hidden = False
    for name, value in said:
        if name == "class":
            class_ = value
        elif name == "id":
            id_ = value
        elif name == "style":
            style = value
        elif name == "role":
            role = value
        elif name == "itemprop":
            property_ = value
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            is_hidden = True
    most = MAX_NAMES
    style = "hidden" if is_hidden else style[:most]
    if style and ("hidden" in style or "none" in style) and unfolds(element):
        style = ""
    return sign(tag, (id_[:most], class_[:most], role[:most], style, property_[:most]))


@lru_cache(maxsize=4096)
def sign(tag: str, names: tuple[str, str, str, str, str]) -> Sign:
    """The sign of an element with this id, class, role, style and itemprop; each is empty where it is absent."""
    id_, class_, _, style, _ = names
    said = _said(class_)
    comments = tag in _COMMENTED and bool("comments" in said or (id_ and _COMMENTS_ID.search(id_)))
    foreign = tag in _APPENDED and bool("foreign" in said or (id_ and _FOREIGN.search(id_)))
    hidden = bool("hidden" in said or (style and _UNSEEN.search(style)) or (tag not in _NAMED and "hidden" in id_))
    firm = hidden or (tag in _NAMED and _is_out(said, names))
    is_name = id_.count("-") <= _MAX_HYPHENS
    loose = not firm and tag in _NAMED and bool("loose" in said or (id_ and is_name and _LOOSE_ID.search(id_)))
    return Sign(comments, foreign, firm or loose, loose, hidden, _places(tag, said, names))


def _is_out(said: frozenset[str], names: tuple[str, str, str, str, str]) -> bool:
    id_, class_, role, _, _ = names
    is_name = id_.count("-") <= _MAX_HYPHENS
    return bool(
        "out" in said
        or (id_ and is_name and _OUT_ID.search(id_))
        or (role and "nav" in role.lower())
        or "cookie" in (id_ or class_)
    )


def _said(class_: str) -> frozenset[str]:
    """What the words of a class say, each looked up by itself: elements share words far more often than classes."""
    words = class_.split()
    last = len(words) - 1
    said = _NOTHING
    for number, word in enumerate(words):
        said |= _word(f"{' ' if number else ''}{word}{' ' if number < last else ''}")
    return said


@lru_cache(maxsize=16_384)
def _word(word: str) -> frozenset[str]:
    """What one word says, with a space where another stands beside it."""
    return frozenset(name for name, expression in _WORDS if expression.search(word)) or _NOTHING


def _places(tag: str, said: frozenset[str], names: tuple[str, str, str, str, str]) -> tuple[int, ...]:
    if tag not in _BOXES:
        return ()
    id_, class_, role, _, property_ = names
    found = (
        "content" in said
        or class_ in {"post", "entry"}
        or property_ == "articleBody"
        or (id_ and _CONTENT_ID.search(id_)),
        tag == "article",
        role == "article"
        or id_ in {"article", "story"}
        or class_ in {"postarea", "art-postcontent", "text", "cell", "story"}
        or (id_ and _STORY_ID.search(id_))
        or "story" in said,
        "main" in said or "content" in {id_, class_} or (id_ and _MAIN_ID.search(id_)),
        tag == "main" or any(name.startswith("main") for name in (id_, class_, role)),
    )
    return tuple(place for place, is_found in enumerate(found) if is_found)


def unfolds(element: _Element) -> bool:
    """Whether what is hidden shows itself: in an accordion or a tab at a click, or by a script of React."""
    if element.get("role") in {"tabpanel", "region"} or element.get("id", "").startswith("S:"):
        return True
    before = element.getprevious()
    return before is not None and any(one.get("aria-expanded") for one in islice(before.iter(), MAX_LOOKED))
