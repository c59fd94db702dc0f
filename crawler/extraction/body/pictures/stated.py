"""Pictures that a page states and does not show: a script would put them into their figures."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml.html import Element

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_STATED = 200  # figures of one page


def show_stated(page: HtmlElement) -> None:
    """Put an image into each figure that holds none and names its own in microdata (HTML §5.2.6, schema.org)."""
    for figure in list(islice(filter(_is_waiting, page.iter("figure")), MAX_STATED)):
        image, caption = Element("img", src=figure.get("itemid", "")), figure.find("figcaption")
        if caption is None:
            figure.append(image)
        else:
            caption.addprevious(image)


def _is_waiting(figure: HtmlElement) -> bool:
    if not figure.get("itemid") or not figure.get("itemtype", "").endswith("/ImageObject"):
        return False
    return next(figure.iter("img", "amp-img", "picture", "video", "iframe", "noscript"), None) is None
