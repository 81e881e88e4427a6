"""Running the application: where it listens, and how long it waits for those who are slow."""

from __future__ import annotations

import asyncio
import errno
import socket
from contextlib import suppress
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from osaid_graph.errors import InputError
from osaid_graph.server.limits import Limits

#: Bytes that the head of a request may have, and seconds that a connection is kept for the next one.
_HEAD: Final = 1 << 16
_KEPT: Final = 5
#: Seconds that requests get to end when the server stops.
_END: Final = 5
#: Connections beyond those that are held, which are told so; and files that the server needs beside all of them.
_TOLD: Final = 64
_FILES: Final = 256
_FEWEST: Final = 16
#: Errors of listening that are about the port.
_OF_PORTS: Final = (errno.EADDRINUSE, errno.EACCES)


class Listening:
    """A server that listens, and answers once it runs.

    Args:
        application: The application.
        host: The address to listen at.
        port: The port; 0 for any that is free.
        limits: What a request may take.

    Attributes:
        port: The port that it listens at.

    Raises:
        InputError: It cannot listen there.
    """

    def __init__(self, application: Starlette, host: str, port: int, limits: Limits) -> None:
        connections = _room(limits.connections)
        config = uvicorn.Config(
            application,
            host=host,
            port=port,
            http=_impatient(limits.arrival, connections),
            ws="none",
            lifespan="on",
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=connections,
            timeout_keep_alive=_KEPT,
            timeout_graceful_shutdown=_END,
            h11_max_incomplete_event_size=_HEAD,
        )
        self._socket = _listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Answer until it is stopped, by :meth:`stop` or by a signal."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Have it end soon."""
        self._server.should_exit = True


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens: who comes before the server runs waits.

    Raises:
        InputError: It cannot listen there: the port is taken or reserved, or this machine has no such address.
    """
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen()
    except (OSError, UnicodeError) as error:
        found.close()
        hint = "give --host an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0"
        if isinstance(error, OSError) and error.errno in _OF_PORTS:
            hint = "choose another port with --port, or 0 for any that is free"
        raise InputError("cannot listen there", hint, source=f"{host}:{port}") from None
    return found


def _room(connections: int) -> int:
    """Return how many connections may be held: so many, or as many as the files that the system lets a process open."""
    try:
        import resource
    except ImportError:  # a system without that limit
        return connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _TOLD + _FILES
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return min(connections, max(_FEWEST, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _TOLD - _FILES))


def _impatient(seconds: float, connections: int) -> type[H11Protocol]:
    """Return the protocol that closes connections whose clients take too long, and those that are too many.

    Args:
        seconds: How long a request may take to begin and to arrive, and a client to take what it was sent last.
        connections: How many are held; some more are told that there is no room.
    """

    class Impatient(H11Protocol):
        _due: asyncio.TimerHandle | None = None
        _full: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            if len(self.connections) > connections + _TOLD:
                transport.abort()
                return
            # asyncio does so only for sockets that were made with their protocol, and those of uvicorn are not: without
            # it, every answer but the first of a connection waits 40 ms for the client to confirm its head
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            transport.set_write_buffer_limits(high=0)  # whatever was not taken counts
            self._look()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._look()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            self.resume_writing()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._full = self.loop.call_later(seconds, self.transport.abort)

        def resume_writing(self) -> None:
            if self._full is not None:
                self._full.cancel()
                self._full = None
            super().resume_writing()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._look()  # closing a connection waits for a client to take what is left, however long that is

        def _look(self) -> None:
            """Have it closed in a while, unless a request is being answered."""
            if self.cycle is not None and not self.cycle.response_complete:
                self._stop()
            elif self._due is None:
                self._due = self.loop.call_later(seconds, self._close)

        def _stop(self) -> None:
            if self._due is not None:
                self._due.cancel()
                self._due = None

        def _close(self) -> None:
            self._due = None
            if self.cycle is None or self.cycle.response_complete:
                self.transport.abort()

    return Impatient
