"""Which elements that the reading left out belong to the article all the same: what they are, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.extraction.body.pictures.called import is_caption, is_said
from crawler.extraction.body.pictures.captions import CAPTION_TAGS
from crawler.extraction.body.pictures.images import is_icon, is_placed
from crawler.extraction.body.runs import MUTE
from crawler.extraction.body.text.signs import HIDES, quotes_post, sign_of, unfolds
from crawler.extraction.tree import MAX_NAMES, is_code, names, stands_in, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

DROPPED = (MUTE - {"audio", "video", "iframe"}) | {"form", "nav", "aside", "footer", "label", "fieldset"}
MAX_MEDIA_TEXT = 500  # characters of caption and credit around an image; more is a text with a picture
MAX_SIGN_OFF = 80
# Links of a table of contents, and their share of its words; a list of footnotes says more. No other values were tried:
# 18 of 1,464 pages lose one, all that were looked at are such (2026-11-27).
MIN_CONTENTS = 3
CONTENTS_SHARE = 0.9
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)[a-z]*|social[a-z]*|comments?|discussion|disqus|sidebar|newsletter|subscri[a-z]*|promo[a-z]*"
    r"|advert[a-z]*|ads?|adsbygoogle|breadcrumbs?|nav|navbar|menu|tags|toolbar|print(?:box|only)?|paywall|cookie[a-z]*|outbrain"
    r"|taboola|most-?read|trending|recommend[a-z]*|tuijian|pagination|skip|fenxiang|pinglun|avatar|headshot"
    r"|author-?(?:bio|box|card|image|img|photo|pic|picture|avatar|portrait|thumb))(?:$|[\s_-])"
)
_RELATED = re.compile(r"related|read-?more|see-?also|more-?(?:on|news|stories)|xiangguan|相关|延伸阅读")
_SIGN_OFF = re.compile(
    r"^[\s（(\[【]*(?:责编|責編|责任编辑|責任編輯|编辑|編輯|网编|網編|校对|校對|审核|監製|监制|撰稿|记者|記者|文[/／]|来源|來源|"
    r"翻译|翻譯|\(?(?:reporting|editing|edited|additional reporting|translated) by)",
    re.IGNORECASE,
)
_PROSE = frozenset({"p", "blockquote", "pre", "table", "ol", "ul", "dl", "h2", "h3", "h4", "hr", "br"})
# What an editor puts behind the last words. Boxes there hold apps, letters and people unless they have a caption:
# the images' precision .967 and .907 on two halves of 110 pages, .962 and .902 with them, none of the images lost
# (2026-11-26).
_FLOWING = frozenset({"p", "center", "figure", "img", "video", "audio", "iframe"})
_UNSEEN = re.compile(HIDES)
_FOR_EARS = re.compile(r"visually-?hidden|hidden-?visually|sr-?only|screen-?reader")
_BOXES = frozenset({"div", "p", "center", "section"})
_WHOLE = frozenset({"html", "body"})  # their classes speak of the site, not of a part of it
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_IN_PLACE = re.compile(rf"^(?:$|[#?]|javascript:)|{_PICTURE.pattern}", re.IGNORECASE)  # a picture, or the page itself
_MEDIA = frozenset({"img", "video", "audio", "iframe"})


def is_furniture(element: _Element) -> bool:
    """Whether the page calls an element something that no article is made of."""
    tag = element.tag
    if tag == "figcaption" or (tag == "aside" and _is_illustration(element)):
        return False
    if tag == "footer" and next(element.iterancestors("figure", "blockquote"), None) is not None:
        return False  # what HTML had before the figcaption; who said what is quoted
    if tag in DROPPED:
        return tag != "button" or all(map(is_icon, element.iter("img")))  # one may show a picture enlarged
    if _is_furniture(names(element)):
        return tag != "span" or not is_code(element)
    return element.get("role") == "navigation"


def is_unseen(span: _Element) -> bool:
    """Whether a part of a line is hidden: a note for machines, a trap for those who collect addresses."""
    return _hides(span) and next(span.iter(*_MEDIA), None) is None


def is_label(span: _Element) -> bool:
    """Whether words of a box are for those who do not see it: that it is a photo, that a click makes it larger.

    25 of 1,464 pages had one in the body. Amid a sentence they may be words of it (2026-11-27).
    """
    return bool(_FOR_EARS.search(span.get("class", "")[:MAX_NAMES]))


def _hides(element: _Element) -> bool:
    style = element.get("style")
    is_hidden = (style and _UNSEEN.search(style[:MAX_NAMES])) or element.get("hidden") is not None
    return bool(is_hidden) and not unfolds(element)


def _is_illustration(aside: _Element) -> bool:
    """Whether an aside holds captioned pictures that lead nowhere, and no other word."""
    pictures = [image for image in aside.iter("img") if not is_icon(image)]
    said = any(text_of(one) for one in aside.iter(*CAPTION_TAGS) if is_caption(one))
    return bool(pictures) and said and not any(map(leads_away, pictures)) and loose_text(aside) == 0


@lru_cache(maxsize=4096)
def _is_furniture(called: str) -> bool:
    return bool(_FURNITURE.search(called))


@lru_cache(maxsize=4096)
def _is_related(called: str) -> bool:
    return bool(_RELATED.search(called))


def in_furniture(element: _Element, known: dict[_Element, bool]) -> bool:
    """Whether an element is furniture or stands in some. `known` keeps the answers for one page."""
    return stands_in(element, known, lambda one: one.tag not in _WHOLE and is_furniture(one))


def is_related(element: _Element) -> bool:
    """Whether an element is a list of links, or a box that says what it is."""
    if element.tag not in {"ul", "ol"} and not _is_related(names(element)):
        return False
    linked = sum(len(text_of(link)) for link in element.iter("a") if link.get("href"))
    return linked > 0.7 * len(text_of(element))


def leads_away(image: _Element) -> bool:
    """Whether a picture is the link to another page: that of another article."""
    return any(is_elsewhere(link) for link in image.iterancestors("a"))


def is_elsewhere(link: _Element) -> bool:
    """Whether a link leads to another page, not to a picture or within this one."""
    return not _IN_PLACE.search(link.get("href", ""))


def is_media(element: _Element) -> bool:
    """Whether an element is a picture, a player, or one of those with its caption, credit and zoom link.

    So is a figure around a quoted post, as WordPress embeds it: six of 1,464 bodies lost some (2026-11-27).
    """
    if is_said(element) and len(text_of(element)) <= MAX_MEDIA_TEXT:
        return True  # a longer one may be a picture's whole box, as WordPress calls it
    if not any(not is_icon(one) if one.tag == "img" else True for one in element.iter(*_MEDIA)):
        return (element.tag == "div" and _is_caption_box(element)) or (element.tag == "figure" and quotes_post(element))
    if element.tag == "figure":
        return True
    # a box that leads nowhere is no teaser: the text beside its picture is a caption without a name
    return loose_text(element) <= (MAX_MEDIA_TEXT // 10 if element.find(".//a[@href]") is not None else MAX_MEDIA_TEXT)


def _is_caption_box(element: _Element) -> bool:
    """A wrapper with nothing to read in it but captions and credits: what a zoom link leaves."""
    spoken = any(is_said(one) or one.get("data-caption") for one in element.iterdescendants())
    return spoken and loose_text(element) == 0


def loose_text(element: _Element) -> int:
    """Characters that are neither caption nor credit."""
    said = sum(len(text_of(one)) for one in element.iterdescendants() if is_said(one))
    return max(0, len(text_of(element)) - said)


def is_sign_off(element: _Element) -> bool:
    """Whether a short line says who edited or wrote."""
    text = text_of(element)
    return len(text) <= MAX_SIGN_OFF and bool(_SIGN_OFF.match(text))


def belongs(element: _Element, *, begun: bool, ended: bool, beside: bool) -> bool:
    """Whether an element without a word of the reading stays.

    `begun`: text of the reading stands before it; `ended`: none comes after it; `beside`: a sibling holds such text.
    Between paragraphs what has a name that no part of an article has is a button, a byline, a note about newsletters:
    15 of 1,464 bodies had one, none of the seven that were looked at was of the article (2026-11-27).
    """
    if (ended and not beside) or is_furniture(element) or (element.tag in _BOXES and _hides(element)):
        return False
    if begun and beside and not ended and element.tag in _PROSE:
        return not _is_contents(element) and not (sign_of(element, element.tag).firm and not is_media(element))
    if is_media(element):
        return not ended or (
            beside and (element.tag in _FLOWING or _is_captioned(element) or any(map(is_placed, element.iter("img"))))
        )
    if not begun or not beside:
        return False
    if ended:
        return is_sign_off(element)
    return _is_rule(element) or is_related(element)


def _is_captioned(element: _Element) -> bool:
    return any(is_caption(one) and text_of(one) for one in element.iter(*CAPTION_TAGS))


def _is_contents(element: _Element) -> bool:
    """Whether a list is the table of contents: nothing but links to what follows on the page."""
    if element.tag not in {"ul", "ol"}:
        return False
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) < MIN_CONTENTS or any(not link.get("href", "").startswith("#") for link in links):
        return False
    return sum(len(text_of(link)) for link in links) >= CONTENTS_SHARE * len(text_of(element))


def _is_rule(element: _Element) -> bool:
    """Whether a box holds a line between two parts of a text, and nothing else."""
    return len(element) == 1 and element[0].tag == "hr" and not text_of(element)
