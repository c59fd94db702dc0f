"""What a site's robots.txt last came to, how long that holds, and whether an end that it led to is final (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.core.model import Status

if TYPE_CHECKING:
    from datetime import datetime

GOOD_FOR = timedelta(hours=24)  # §2.4
UNREACHABLE_FOR = timedelta(minutes=10)  # so that an hourly run asks anew, each time
UNREACHABLE = "robots.txt unreachable: "  # how the reason of such an end begins


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What holds for a site: scheme, host and port."""

    asked: datetime
    rules: tuple[str, ...] = ()  # the lines of our group; none: everything may be fetched
    unreachable: str = ""  # why nobody knows; empty: it is known
    delay_s: float = 0.0  # Crawl-delay, cut to what we keep; 0: none

    @property
    def until(self) -> datetime:
        """When the site is asked again.

        A file that is unreachable keeps us out though an older copy allowed us in: that one may be used for a while
        (§2.4) and need not be, and what is left out for so short a time is visited later.
        """
        return self.asked + (UNREACHABLE_FOR if self.unreachable else GOOD_FOR)

    def holds(self, at: datetime) -> bool:
        """Whether it need not be asked for; a time that lies ahead is of a clock that was set back."""
        return self.asked <= at < self.until


def is_worth_another_visit_soon(status: Status, reason: str) -> bool:
    """Whether a visit ended for want of a robots.txt that may be there within the hour; a rule that forbids stays."""
    return status is Status.EXCLUDED and reason.startswith(UNREACHABLE)
