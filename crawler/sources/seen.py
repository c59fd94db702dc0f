"""``allurls.dat``, the seed site's list of the URLs that it has taken already → their keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import SourceError, UrlError
from crawler.sources.decoded import cleaned, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND = " \t[]\"',"  # of a JSON array that is cut off or has a comma too many


def seen_keys(body: bytes, path: str) -> Iterator[str]:
    """The key of each URL, in the file's order: one a line, or a JSON array of them; repeated where they are.

    A page is seen where its key is equal, never where its URL is part of another. A line that is no URL is passed over.

    Raises: SourceError naming the path, at the end, if the file says something and nothing of it is a URL: a run that
    went on would take every page again.
    """
    said = found = 0
    for url in _urls(decoded(body)):
        said += 1
        try:
            yield urls.key(url)
            found += 1
        except UrlError:
            continue
    if said and not found:
        raise SourceError(
            f"{path}: none of its {said} lines is a URL; write one a line, as in https://example.org/news"
        )


def _urls(text: str) -> Iterator[str]:
    array = _array(text)
    lines = array if array is not None else text.splitlines()
    return (url for line in lines if (url := line.strip(_AROUND)) and not url.startswith("#"))


def _array(text: str) -> list[str] | None:
    if not text.lstrip().startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [cleaned(one) for one in found if isinstance(one, str)] if isinstance(found, list) else None
