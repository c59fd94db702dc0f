"""A site whose pages repeat themselves, in words of our own: what is boilerplate in them, and what is true each time."""

from __future__ import annotations

import random
from dataclasses import dataclass

PAGES = 25
AUTHORS = ("Anna Weber", "Ben Novak", "Clara Silva")
SERIES = "This report is part of our series on how the towns along the coast prepare for a higher sea."
QUOTE = "“We were told to wait, and we waited until nothing was left to wait for,” the mayor said."
BACKGROUND = "The dispute began when the council sold the land of the harbour to a company that was three weeks old."
LETTER = "Get the best of our reporting in your inbox every Friday, and never miss a story again."
LEGAL = "© 2026 Coast Courier. All rights reserved. Nothing of this text may be printed elsewhere without permission."
MORE, READ_MORE, NOTICE = "From the pier", "Read more:", "Advertisement"
_WORDS = [
    "harbour",
    "river",
    "council",
    "winter",
    "market",
    "ferry",
    "school",
    "engine",
    "signal",
    "bridge",
    "letter",
    "garden",
    "window",
    "summer",
    "tower",
    "kitchen",
    "station",
    "border",
    "copper",
    "timber",
    "morning",
    "valley",
    "lantern",
    "anchor",
    "blanket",
    "carpet",
    "dinner",
    "fisher",
    "gravel",
    "hammer",
    "island",
]
_VERBS = [
    "opened",
    "closed",
    "measured",
    "painted",
    "counted",
    "repaired",
    "carried",
    "sold",
    "bought",
    "lifted",
    "followed",
    "described",
]


@dataclass(frozen=True, slots=True)
class RepeatingPage:
    """A page, and the lines of its reading: what belongs to the article, and what does not."""

    path: str
    title: str
    html: str
    true: tuple[str, ...]
    boilerplate: tuple[str, ...]
    related: tuple[str, ...]  # paths of the articles that its boxes lead to


def _sentence(rnd: random.Random) -> str:
    words = [f"the {rnd.choice(_WORDS)} {rnd.choice(_VERBS)} the {rnd.choice(_WORDS)}" for _ in range(3)]
    return f"On day {rnd.randint(2, 900)} {', then '.join(words)} near the {rnd.choice(_WORDS)}."


def _headline(number: int) -> str:
    rnd = random.Random(f"headline {number}")
    return " ".join(rnd.choice(_WORDS) for _ in range(6)).capitalize()


def _path(number: int) -> str:
    return f"/2026/05/{number}/{_headline(number).lower().replace(' ', '-')}.html"


def repeating(number: int) -> RepeatingPage:
    """One page of the site; the same number gives the same page."""
    rnd = random.Random(number)
    prose = [" ".join(_sentence(rnd) for _ in range(3)) for _ in range(7)]
    author = AUTHORS[number % len(AUTHORS)]
    about = f"{author} writes about ports and the people who live by them, and grew up at sea."
    body = [f"<p>{text}</p>" for text in prose]
    true = list(prose)
    for text, place, every in ((SERIES, 0, 4), (QUOTE, 3, 5), (BACKGROUND, 5, 5)):
        if number % every == 1:
            body.insert(place, f"<p>{text}</p>")
            true.append(text)
    others = rnd.sample([other for other in range(100, 160) if other != number], 4)
    first, *rest = [f'<a href="{_path(other)}">{_headline(other)}</a>' for other in others]
    body.insert(2, f'<div class="box"><p>{LETTER} <a href="/letter">Take it.</a></p></div>')
    body.insert(4, f"<p><b>{READ_MORE}</b> {first}</p>")
    body.insert(6, f'<p class="note">{NOTICE}</p>')
    body += [f"<p><em>{about}</em></p>", f"<h3>{MORE}</h3><ul>{''.join(f'<li>{link}</li>' for link in rest)}</ul>"]
    body.append(f"<p>{LEGAL}</p>")
    rows = [_headline(other) for other in others]
    return RepeatingPage(
        _path(number),
        _headline(number),
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_headline(number)}</title>'
        f'<meta name="author" content="{author}">'
        '<meta property="article:published_time" content="2026-01-02T03:04:05Z"></head>'
        f"<body><article><h1>{_headline(number)}</h1>{''.join(body)}</article></body></html>",
        tuple(true),
        (f"{LETTER} Take it.", f"{READ_MORE} {rows[0]}", NOTICE, about, MORE, *rows[1:], LEGAL),
        tuple(_path(other) for other in others),
    )
