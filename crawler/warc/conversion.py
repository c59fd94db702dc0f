"""What one `Reading` becomes: the article as a conversion of the page, and the reading record that cites the page.

The conversion serves people and `diff`; posts are made again from the page and the reading record, never from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.warc.reading import CONTENT_TYPE, to_json
from crawler.warc.record import Draft, printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawler.core.model import Article, Reading


def drafts(reading: Reading, article: Article | None, at: datetime, new_id: Callable[[], str]) -> tuple[Draft, ...]:
    """The conversion, where there is an article, and last the reading record.

    Raises: WarcError where the reading is too long to be read back.
    """
    url, page = printable(reading.page_url), (("WARC-Refers-To", f"<{reading.page_record_id}>"),)
    record = Draft("metadata", new_id(), at, CONTENT_TYPE, to_json(reading), url, page)
    if article is None:
        return (record,)
    return Draft("conversion", new_id(), at, "text/markdown;charset=utf-8", markdown(article), url, page), record


def markdown(article: Article) -> bytes:
    """Title and text, an empty line between blocks. The text is the article's own: nothing in it is escaped."""
    blocks = (f"# {' '.join(article.title.split())}", *filter(None, map(str.strip, article.text.splitlines())))
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")
