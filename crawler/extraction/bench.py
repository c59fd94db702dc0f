"""Adapter for the extraction benchmark: the fields that it scores, of one page."""

from __future__ import annotations

from crawler.core.model import NoArticle
from crawler.extraction import extract as extract_article


def extract(html: bytes, url: str) -> dict[str, str | list[str] | None]:
    """Title, date as YYYY-MM-DD, authors, text, lead image, tags, body images and captions; empty for no article."""
    article = extract_article(html, url or "http://localhost/")
    if isinstance(article, NoArticle):
        return {}
    return {
        "title": article.title,
        "date": article.published.date().isoformat() if article.published else None,
        "authors": list(article.authors),
        "text": article.text,
        "image": article.image.url if article.image else None,
        "tags": list(article.tags),
        "images": [image.url for image in article.images],
        "captions": [
            f"{image.caption} {image.credit}".strip() for image in article.images if image.caption or image.credit
        ],
        "html": article.html,
    }
