"""Who may have heavy work done, and when: a few at once, some more wait, and others are told to come again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from osaid_graph.server.limits import Limits


class Busy(Exception):
    """There is no turn; why not."""


class Turns:
    """Gives turns to what runs in processes of its own.

    Args:
        limits: How many have one at once, how many more wait, and how long.
        running: How many have one at once, if not as many as the limits say.
    """

    def __init__(self, limits: Limits, running: int | None = None) -> None:
        self.limits, self.running = limits, running or limits.running
        self._free = asyncio.Semaphore(self.running)
        self._there = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it for as long as the context lasts.

        Raises:
            Busy: Too many wait already, or none came in time.
        """
        most = self.running + self.limits.waiting
        if self._there >= most:
            raise Busy(f"{most} run or wait already")
        self._there += 1
        try:
            await self._free_one()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._there -= 1

    async def _free_one(self) -> None:
        try:
            await asyncio.wait_for(self._free.acquire(), self.limits.patience)
        except TimeoutError:
            raise Busy(f"no turn after {self.limits.patience:g} s") from None


@dataclass(frozen=True, slots=True)
class Lanes:
    """Turns of several kinds, so that a flood of one does not stop the others.

    Attributes:
        anybody: Of queries that anybody may write.
        named: Of named queries.
        reports: Of reports on one release, which take seconds each.
        plans: Of plans, which may take minutes: one at a time.
    """

    anybody: Turns
    named: Turns
    reports: Turns
    plans: Turns

    @classmethod
    def of(cls, limits: Limits) -> Lanes:
        """Return lanes within some limits, which hold for each."""
        return cls(Turns(limits), Turns(limits), Turns(limits), Turns(limits, 1))
