"""The images of a body, and which of a page's are none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.core.model import Image
from crawler.extraction.body.pictures.captions import caption_of
from crawler.extraction.tree import MAX_NAMES, folded

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element

MIN_PIXELS = 32  # smaller ones are counters, bullets and share buttons
# Times as wide as high. 3.5, 4 and 4.5 take two images of 110 pages, none that is labelled as the article's; 5 takes
# none (2026-11-26).
BANNER = 4.5
# As WordPress and Drupal mark a picture that an editor has put into a text: 643 real posts hold eight flat ones more,
# and no image of the 110 pages is lost or won (2026-11-26).
_PLACED = re.compile(r"\bwp-image-\d|\bmedia-element\b|\badaptive-image\b")
SIDES = 2
MAX_CODE_CHARACTERS = 16  # of the `alt` of a code; longer ones speak of a picture
# btn and what follows it: 20 images fewer on 800 pages, none of them a picture; on the half that was not looked at the
# images' precision is .913, .907 without, and none is lost (2026-11-26).
_ICON = re.compile(
    r"(?:^|[/_-])(?:icons?\d*|sprite|(?:print|site|page|header|footer|brand)?logo|emoji|avatar|gravatar|pixel|spacer|blank|fallback"
    r"|placeholder|btn|ewm|erweima|qrcode\d*|88x31|pinit|(?:next|prev)_?page)(?:[/_.-]|$)|/wp-content/(?:themes|plugins)/.{1,200}\.(?:png|gif|jpe?g|webp)$"
    r"|\.svg(?:$|[?.])",
    re.IGNORECASE,
)
# What a head names for every page of a site, by its file name: 29 of 1,464 pages, no labelled lead image among them
# (2026-11-26).
_SITES_OWN = re.compile(
    r"(?:^|[-_])(?:logo|placeholder|favicon\w*|blank|fallback|no[-_]?image|default[-_]?(?:image|img|thumb\w*|og|share|social|photo)"
    r"|(?:og|share|social|facebook)[-_]?(?:default|image|img)s?)(?:[-_.\d]|$)",
    re.IGNORECASE,
)
# Of a counter, by its style: with "print" before a logo and its box the images' precision is .8764 to .8966 on one
# quarter of the sites, as before on the others, and none is lost (2026-11-27). Next.js gives a picture that fills its
# box a `min-width` as well.
_TINY = re.compile(r"(?:^|[;\s])(width|height): ?[01](?:px)? ?(?=;|$)")
_CODE = re.compile("公众号|公眾號|二维码|二維碼|扫一扫|扫码")
_SIZE = re.compile(r"\d{1,5}")


def is_icon(image: _Element) -> bool:
    """Whether an image is furniture: an icon, a counter, or nothing that can be fetched."""
    source = image.get("src")
    sizes = [size for size in (_pixels(image, "width"), _pixels(image, "height")) if size is not None]
    if not any(sizes) and image.get("alt"):
        sizes = []  # as Next.js writes a picture that fills its box; a counter has nothing to say
    is_banner = len(sizes) == SIDES and sizes[0] >= BANNER * sizes[1] and not is_placed(image)
    is_small = any(size < MIN_PIXELS for size in sizes)
    return not source or is_banner or is_small or _is_drawn(source) or _is_code(image.get("alt", "")) or _counts(image)


def _counts(image: _Element) -> bool:
    """Whether an image has nothing to say, and is a point by its style."""
    style = image.get("style", "")[:MAX_NAMES]
    if not style or image.get("alt") or "min-width" in style:
        return False
    return len(set(_TINY.findall(style))) == SIDES


@lru_cache(maxsize=1024)  # up to three look at the same picture
def _is_drawn(source: str) -> bool:
    return bool(_ICON.search(urlsplit(source).path))


def _is_code(alt: str) -> bool:
    """Whether an image is the code that a reader of Chinese scans to follow the site."""
    return len(alt) <= MAX_CODE_CHARACTERS and bool(_CODE.search(alt))


def is_placed(image: _Element) -> bool:
    """Whether an editor has put an image where it is, as far as its class tells."""
    return bool(_PLACED.search(image.get("class", "")))


def is_sites_own(url: str) -> bool:
    """Whether an image's file name says that it is the site's, not the article's: its logo, its default."""
    return bool(_SITES_OWN.search(url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]))


def images(body: _Element, boxes: Container[_Element] = ()) -> tuple[Image, ...]:
    """The images of a body in their order, each URL once. `boxes`: those in it that stand there for their picture."""
    found: dict[str, Image] = {}
    for element in body.iter("img"):
        if not is_icon(element):
            image = _image(element, boxes)
            found.setdefault(image.url, image)
    return tuple(found.values())


def _image(element: _Element, boxes: Container[_Element]) -> Image:
    caption, credit = caption_of(element, boxes)
    return Image(
        url=element.get("src", ""),
        alt=folded(element.get("alt", "")),
        title=folded(element.get("title", "")),
        width=_pixels(element, "width"),
        height=_pixels(element, "height"),
        caption=caption,
        credit=credit,
    )


def _pixels(element: _Element, name: str) -> int | None:
    said = element.get(name)
    found = _SIZE.fullmatch(said.strip().removesuffix("px")) if said else None
    return int(found[0]) if found else None
