"""A site that changes between two requests, answers conditional requests, and tells what it was asked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HTML, RSS = "text/html; charset=utf-8", "application/rss+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer; with `tagged` it has an ETag, and a request that names it gets a 304."""

    body: bytes = b""
    type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    tagged: bool = True


@dataclass(slots=True)
class Asked:
    """A request, and the status of its answer."""

    path: str
    status: int
    agent: str


@dataclass(slots=True)
class ChangingSite:
    """Pages by request target; change them at will."""

    base: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def since(self, mark: int) -> list[tuple[str, int]]:
        """Path and status of all requests but those for robots.txt, from a place in `asked` on."""
        return [(each.path, each.status) for each in self.asked[mark:] if each.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        site: ChangingSite = self.server.site  # type: ignore[attr-defined]
        page = site.pages.get(self.path, Page(b"<title>Not found</title>", status=404, tagged=False))
        tag = f'"{sha256(page.body).hexdigest()[:16]}"'
        same = page.tagged and page.status == 200 and self.headers.get("If-None-Match") == tag
        status = 304 if same else page.status
        site.asked.append(Asked(self.path, status, self.headers.get("User-Agent", "")))
        self.send_response(status)
        for name, value in page.headers:
            self.send_header(name, value)
        if page.tagged:
            self.send_header("ETag", tag)
        if not same:
            self.send_header("Content-Type", page.type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if not same:
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's signature
        """The site keeps its own."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is its own business."""


@contextmanager
def changing(host: str = "127.0.0.1") -> Iterator[ChangingSite]:
    """Serve while the block runs; everything may be fetched."""
    site = ChangingSite()
    with _Server((host, 0), _Handler) as server:
        server.site = site  # type: ignore[attr-defined]
        site.base = f"http://{host}:{server.server_address[1]}"
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow:\n", "text/plain")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def article(title: str, *, words: str = "", links: tuple[str, ...] = ()) -> Page:
    """A page that anybody would read as an article of that title."""
    paragraphs = "".join(
        f"<p>{title}: paragraph {number} tells at some length what happened, who was there and why it matters to"
        f" those who live near the river. {words} It goes on for a while, so that nobody takes it for a caption.</p>"
        for number in range(1, 7)
    )
    named = "".join(f'<li><a href="{link}">A related article about {link.strip("/")}</a></li>' for link in links)
    related = f'<div class="related"><h3>Related</h3><ul>{named}</ul></div>' if links else ""
    html = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2026-01-02T03:04:05Z"></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article>{related}</body></html>"
    )
    return Page(html.encode())


def rss(base: str, *items: tuple[str, str], text: dict[str, str] | None = None) -> Page:
    """A feed of (path, title); `text`: the whole article by path."""
    carried = text or {}
    entries = "".join(
        f"<item><title>{title}</title><link>{base}{path}</link><pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate>"
        + (f"<content:encoded><![CDATA[{carried[path]}]]></content:encoded>" if path in carried else "")
        + "</item>"
        for path, title in items
    )
    return Page(
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example Daily</title>'
        f"<link>{base}/</link>{entries}</channel></rss>".encode(),
        RSS,
    )
