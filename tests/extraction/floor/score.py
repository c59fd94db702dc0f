"""How much of what a page should give came out: figures of one page between 0 and 1, and their means over all pages."""

from __future__ import annotations

import math
import re
from statistics import mean
from typing import TYPE_CHECKING

from crawler.core.model import NoArticle
from crawler.extraction import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.core.model import Article
    from tests.extraction.floor.case import Case, Gold

GOOD_PAGE = 0.8  # body F1 from which a page is one that a reader would not complain of
DIGITS = 3  # of a figure, rounded down
_SPACE = re.compile(r"\s+")


def figures(cases: Iterable[Case]) -> dict[str, float]:
    """The mean of each figure over the pages that are asked for it, rounded down."""
    found: dict[str, list[float]] = {}
    for case in cases:
        for name, value in of_page(case).items():
            found.setdefault(name, []).append(value)
    return {name: rounded_down(mean(values)) for name, values in sorted(found.items())}


def rounded_down(value: float) -> float:
    return math.floor(value * 10**DIGITS + 1e-9) / 10**DIGITS


def of_page(case: Case) -> dict[str, float]:
    """The figures that one page is asked for."""
    article = extract(case.body, case.url, case.content_type)
    if case.gold.refused or isinstance(article, NoArticle):
        return {"articles told from other pages": float(case.gold.refused == isinstance(article, NoArticle))} | (
            {} if case.gold.refused else {"body": 0.0, "good pages": 0.0}
        )
    body = _body(article.text, case.gold)
    told = {
        "articles told from other pages": 1.0,
        "body": body,
        "good pages": float(body >= GOOD_PAGE),
        "title": float(article.title == case.gold.title),
    }
    return told | _facts(article, case.gold) | _pictures(article, case.gold) | _links(article, case.gold)


def _facts(article: Article, gold: Gold) -> dict[str, float]:
    found: dict[str, float] = {}
    if gold.date is not None:
        found["date"] = float(article.published is not None and article.published.date().isoformat() == gold.date)
    if gold.authors is not None:
        found["authors"] = float(set(article.authors) == set(gold.authors))
    if gold.tags is not None:
        found["tags"] = _f1(article.tags, gold.tags)
    if gold.markup:
        found["markup"] = mean(float(one in _SPACE.sub(" ", article.html)) for one in gold.markup)
    return found


def _pictures(article: Article, gold: Gold) -> dict[str, float]:
    found: dict[str, float] = {}
    urls = [image.url for image in article.images]
    if gold.image is not None:
        found["lead image"] = float(article.image is not None and article.image.url == gold.image)
    if gold.images is not None:
        found["images"] = _f1(urls, gold.images)
    if gold.captions is not None:
        found["captions"] = _f1([image.caption for image in article.images if image.caption], gold.captions)
    return found


def _links(article: Article, gold: Gold) -> dict[str, float]:
    return {} if gold.related is None else {"related": _f1([link.url for link in article.related], gold.related)}


def _body(text: str, gold: Gold) -> float:
    """F1 in characters: of the pieces that stand in the text in their order, against all of it and all of them."""
    bare, at, matched = _bare(text), 0, 0
    for piece in map(_bare, gold.kept):
        place = bare.find(piece, at)
        if place >= 0:
            at, matched = place + len(piece), matched + len(piece)
    allowed = sum(len(piece) for piece in map(_bare, gold.optional) if piece in bare)
    wanted, given = sum(map(len, map(_bare, gold.kept))), max(matched, len(bare) - allowed)
    return 2 * matched / (wanted + given) if matched else 0.0


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    if not found and not wanted:
        return 1.0
    return 2 * len(set(found) & set(wanted)) / (len(set(found)) + len(set(wanted)))
