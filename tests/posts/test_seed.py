"""The pattern: given the seed's own fields and body, the seed's file, byte for byte."""

import re
from datetime import UTC, datetime

import pytest

from crawler.posts import PostFields, compose, file_name, read_post, render, sanitise
from tests.golden import OWN
from tests.judges import need_shared

AT = datetime(2024, 7, 26, 19, 35, 21, 442000, tzinfo=UTC)

TWIN = f"""---
layout: post
title: "{OWN.title}"
date: 2024-07-26T19:35:21.442Z
author: 自由亚洲电台
from: {OWN.url}
tags: [ 自由亚洲电台 ]
comments: True
categories: [ 自由亚洲电台 ]
---
<!--NaN-->
[{OWN.title}]({OWN.url})
------

<div>
{OWN.body}
</div>
"""


def composed(title: str, url: str, body: str, *, is_dated: bool = False) -> bytes:
    fields = PostFields(
        title=title, date=AT, author="自由亚洲电台", url=url, labels=("自由亚洲电台",), is_dated=is_dated
    )
    return render(compose(fields, body))


def test_a_file_in_the_seeds_shape_comes_out_byte_for_byte():
    assert composed(OWN.title, OWN.url, OWN.body).decode() == TWIN


def test_the_comment_holds_milliseconds_where_the_date_is_known():
    assert b"\n<!--1722022521442-->\n" in composed(OWN.title, OWN.url, OWN.body, is_dated=True)


def test_the_sanitiser_keeps_all_of_the_body_but_its_comments_and_line_ends():
    assert sanitise(OWN.body) == re.sub(r"<!--.*?-->", "", OWN.body).replace("\n", " ")


@pytest.mark.shared
def test_the_seed_itself_comes_out_byte_for_byte():
    (path,) = need_shared("seed").glob("*.md")
    seed = read_post(path)
    body = seed.body.partition("<div>\n")[2].removesuffix("\n</div>\n")
    assert composed(str(seed.get("title")), str(seed.get("from")), body) == path.read_bytes()
    assert sanitise(body) == re.sub(r"<!--.*?-->", "", body)
    assert file_name(str(seed.get("title")), AT, "key", lambda _: False) == path.name
