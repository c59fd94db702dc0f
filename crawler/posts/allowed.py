"""The allow-list of HTML: what a body keeps is what the seed keeps, and what an article is made of."""

from __future__ import annotations

import re

_TEXT = (
    "a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small source span "
    "strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var audio video track "
    "article aside footer header main section"
)
TAGS = frozenset(_TEXT.split())
VOID = frozenset({"br", "hr", "img", "col", "source", "track"})

# Their content is no text of the article: code, controls, or what stands in for an element that is gone.
_DANGEROUS = (
    "script style iframe object embed applet form select textarea button template noscript svg math title "
    "noembed noframes xmp plaintext"
)
GONE_WITH_CONTENT = frozenset(_DANGEROUS.split())
UNENDED = frozenset({"embed"})  # of these, what has no content

EVERYWHERE = frozenset({"class", "id", "title", "lang", "dir"})
ATTRIBUTES = {
    "a": frozenset({"href", "name", "referrerpolicy"}),
    "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height", "referrerpolicy"}),
    "source": frozenset({"src", "srcset", "sizes", "media", "type", "width", "height"}),
    "video": frozenset({"src", "poster", "controls", "width", "height"}),
    "audio": frozenset({"src", "controls"}),
    "track": frozenset({"src", "kind", "label", "srclang"}),
    "td": frozenset({"colspan", "rowspan", "headers", "align"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "align"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "li": frozenset({"value"}),
    "time": frozenset({"datetime"}),
    "blockquote": frozenset({"cite"}),
    "q": frozenset({"cite"}),
    "ins": frozenset({"cite", "datetime"}),
    "del": frozenset({"cite", "datetime"}),
}

# HTML takes nearly any character into a name (`data-x"on`), kramdown and template engines do not. The families left out
# are code to AngularJS, htmx and Knockout, which a publisher's site may load.
_DATA = re.compile(r"data-(?!(?:ng|hx|bind|on)(?:-|$))[a-z0-9_.-]+")


def is_allowed(tag: str, attribute: str) -> bool:
    """Whether an element keeps the attribute of that name; both lower-case."""
    return attribute in EVERYWHERE or attribute in ATTRIBUTES.get(tag, ()) or _DATA.fullmatch(attribute) is not None
