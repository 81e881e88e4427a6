"""What to fix first, worked out once for as long as the server runs: whoever asks meanwhile is told to come again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from osaid_graph.plans import Unit
from osaid_graph.server.commands import PLANNER, Commands
from osaid_graph.server.planner import Corner, Piece, Plan, read_plan
from osaid_graph.server.pool import Reply
from osaid_graph.server.site import Site
from osaid_graph.server.turns import Turns


class Plans:
    """Keeps the plans of a corpus.

    Args:
        site: What they are for.
        commands: Works them out.
        turns: Among what this has to wait for its turn.
    """

    def __init__(self, site: Site, commands: Commands, turns: Turns) -> None:
        self.site, self.commands, self.turns = site, commands, turns
        self._working: dict[Unit, asyncio.Task[Plan | Reply]] = {}

    async def plan(self, unit: Unit, patience: float) -> Plan | Reply | None:
        """Return a plan; why there is none; or None while it is worked out, which goes on if its client leaves.

        Args:
            unit: What counts as one piece of effort.
            patience: Seconds to wait for it.
        """
        working = self._working.get(unit)
        if working is None:
            working = self._working[unit] = asyncio.create_task(self._work(unit))
        await asyncio.wait([working], timeout=patience)
        if not working.done():
            return None
        failed = working.exception() is not None or isinstance(working.result(), Reply)
        if failed and self._working.get(unit) is working:
            del self._working[unit]  # whoever asks next has it tried again
        return working.result()

    async def close(self) -> None:
        """Give up what is worked out."""
        for working in self._working.values():
            working.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)

    async def _work(self, unit: Unit) -> Plan | Reply:
        arguments = (self.site.corpus.address, self.site.version, unit)
        reply = await self.commands.run(arguments, "application/json", self.turns, PLANNER)
        return reply if reply.error else await asyncio.to_thread(self._read, reply.body)

    def _read(self, text: bytes) -> Plan:
        """Return a plan that was written, with the titles of nodes."""
        plan = read_plan(text)
        return replace(plan, corners=tuple(map(self._corner, plan.corners)))

    def _corner(self, corner: Corner) -> Corner:
        return replace(corner, pieces=tuple(map(self._piece, corner.pieces)))

    def _piece(self, piece: Piece) -> Piece:
        return replace(piece, label=self.site.nodes.called(piece.node) or piece.label)
