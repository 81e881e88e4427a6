"""Processes that run queries: a few, each with one query at a time, and ended when a query is given up."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from osaid_graph.server.frames import framed_json, received
from osaid_graph.server.limits import Limits
from osaid_graph.server.turns import Busy, Turns

#: Seconds that a process has beyond the time of a query to say that it gave it up, and to start.
_GRACE: Final = 5.0
_START: Final = 60.0
#: Bytes that may wait to be read from a process: no bound, since what it gives has one. A stream that holds back what
#: nobody reads never sees the end, and Python 3.11 waits for a process that was killed until all its streams have.
UNBOUNDED: Final = 1 << 40
#: What a process runs: this package, wherever it is, and nothing that lies in the current folder.
_CODE: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from osaid_graph.server.worker import main; main(sys.argv[2])"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query, the graphs it is asked of, and the media type that its answer is wanted in, for each form of query."""

    text: str
    accepted: Mapping[str, str | None]
    default: Sequence[str] = ()
    named: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a query: the answer in its media type; or an ``error``, in words and with what to do."""

    body: bytes = b""
    media: str = ""
    error: str = ""
    message: str = ""
    hint: str = ""
    line: int | None = None
    offered: tuple[str, ...] = ()


_ENDED: Final = Reply(
    error="ended",
    message="the process of the query ended: it took too much memory, or the engine has a fault",
    hint="ask for less at a time",
)
_UNREAD: Final = Reply(
    error="unread",
    message="what is served cannot be read: its index cannot be opened",
    hint="have the server started again",
)


class Pool:
    """Runs queries on a store, as many at once as there are turns.

    Args:
        store: Its folder (:mod:`osaid_graph.query.on_disk`).
        limits: What a query may take.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self.store, self.limits = store, limits
        self._idle: list[asyncio.subprocess.Process] = []
        self._there: set[asyncio.subprocess.Process] = set()
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that there are."""
        return tuple(process.pid for process in self._there)

    async def run(self, query: Query, turns: Turns) -> Reply:
        """Run a query; whoever is cancelled while it runs ends it.

        Args:
            query: The query.
            turns: Among what it has to wait for its turn.

        Returns:
            The answer, or an error: ``busy``, ``timeout``, ``too large``, ``refused``, ``not acceptable``, ``unread``
            or ``ended``.
        """
        try:
            async with turns.turn():
                return await self._asked(query)
        except Busy as busy:
            return Reply(error="busy", message=f"too many queries: {busy}", hint="ask again in a while")

    async def close(self) -> None:
        """End all processes."""
        for process in list(self._there):
            self._end(process)
        await asyncio.gather(*self._ending)

    async def _asked(self, query: Query) -> Reply:
        limits, whole = self.limits, False
        request = {
            "query": query.text,
            "accepted": dict(query.accepted),
            "default": list(query.default),
            "named": list(query.named),
            "seconds": limits.seconds,
            "memory": limits.memory,
            "rows": limits.rows,
            "bytes": limits.answer,
        }
        try:
            process = await self._ready()
        except (TimeoutError, OSError):  # as many files or processes as the system allows, or it has much to do
            return Reply(error="busy", message="no process for it can be started", hint="ask again in a while")
        except asyncio.IncompleteReadError:
            return _ENDED
        if process is None:
            return _UNREAD
        try:
            head, body = await asyncio.wait_for(_exchanged(process, request), limits.seconds + _GRACE)
            whole = not head.get("spent")
        except TimeoutError:
            return Reply(error="timeout", message=f"stopped after {limits.seconds:g} s", hint="ask for less")
        except (asyncio.IncompleteReadError, OSError):
            return _ENDED
        finally:
            if whole:
                self._idle.append(process)
            else:
                self._end(process)
        return Reply(
            body,
            media=head.get("media", ""),
            error=head.get("error", ""),
            message=head.get("message", ""),
            hint=head.get("hint", ""),
            line=head.get("line"),
            offered=tuple(head.get("offered", ())),
        )

    async def _ready(self) -> asyncio.subprocess.Process | None:
        """Return a process that waits for a query, one that did so before if any; None if the store is gone."""
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
            self._end(process)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _CODE, str(Path(__file__).parents[2]), str(self.store)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=UNBOUNDED,
        )
        self._there.add(process)
        try:
            said = json.loads(await asyncio.wait_for(received(_stdout(process)), _START))
        except BaseException:
            self._end(process)
            raise
        if "error" not in said:
            return process
        self._end(process)
        return None

    def _end(self, process: asyncio.subprocess.Process) -> None:
        """End a process, which is waited for meanwhile."""
        self._there.discard(process)
        with suppress(ProcessLookupError):
            process.kill()
        ending = asyncio.create_task(_ended(process))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Wait for the end of a process, and close what leads to it."""
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()


async def _exchanged(process: asyncio.subprocess.Process, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Send a query, and return what is said of the answer, and the answer."""
    if process.stdin is None:
        raise ConnectionError
    process.stdin.write(framed_json(request))
    await process.stdin.drain()
    return json.loads(await received(_stdout(process))), await received(_stdout(process))


def _stdout(process: asyncio.subprocess.Process) -> asyncio.StreamReader:
    if process.stdout is None:
        raise ConnectionError
    return process.stdout
