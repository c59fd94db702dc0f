"""Posts in the seed's shape and our own words that point at the site: what ``permapress follow`` begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.golden import OWN
from tests.site.routes import HOME_OF_GOLDEN

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = """---
layout: post
title: "{title}"
date: {date:%Y-%m-%dT%H:%M:%S.000Z}
author: {label}
from: {url}
tags: [ {label} ]
comments: True
categories: [ {label} ]
---
<!--{milliseconds}-->
[{title}]({url})
------

<div>
<p>{words}</p>
</div>
"""


@dataclass(frozen=True, slots=True)
class Pointing:
    """A post, and the address that its `from` names."""

    path: str
    title: str
    date: datetime
    label: str
    words: str

    @property
    def name(self) -> str:
        return f"{self.date:%Y-%m-%d}-{self.title}.md"


def _post(path: str, title: str, date: str, label: str, words: str) -> Pointing:
    return Pointing(path, title, datetime.strptime(date, "%Y-%m-%d").replace(hour=9, tzinfo=UTC), label, words)


TIDE = "/english/2026/tide-gauge.html"

POSTS = (
    _post(OWN.url.removeprefix(HOME_OF_GOLDEN), OWN.title, "2024-07-26", "海港日报", "河水清了，孩子们又下水捞鱼。"),
    _post(TIDE, "The tide gauge that nobody switched off", "2026-03-14", "Harbour Gazette", "It is still drawing."),
    _post(f"{TIDE}?utm_source=rss", "The tide gauge again", "2026-03-15", "Harbour Gazette", "From the feed."),
    _post("/go/ferry", "The night ferry runs on", "2026-02-02", "Harbour Gazette", "Eleven passengers and a dog."),
    _post("/gb/2025/liang-cang.html", "老粮仓改成图书馆", "2025-11-08", "海港日报", "书架放进了粮仓。"),
    _post("/gb/2025/yu-dao.html", "河堰上的鱼道今年通水", "2025-12-01", "海港日报", "鱼可以往上游了。"),
    _post("/photo/si-ji.html", "一条街的四季", "2026-01-19", "海港日报", "四张照片。"),
    _post("/english/2026/templates.html", "A lesson about markup", "2026-04-01", "Harbour Gazette", "All asleep."),
    _post("/", "All of today's news", "2026-04-02", "Harbour Gazette", "The front page, kept by mistake."),
    _post("/members/", "For members", "2026-04-03", "Harbour Gazette", "There was an article here once."),
    _post("/withdrawn.html", "撤稿：港口不会搬走", "2026-04-04", "海港日报", "这篇报道后来撤下了。"),
    _post("/members/report.html", "The yearly report", "2026-04-05", "Harbour Gazette", "It was open for a day."),
    _post("/drafts/next-week.html", "Next week in this newspaper", "2026-04-06", "Harbour Gazette", "Too early."),
)
NOWHERE = "2026-04-07-A note of our own.md"


def write_posts(base: str, folder: Path) -> None:
    """Write them all, and one that points nowhere. `base`: where the site is served."""
    folder.mkdir(parents=True)
    for post in POSTS:
        text = SHAPE.format(
            title=post.title,
            date=post.date,
            label=post.label,
            url=base + post.path,
            milliseconds=int(post.date.timestamp() * 1000),
            words=post.words,
        )
        (folder / post.name).write_text(text, encoding="utf-8")
    (folder / NOWHERE).write_text('---\nlayout: post\ntitle: "A note of our own"\n---\nNo source.\n', encoding="utf-8")
