"""An archive mended after a crash: its WARC files closed, and the posts made that a reading record tells of.

Not by `extract`: that reads every page, rewrites posts where a library changed, and puts readings beside edited
ones. Here a post that stands is never touched.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.core.errors import LedgerError, PermapressError, StorageError
from crawler.core.model import NoArticle, Page, Reading
from crawler.extraction.processes.workers import Extractor
from crawler.ledger import Ledger
from crawler.ledger.holders import dead
from crawler.posts import render, write_post
from crawler.warc import read_pages, read_readings, warc_files
from crawler.warc.repair import repaired
from crawler.work.inert import inert
from crawler.work.place import ledger_of
from crawler.work.reading import post_of, times_of
from crawler.work.shelf import sha256
from crawler.work.verify import Proof

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from crawler.config import Config
    from crawler.core.model import Article


def repairs(config: Config) -> Iterator[Proof]:
    """What was done, a proof each; nothing: there was nothing to do. Not sound is what a person has to look at.

    Raises: StorageError; WarcError where a file cannot be opened.
    """
    for repair in repaired(config.archive):
        yield Proof(repair.file, sound=repair.sound, reason=repair.reason)
    warcs = warc_files(config.archive) if config.archive.is_dir() else []
    if missing := _missing(warcs, config.posts):
        yield from _made_again(warcs, missing, config.posts)


def leases_returned(config: Config, at: datetime) -> Iterator[Proof]:
    """Give back what dead runs still hold; nothing: there was nothing to give back. A living run keeps its own.

    Raises: StorageError.
    """
    path = ledger_of(config)
    if not path.is_file() or not path.stat().st_size:  # none: to make one is not a repair
        return
    try:
        with Ledger(path) as ledger:
            many = ledger.take_back(dead(path.parent, ledger.holders()), at)
    except LedgerError as err:
        yield Proof(str(path), sound=False, reason=str(err))
    else:
        if many:
            yield Proof(
                str(path), sound=True, reason=f"{many} leases of dead runs given back; the next run visits them"
            )


def _missing(warcs: list[Path], posts: Path) -> dict[str, Reading]:
    """The newest reading of each post that is not there, by the record of its page."""
    readings = (found for found in read_readings(warcs) if isinstance(found, Reading))
    newest = {found.post: found for found in readings if found.post}
    return {found.page_record_id: found for name, found in newest.items() if not os.path.lexists(posts / name)}


def _made_again(warcs: list[Path], missing: dict[str, Reading], posts: Path) -> Iterator[Proof]:
    with Extractor(polish=inert) as extractor:
        for page in read_pages(warcs):
            if isinstance(page, Page) and (reading := missing.pop(page.capture.record_id, None)):
                article = extractor.read(replace(page, hints=reading.hints)).result()
                yield _written(page, article, reading, posts)
    for reading in missing.values():
        reason = f"missing, and the page {reading.page_record_id} that it was read from is not whole"
        yield Proof(str(posts / str(reading.post)), sound=False, reason=reason)


def _written(page: Page, article: Article | NoArticle, reading: Reading, posts: Path) -> Proof:
    path = posts / str(reading.post)
    if isinstance(article, NoArticle):
        return Proof(str(path), sound=False, reason=f"missing, and not read again: {article.reason}")
    try:
        post = post_of(article, reading.seed, page.capture, path.name, times_of(reading))
        write_post(post, posts)
    except StorageError:
        raise
    except (PermapressError, ValueError) as err:
        return Proof(str(path), sound=False, reason=f"missing, and not made again: {err}")
    same = sha256(render(post)) == reading.post_sha256
    told = "byte for byte" if same else "not as recorded: other versions of the libraries wrote it"
    return Proof(str(path), sound=True, reason=f"made again, {told}")
