"""A folder of posts in the seed's shape and our own words, whose `from` points at the pages of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.plan import Page, Plan

_POST = """---
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
<p>{text}</p>
</div>
"""


def write_posts(plan: Plan, folder: Path) -> None:
    """One for each page that posts point at."""
    folder.mkdir(parents=True)
    for page in plan.posted():
        (folder / f"{page.date:%Y-%m-%d}-story-{page.number:04}.md").write_text(_post(plan, page), encoding="utf-8")


def _post(plan: Plan, page: Page) -> str:
    label, text = (
        ("灯塔周报", "这是一篇旧文章的开头。") if page.language.code == "zh" else ("Tower Weekly", "An older reading.")
    )
    milliseconds = int(page.date.timestamp() * 1000)
    return _POST.format(
        title=page.title, date=page.date, label=label, url=plan.url(page), milliseconds=milliseconds, text=text
    )
