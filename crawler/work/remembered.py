"""What the reading records in WARC files tell of the pages in them.

A record speaks for pages of its own file, and of the others that the same process wrote in the same run: who hands
out a WARC file cannot speak for pages in somebody else's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.core.model import Reading, Status
from crawler.warc import read_readings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.core.model import Page

_SERIAL = re.compile(r"-\d+\.warc\.gz$")  # as WarcStore numbers the files of one process in one run


class Remembered:
    """The readings of some WARC files; of one page, and of one post of a URL, the newest counts."""

    def __init__(self, warcs: Sequence[Path]) -> None:
        self._of_page: dict[tuple[str, str], Reading] = {}
        self._newest: dict[tuple[str, str], Reading] = {}
        self._folders = {warc.name: warc.parent for warc in warcs}
        self.rescued: dict[str, list[Reading]] = {}  # by id of the feed's record: posts of the text that it carries
        self._writers: set[str] = set()
        self._read: set[tuple[Path, str]] = set()  # folder and address of each page that was read
        for warc in warcs:
            for found in read_readings([warc]):
                if isinstance(found, Reading):
                    self._add(found, _writer(warc.name))
                    self._writers.add(_writer(warc.name))
                    self._read.add((warc.parent, found.page_url))

    def _add(self, reading: Reading, writer: str) -> None:
        if reading.status is Status.RESCUED:
            self.rescued.setdefault(reading.page_record_id, []).append(reading)
        else:
            self._of_page[writer, reading.page_record_id] = reading
        post = (reading.post or "", reading.seed.key)
        if reading.post and (post not in self._newest or self._newest[post].fetched <= reading.fetched):
            self._newest[post] = reading

    def reading(self, page: Page) -> Reading | None:
        """How the page was read; None: nobody who may say so tells."""
        return self._of_page.get((_writer(page.capture.file), page.capture.record_id))

    def tells_of(self, warc: Path) -> bool:
        """Whether who wrote a file kept how pages were read."""
        return _writer(warc.name) in self._writers

    def is_interrupted(self, page: Page) -> bool:
        """Whether nobody read a page of ours, and another of the same archive and address was read.

        It is a revisit, or a crawl died before it came to it.
        """
        container, _, inner = page.capture.file.rpartition("/")
        ours = inner.startswith("permapress-") and self.reading(page) is None
        folder = self._folders.get(container.partition("/")[0] or inner)
        return ours and folder is not None and (folder, page.url) in self._read

    def newer(self, reading: Reading) -> Reading | None:
        """The newest reading of the same post of the same URL; None: it is this one."""
        newest = self._newest.get((reading.post or "", reading.seed.key), reading)
        return None if newest.page_record_id == reading.page_record_id else newest


def _writer(file: str) -> str:
    return _SERIAL.sub("", file.partition("/")[0].removesuffix(".open"))
