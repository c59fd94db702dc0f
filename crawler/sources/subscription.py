"""A feed that a list of feeds names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list."""

    url: str  # as written, without userinfo
    name: str | None  # None: the list has none, the feed's own title is the label


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What a list of feeds names."""

    feeds: tuple[Subscription, ...]  # in its order, one for each key
    problems: tuple[str, ...]  # each names the entry and the fix
