"""A server that says exactly what it is told to, on a loopback address, and remembers what it was asked."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Say = bytes | Callable[[socket.socket], None]  # the answer, or what to do with the connection

LONGEST_S = 20  # that a connection may stay silent


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    """A whole response; the connection ends with it."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


@dataclass
class Server:
    """A connection, a request, an answer."""

    say: Callable[[str, str], Say]  # from the Host header and the request target
    port: int = 0
    connections: int = 0
    seen: list[tuple[str, str]] = field(default_factory=list)  # host and target, in order

    def answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := connection.recv(65536)):
                return
            head += more
        lines = head.decode("latin-1").split("\r\n")
        host = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
        target = lines[0].split(" ")[1]
        self.seen.append((host.partition(":")[0], target))
        said = self.say(*self.seen[-1])
        if callable(said):
            said(connection)
        else:
            connection.sendall(said)
            connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(say: Callable[[str, str], Say], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """The server while it runs; every thread and socket has ended afterwards."""
    server = Server(say)
    threads: list[Thread] = []
    open_: set[socket.socket] = set()

    def serve(raw: socket.socket) -> None:
        wrapped = tls.wrap_socket(raw, server_side=True, do_handshake_on_connect=False) if tls else raw
        open_.add(wrapped)
        with suppress(OSError), wrapped:  # the client leaves as it likes
            server.answer(wrapped)

    def accept() -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                raw, _ = listener.accept()
                server.connections += 1
                raw.settimeout(LONGEST_S)
                threads.append(Thread(target=serve, args=(raw,)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        accepting = Thread(target=accept)
        accepting.start()
        try:
            yield server
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for each in open_:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()
