"""What runs in a worker process: set-up, one page, and what the page left behind.

Everything is caught here: lxml out of memory raises what cannot be pickled, and a page must never end a run.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
import threading
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from crawler.core import urls
from crawler.core.collector import look_seldom
from crawler.core.model import Article, NoArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGE_BYTES = 1_000_000  # of a page: afterwards memory is given back at once
NICER = 5  # who fetches goes first: a reader that waits a little costs nothing, a late reactor costs every host
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_ON_LINUX = sys.platform == "linux"

T = TypeVar("T")


def set_up(max_memory_bytes: int) -> None:
    """Import what takes long, then bound what pages may take beyond it; die with the parent.

    PDEATHSIG also works while C code holds the interpreter; the thread is for systems without it.
    """
    look_seldom()
    import crawler.extraction.article  # noqa: F401, PLC0415  # a second, paid before the first page's clock starts

    urls.domain("https://example.org/")  # reads the list of public suffixes, once a process

    gc.freeze()  # what is imported stays: each full look went through all of it, for 50 ms
    os.nice(NICER)
    threading.Thread(target=_follow_parent, daemon=True).start()
    if _ON_LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        mapped_bytes = _pages(0)
        resource.setrlimit(resource.RLIMIT_AS, (mapped_bytes + max_memory_bytes,) * 2)


def _follow_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _pages(field: int) -> int:
    """A field of /proc/self/statm in bytes: 0 mapped, 1 resident."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[field]) * resource.getpagesize()


def page_read(
    body: bytes,
    url: str,
    content_type: str | None,
    hints: Sequence[str],
    polish: Callable[[Article], Article] | None = None,
) -> Article | NoArticle:
    """The reading of a page."""
    from crawler.extraction.article import read  # noqa: PLC0415  # see set_up

    result = read(body, url, content_type, hints=hints)
    return polish(result) if polish and isinstance(result, Article) else result


def work_done(work: Callable[..., T], body: bytes, url: str, *args: object) -> tuple[T | NoArticle, int]:
    """What `work` makes of a body, and the bytes that this process holds afterwards (0: the system does not say).

    A `NoArticle` where the body broke it.
    """
    result: T | NoArticle
    try:
        result = work(body, url, *args)
    except MemoryError:
        result = NoArticle(url, "needs more memory than a page may take")
    except (Exception, SystemExit) as err:  # noqa: BLE001  # see the module's docstring; the latter would end the run
        result = NoArticle(url, f"cannot be read: {type(err).__name__}: {str(err)[:200]}")
    if len(body) > LARGE_BYTES or isinstance(result, NoArticle):
        gc.collect()
        if _ON_LINUX:
            ctypes.CDLL(None).malloc_trim(0)
    return result, _pages(1) if _ON_LINUX else 0
