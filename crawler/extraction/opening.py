"""The pictures that an article opens with: between its headline and its first words, in whatever box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.belongs import in_furniture
from crawler.extraction.images import is_icon

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_FIGURES = 3  # more are a gallery of other articles
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)


def opening(first: _Element, lead: str) -> list[_Element]:
    """The figures before the article's first block, and the image with the file name of `lead` wherever it stands."""
    known = dict.fromkeys(first.iterancestors(), False)  # what holds the article is no furniture, whatever its names
    named = _named(first.getroottree().getroot(), file_name(lead), known)
    figures = [] if named is None else [named]
    scope = next((up for up in first.iterancestors() if _begins(up)), None)
    for element in () if scope is None else scope.iter():
        if element is first or len(figures) >= MAX_FIGURES:
            break
        if element.tag == "figure" and element is not named and _opens(element, known):
            figures.append(element)
    return figures


def _begins(element: _Element) -> bool:
    return element.tag in {"article", "main"} or element.find(".//h1") is not None


def _opens(figure: _Element, known: dict[_Element, bool]) -> bool:
    pictures = [image for image in figure.iter("img") if not is_icon(image)]
    return bool(pictures) and not any(map(_leads_away, pictures)) and not in_furniture(figure, known)


def _leads_away(image: _Element) -> bool:
    """Whether a picture is the link to another page: that of another article."""
    return any(not _PICTURE.search(link.get("href", "")) for link in image.iterancestors("a"))


def _named(page: _Element, name: str, known: dict[_Element, bool]) -> _Element | None:
    for image in page.iter("img") if name else ():
        if file_name(image.get("src", "")) == name and not is_icon(image) and not in_furniture(image, known):
            return next(image.iterancestors("figure"), image)
    return None


def file_name(url: str) -> str:
    """The last part of a URL's path: what stays the same where a site serves a picture in several sizes."""
    return url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].lower()
