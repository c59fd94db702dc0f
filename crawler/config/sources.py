"""The entries of `sources`: each names one thing that points at articles, by the key of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from crawler.config.sections import Strict
from crawler.config.units import Place, Span, Url

Kind = Literal["feed", "sitemap", "posts", "list", "opml", "subs"]


class _Entry(Strict):
    name: Annotated[str | None, Field(min_length=1, max_length=200, description="Label of its posts.")] = None

    @property
    def where(self) -> str | Path:
        """The URL or the path."""
        found: str | Path = getattr(self, self.kind)
        return found

    @property
    def kind(self) -> Kind:
        """The key that says what it is."""
        return next(kind for kind, model in KINDS.items() if isinstance(self, model))


class Feed(_Entry):
    """RSS, Atom or JSON Feed."""

    feed: Annotated[Url, Field(description="The feed, or a page that names it.")]


class Sitemap(_Entry):
    """A sitemap or an index of them, also compressed."""

    sitemap: Annotated[Url, Field(description="The sitemap.")]
    since: Annotated[Span | None, Field(description="Only what is younger, as in 30d; empty: all.")] = None


class Posts(_Entry):
    """A folder of posts, whose `from` URLs are followed."""

    posts: Annotated[Place, Field(description="The folder.")]


class UrlList(_Entry):
    """A file of URLs."""

    list: Annotated[Place, Field(description="One URL a line, # comments; or a browser's bookmarks.html.")]


class Opml(_Entry):
    """A list of feeds as readers export it."""

    opml: Annotated[Place, Field(description="The OPML file.")]


class Subs(_Entry):
    """A JSON list of feeds."""

    subs: Annotated[Place, Field(description="Objects with `site` and `url`.")]


KINDS: Mapping[Kind, type[_Entry]] = {
    "feed": Feed,
    "sitemap": Sitemap,
    "posts": Posts,
    "list": UrlList,
    "opml": Opml,
    "subs": Subs,
}


def _of_one_kind(entry: object) -> object:
    if isinstance(entry, _Entry):
        return entry
    if not isinstance(entry, Mapping):
        raise ValueError("a source is a key and its value, as in `feed: https://example.org/rss.xml`")  # noqa: TRY004 - pydantic's way
    kinds = [kind for kind in KINDS if kind in entry]
    if len(kinds) > 1:
        raise ValueError(f"two kinds in one source, {kinds[0]} and {kinds[1]}; make two entries of it")
    if not kinds:
        raise ValueError(f"names no source{_meant(entry)}; write one of {', '.join(KINDS)}")
    return entry


def _meant(entry: Mapping[object, object]) -> str:
    for key in entry:
        for kind in get_close_matches(str(key)[:40], KINDS, n=1):
            return f", did you mean `{kind}` where {str(key)[:40]!r} stands?"
    return ""


def _kind(entry: object) -> str | None:
    if isinstance(entry, _Entry):
        return entry.kind
    return next((kind for kind in KINDS if isinstance(entry, Mapping) and kind in entry), None)


Source = Annotated[
    Annotated[Feed, Tag("feed")]
    | Annotated[Sitemap, Tag("sitemap")]
    | Annotated[Posts, Tag("posts")]
    | Annotated[UrlList, Tag("list")]
    | Annotated[Opml, Tag("opml")]
    | Annotated[Subs, Tag("subs")],
    Discriminator(_kind),
    BeforeValidator(_of_one_kind),
]
