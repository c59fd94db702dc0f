"""What readers may do with a picture, as words around it: to enlarge it, to see more; and which it is of how many."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.body.text.stock import MAX_CHARACTERS, is_stock
from crawler.extraction.tree import folded

if TYPE_CHECKING:
    from lxml.etree import _Element

COUNTED = r"\d{1,3} ?(?:/|of|von|sur|de|di|van|из) ?\d{1,3}"  # which picture of how many
# Before a caption, or behind, or alone, as how long a film is.
_TOOL = re.compile(
    r"^(?:\[\+\] ?enlarge|(?:(?:click|tap) to )?enlarge(?: this)?(?: image| photo)?\b|(?:toggle|hide|show) caption\b"
    r"|(?:zum |bild )?vergrößern(?: bitte)?(?: (?:an)?klicken)?\b|agrandir l['’]image|ampliar (?:foto|imagen)"
    r"|点击(?:查看)?(?:高清)?(?:大图|原图|放大))[\s:]*"
    r"|\s*(?:(?:toggle|hide|show) caption|enlarge this image|bild vergrößern)$"
    r"|^(?:\d{1,3}(?:[\s:.]\d{1,3}){0,2}|(?:play )?video|play|image|advert(?:isement)?|lihat foto|\d{1,3} ?图)$",
    re.IGNORECASE,
)
# 40 of 1,464 bodies had such words, or stock phrases, beside a picture; all of the 15 that were looked at read better
# without (2026-11-27). Numbers alone are none: ratings stand there too.
_ALONE = re.compile(
    r"(?:press enter or click to )?view (?:images?|photos?|gallery)(?: in full size)?"
    r"|(?:open|see) this photo in gallery:?|image|photo|(?:play )?video|gallery|galerie|(?:bild|foto)strecke"
    r"|vollbild|full ?screen|transcript|lihat foto|bild (?:anzeigen|schließen|vergrößern)|\d{1,3} ?图|\|"
    rf"|(?:(?:bild|foto|image|photo) )?{COUNTED}"
    r"|-?\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?|loading(?:…|\.\.\.)",
    re.IGNORECASE,
)
_SHOWN = frozenset({"img", "video"})
MAX_PARTS = 60  # elements of a box that are looked through for one
MAX_UP = 3  # steps from such words to the box that they share with the picture


def without_tool(said: str) -> str:
    """What is said of a picture without such words."""
    return _TOOL.sub("", said)


def is_tool(element: _Element) -> bool:
    """Whether an element that holds no other says nothing else, or a stock phrase, in a box with a picture."""
    said = folded(element.text or "")
    if not said or len(said) > MAX_CHARACTERS or not (_ALONE.fullmatch(said) or is_stock(said)):
        return False
    around = islice(element.iterancestors(), MAX_UP)
    return any(one.tag in _SHOWN for up in around for one in islice(up.iterdescendants(), MAX_PARTS))
