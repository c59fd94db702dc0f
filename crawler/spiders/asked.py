"""What the arguments of ``scrapy crawl archive`` ask for."""

from __future__ import annotations

from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.core.errors import PostError, UrlError
from crawler.core.visit import Intake
from crawler.work.follow import must_hold_posts
from crawler.work.jobs import job_of
from crawler.work.seeds import seeds_under, typed


def asked(url: str, posts: str) -> tuple[str, list[Intake]]:
    """The job of one URL or of the posts under a path, and what it begins with.

    Raises: UsageError where neither or both are named, and where what is named cannot be used.
    """
    if bool(url) == bool(posts):
        raise UsageError("archive: name either a page, -a url=https://…, or posts, -a posts=PATH", print_help=False)
    try:
        if url:
            seeds = typed([url])
            return job_of("archive", [seed.key for seed in seeds]), [Intake(seeds)]
        path = Path(posts)
        must_hold_posts([path])
    except (UrlError, PostError) as err:
        raise UsageError(f"archive: {err}", print_help=False) from err
    return job_of("follow", [str(path.resolve())]), [Intake(seeds_under([path]))]
