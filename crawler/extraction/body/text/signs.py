"""What pages call their parts: where an article stands, and what is none.

So that both readers look at the same places, the words are trafilatura's. Its XPath asks an expression of every
element, a third of its time; here the answer for the same names is remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.body.text.vocabulary import CLASSES, IDS
from crawler.extraction.tree import MAX_NAMES, is_code

if TYPE_CHECKING:
    from lxml.etree import _Element

# In this order an article is looked for; the first element of a page that says so is taken.
PLACES = 5
_BOXES = frozenset({"article", "div", "main", "section"})
_NAMED = frozenset({"div", "section", "p", "span", "ul", "ol", "dl", "li", "dd", "dt"})
_APPENDED = frozenset({"div", "section", "aside"})
_COMMENTED = frozenset({"div", "section", "details", "ul", "ol"})
HIDES = r"visibility: ?hidden|display: ?none"  # of a style
_UNSEEN = re.compile(rf"^hidden|{HIDES}")
# Of a page's prose; less of it in a box of a loose sign is none of the article. Swept .5, .3, .2, .15, .1, .05 on two
# halves of the sites (390 and 394 pages, 2026-11-26): F1c .9507, .9512, .9512, .9515, .9521, .9516 and .9552, .9552,
# .9552, .9552, .9556, .9551.
LOOSE_SHARE = 0.1
MAX_LOOKED = 10  # elements of an accordion's heading, of a box around a post
_POST = re.compile(
    r"twitter-(?:tweet|video)|(?:instagram|text-post)-media|(?:tiktok|bluesky|mastodon|reddit)-(?:embed|card)"
)
MAX_REFERENCE = 30  # characters of a link to a table, a figure, a footnote
_MAX_HYPHENS = 5  # of an id that is a name; one with more is a heading, made into an anchor
_Names = tuple[str, str, str, str]  # id, class, role, itemprop
_NOTHING: frozenset[str] = frozenset()


class Sign(NamedTuple):  # a frozen dataclass is made in five times as long
    """What an element's names say. `places`: the numbers of the places it may be, best first."""

    comments: bool
    foreign: bool  # where it holds no h1: further articles, loaded while the reader scrolls; a dialog about cookies
    out: bool
    loose: bool  # out for no better reason than a word that parts of articles have too
    hidden: bool
    places: tuple[int, ...]

    @property
    def firm(self) -> bool:
        """Whether it is out for its name alone, and no part of an article has such a name."""
        return self.out and not self.loose and not self.hidden


_SILENT = Sign(comments=False, foreign=False, out=False, loose=False, hidden=False, places=())


def sign_of(element: _Element, tag: str) -> Sign:
    """What the attributes of an element with that tag say."""
    if not (given := element.keys()):
        return sign(tag)
    get = element.get
    id_ = class_ = role = style = property_ = ""
    is_hidden = False
    for name in given:  # to ask for each of the six costs three times as much
        if name == "class":
            class_ = get(name, "")[:MAX_NAMES]
        elif name == "id":
            id_ = get(name, "")[:MAX_NAMES]
        elif name == "style":
            style = get(name, "")[:MAX_NAMES]
        elif name == "role":
            role = get(name, "")[:MAX_NAMES]
        elif name == "itemprop":
            property_ = get(name, "")[:MAX_NAMES]
        elif name == "hidden" or (name == "aria-hidden" and get(name) == "true"):
            is_hidden = True
    style = "hidden" if is_hidden else style
    if style and ("hidden" in style or "none" in style) and unfolds(element):
        style = ""
    return sign(tag, id_, class_, role, style, property_)


@lru_cache(maxsize=4096)
def sign(  # noqa: PLR0917 - by position they are one key of what is remembered
    tag: str, id_: str = "", class_: str = "", role: str = "", style: str = "", property_: str = ""
) -> Sign:
    """The sign of an element with this id, class, role, style and itemprop; each is empty where it is absent."""
    said, called = _said(class_), _id(id_) if id_ else _NOTHING
    places = _places(tag, said, called, (id_, class_, role, property_)) if tag in _BOXES else ()
    if not (said or called or role or style or property_ or "cookie" in (id_ or class_) or "hidden" in id_):
        return _SILENT._replace(places=places) if places else _SILENT  # as three of five
    comments = tag in _COMMENTED and ("comments" in said or "comments" in called)
    foreign = tag in _APPENDED and ("foreign" in said or "foreign" in called)
    hidden = bool("hidden" in said or (style and _UNSEEN.search(style)) or (tag not in _NAMED and "hidden" in id_))
    is_name = id_.count("-") <= _MAX_HYPHENS
    firm = hidden or (tag in _NAMED and _is_out(said, called if is_name else _NOTHING, id_ or class_, role))
    loose = not firm and tag in _NAMED and ("loose" in said or (is_name and "loose" in called))
    return Sign(comments, foreign, firm or loose, loose, hidden, places)


def _is_out(said: frozenset[str], called: frozenset[str], name: str, role: str) -> bool:
    return "out" in said or "out" in called or "nav" in role.lower() or "cookie" in name


def _said(class_: str) -> frozenset[str]:
    """What the words of a class say, each looked up by itself: elements share words far more often than classes."""
    words = class_.split()
    words[1:] = [f" {word}" for word in words[1:]]
    return _NOTHING.union(*map(_word, words))


@lru_cache(maxsize=16_384)
def _word(word: str) -> frozenset[str]:
    """What one word says, with a space before it where another stands there."""
    return CLASSES.said(word)


@lru_cache(maxsize=4096)
def _id(id_: str) -> frozenset[str]:
    return IDS.said(id_)


def _places(tag: str, said: frozenset[str], called: frozenset[str], names: _Names) -> tuple[int, ...]:
    id_, class_, role, property_ = names
    found = (
        "content" in said or "content" in called or class_ in {"post", "entry"} or property_ == "articleBody",
        tag == "article",
        role == "article"
        or id_ in {"article", "story"}
        or class_ in {"postarea", "art-postcontent", "text", "cell", "story"}
        or "story" in called
        or "story" in said
        or class_.startswith("article "),
        "main" in said or "main" in called or "content" in {id_, class_},
        tag == "main" or id_.startswith("main") or class_.startswith("main") or role.startswith("main"),
    )
    return tuple(place for place, is_found in enumerate(found) if is_found) if True in found else ()


def unfolds(element: _Element) -> bool:
    """Whether what is hidden shows itself: in an accordion or a tab at a click, or by a script of React."""
    if element.get("role") in {"tabpanel", "region"} or element.get("id", "").startswith("S:"):
        return True
    before = element.getprevious()
    return before is not None and any(one.get("aria-expanded") for one in islice(before.iter(), MAX_LOOKED))


def quotes_post(element: _Element) -> bool:
    """Whether an element holds a post of a social network: it is named after the network, and is the article's.

    Two of 46 pages of one half of the sites have such posts, aeb F1 .975 and .980; the other half and all other sets
    read as before. With boxes of a loose sign and asides, six pages read worse (2026-11-26).
    """
    quotes = (one for one in islice(element.iter(), MAX_LOOKED) if one.tag == "blockquote")
    return any(_POST.search(one.get("class", "")) for one in quotes)


def is_apart(span: _Element) -> bool:
    """Whether what is out stands apart from the words around it: no paragraphs, no code, no number of a footnote.

    A number may have a word: "Table 1" leads to it. One of 1,464 pages, F1c of all .9650 to .9651 (2026-11-27).
    """
    if is_code(span) or (len(span) and next(span.iter("p"), None) is not None):
        return False
    note = span.find("a") if len(span) else None
    leads = "" if note is None else note.get("href", "")
    return note is None or not (leads[:1] == "#" and len(leads) > 1 and _ends_in_number(note.text or ""))


def _ends_in_number(said: str) -> bool:
    return len(said) <= MAX_REFERENCE and said.strip("[] ")[-1:].isdecimal()
