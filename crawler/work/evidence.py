"""What annotated posts cite, proved. No reading record keeps their digest: they are not ours, and may be edited."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from crawler.core import urls
from crawler.core.errors import PostError, UrlError
from crawler.core.model import Reading
from crawler.posts import Additions, added, read_post
from crawler.warc import Record, read_readings, records
from crawler.warc.proof import digest_faults
from crawler.work.kept import kept_names, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crawler.core.model import FrontValue, Post

CITED = "warc_record_id"


class Evidence:
    """The readings of an archive that kept posts of a folder, and the records that those posts may cite."""

    def __init__(self, warcs: Sequence[Path], folder: Path) -> None:
        self._warcs = warcs
        self._folder = folder
        self._readings: defaultdict[str, list[Reading]] = defaultdict(list)
        for found in read_readings(warcs):
            if isinstance(found, Reading):
                for name in kept_names(found):
                    self._readings[name].append(found)

    def fault(self, path: Path) -> str:
        """Why what a post cites is not proved; empty: it is.

        Raises: PostError where it is no post.
        """
        name = text(os.path.relpath(os.path.realpath(path), os.path.realpath(self._folder)).replace(os.sep, "/"))
        post = read_post(path)
        if name not in self._readings:
            return "no reading record of the archive names it; if its archive lies elsewhere, say --config crawl.yaml"
        return self._faults({name: post})[name]

    def faults(self) -> Iterator[tuple[Path, str]]:
        """The annotated posts that are in the folder, each with its fault as in `fault`.

        A post that cites nothing, or what this archive never kept it for, is a person's own affair.
        """
        posts: dict[str, Post] = {}
        for name in self._readings:
            parts = PurePosixPath(name)
            path = self._folder / parts
            if parts.is_absolute() or ".." in parts.parts or not path.is_file():
                continue
            try:
                post = read_post(path)
            except PostError:  # edited, and no post any more
                continue
            if self._reading(name, post):
                posts[name] = replace(post, body="", source=None)
        for name, fault in self._faults(posts).items():
            yield self._folder / name, fault

    def _reading(self, name: str, post: Post) -> Reading | None:
        cited = post.get(CITED)
        return next((each for each in self._readings[name] if each.page_record_id == cited), None)

    def _faults(self, posts: dict[str, Post]) -> dict[str, str]:
        cited = {str(post.get(CITED)) for post in posts.values()}
        there = {record.id: _proved(record) for record in self._records() if record.id in cited} if posts else {}
        return {name: self._fault(name, post, there) for name, post in posts.items()}

    def _records(self) -> Iterator[Record]:
        for warc in self._warcs:
            yield from (found for found in records(warc) if isinstance(found, Record))

    def _fault(self, name: str, post: Post, there: dict[str, dict[str, FrontValue] | str]) -> str:
        cited, reading = str(post.get(CITED)), self._reading(name, post)
        if reading is None:
            return f"it cites {post.get(CITED)}, which no reading record that keeps it was made from"
        if _key(post) != reading.seed.key:
            return f"its `from` is not the URL of which {cited} is a capture: {reading.seed.url}"
        found = there.get(cited, "it is in none of the WARC files")
        if isinstance(found, str):
            return f"the record {cited} that it cites is no proof: {found}"
        wrong = [f"{field} is not {value}" for field, value in found.items() if post.get(field) != value]
        return f"{', '.join(wrong)}, as in the record that it cites" if wrong else ""


def _proved(record: Record) -> dict[str, FrontValue] | str:
    """What a post that cites a record says; or what is wrong with the record."""
    if fault := next(digest_faults(record), ""):
        return fault
    digest = record.header("WARC-Payload-Digest")
    return dict(added(Additions(archived_at=record.date, warc_record_id=record.id, warc_digest=digest)))


def _key(post: Post) -> str | None:
    try:
        return urls.key(str(post.get("from")))
    except UrlError:
        return None
