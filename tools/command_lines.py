"""The commands of the command line as its help has them, for pages that are made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import click

from osaid_graph.cli import Commands, cli

PROGRAM = "osaid-graph"
_ONE = re.compile(r"^Example: (.+)$", re.MULTILINE)
_CODE = re.compile(r"^  (\d+) +(.+(?:\n {7}.+)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what is typed for it, how it is used, what it does, its options, commands and examples.

    Attributes:
        path: ``osaid-graph corpus build``.
        usage: What stands behind that.
        summary: A sentence.
        paragraphs: What the help says of it.
        options: How each is written, and what it does.
        commands: Those of a group, each with its summary.
        examples: Command lines; one that goes on in the next line has a backslash and a line break.
        note: What stands below the examples.
    """

    path: str
    usage: str
    summary: str
    paragraphs: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]
    note: str


def commands(command: click.Command = cli, path: str = PROGRAM) -> Iterator[tuple[str, click.Command]]:
    """Yield every command by what is typed for it, groups before what is in them."""
    yield path, command
    for name, found in _inside(command):
        yield from commands(found, f"{path} {name}")


def examples(command: click.Command) -> list[str]:
    """Return the examples at the end of the help of a command, each in one line."""
    return [re.sub(r" \\\n *", " ", example) for example in _examples(command)]


def exit_codes() -> list[tuple[str, str]]:
    """Return the exit codes and what each tells."""
    return [(code, " ".join(words.split())) for code, words in _CODE.findall(cli.epilog or "")]


def described() -> tuple[Command, ...]:
    """Return all commands, groups before what is in them."""
    return tuple(_described(path, command) for path, command in commands())


def _described(path: str, command: click.Command) -> Command:
    context = click.Context(command, info_name=path)
    paragraphs = tuple(" ".join(each.split()) for each in (command.help or "").split("\n\n"))
    options = [*(each for each in command.params if isinstance(each, click.Option)), _help()]
    records = [each.get_help_record(context) for each in options]
    summary = paragraphs[0] if path == PROGRAM else command.get_short_help_str(200)
    plain = [line for line in (command.epilog or "").splitlines() if line and line[0] not in " \b"]
    note = "\n".join(line for line in plain if not re.match(r"Examples?:|Exit codes", line))
    return Command(
        path,
        " ".join(command.collect_usage_pieces(context)),
        summary.rstrip("."),
        paragraphs,
        tuple(record for record in records if record is not None),
        tuple((name, found.get_short_help_str(200)) for name, found in _inside(command)),
        tuple(_examples(command)),
        note,
    )


def _help() -> click.Option:
    """Return ``--help`` as the program has it: a command keeps the one that it was first run with, also on its own."""
    (found,) = (each for each in cli.get_params(click.Context(cli, **cli.context_settings)) if "--help" in each.opts)
    return cast(click.Option, found)


def _inside(command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, Commands):
        for name in command.modules:
            found = command.get_command(click.Context(command), name)
            if found is not None:
                yield name, found


def _examples(command: click.Command) -> list[str]:
    """Return the examples of a command as they are written, without what they are indented by."""
    epilog = command.epilog or ""
    found: list[str] = list(_ONE.findall(epilog))
    goes_on = False
    for line in epilog.splitlines():
        if line.startswith("  ") and goes_on:
            found[-1] += f"\n{line[2:]}"
        elif line.startswith(f"  {PROGRAM}"):
            found.append(line[2:])
        goes_on = line.endswith("\\")
    return found
