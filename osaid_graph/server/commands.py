"""Commands of this program, run for a page in processes of their own: what they print, or what they say is wrong."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osaid_graph.server.limits import Limits
from osaid_graph.server.pool import UNBOUNDED, Reply
from osaid_graph.server.turns import Busy, Turns

#: What a process runs: this package, wherever it is, and nothing that lies in the current folder; with less haste than
#: the server, and with so much memory. Where the system has no such limit (RLIMIT_DATA), there is none.
_CODE: Final = """\
import os, sys
sys.path.insert(0, sys.argv.pop(1))
memory = int(sys.argv.pop(1))
try:
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    os.nice(5)
except (ImportError, AttributeError, OSError, ValueError):
    pass
"""
#: Exit codes of commands that did what they were asked for: there are no gaps, or there are. Python ends with the
#: second, too, where it cannot even start, and has nothing to say then.
_DONE: Final = (0, 1)
#: Bytes of what a command says is wrong that are looked at: the last ones.
_SAID: Final = 1 << 16
_PIECE: Final = 1 << 16
#: What the lines begin with that say what is wrong, and what to do.
_WORDS: Final = ("error", "help")


@dataclass(frozen=True, slots=True)
class Program:
    """What is run: the last lines of its code, and how many times as much time and memory as a query it may take."""

    code: str
    times: int = 1


#: The command line; and what works out plans, which looks at all of a corpus.
COMMAND_LINE: Final = Program("from osaid_graph.cli import main; main()")
PLANNER: Final = Program(
    "from osaid_graph.server.planner import main; sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))", 10
)


#: What is said where the corpus on disk is another one than is served.
_WRITTEN: Final = Reply(
    error="written to", message="somebody has written to what is served", hint="have the server started again"
)


class Commands:
    """Runs commands.

    Args:
        limits: What one may take, as of a query.
        stands: Tells whether what commands read is what is served.
    """

    def __init__(self, limits: Limits, stands: Callable[[], bool] = lambda: True) -> None:
        self.limits, self.stands = limits, stands

    async def run(self, arguments: Sequence[str], media: str, turns: Turns, program: Program = COMMAND_LINE) -> Reply:
        """Run a command; whoever is cancelled while it runs ends it.

        Args:
            arguments: What is behind the name of the program.
            media: The media type of what it prints.
            turns: Among what it has to wait for its turn.
            program: What is run.

        Returns:
            What it printed, or an error: ``busy``, ``timeout``, ``too large``, ``refused``, ``ended`` or
            ``written to``.
        """
        try:
            async with turns.turn():
                reply = await self._run(arguments, media, program)
                return reply if await asyncio.to_thread(self.stands) else _WRITTEN  # so it stood when it was read
        except Busy as busy:
            return Reply(error="busy", message=f"too much is asked for: {busy}", hint="ask again in a while")

    async def _run(self, arguments: Sequence[str], media: str, program: Program) -> Reply:
        limits, seconds = self.limits, self.limits.seconds * program.times
        here, memory = str(Path(__file__).parents[2]), str(self.limits.memory * program.times)
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-c", _CODE + program.code, here, memory, *arguments),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=UNBOUNDED,
            )
        except OSError:  # as many files or processes as the system allows
            return Reply(error="busy", message="no process can be started", hint="ask again in a while")
        saying = asyncio.create_task(_last(process.stderr, _SAID))
        try:
            body, code = await asyncio.wait_for(self._done(process), seconds)
        except TimeoutError:
            hint = "run the command that gives it"
            return Reply(error="timeout", message=f"stopped after {seconds:g} s", hint=hint)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            said = await saying
        if len(body) > limits.answer:
            what = f"what is asked for has more than {limits.answer:,} bytes"
            return Reply(error="too large", message=what, hint="run the command that gives it")
        if code in _DONE and body:
            return Reply(body, media)
        return _failed(said.decode("utf-8", "replace"))

    async def _done(self, process: asyncio.subprocess.Process) -> tuple[bytes, int]:
        """Return what a process prints, and its exit code; 0 for one that prints more than is taken."""
        body = await _read(process.stdout, self.limits.answer)
        return body, 0 if len(body) > self.limits.answer else await process.wait()


async def _read(stream: asyncio.StreamReader | None, most: int) -> bytes:
    """Return what a stream gives; what comes beyond so many bytes and a piece is not waited for."""
    pieces = bytearray()
    while stream is not None and len(pieces) <= most and (piece := await stream.read(_PIECE)):
        pieces += piece
    return bytes(pieces)


async def _last(stream: asyncio.StreamReader | None, most: int) -> bytes:
    """Return the last bytes of all that a stream gives: a process whose words nobody reads waits for ever."""
    last = b""
    while stream is not None and (piece := await stream.read(_PIECE)):
        last = (last + piece)[-most:]
    return last


def _failed(said: str) -> Reply:
    """Return what a command said was wrong."""
    lines = said.splitlines()
    found = {key: [line.removeprefix(f"{key}: ") for line in lines if line.startswith(f"{key}: ")] for key in _WORDS}
    if not found["error"] or "MemoryError" in said:
        hint = "run the command that gives it"
        return Reply(error="ended", message="its process ended: it took too much memory, or has a fault", hint=hint)
    return Reply(error="refused", message=found["error"][-1], hint="".join(found["help"][-1:]))
