"""The body made inert: an allow-list of HTML, bounded, on one line, and nothing that a template engine would run."""

from __future__ import annotations

import re

import nh3

from crawler.posts.allowed import ATTRIBUTES, EVERYWHERE, GONE_WITH_CONTENT, TAGS
from crawler.posts.bounds import bounded
from crawler.posts.inert import inert

_ROUNDS = 10  # of 200,000 random tag soups none took more than three

_ADDRESSES = frozenset({"href", "src", "poster", "cite"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_WEB = frozenset({"http", "https"})
_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])((?:\s[^,]*+)?)")  # srcset; after the last strip every start finds one


def sanitise(html: str) -> str:
    """The HTML as one line that runs nowhere: not in a browser, not in Jekyll 3 or 4, not in Hugo.

    Keeps what the seed keeps; drops comments, scripts, styles, forms, handlers, `data:` images and every URL that is
    not http(s) (links: or mailto). Idempotent. What is nested too deeply keeps its text, what is too long its start.
    """
    for _ in range(_ROUNDS):
        clean = inert(_cleaned(bounded(html)))
        if clean == html or (again := _cleaned(clean)) == clean or inert(again) == clean:
            return clean
        html = clean  # tags that stood across each other are parsed anew from what was made of them
    return html


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(GONE_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()} | {"*": set(EVERYWHERE)},
        attribute_filter=_attribute,
        generic_attribute_prefixes={"data-"},
        set_tag_attribute_values={"img": {"referrerpolicy": "no-referrer"}},
        url_schemes={*_WEB, "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in _ADDRESSES:
        return value if _leads_to_the_web(value, mail=tag == "a") else None
    if name == "srcset":
        return _pictures(value)
    if name.startswith("data-") and "<" in value:
        return None  # lightboxes (the seed's own is one) put the caption they find there into the page as HTML
    return value


def _pictures(srcset: str) -> str | None:
    """The candidates that lead to the web; as they stand where all do."""
    found = [(match[1], match[2]) for match in _CANDIDATE.finditer(srcset.strip(" ,\t\n\f\r"))]
    kept = [url + size for url, size in found if _leads_to_the_web(url, mail=False)]
    return (srcset if len(kept) == len(found) else ", ".join(kept)) or None


def _leads_to_the_web(url: str, *, mail: bool) -> bool:
    scheme = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", url))
    return scheme is None or scheme[1].lower() in (_WEB | {"mailto"} if mail else _WEB)
