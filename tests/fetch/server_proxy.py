"""A raw proxy: relays bytes without a look at them, and keeps a log of the CONNECT heads."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from typing import Self

from tests.fetch.server import close, received

ESTABLISHED = b"HTTP/1.1 200 Connection Established\r\nvIA: 1.1 raw\r\n\r\n"


class Proxy:
    """Relays to `127.0.0.1:upstream`, whatever is asked for; `answer` is what a CONNECT gets."""

    def __init__(self, upstream: int, answer: bytes = ESTABLISHED) -> None:
        self.tunnels: list[tuple[bytes, bytes]] = []  # CONNECT request, answer
        self._upstream = upstream
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(30)
        with client, suppress(OSError):
            first = received(client)
            if first.startswith(b"CONNECT "):
                self.tunnels.append((first, self._answer))
                client.sendall(self._answer)
                first = b""
                if b" 200 " not in self._answer:
                    return
            with socket.create_connection(("127.0.0.1", self._upstream), timeout=30) as server:
                server.sendall(first)
                _relay(client, server)


def _relay(one: socket.socket, other: socket.socket) -> None:
    """Both ways until either end leaves; a reset is passed on as one."""
    sinks = {one: other, other: one}
    for end in sinks:
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while True:
        for source in select.select([one, other], [], [], 30)[0]:
            try:
                data = source.recv(65536)
            except ConnectionResetError:
                close(sinks[source], "reset")
                return
            if not data:
                return
            sinks[source].sendall(data)
