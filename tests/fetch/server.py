"""A raw HTTP server that answers by script, byte for byte, and keeps its own log of what crossed each connection."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

_GIVE_UP_S = 10


@dataclass(frozen=True)
class Informational:
    """A 1xx head."""

    data: bytes


@dataclass(frozen=True)
class Final:
    """A piece of the final response; `rest` goes out with it, behind the end of the message."""

    data: bytes
    rest: bytes = b""


@dataclass(frozen=True)
class Together:
    """A 1xx head and a piece of the final response in one write."""

    informational: bytes
    final: bytes


@dataclass(frozen=True)
class Pause:
    seconds: float


@dataclass(frozen=True)
class Close:
    """The end of the connection: `polite` (FIN, before it TLS close_notify), `ragged` (FIN alone) or `reset` (RST)."""

    how: str = "polite"


Step = Informational | Final | Together | Pause | Close


@dataclass
class Asked:
    """One request as it came, and what was sent for it. Written before it is sent."""

    target: str
    request: bytes
    connection: int
    served: int  # requests on this connection before it
    informational: list[bytes] = field(default_factory=list)
    final: bytes = b""


class Server:
    """Serves `script(asked)` on a loopback port until the block ends; a thread a connection."""

    def __init__(self, script: Callable[[Asked], list[Step]], tls: ssl.SSLContext | None = None) -> None:
        self.log: list[Asked] = []
        self._script = script
        self._tls = tls
        self._connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        self._open = True
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(_GIVE_UP_S)

    def _accept(self) -> None:
        while self._open:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections += 1
            threading.Thread(target=self._serve, args=(connection, self._connections), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        connection.settimeout(_GIVE_UP_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # steps are segments of their own
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._talk(connection, number)
        except OSError:  # the client left, which is what several cases make it do
            pass
        finally:
            connection.close()

    def _talk(self, connection: socket.socket, number: int) -> None:
        served = 0
        while request := received(connection):
            target = request.split(b" ", 2)[1].decode("latin-1")
            asked = Asked(target, request, number, served)
            self.log.append(asked)
            for step in self._script(asked):
                if not _done(step, asked, connection):
                    return
            served += 1


def received(connection: socket.socket) -> bytes:
    """One whole request; empty: the client left."""
    data = bytearray()
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return b""
        data += more
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        more = connection.recv(65536)
        body += more
        data += more
    return bytes(data)


def _done(step: Step, asked: Asked, connection: socket.socket) -> bool:
    match step:
        case Pause(seconds):
            time.sleep(seconds)
        case Informational(data):
            asked.informational.append(data)
            connection.sendall(data)
        case Final(data, rest):
            asked.final += data
            connection.sendall(data + rest)
        case Together(informational, final):
            asked.informational.append(informational)
            asked.final += final
            connection.sendall(informational + final)
        case Close(how):
            close(connection, how)
            return False
    return True


def close(connection: socket.socket, how: str) -> None:
    """End a connection in one of the ways of `Close`."""
    if how == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif how == "polite" and isinstance(connection, ssl.SSLSocket):
        connection.settimeout(1)
        with suppress(OSError):
            connection.unwrap().shutdown(socket.SHUT_RDWR)
    connection.close()
