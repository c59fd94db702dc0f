"""A text of several paragraphs, and which lines of a page are chosen as its article."""

from __future__ import annotations

from crawler.extraction.body.text.choice import choice
from crawler.extraction.body.text.survey import Survey
from tests.extraction.pages import PROSE, tree

LONG = tuple(f"{one} {other}" for one in PROSE for other in PROSE[:2])
TEXT = "".join(f"<p>{one}</p>" for one in LONG)


def chosen(body: str) -> list[str]:
    page = tree(f"<html><body>{body}</body></html>")
    return [line.text for line in choice(Survey(page))[0]]
