"""The commands of the command line, and the examples in their help."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from osaid_graph.cli import Commands, cli

PROGRAM = "osaid-graph"
_ONE = re.compile(r"^Example: (.+)$", re.MULTILINE)


def commands(command: click.Command = cli, path: str = PROGRAM) -> Iterator[tuple[str, click.Command]]:
    """Yield every command by what is typed for it, groups before what is in them."""
    yield path, command
    if isinstance(command, Commands):
        for name in command.modules:
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from commands(found, f"{path} {name}")


def examples(command: click.Command) -> list[str]:
    """Return the examples at the end of the help of a command; lines that end in a backslash go on."""
    epilog = (command.epilog or "").replace("\\\n", " ")
    indented = (line.strip() for line in epilog.splitlines() if line.startswith("  "))
    return [*_ONE.findall(epilog), *(line for line in indented if line.startswith(PROGRAM))]
