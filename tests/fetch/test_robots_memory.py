"""How long a process goes by what it knows of a site."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from crawler.core.robots import GOOD_FOR, UNREACHABLE_FOR, RobotsAnswer
from crawler.fetch.robots import _Site
from crawler.fetch.rules import Robots

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://news.example/robots.txt"
A_MOMENT = timedelta(seconds=1)


async def known(answer: RobotsAnswer | OSError) -> tuple[Robots, datetime]:
    if isinstance(answer, OSError):
        raise answer
    return Robots(URL, answer.rules, answer.unreachable), answer.until


def over(answer: RobotsAnswer | OSError) -> list[timedelta]:
    """After how long it is asked again: a moment less and it is not."""

    async def tried() -> list[timedelta]:
        task = asyncio.create_task(known(answer))
        site = _Site(task, NOW)
        assert not site.is_over(NOW + 9 * GOOD_FOR)  # it is being asked
        await asyncio.wait([task])
        return [
            wait
            for wait in (UNREACHABLE_FOR, GOOD_FOR)
            if site.is_over(NOW + wait) > site.is_over(NOW + wait - A_MOMENT)
        ]

    return asyncio.run(tried())


def test_rules_hold_a_day_in_a_run_that_lasts_longer():
    assert over(RobotsAnswer(NOW, ("Disallow: /",))) == [GOOD_FOR]


def test_a_file_that_was_unreachable_is_tried_again_in_the_same_run():
    assert over(RobotsAnswer(NOW, unreachable="HTTP 503")) == [UNREACHABLE_FOR]


def test_a_host_that_could_not_be_connected_to_is_tried_again_in_the_same_run():
    assert over(OSError("no server")) == [UNREACHABLE_FOR]
