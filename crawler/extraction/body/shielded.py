"""Addresses of mail that Cloudflare hides from robots, as its script shows them to readers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MARK = b"email-protection"  # stands in every page that has one
MAX_ADDRESSES = 1_000
MAX_CODE = 700  # hexadecimal digits of an address of 320 characters, and more
_PATH = "/cdn-cgi/l/email-protection#"


def unshield(page: HtmlElement) -> None:
    """Put them in place of `[email protected]`, and of the links to Cloudflare's own page. What is broken stays."""
    may_be = islice(page.iter("a", "span"), 100 * MAX_ADDRESSES)
    for one in [one for one in may_be if one.get("data-cfemail") or _PATH in one.get("href", "")]:
        if shown := _address(one.get("data-cfemail", "")):
            for child in list(one):
                one.remove(child)
            one.text = shown
        href = one.get("href", "")
        if _PATH in href and (address := _address(href.partition(_PATH)[2])):
            one.set("href", f"mailto:{address}")
        elif shown and one.tag == "a":
            one.set("href", f"mailto:{shown}")


def _address(code: str) -> str:
    """The first byte is what each of the others is combined with; empty for what is no address."""
    if not code or len(code) > MAX_CODE:
        return ""
    try:
        key, *rest = bytes.fromhex(code)
        address = bytes(one ^ key for one in rest).decode()
    except ValueError:
        return ""
    return address if "@" in address and address.isprintable() else ""
