"""What the site answers, and how a visit of each address should end."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.core.model import Status
from tests.golden import OWN, Golden, golden_page
from tests.site.pictures import jpeg, png
from tests.site.server import NOT_FOUND, Answer

PAGES = Path(__file__).parent / "pages"
HOME_OF_GOLDEN = "https://www.rfa.org"  # the golden page's links lead there; served here, they stay here
RELATED = ("ya", "shu", "yu")
ROBOTS = b"User-agent: *\nDisallow: /drafts/\n"


@dataclass(frozen=True, slots=True)
class Visit:
    """An address that the demo archives."""

    path: str
    answer: Answer
    expected: Status
    shows: str  # what it is there for, for a person


def _html(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def _page(html: str, *, encoding: str = "utf-8", content_type: str = "text/html; charset=utf-8") -> Answer:
    return Answer(html.encode(encoding), (("Content-Type", content_type),))


def _gzipped(answer: Answer) -> Answer:
    body = gzip.compress(answer.body, mtime=0)
    return replace(answer, body=body, headers=(*answer.headers, ("Content-Encoding", "gzip")))


def _moved(location: str) -> Answer:
    return Answer(b"", (("Location", location),), status=302)


def _path(url: str) -> str:
    return url.removeprefix(HOME_OF_GOLDEN)


def _golden(golden: Golden) -> Answer:
    return _page(golden_page(golden).replace(HOME_OF_GOLDEN, ""))


def _related() -> list[Visit]:
    """The three articles that the golden page points at, in its own frame."""
    return [
        Visit(
            _path(url),
            _golden(replace(OWN, url=url, title=title, body=_html(f"{name}.body"), image=f"/images/{name}.png")),
            Status.ARCHIVED,
            "a related article of the golden page",
        )
        for name, (url, title) in zip(RELATED, OWN.related, strict=True)
    ]


VISITS: tuple[Visit, ...] = (
    Visit(_path(OWN.url), _golden(OWN), Status.ARCHIVED, "the golden page: lead image, caption, related links"),
    *_related(),
    Visit("/english/2026/tide-gauge.html", _page(_html("tide")), Status.ARCHIVED, "structured data, authors, tags"),
    Visit("/go/ferry", _moved("/english/2026/night-ferry.html"), Status.ARCHIVED, "a redirect to a gzip-encoded page"),
    Visit(
        "/gb/2025/liang-cang.html",
        _page(_html("granary"), encoding="gb18030", content_type="text/html"),
        Status.ARCHIVED,
        "GB18030; the header is silent, the page says gb2312",
    ),
    Visit(
        "/gb/2025/yu-dao.html",
        _page(_html("weir"), encoding="gb18030", content_type="text/html; charset=utf-8"),
        Status.ARCHIVED,
        "GB18030; the header lies",
    ),
    Visit(
        "/photo/si-ji.html", _page(_html("lazy")), Status.ARCHIVED, "lazy images: data-src, noscript, picture, srcset"
    ),
    Visit("/english/2026/templates.html", _page(_html("hostile")), Status.ARCHIVED, "scripts, handlers, template code"),
    Visit("/", _page(_html("home")), Status.NO_ARTICLE, "a list of headlines, no article"),
    Visit("/members/", _page(_html("login")), Status.NO_ARTICLE, "a form, no article"),
    Visit("/withdrawn.html", NOT_FOUND, Status.GONE, "404"),
    Visit("/members/report.html", Answer(b"<p>Members only.", status=403), Status.REFUSED, "403"),
    Visit("/drafts/next-week.html", _page(_html("draft")), Status.EXCLUDED, "exists, but robots.txt disallows it"),
)

_PNGS = {f"/images/{name}.png": (620, 413) for name in RELATED} | {
    "/images/dot.png": (1, 1),
    "/images/placeholder.png": (8, 5),
    "/images/spring.png": (320, 200),
    "/images/summer-320.png": (320, 200),
    "/images/summer-640.png": (640, 400),
    "/images/autumn-320.png": (320, 200),
    "/images/autumn-640.png": (640, 400),
    _path(OWN.image): (620, 413),
}
_JPEGS = {
    "/images/gauge.jpg": (640, 413),
    "/images/winter.jpg": (320, 200),
    "/images/winter-2x.jpg": (640, 400),
}


def answers() -> dict[str, Answer]:
    """The whole site, by request target."""
    return (
        {visit.path: visit.answer for visit in VISITS}
        | {"/english/2026/night-ferry.html": _gzipped(_page(_html("ferry")))}
        | {"/robots.txt": Answer(ROBOTS, (("Content-Type", "text/plain"),))}
        | {path: Answer(png(*size), (("Content-Type", "image/png"),)) for path, size in _PNGS.items()}
        | {path: Answer(jpeg(*size), (("Content-Type", "image/jpeg"),)) for path, size in _JPEGS.items()}
    )
