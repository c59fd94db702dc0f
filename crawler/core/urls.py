"""URLs: what goes to the server, and the key by which two URLs are the same.

The server gets the URL as found; the key never goes out. URLs are read as browsers read them (WHATWG, by ada-url):
urllib misreads about half of the tricky hosts, and a guard that reads a host otherwise than the client is no guard.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import ada_url
from courlan.clean import TRACKERS_RE
from tldextract import TLDExtract

from crawler.core.errors import UrlError

MAX_URL_CHARACTERS = 8_000  # RFC 9110 §4.1 asks for 8000 octets at least; nobody serves news beyond

_PARTS = re.compile(r"(https?:)//(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)(:\d+)?([^?#]*)(\?[^#]+)?")
# What is in its normal form already, as half of all links are: no segment begins with a dot, nothing is escaped, no
# host is Punycode. To see that takes a sixth of the time that ada-url takes (9,388 links of 60 pages, 2026-11-26).
_HOST = r"https?://(?:(?!xn--)[a-z0-9-]++\.)++[a-z]{2,63}"
_TARGET = r"(?:/(?!\.)[\w.~@!$&()*+,;=:-]*+)++(?:\?[\w.~&=+,;:@/%-]+)?"
_NORMAL = re.compile(f"{_HOST}{_TARGET}", re.ASCII)
_NORMAL_TARGET = re.compile(f"(?!//){_TARGET}", re.ASCII)  # on the base's host: a quarter of all links
_NORMAL_HOST = re.compile(f"({_HOST})(?:/|$)", re.ASCII)
_SPLIT = re.compile(r"(?P<scheme>https?):[/\\]*[^/\\?#]*(?P<target>[^#]*)", re.IGNORECASE)
_TABS_AND_NEWLINES = re.compile(r"[\t\n\r]")  # browsers drop them anywhere in a URL
_UNSENDABLE = re.compile(r"[^\x21-\x7e]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")  # `%2%65` would otherwise become an escape that was none: `%2e`
_USERINFO = re.compile(r"^(https?:[/\\]*)[^/\\?#]*@", re.IGNORECASE)
_C0_AND_SPACE = "".join(map(chr, range(33)))  # browsers drop them around a URL
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CANONICAL = re.compile(r"[\w/.~!$&'()*+,;=:@-]*", re.ASCII)
_UNSAFE = re.compile(r"[\[\]|^`\"<>{}\\]")  # servers treat these as their escapes

# The last alternative of courlan's list is open-ended and takes `reference` or `sourceforge` too, and these
# words are ids of articles on many sites (`?cid=123`): a key that merges two articles loses one of them.
_WHOLE_TRACKERS = frozenset(
    {"campaign", "medium", "ref", "referer", "referrer", "source", "xtor", "aff", "affiliate"},
)
_OPEN_ENDED = re.compile(
    r"^(?:.*[\W_])?(?:aff|affi|affiliate|campaign|cl?id|eid|ga|gl|kwd|keyword|medium|ref|referr?er|session|source|uid|xtor)",
)

_registered = TLDExtract(suffix_list_urls=())  # the list it ships with; the default asks the network


def _measure(url: str) -> None:
    if len(url) > MAX_URL_CHARACTERS:
        raise UrlError(f"URL of {len(url)} characters (limit {MAX_URL_CHARACTERS}): {url[:80]}…; shorten it")


class _Url(NamedTuple):
    """Parts of a URL in the names and the normal form of the WHATWG."""

    protocol: str
    hostname: str
    port: str  # with its colon
    pathname: str
    search: str  # with its question mark; empty where nothing stands behind that

    @property
    def host(self) -> str:
        return self.hostname + self.port


def _parsed(url: str) -> _Url:
    _measure(url)
    try:
        normal = url if _NORMAL.fullmatch(url) else ada_url.normalize_url(url)
    except ValueError:
        raise UrlError(f"not a URL: {url!r}; write it in full, as in https://example.org/news") from None
    parts = _PARTS.match(normal)  # in its normal form a URL is cut apart in a fifth of the time that asking ada takes
    if parts is None:
        protocol = normal.partition(":")[0]
        raise UrlError(f"only http and https are archived, not {protocol}: {url!r}")
    return _Url(*parts.groups(default=""))


def _as_browsers_see(url: str) -> str:
    return _TABS_AND_NEWLINES.sub("", url.strip(_C0_AND_SPACE))


def _escaped(text: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)


def wire(url: str) -> str:
    """The URL as it goes to the server: as found, but for what cannot be sent.

    Only non-ASCII characters, spaces and controls are percent-encoded (UTF-8); the host is in its ASCII form,
    userinfo and fragment are left out, a backslash is a slash as in browsers.

    Raises: UrlError for anything that is not http(s), has no host or is too long, as found or as sent.
    """
    parsed = _parsed(url)
    found = _SPLIT.match(_as_browsers_see(url))
    if found is None:
        raise UrlError(f"not a URL: {url!r}; write it in full, as in https://example.org/news")
    path, mark, query = found["target"].partition("?")
    target = _escaped(path.replace("\\", "/") + mark + query, _UNSENDABLE)
    sent = f"{parsed.protocol}//{parsed.host}{target if path else '/' + target}"
    _measure(sent)
    return sent


def _canonical_escapes(text: str) -> str:
    if _CANONICAL.fullmatch(text):  # as nine of ten
        return text

    def one(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in _UNRESERVED else found[0].upper()

    return _ESCAPE.sub(one, _STRAY_PERCENT.sub("%25", _escaped(text, _UNSAFE)))


def _is_tracker(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    if _OPEN_ENDED.match(name):
        return name in _WHOLE_TRACKERS or name.startswith(("utm_", "mc_", "ga_", "itm_"))
    return TRACKERS_RE.search(name) is not None


@lru_cache(maxsize=2048)  # pages of a site link to the same ones
def key(url: str) -> str:
    """The canonical form: equal keys mean the same page. Never sent to a server; idempotent.

    Escapes in one case, tracking parameters gone, the others in order, no fragment, no userinfo. Scheme,
    ``www`` and a trailing slash stay: sites exist where they matter.

    Raises: UrlError as `wire`.
    """
    parsed = _parsed(url)
    path = _canonical_escapes(parsed.pathname)
    parameters = (_canonical_escapes(part) for part in parsed.search[1:].split("&") if part)
    kept = sorted((part for part in parameters if not _is_tracker(part)), key=lambda part: part.partition("=")[0])
    return f"{parsed.protocol}//{parsed.host}{path}{'?' + '&'.join(kept) if kept else ''}"


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """Scheme and host of a URL that has them in their normal form; else empty."""
    found = _NORMAL_HOST.match(base)
    return found[1] if found else ""


def join(base: str, href: str) -> str | None:
    """The absolute http(s) URL of a link as a browser would follow it; None where it leads nowhere we go."""
    if len(href) <= MAX_URL_CHARACTERS:
        if _NORMAL.fullmatch(href):
            return href
        if _NORMAL_TARGET.fullmatch(href) and (origin := _origin(base)):
            joined = origin + href
            return joined if len(joined) <= MAX_URL_CHARACTERS else None
    try:
        joined = ada_url.join_url(base, href)
    except ValueError:
        return None
    # Joined, it is in its normal form: no http URL is without a host, and to parse it once more cost half of it all.
    return joined if joined.startswith(("https://", "http://")) and len(joined) <= MAX_URL_CHARACTERS else None


def host(url: str) -> str:
    """The host as a browser connects to it, lower-case ASCII, without a port; IPv6 in brackets.

    Raises: UrlError as `wire`.
    """
    return _parsed(url).hostname


def domain(url: str) -> str:
    """The registered domain (`news.example.co.uk` → `example.co.uk`); the host where there is none.

    Raises: UrlError as `wire`.
    """
    name = host(url)
    return _registered(name).top_domain_under_public_suffix or name


def without_userinfo(url: str) -> str:
    """The URL as found, less `user:password@`. A URL without them comes back as it is."""
    seen = _as_browsers_see(url)
    bare = _USERINFO.sub(r"\1", seen)
    return url if bare == seen else bare
