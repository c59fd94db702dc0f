"""Serves a table of answers on a loopback address, until told to stop.

HTTP/1.1 with keep-alive, a thread a connection; nothing is looked up on the disk, so no request can leave the table.
"""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

IDLE_S = 20  # longer than any client of ours waits between two requests


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request target is answered with; Content-Length and Date are added."""

    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    status: int = 200


NOT_FOUND = Answer(b"<!DOCTYPE html><title>Not found</title><p>No such page.", status=404)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "permapress-demo"
    sys_version = ""
    timeout = IDLE_S
    wbufsize = -1  # head and body leave together: no delayed acknowledgement between them
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        answer = self.server.answers.get(self.path, NOT_FOUND)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET  # noqa: N815  the standard library's name for the method

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the standard library's signature
        self.server.seen.append(self.requestline)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close then joins every thread: nothing outlives the site

    def __init__(self, address: tuple[str, int], answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.seen: list[str] = []  # request lines, in order
        self.open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # HTTPServer's asks the DNS for the host's name: slow where there is none, and nobody reads it
        TCPServer.server_bind(self)
        self.server_port = int(self.server_address[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        super().shutdown_request(request)
        self.open.discard(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is its own business."""

    def hang_up(self) -> None:
        """End the connections that clients keep alive, so that their threads end."""
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed by its own thread meanwhile


@dataclass(frozen=True, slots=True)
class Site:
    """A site being served."""

    base: str  # "http://127.0.0.1:40123", without a slash at its end
    seen: list[str]  # request lines so far: "GET / HTTP/1.1"


@contextmanager
def serve(answers: Mapping[str, Answer], *, host: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """Serve while the block runs. `answers`: by request target (path and query, as sent). Port 0: a free one.

    Raises: OSError where the port is taken.
    """
    with _Server((host, port), answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=f"site {host}")
        thread.start()
        try:
            yield Site(f"http://{host}:{server.server_port}", server.seen)
        finally:
            server.shutdown()
            thread.join()
            server.hang_up()
