"""Walls that ask for consent to cookies before they show a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.refusals.named import is_named
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_CHARACTERS = 600  # of their text
_CONSENT = re.compile(
    r"before you continue|your privacy|(?:cookie|consent|privacy)\W*(?:settings|preferences|notice|wall)?\W*$"
    r"|ihre privatsphäre|datenschutz|votre vie privée|隐私|隱私|プライバシー",
    re.IGNORECASE,
)
_AGREE = re.compile(r"accept|agree|consent|akzeptieren|zustimmen|accepter|aceptar|accetta|同意|接受", re.IGNORECASE)


def asks_consent(page: _Element, text: str) -> bool:
    """Whether a page with hardly any text is named after privacy and has a button to agree."""
    if len(text) > MAX_CHARACTERS or not is_named(page, _CONSENT):
        return False
    return any(_AGREE.search(text_of(button)[:MAX_CHARACTERS]) for button in page.iter("button"))
