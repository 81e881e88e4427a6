"""Plans that are kept: worked out once for all who ask, whoever of them leaves, and again where that failed."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence

from osaid_graph.server.commands import COMMAND_LINE, Commands, Program
from osaid_graph.server.json_schema import plain
from osaid_graph.server.limits import Limits
from osaid_graph.server.planned import Plans
from osaid_graph.server.planner import Corner, Piece, Plan
from osaid_graph.server.pool import Reply
from osaid_graph.server.site import Site
from osaid_graph.server.turns import Turns

PIECE = Piece("https://example.org/d1", "example.org/d1", "license", "documentation", 1, 1, {"documentation": 1})
PLAN = Plan("statement", 1, 1, 1, (Corner(1, 1, 1.0, (PIECE,), 0),), 0)


class Slow(Commands):
    """Gives replies after a while, one after the other, and counts how often it was asked."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__(Limits())
        self.replies, self.asked, self.may = list(replies), 0, asyncio.Event()

    async def run(self, arguments: Sequence[str], media: str, turns: Turns, program: Program = COMMAND_LINE) -> Reply:
        self.asked += 1
        await self.may.wait()
        return self.replies.pop(0)


def worked_out() -> Reply:
    return Reply(json.dumps(plain(PLAN)).encode(), "application/json")


def test_a_plan_is_worked_out_once_for_all_who_ask_even_if_the_first_leaves(site: Site) -> None:
    async def run() -> None:
        commands = Slow(worked_out())
        plans = Plans(site, commands, Turns(commands.limits))
        first = asyncio.create_task(plans.plan("statement", 60))
        others = [asyncio.create_task(plans.plan("statement", 60)) for _ in range(3)]
        assert await plans.plan("statement", 0) is None
        first.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await first
        commands.may.set()
        found = [await each for each in others]
        assert all(isinstance(each, Plan) and each.corners[0].pieces[0].label == "D1" for each in found)
        assert await plans.plan("statement", 0) is found[0] and commands.asked == 1

    asyncio.run(run())


def test_a_plan_that_all_have_left_is_kept_for_whoever_comes_next(site: Site) -> None:
    async def run() -> None:
        commands = Slow(worked_out())
        plans = Plans(site, commands, Turns(commands.limits))
        assert await plans.plan("statement", 0) is None
        commands.may.set()
        only = asyncio.create_task(plans.plan("statement", 60))
        for _ in range(3):  # the command has ended, and titles are looked up
            await asyncio.sleep(0)
        only.cancel()
        assert isinstance(await plans.plan("statement", 60), Plan) and commands.asked == 1

    asyncio.run(run())


def test_why_there_is_no_plan_is_told_to_all_who_wait_and_the_next_has_it_tried_again(site: Site) -> None:
    async def run() -> None:
        commands = Slow(Reply(error="timeout", message="stopped"), worked_out())
        plans = Plans(site, commands, Turns(commands.limits))
        waiting = [asyncio.create_task(plans.plan("statement", 60)) for _ in range(2)]
        await asyncio.sleep(0)
        commands.may.set()
        assert [await each for each in waiting] == [Reply(error="timeout", message="stopped")] * 2
        assert isinstance(await plans.plan("statement", 60), Plan) and commands.asked == 2

    asyncio.run(run())


def test_what_is_worked_out_is_given_up_when_the_server_stops(site: Site) -> None:
    async def run() -> None:
        commands = Slow()
        plans = Plans(site, commands, Turns(commands.limits))
        assert await plans.plan("statement", 0) is None
        await asyncio.wait_for(plans.close(), 20)
        assert {task for task in asyncio.all_tasks() if task is not asyncio.current_task()} == set()

    asyncio.run(run())
