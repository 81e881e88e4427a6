"""Running the application: where it listens, and how long it waits for those who are slow."""

from __future__ import annotations

import asyncio
import socket
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
        config = uvicorn.Config(
            application,
            host=host,
            port=port,
            http=_impatient(limits.arrival),
            ws="none",
            lifespan="on",
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=limits.connections,
            timeout_keep_alive=_KEPT,
            timeout_graceful_shutdown=_END,
            h11_max_incomplete_event_size=_HEAD,
        )
        try:
            self._socket = config.bind_socket()
            self._socket.listen()  # who comes before it runs waits
        except SystemExit:  # what uvicorn makes of an OSError
            hint = "choose another port with --port, or 0 for any that is free"
            raise InputError("cannot listen there", hint, source=f"{host}:{port}") from None
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


def _impatient(seconds: float) -> type[H11Protocol]:
    """Return the protocol that closes a connection on which a request takes longer than that to begin and to arrive.

    So it does where a client takes longer to take what was handed over: nothing else ends such a connection, since one
    that is closed stays until all of that is taken.
    """

    class Impatient(H11Protocol):
        _due: asyncio.TimerHandle | None = None
        _taken: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
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
            self._stop_taken()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stop_taken()
            self._taken = self.loop.call_later(seconds, self.transport.abort)

        def resume_writing(self) -> None:
            self._stop_taken()
            super().resume_writing()

        def _stop_taken(self) -> None:
            if self._taken is not None:
                self._taken.cancel()
                self._taken = None

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
