"""The command line. Only this package prints, exits and reads options; ``--help`` imports nothing but click."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import cast

import click

from osaid_graph import __version__
from osaid_graph.errors import OsaidError, printable

_COMMANDS = {
    "check": "osaid_graph.cli.check",
    "explain": "osaid_graph.cli.explain",
    "diff": "osaid_graph.cli.diff",
    "judge": "osaid_graph.cli.judge",
    "init": "osaid_graph.cli.init",
}

_EPILOG = """\b
Exit codes, the same for every format:
  0   no requirement is not met or not evidenced
  1   gaps were found
  2   wrong usage
  3   an input cannot be read, or holds nothing to assess
  70  a fault of this program
"""


class _Commands(click.Group):
    """Imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return cast(click.Command, import_module(_COMMANDS[cmd_name]).command)


@click.group(
    cls=_Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="osaid-graph")
@click.option("--traceback", is_flag=True, help="Show the Python traceback of a fault of this program.")
def cli(traceback: bool) -> None:
    """Assess AI releases against the Open Source AI Definition, and trace every gap through the data lineage."""


def main() -> None:
    """Run the command line and exit; the one place where errors become messages and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(standalone_mode=False, prog_name="osaid-graph")
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except OsaidError as error:
        click.echo(f"{click.style('error', fg='red', bold=True)}: {printable(str(error))}", err=True)
        if error.hint:
            click.echo(f"{click.style('help', fg='green', bold=True)}: {printable(error.hint)}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # a fault of this program must not look like a gap in a release
        if "--traceback" in sys.argv:
            raise
        click.echo(f"error: a fault of osaid-graph: {type(error).__name__}: {error}", err=True)
        click.echo(
            "help: please report it with the output of the same command after osaid-graph --traceback",
            err=True,
        )
        code = 70
    sys.exit(code if isinstance(code, int) else 0)
