"""Serves a table of replies on loopback addresses from a process of its own, and remembers every request.

HTTP/1.1 with keep-alive on one event loop: some thousand replies a second. It ends with the block that began it, or with
the process that did, however that ends.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

HTML = (("Content-Type", "text/html; charset=utf-8"),)
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request is answered with, after a while; Content-Length is added. Status 0: the connection ends."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = HTML
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came. Times as of time.time()."""

    host: str
    target: str
    client_port: int
    began: float
    ended: float | None  # None: not answered yet, or the client was gone

    @property
    def is_page(self) -> bool:
        return self.target != "/robots.txt"


Table = dict[tuple[str, str], tuple[Reply, ...]]
"""By host and target; the n-th request gets the n-th reply, further ones the last."""

NOT_FOUND = (Reply(b"<p>No such page.", 404),)


class Served:
    """A site that is being served."""

    def __init__(self, port: int, pipe: Connection) -> None:
        self.port = port
        self._pipe = pipe

    def seen(self, since: int = 0) -> list[Seen]:
        """Every request so far, in order; less the first `since`."""
        self._pipe.send(since)
        return [Seen(*row) for row in self._pipe.recv()]


@contextmanager
def served(table: Callable[[int], Table], hosts: Sequence[str]) -> Iterator[Served]:
    """Serve while the block runs; `table` is told the port, which is the same on every host."""
    listening = _listening(hosts)
    port = listening[0].getsockname()[1]
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_run, args=(table(port), listening, theirs), daemon=True)
    process.start()
    for one in (*listening, theirs):
        one.close()
    try:
        ours.recv()  # it listens
        yield Served(port, ours)
    finally:
        ours.close()
        process.join(5)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _listening(hosts: Sequence[str]) -> list[socket.socket]:
    """A socket a host, all of one port: the first host's is chosen by the system, and may be taken on another."""
    for attempt in range(20):
        made: list[socket.socket] = []
        try:
            for host in hosts:
                made.append(socket.create_server((host, made[0].getsockname()[1] if made else 0), backlog=256))
        except OSError:
            for one in made:
                one.close()
            if attempt == 19:
                raise
        else:
            return made
    raise AssertionError


def _run(table: Table, listening: Sequence[socket.socket], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever serves; the pipe then ends
    asyncio.run(_serve(table, listening, pipe))


async def _serve(table: Table, listening: Sequence[socket.socket], pipe: Connection) -> None:
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    seen: list[list[object]] = []
    asked: dict[tuple[str, str], int] = {}

    def told() -> None:
        try:
            pipe.send(seen[pipe.recv() :])
        except (EOFError, OSError):
            loop.remove_reader(pipe.fileno())
            over.set_result(None)

    loop.add_reader(pipe.fileno(), told)
    for one in listening:
        await loop.create_server(lambda: _Connection(table, seen, asked), sock=one)
    pipe.send("ready")
    await over


class _Connection(asyncio.Protocol):
    def __init__(self, table: Table, seen: list[list[object]], asked: dict[tuple[str, str], int]) -> None:
        self._table, self._seen, self._asked = table, seen, asked
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host: str = transport.get_extra_info("sockname")[0]
        self._client_port: int = transport.get_extra_info("peername")[1]

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:  # GET and HEAD have no body
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            self._answer(head.split(b" ", 2)[1].decode("latin-1"))

    def _answer(self, target: str) -> None:
        place = (self._host, target)
        replies = self._table.get(place, NOT_FOUND)
        number = self._asked[place] = self._asked.get(place, 0) + 1
        reply = replies[min(number, len(replies)) - 1]
        row: list[object] = [self._host, target, self._client_port, time.time(), None]
        self._seen.append(row)
        if reply.wait_s:
            asyncio.get_running_loop().call_later(reply.wait_s, self._send, reply, row)
        else:
            self._send(reply, row)

    def _send(self, reply: Reply, row: list[object]) -> None:
        if self._transport.is_closing():
            return
        if not reply.status:
            self._transport.abort()
            return
        fields = (*reply.headers, ("Content-Length", str(len(reply.body))))
        lines = [
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
            *(f"{name}: {value}" for name, value in fields),
        ]
        self._transport.write("\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body)
        row[-1] = time.time()
