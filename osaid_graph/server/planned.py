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
        self._found: dict[Unit, Plan] = {}
        self._working: dict[Unit, asyncio.Task[Reply]] = {}

    async def plan(self, unit: Unit, patience: float) -> Plan | Reply | None:
        """Return a plan; why there is none; or None while it is worked out.

        Args:
            unit: What counts as one piece of effort.
            patience: Seconds to wait for it.
        """
        if unit in self._found:
            return self._found[unit]
        working = self._working.get(unit)
        if working is None:
            arguments = (self.site.corpus.address, self.site.version, unit)
            working = asyncio.create_task(self.commands.run(arguments, "application/json", self.turns, PLANNER))
            self._working[unit] = working
        await asyncio.wait([working], timeout=patience)
        if not working.done():
            return None
        self._working.pop(unit, None)
        reply = working.result()
        if reply.error:
            return reply
        if unit not in self._found:
            self._found[unit] = await asyncio.to_thread(self._called, read_plan(reply.body))
        return self._found[unit]

    async def close(self) -> None:
        """Give up what is worked out."""
        for working in self._working.values():
            working.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)

    def _called(self, plan: Plan) -> Plan:
        """Return a plan with the titles of nodes."""
        return replace(plan, corners=tuple(map(self._corner, plan.corners)))

    def _corner(self, corner: Corner) -> Corner:
        return replace(corner, pieces=tuple(map(self._piece, corner.pieces)))

    def _piece(self, piece: Piece) -> Piece:
        return replace(piece, label=self.site.nodes.called(piece.node) or piece.label)
