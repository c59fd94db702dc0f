"""Every byte that crossed the wire is in the WARC, and nothing else: judged by the server's own log."""

from __future__ import annotations

import re
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from tests.fetch.server import Asked, Server
from tests.fetch.server_cases import CASES, MAX_BODY_BYTES, name, script
from tests.fetch.server_proxy import Proxy
from tests.fetch.wire_crawl import crawl
from tests.fetch.wire_read import Attempt, attempts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CELLS = [
    (scheme, proxied, concurrency)
    for scheme in ("http", "https")
    for proxied in (False, True)
    for concurrency in (1, 4, 16)
]
COUNTED: list[tuple[int, int]] = []  # blocks equal, blocks: of each cell so far
_CREDENTIALS = re.compile(rb"(?m)^((?:proxy-)?authorization|cookie):( ?)[^\r\n]*", re.IGNORECASE)


@dataclass(frozen=True)
class Crawl:
    """One cell of the matrix: what the server, the proxy, Scrapy and the WARC say of it."""

    log: list[Asked]
    tunnels: list[tuple[bytes, bytes]]
    results: dict[str, dict[str, Any]]
    attempts: list[Attempt]
    scheme: str
    proxied: bool
    concurrency: int

    def archived(self, case: str) -> list[Attempt]:
        """The attempts of a case in the WARC."""
        return [each for each in self.attempts if name(each.url) == case]

    def of(self, case: str) -> list[tuple[Asked, Attempt]]:
        """The log and the archive of a case side by side, attempt by attempt.

        A kept connection that the server is just closing takes a request that the server never reads: that attempt
        is in the archive alone, as a failure.
        """
        asked = [each for each in self.log if name(each.target) == case]
        archived = self.archived(case)
        if len(archived) == len(asked) + 1:
            archived.remove(next(each for each in archived if b"fetchFailure: connection " in each.failure))
        assert len(asked) == len(archived), f"{case}: {len(asked)} requests at the server, {len(archived)} in the WARC"
        return list(zip(asked, archived, strict=True))


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, str]:
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, str(path)


@pytest.fixture(
    scope="module", params=CELLS, ids=lambda cell: f"{cell[0]}-{'proxy' if cell[1] else 'direct'}-{cell[2]}"
)
def cell(
    request: pytest.FixtureRequest, authority: tuple[trustme.CA, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crawl]:
    scheme, proxied, concurrency = request.param
    ca, ca_file = authority
    folder = tmp_path_factory.mktemp("wire")
    with ExitStack() as stack:
        server = stack.enter_context(Server(script, _tls(ca) if scheme == "https" else None))
        proxy = stack.enter_context(Proxy(server.port)) if proxied else None
        job = {
            "settings": _settings(folder, concurrency),
            "requests": [
                _request(case, f"{scheme}://localhost:{server.port}/{case}?q=[1|2]&", proxy) for case in CASES
            ],
        }
        results = crawl(job, {"SSL_CERT_FILE": ca_file})
        yield Crawl(
            log=server.log,
            tunnels=proxy.tunnels if proxy else [],
            results={name(each["asked"]): each for each in results},
            attempts=attempts(folder),
            scheme=scheme,
            proxied=proxied,
            concurrency=concurrency,
        )


def _tls(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ca.issue_cert("localhost").configure_cert(context)
    return context


def _settings(folder: Path, concurrency: int) -> dict[str, Any]:
    return {
        "PERMAPRESS_ARCHIVE_DIR": str(folder),
        "CONCURRENT_REQUESTS": concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
        "DOWNLOAD_MAXSIZE": MAX_BODY_BYTES,
        "REDIRECT_ENABLED": True,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawler.fetch.redirect.RedirectAsFoundMiddleware": 600,
        },
    }


def _request(case: str, url: str, proxy: Proxy | None) -> dict[str, Any]:
    wanted = CASES[case]
    meta: dict[str, Any] = {"download_timeout": wanted.timeout_s}
    if proxy:
        meta["proxy"] = f"http://user:s3cret@localhost:{proxy.port}"
    return {
        "url": url,
        "method": wanted.method,
        "body": wanted.sends.hex(),
        "headers": dict(wanted.headers),
        "meta": meta,
    }


def hidden(request: bytes) -> bytes:
    """The request as the server saw it, its credentials as the archive must show them."""
    return _CREDENTIALS.sub(rb"\1:\2REDACTED", request)


def test_every_block_equals_the_bytes_of_the_servers_log(cell: Crawl, capsys: pytest.CaptureFixture[str]) -> None:
    equal = total = 0
    unlike = []
    for case in CASES:
        for asked, archived in cell.of(case):
            pairs = [(hidden(asked.request), archived.request), (asked.final, archived.response)]
            pairs += zip(asked.informational, archived.informational, strict=case != "endless-1xx")
            for sent, kept in pairs:
                total += 1
                cut = archived.truncated == "length" and sent.startswith(kept) and len(kept) > 0
                equal += sent == kept or cut
                if not (sent == kept or cut):
                    unlike.append((case, sent[:300], kept[:300], len(sent), len(kept)))
    COUNTED.append((equal, total))
    if len(COUNTED) == len(CELLS):
        equal, total = (sum(column) for column in zip(*COUNTED, strict=True))
        with capsys.disabled():
            print(f"\n{len(CASES)} cases × {len(CELLS)} settings: {equal} of {total} blocks equal")  # noqa: T201 - the figure is the result
    assert not unlike


def test_every_attempt_has_its_record_and_its_ending(cell: Crawl) -> None:
    for case, wanted in CASES.items():
        pairs, archived = cell.of(case), cell.archived(case)
        broke = len(archived) - len(pairs) + sum(1 for asked, _ in pairs if asked.served and asked.final == b"")
        assert len(archived) in {wanted.attempts, wanted.attempts + (1 if broke else 0)}, case
        assert archived[-1].truncated == wanted.truncated, case
        assert [each["flushed"] for each in cell.results[case]["captures"]] == [True] * len(archived), case


def test_scrapy_hears_of_the_same(cell: Crawl) -> None:
    assert set(cell.results) == set(CASES)
    for case, wanted in CASES.items():
        result = cell.results[case]
        assert result.get("status", result.get("error")) == wanted.up, (case, result)
        if wanted.body is not None:
            assert bytes.fromhex(result["body"]) == wanted.body, case
        if "error" in result:
            assert len(result["message"]) > 10, case


def test_no_credential_reaches_the_archive(cell: Crawl) -> None:
    for attempt in cell.attempts:
        assert b"s3cret" not in b"".join([attempt.request, attempt.response, *attempt.tunnel]), attempt.url


def test_tunnels_and_peers_are_told(cell: Crawl) -> None:
    heads = [head for attempt in cell.attempts for head in attempt.tunnel]
    expected = [hidden(head) for pair in cell.tunnels for head in pair]
    assert sorted(heads) == sorted(expected)
    assert bool(heads) is (cell.scheme == "https" and cell.proxied)
    for attempt in cell.attempts:
        assert attempt.values("WARC-IP-Address") == ([] if cell.proxied else ["127.0.0.1"]), attempt.url
        protocols = attempt.values("WARC-Protocol")
        assert ("tls/1.3" in protocols) is (cell.scheme == "https"), (attempt.url, protocols)
        assert bool(attempt.values("WARC-Cipher-Suite")) is (cell.scheme == "https")


def test_connections_are_kept_where_the_server_keeps_them(cell: Crawl) -> None:
    assert len({asked.connection for asked in cell.log}) < len(cell.log) - 10


def test_a_kept_connection_that_ends_without_a_word_is_an_attempt_of_its_own(cell: Crawl) -> None:
    left = [archived for asked, archived in cell.of("stale") if asked.served and not asked.final]
    assert left or cell.concurrency > 1  # of several at once another may have taken the kept connection
    assert all(b"fetchFailure: connection closed by the server" in attempt.failure for attempt in left)
    assert cell.results["stale"]["status"] == 200
