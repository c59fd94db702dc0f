"""The body made inert: an allow-list of HTML, and nothing that Liquid, Hugo or Markdown could take for theirs."""

from __future__ import annotations

import re

import nh3

MAX_DEPTH = 200  # elements; kramdown recurses and dies of some thousands, the seed's body has 6
MAX_CHARACTERS = 8_000_000  # of HTML; a book has less

_TEXT = (
    "a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small source span "
    "strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var audio video track "
    "article aside footer header main section"
)
_TAGS = frozenset(_TEXT.split())
_DANGEROUS = (
    "script style iframe object embed applet form select textarea button template noscript svg math title "
    "noembed noframes xmp plaintext"
)
_GONE_WITH_CONTENT = frozenset(_DANGEROUS.split())
_EVERYWHERE = frozenset({"class", "id", "title", "lang", "dir"})
_ATTRIBUTES = {
    "a": {"href", "name", "referrerpolicy"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "referrerpolicy"},
    "source": {"src", "srcset", "sizes", "media", "type", "width", "height"},
    "video": {"src", "poster", "controls", "width", "height"},
    "audio": {"src", "controls"},
    "track": {"src", "kind", "label", "srclang"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "scope", "align"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ins": {"cite", "datetime"},
    "del": {"cite", "datetime"},
}
_URL_ATTRIBUTES = frozenset({"href", "src", "poster", "cite"})
_MAIL = frozenset({"href"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])\s*((?:\s[^,]*)?)(?:,|$)")

_TAG = re.compile(r"<[a-zA-Z/](?:\"[^\"]*\"|[^\">])*>")
_PRE = re.compile(r"(<pre(?:\s(?:\"[^\"]*\"|[^\">])*)?>.*?</pre>)", re.DOTALL)
_OPENS_TEMPLATE = re.compile(r"\{(?=[{%])")
_VOID = frozenset({"br", "hr", "img", "col", "source", "track"})
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")


def sanitise(html: str) -> str:
    """The HTML as one line that runs nowhere: not in a browser, not in Jekyll 3 or 4, not in Hugo.

    Keeps what the seed keeps; drops comments, scripts, styles, forms, handlers, `data:` images and every URL that is
    not http(s) (links: or mailto). Idempotent. Too deep a nesting or too long a text comes back as plain paragraphs.
    """
    clean = _cleaned(html[:MAX_CHARACTERS])
    if _depth(clean) > MAX_DEPTH:
        clean = "<p>" + nh3.clean(clean, tags=set()) + "</p>"
    return _OPENS_TEMPLATE.sub("&#123;", _on_one_line(clean))


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_GONE_WITH_CONTENT),
        attributes={"*": set(_EVERYWHERE)} | _ATTRIBUTES,
        attribute_filter=_attribute,
        generic_attribute_prefixes={"data-"},
        set_tag_attribute_values={"img": {"referrerpolicy": "no-referrer"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in _URL_ATTRIBUTES:
        return value if _leads_to_the_web(value, mail=tag == "a") else None
    if name == "srcset":
        return ", ".join(filter(None, map(_candidate, _CANDIDATE.finditer(value)))) or None
    return value


def _candidate(found: re.Match[str]) -> str:
    url, size = found[1], found[2].strip()
    return f"{url} {size}".strip() if _leads_to_the_web(url, mail=False) else ""


def _leads_to_the_web(url: str, *, mail: bool) -> bool:
    scheme = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", url))
    return scheme is None or scheme[1].lower() in ({"http", "https", "mailto"} if mail else {"http", "https"})


def _depth(html: str) -> int:
    deepest = depth = 0
    for tag in _TAG.finditer(html):
        name = _NAME.match(tag[0])
        if name is None or name[1].lower() in _VOID:
            continue
        depth += -1 if tag[0][1] == "/" else 1
        deepest = max(deepest, depth)
    return deepest


def _on_one_line(html: str) -> str:
    """Line ends are text in `<pre>` and in attributes, blanks elsewhere; to Markdown each would begin a line."""
    parts = _PRE.split(html)
    parts[1::2] = [part.replace("\r", "").replace("\n", "&#10;") for part in parts[1::2]]
    parts[0::2] = [_TAG.sub(_unbroken, part).replace("\r", " ").replace("\n", " ") for part in parts[0::2]]
    return "".join(parts)


def _unbroken(tag: re.Match[str]) -> str:
    return tag[0].replace("\r", "").replace("\n", "&#10;")
