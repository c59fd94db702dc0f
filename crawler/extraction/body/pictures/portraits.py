"""The portraits of those who wrote an article, which show nothing of it."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from crawler.extraction.body.belongs import leads_away
from crawler.extraction.body.pictures.opening import file_name
from crawler.extraction.tree import folded, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

MIN_NAME_CHARACTERS = 5  # of an author, whom the words of an image are searched for
MAX_BESIDE_NAME = 25  # characters of an image's words that are not the name: "Portrait of", "photo"
# What shows who wrote it, also where the word is a part of another, as `ArticleAuthor_image__x1`. Images on nine of
# 1,464 pages go, both that were looked at are portraits, and none is labelled as the article's (2026-11-27).
_CALLED = re.compile(r"author|avatar|byline|headshot|profile|contributor")
MAX_UP = 3  # steps from an image to such a box


def drop_portraits(page: HtmlElement, authors: Sequence[str], lead: str) -> None:
    """Drop the images whose `alt` is hardly more than the name of an author, and that lead to another page: of theirs.

    So do those go that the page calls a portrait, wherever they lead.
    `lead` is the page's main image. Where somebody labelled the images of 110 pages, two portraits lead to another page
    and are none of them; two that lead nowhere, one with a caption, are (2026-11-26).
    """
    known = [name for name in map(str.casefold, authors) if len(name) >= MIN_NAME_CHARACTERS]
    for image in list(page.iter("img")) if known else ():
        said = folded(image.get("alt", "")).casefold()
        is_one = said and any(name in said and len(said) <= len(name) + MAX_BESIDE_NAME for name in known)
        if is_one and (leads_away(image) or _is_called(image)) and file_name(image.get("src", "")) != file_name(lead):
            image.drop_tree()


def _is_called(image: HtmlElement) -> bool:
    """Whether an image or a box around it is called what belongs to an author."""
    around = islice(image.iterancestors(), MAX_UP)
    return any(_CALLED.search(names(one)) for one in chain([image], around))
