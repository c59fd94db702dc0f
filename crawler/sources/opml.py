"""OPML, the form in which feed readers export what they read (opml.org/spec2) → the feeds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import SourceError, UrlError
from crawler.sources import markup
from crawler.sources.decoded import decoded
from crawler.sources.inflated import inflated
from crawler.sources.plain import plain
from crawler.sources.pointing import address
from crawler.sources.subscription import Subscription, Subscriptions

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 20 * 1024 * 1024
_NO_BASE = "about:blank"


def read_opml(body: bytes, path: str) -> Subscriptions:
    """The feeds of every outline, however nested; broken XML is read as far as it can be.

    Raises: SourceError naming the path, where it is no OPML or names no feed.
    """
    raw, _ = inflated(body, MAX_BYTES)
    text = decoded(raw)
    name, start = markup.kind(text)
    tree = markup.tree(text[start:]) if name == "opml" else None
    if tree is None:
        raise SourceError(f"{path}: no OPML; export it again from the feed reader, or name a feed under `feed`")
    problems = [f"not well-formed: read as far as it can be ({tree.fault})"] if tree.fault else []
    found: dict[str, Subscription] = {}
    for one in tree.root.iter("{*}outline", "outline"):
        said = {str(key).lower(): str(value) for key, value in one.attrib.items()}
        if "xmlurl" not in said:
            _page_alone(said, one, problems)
            continue
        try:
            url = address(said["xmlurl"], _NO_BASE)
            urls.wire(url)  # what is sent may be longer than what was found
            found.setdefault(urls.key(url), Subscription(url, _name(said)))
        except UrlError as err:
            problems.append(f"{_called(said, one)}: `xmlUrl`: {err}")
    if not found:
        raise SourceError(f"{path}: no feed in it; each needs an outline with `xmlUrl`")
    return Subscriptions(tuple(found.values()), tuple(problems))


def _page_alone(said: dict[str, str], one: _Element, problems: list[str]) -> None:
    """A folder is an outline that names nothing; one that names but a page is a feed gone astray."""
    if said.get("htmlurl") and not len(one):
        problems.append(f"{_called(said, one)}: a page but no feed; write the feed's URL into `xmlUrl`")


def _name(said: dict[str, str]) -> str | None:
    return plain(said.get("title", "")) or plain(said.get("text", "")) or None


def _called(said: dict[str, str], one: _Element) -> str:
    return f"line {one.sourceline}, {_name(said) or 'no title'!r}"
