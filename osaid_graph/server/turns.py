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
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it for as long as the context lasts.

        Raises:
            Busy: Too many wait already, or none came in time.
        """
        limits = self.limits
        if self._free.locked() and self._waiting >= limits.waiting:
            raise Busy(f"{self.running + limits.waiting} run or wait already")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), limits.patience)
        except TimeoutError:
            raise Busy(f"no turn after {limits.patience:g} s") from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


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
