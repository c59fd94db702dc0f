"""The guard in a real crawl: nothing on this machine is connected to, however a URL, a name or a redirect says it."""

from __future__ import annotations

import pytest

from tests.fetch.crawl import SILENT_S, crawl
from tests.fetch.raw import http, serving

WITHOUT_ROBOTS = {"ROBOTSTXT_OBEY": False}
ONLY_RESOLVER = WITHOUT_ROBOTS | {"DOWNLOADER_MIDDLEWARES": {}}
NAMES = {"inside.example": ["127.0.0.1"], "inside6.example": ["::ffff:127.0.0.1"], "meta.example": ["169.254.169.254"]}

HOSTS = [
    *("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0", "0.0.0.0", "127.0.0.1."),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "[fe80::1%25lo]"),
    *("localhost", "LOCALHOST.", "sub.localhost", "inside.example", "INSIDE.example", "inside6.example"),
    *("①②⑦.0.0.1", "１２７.0.0.1", "%31%32%37.0.0.1", "%6cocalhost", "good@127.0.0.1", "a:b@localhost"),
    *("127。0。0。1", "good.invalid@127.0.0.1"),
]
ADDRESSES = [host for host in HOSTS if not host.lower().startswith("inside")]  # refused by the URL alone
CONNECTS_NOWHERE = {"AddressError", "UrlError"}


def test_no_spelling_of_this_machine_is_connected_to(tmp_path):
    with serving(lambda _host, _target: http("200 OK")) as inside:
        urls = [f"{scheme}://{host}:{inside.port}/" for host in HOSTS for scheme in ("http", "https")]
        ends = crawl(tmp_path, urls, WITHOUT_ROBOTS, names=NAMES)
    assert inside.connections == 0
    for url in urls:
        assert ends[url]["error"] in CONNECTS_NOWHERE, ends[url]
        assert ends[url]["verdict"][0] == "excluded"


def test_the_resolver_alone_keeps_them_out(tmp_path):
    with serving(lambda _host, _target: http("200 OK")) as inside:
        urls = [f"http://{host}:{inside.port}/" for host in [*HOSTS, "meta.example"]]
        ends = crawl(tmp_path, urls, ONLY_RESOLVER, names=NAMES)
    assert inside.connections == 0
    errors = {url: ends[url]["error"] for url in urls}
    assert set(errors.values()) <= {"AddressError", "CannotResolveHostError", "ValueError", "DownloadFailedError"}
    for host in ("127.0.0.1", "127.1", "2130706433", "[::1]", "0", "localhost", "inside.example", "meta.example"):
        assert errors[f"http://{host}:{inside.port}/"] == "AddressError"
    assert ends[f"http://inside.example:{inside.port}/"]["message"] == (
        "inside.example: 127.0.0.1 is a loopback address; say --allow-private if you mean it"
    )


def test_a_peer_that_the_resolver_let_pass_gets_not_one_byte(tmp_path):
    unguarded = {"TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver"}
    with serving(lambda _host, _target: http("200 OK")) as inside:
        urls = [f"{scheme}://inside.example:{inside.port}/" for scheme in ("http", "https")]
        ends = crawl(tmp_path, urls, ONLY_RESOLVER | unguarded, names=NAMES)
    assert inside.seen == []
    for url in urls:
        assert ends[url]["error"] == "AddressError"
        assert ends[url]["message"].startswith("connected, but nothing was sent: 127.0.0.1 is a loopback address")


@pytest.mark.parametrize("guard", ["url", "resolver"])
def test_no_redirect_leads_to_this_machine(tmp_path, guard):
    """The site itself is reached through a proxy on loopback: that one stays reachable while its pages are guarded."""
    with serving(lambda _host, _target: http("200 OK")) as inside:
        hosts = ADDRESSES if guard == "url" else ["127.0.0.1", "2130706433", "localhost", "inside.example"]
        scheme = "http" if guard == "url" else "https"  # which goes past the proxy: there is one for http alone
        targets = [f"{scheme}://{host}:{inside.port}/" for host in hosts]
        targets += [f"//127.0.0.1:{inside.port}/"] if guard == "url" else []

        def site(_host: str, url: str) -> bytes:
            status, at = url.split("/")[3:]
            return f"HTTP/1.1 {status} Moved\r\nLocation: {targets[int(at)]}\r\nContent-Length: 0\r\n\r\n".encode()

        codes = [301, 302, 303, 307, 308]
        urls = [f"http://hop.example/{code}/0" for code in codes]
        urls += [f"http://hop.example/{codes[at % 5]}/{at}" for at in range(1, len(targets))]
        with serving(site) as proxy:
            through = {"http_proxy": f"http://127.0.0.1:{proxy.port}"}
            layer = WITHOUT_ROBOTS if guard == "url" else ONLY_RESOLVER
            ends = crawl(tmp_path, urls, layer, names=NAMES, environment=through)
    assert inside.connections == 0
    assert sorted(url for _, url in proxy.seen) == sorted(urls)
    assert {ends[url]["error"] for url in urls} <= CONNECTS_NOWHERE
    assert {ends[url]["verdict"][0] for url in urls} == {"excluded"}


def test_a_proxy_is_not_asked_for_this_machine(tmp_path):
    with serving(lambda _host, _target: http("200 OK")) as inside, serving(lambda _h, _t: http("502 No")) as proxy:
        urls = [f"{scheme}://{host}:{inside.port}/" for host in ADDRESSES for scheme in ("http", "https")]
        urls += [f"{scheme}://localhost:{proxy.port}/" for scheme in ("http", "https")]
        through = dict.fromkeys(("http_proxy", "https_proxy"), f"http://localhost:{proxy.port}")
        public = ["http://public.example/", "https://public.example/"]
        ends = crawl(tmp_path, [*urls, *public], WITHOUT_ROBOTS, names=NAMES, environment=through)
    assert sorted(proxy.seen) == [
        ("public.example", "http://public.example/"),
        ("public.example", "public.example:443"),
    ]
    assert inside.connections == 0
    assert {ends[url]["error"] for url in urls} <= CONNECTS_NOWHERE


def test_the_name_of_a_proxy_opens_no_page_beside_it(tmp_path):
    """`http_proxy` alone: https goes direct, and the resolver knows the proxy's name and port."""
    with serving(lambda _host, _target: http("200 OK")) as proxy:
        url = f"https://proxy.example:{proxy.port}/"
        through = {"http_proxy": f"http://proxy.example:{proxy.port}"}
        ends = crawl(tmp_path, [url], ONLY_RESOLVER, names={"proxy.example": ["127.0.0.1"]}, environment=through)
    assert ends[url]["error"] == "AddressError"
    assert proxy.seen == []


def test_robots_are_not_asked_for_where_pages_are_not(tmp_path):
    with serving(lambda _host, _target: http("200 OK")) as inside:
        urls = [f"http://127.0.0.1:{inside.port}/", f"http://inside.example:{inside.port}/"]
        ends = crawl(tmp_path, urls, names=NAMES)
    assert inside.connections == 0
    assert {ends[url]["error"] for url in urls} == {"AddressError"}


def test_private_addresses_open_when_asked_for(tmp_path):
    with serving(lambda _host, _target: http("200 OK")) as inside:
        urls = [f"http://{host}:{inside.port}/" for host in ("127.0.0.1", "localhost", "inside.example", "127.1")]
        never = [f"http://{host}:{inside.port}/" for host in ("0", "[::]", "meta.example", "169.254.169.254")]
        ends = crawl(tmp_path, urls + never, {"PERMAPRESS_ALLOW_PRIVATE": True}, names=NAMES)
    assert [ends[url].get("status") for url in urls] == [200] * 4
    assert [ends[url].get("error") for url in never] == ["AddressError"] * 4


def test_a_refresh_in_the_page_is_not_followed(tmp_path):
    with serving(lambda _host, _target: http("200 OK")) as inside:
        page = f'<meta http-equiv="refresh" content="0; url=http://127.0.0.1:{inside.port}/">'.encode()
        with serving(lambda _host, _target: http("200 OK", page, "Content-Type: text/html")) as proxy:
            through = {"http_proxy": f"http://127.0.0.1:{proxy.port}"}
            ends = crawl(tmp_path, ["http://hop.example/"], WITHOUT_ROBOTS, environment=through)
    assert ends["http://hop.example/"]["status"] == 200
    assert inside.connections == 0


def test_a_silent_name_server_is_waited_for_no_longer_than_set(tmp_path):
    settings = WITHOUT_ROBOTS | {"DNS_TIMEOUT": 0.3}
    ends = crawl(tmp_path, ["http://silent.example/"], settings, names={"silent.example": []})
    assert SILENT_S > 1
    assert ends["http://silent.example/"]["error"] == "CannotResolveHostError"
