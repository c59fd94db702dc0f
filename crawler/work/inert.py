"""An article whose body can go into a post as it is: made so in the process that read it, which has its own core."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.posts import sanitise

if TYPE_CHECKING:
    from crawler.core.model import Article


def inert(article: Article) -> Article:
    """The article with its body sanitised; one that has it so comes back as it is."""
    return article if article.inert else replace(article, html=sanitise(article.html), inert=True)
