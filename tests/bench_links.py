"""Which links of real posts are kept as related articles, site by site: how many of those that are articles, and what else.

A link is known to be an article where some post of the shared folder is the article it leads to. Others are labelled by
hand, in a file that stays outside of the repository: `--sample 300` prints links to be labelled, spread over the
sites, a line each: label (1: an article, 0: none, empty: not looked at), page, target, text. `--labels FILE` scores such lines.
Exit status 0: all sites keep the bars, or there is nothing to measure; 1: precision or recall is below.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.html import document_fromstring
from rich.console import Console

from crawler.core import urls
from crawler.core.errors import UrlError
from crawler.core.model import Article
from crawler.extraction import extract
from crawler.extraction.tree import text_of
from crawler.posts import read_post
from tests.judges import SHARED
from tests.real_posts import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.core.model import Post

POSTS = SHARED / "posts"
BAR = 0.95
_SEED = 2026  # of the sample: the same links each time

console = Console(highlight=False, markup=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Found:
    """A link of a post's page to the page's own site."""

    site: str
    page: str
    target: str
    text: str
    reason: str  # why it was kept; empty: it was not
    is_post: bool  # some post is the article it leads to


def main() -> int:
    """Measure, or print what is to be labelled."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_links", description=__doc__)
    parser.add_argument("--sample", type=int, help="print so many links to be labelled")
    parser.add_argument("--labels", type=Path, help="a file of labelled lines")
    options = parser.parse_args()
    if not POSTS.is_dir():
        console.print(f"skipped: the real posts are not at {POSTS}")
        return 0
    found = list(_found())
    if options.sample:
        sys.stdout.writelines(f"\t{one.page}\t{one.target}\t{one.text}\n" for one in _sample(found, options.sample))
        return 0
    recall = _told(found)
    labels = _read(options.labels) if options.labels else {}
    precision, by_hand = _scored(found, labels) if labels else (1.0, 1.0)
    return 0 if min(recall, precision, by_hand) >= BAR else 1


def _found() -> Iterator[Found]:
    posts = [(str(post.get("from")), post) for post in map(read_post, sorted(POSTS.glob("*.md")))]
    named = {_bare(url) for url, _ in posts}
    for page, post in posts:
        try:
            own, site = _bare(page), urls.domain(page)
        except UrlError:
            continue
        html = _page(post)
        article = extract(html, page)
        kept = {urls.key(link.url): link.reason for link in article.related} if isinstance(article, Article) else {}
        texts: dict[str, str] = {}
        for link in document_fromstring(html).iter("a"):
            target = urls.join(page, link.get("href", "").strip())
            if target and urls.domain(target) == site and _bare(target) not in {own, site}:
                texts[target] = texts.get(target) or text_of(link)
        for target, text in texts.items():
            yield Found(site, page, target, text[:80], kept.get(urls.key(target), ""), _bare(target) in named)


def _page(post: Post) -> bytes:
    """The page that a post was made of, near enough."""
    body = post.body.partition("------\n")[2] or post.body  # posts of the first years have no line above it
    page = PAGE.format(title=escape(str(post.get("title"))), date=escape(str(post.get("date"))), body=body)
    return page.encode("utf-8", "replace")


def _bare(url: str) -> str:
    """What two URLs of one article have in common over the years: neither scheme, www, query nor a slash at the end."""
    try:
        return urls.key(url).partition("://")[2].partition("?")[0].removeprefix("www.").rstrip("/").lower()
    except UrlError:
        return ""


def _sample(found: Sequence[Found], count: int) -> list[Found]:
    by_site: dict[str, list[Found]] = {}
    for one in {(one.site, one.target): one for one in found}.values():
        by_site.setdefault(one.site, []).append(one)
    chance, taken = random.Random(_SEED), []
    for place, links in enumerate(sorted(by_site.values(), key=len)):
        share = (count - len(taken)) // (len(by_site) - place)
        taken += chance.sample(links, min(share, len(links)))
    return taken


def _told(found: Sequence[Found]) -> float:
    kept, all_, known, met = (
        Counter(one.site for one in found if one.reason),
        Counter(one.site for one in found),
        Counter(one.site for one in found if one.is_post),
        Counter(one.site for one in found if one.is_post and one.reason),
    )
    console.print(f"{'site':20}{'links':>7}{'kept':>7}{'posts':>7}{'kept':>7}")
    for site in sorted(all_):
        console.print(f"{site:20}{all_[site]:7}{kept[site]:7}{known[site]:7}{met[site]:7}")
    reasons = Counter(one.reason for one in found if one.reason)
    console.print(", ".join(f"{count} {reason}" for reason, count in reasons.most_common()))
    recall = sum(met.values()) / max(1, sum(known.values()))
    console.print(f"recall of links to posts {recall:.3f}")
    return recall


def _read(path: Path) -> dict[tuple[str, str], bool]:
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {(line[1], line[2]): line[0] == "1" for line in lines if line[0] in {"0", "1"}}


def _scored(found: Sequence[Found], labels: dict[tuple[str, str], bool]) -> tuple[float, float]:
    counts: Counter[tuple[bool, bool]] = Counter()
    for one in found:
        is_article = labels.get((one.page, one.target))
        if is_article is not None:
            counts[is_article, bool(one.reason)] += 1
            if is_article != bool(one.reason):
                console.print(f"{'missed' if is_article else 'wrong'}: {one.target} {one.text}")
    right = counts[True, True]
    precision = right / max(1, right + counts[False, True])
    recall = right / max(1, right + counts[True, False])
    console.print(f"{counts.total()} labelled by hand: precision {precision:.3f}, recall {recall:.3f}")
    return precision, recall


if __name__ == "__main__":
    sys.exit(main())
