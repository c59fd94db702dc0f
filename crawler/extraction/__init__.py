"""HTML → ``Article | NoArticle``, and related links. The only user of trafilatura.

``extract`` reads in this process; ``workers.Extractor`` does the same in processes that can be killed, which is what
a page from the network needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.core.model import Article, NoArticle

__all__ = ["extract"]


def extract(
    html: bytes | str,
    url: str,
    content_type: str | None = None,
    *,
    hints: Sequence[str] = (),
) -> Article | NoArticle:
    """What the page at `url` says.

    `html` is the body with content-encoding undone, or text already decoded; `content_type` the header's value as
    sent, None where there was none; `hints` are texts that the source gave for the page, its title first.
    Deterministic: neither earlier pages nor the clock change the answer.

    Raises: Nothing for a page's sake, but for MemoryError; a hostile one may take long, see `workers`.
    """
    from crawler.extraction.article import read  # noqa: PLC0415  # trafilatura takes a second to import

    return read(html, url, content_type, hints=hints)
