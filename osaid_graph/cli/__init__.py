"""The command line. Only this package prints, exits and reads options; ``--help`` imports nothing but click."""

from __future__ import annotations

import difflib
import errno
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import ClassVar, NoReturn, cast

import click

from osaid_graph import __version__
from osaid_graph.errors import OsaidError, UsageError, printable

_COMMANDS = {
    "check": "osaid_graph.cli.check",
    "explain": "osaid_graph.cli.explain",
    "diff": "osaid_graph.cli.diff",
    "lineage": "osaid_graph.cli.lineage",
    "impact": "osaid_graph.cli.impact",
    "plan": "osaid_graph.cli.plan",
    "what-if": "osaid_graph.cli.what_if",
    "manifest": "osaid_graph.cli.manifest",
    "query": "osaid_graph.cli.query",
    "analyze": "osaid_graph.cli.analyze",
    "export": "osaid_graph.cli.export",
    "corpus": "osaid_graph.cli.corpus",
    "serve": "osaid_graph.cli.serve",
    "judge": "osaid_graph.cli.judge",
    "init": "osaid_graph.cli.init",
    "completion": "osaid_graph.cli.completion",
}

_EPILOG = """\b
Examples:
  osaid-graph check data/releases/bloom-176b.yaml
  osaid-graph explain params-terms
  osaid-graph init --id acme/atlas-7b

\b
Exit codes, the same for every format:
  0    no gaps were found; diff, what-if: no requirement that binds came out worse;
       judge, init, export, plan: written, whatever gaps are left; lineage, impact,
       query, analyze: answered
  1    gaps were found; diff, what-if: a requirement that binds came out worse;
       manifest: rows do not say where to obtain what they list
  2    wrong usage, an output that cannot be written, or a query that took
       longer than it was given
  3    an input cannot be read, or holds nothing to assess
  70   a fault of this program
  130  left by Ctrl-C, or at the end of the answers; nothing was written
"""


#: Libraries that only some commands need, and the extra that brings them.
EXTRAS: Mapping[str, str] = {
    "duckdb": "corpus",
    "filelock": "corpus",
    "numpy": "corpus",
    "pandas": "tables",
    "pyarrow": "corpus",
    "pyspark": "spark",
    "sqlglot": "corpus",
    "starlette": "serve",
    "uvicorn": "serve",
}


#: What click raises to show the help where no command is given; versions before 8.2 show it themselves.
_HELP: tuple[type[click.ClickException], ...] = tuple(
    filter(None, [getattr(click.exceptions, "NoArgsIsHelpError", None)])
)
#: What the system says of a stream that takes no more.
_CANNOT_BE_WRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", None))


#: What a command is given, as click keeps it.
_ARGUMENTS = "osaid_graph.arguments"


class Commands(click.Group):
    """Imports a command's module when the command is asked for; ``modules`` are those of the commands by name."""

    modules: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order that help shows them in."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None if there is none of that name."""
        if cmd_name not in self.modules:
            return None
        return cast(click.Command, import_module(self.modules[cmd_name]).command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for.

        Raises:
            UsageError: There is none of that name.
        """
        if args[0] not in self.modules and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0].casefold(), self.modules, n=1)
            hint = f"did you mean {near[0]}?" if near else f"commands: {', '.join(self.modules)}"
            raise UsageError(f"no command {args[0]!r}", hint)
        return super().resolve_command(ctx, args)


class _All(Commands):
    modules = _COMMANDS

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what a command is given, for :meth:`invoke`."""
        ctx.meta[_ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a fault that comes of a damaged corpus is told as that.

        Raises:
            InputError: A file of the corpus is damaged; it is named.
        """
        from osaid_graph.cli.damage import told_of_damage

        with told_of_damage(ctx.meta[_ARGUMENTS], _is_told):
            return super().invoke(ctx)


@click.group(
    cls=_All,
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
    if "_OSAID_GRAPH_COMPLETE" in os.environ:
        from osaid_graph.cli.completing import register

        register()
    try:
        code = cli.main(standalone_mode=False, prog_name="osaid-graph")
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as error:  # told, with its exit code; --traceback shows it
        code = _told(error)
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> NoReturn:
    """End the process, at once where a query still runs: its thread cannot be stopped, and needs Python to be there."""
    if any(thread.name == "osaid-graph query" for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def _told(error: Exception) -> int:
    """Tell what went wrong, and return the exit code."""
    if isinstance(error, click.exceptions.Abort):
        return 130
    if isinstance(error, click.ClickException):
        if isinstance(error, _HELP):
            error.show()
        else:
            _tell(*_in_one_line(error))
        return 2
    if isinstance(error, ModuleNotFoundError) and (name := (error.name or "").partition(".")[0]) in EXTRAS:
        error = UsageError(f"this needs {name}", f"install it with: pip install 'osaid-graph[{EXTRAS[name]}]'")
    if isinstance(error, OsaidError):
        _tell(str(error), error.hint)
        return error.exit_code
    if isinstance(error, OSError) and _is_of_standard_output(error):
        _let_go_of_standard_output()
        if isinstance(error, BrokenPipeError):
            return 0
        _tell(f"standard output: cannot be written: {error.strerror}", "write to a file with --output")
        return 2
    if "--traceback" in sys.argv:  # a fault of this program must not look like a gap in a release
        raise error
    _tell(
        f"a fault of osaid-graph: {type(error).__name__}: {error}",
        "please report it with the output of the same command after osaid-graph --traceback",
    )
    return 70


def _is_told(error: Exception) -> bool:
    """Tell whether an error is no fault of this program."""
    if isinstance(error, ModuleNotFoundError):
        return (error.name or "").partition(".")[0] in EXTRAS
    if isinstance(error, OSError):
        return _is_of_standard_output(error)
    return isinstance(error, (OsaidError, click.ClickException, click.exceptions.Abort, click.exceptions.Exit))


def _in_one_line(error: click.ClickException) -> tuple[str, str]:
    """Return what click says is wrong in the form of every other error, and what to do."""
    context = getattr(error, "ctx", None)
    near = getattr(error, "possibilities", None)
    message = " ".join((error.message if near else error.format_message()).split()).rstrip(".")
    path = context.command_path if context else " ".join(["osaid-graph", *(a for a in sys.argv[1:2] if a in _COMMANDS)])
    more = f"{path} --help shows what there is"
    return message[:1].lower() + message[1:], f"did you mean {' or '.join(near)}? {more}" if near else more


def _tell(message: str, hint: str = "") -> None:
    """Say what is wrong in one line, and what to do in another."""
    click.echo(f"{click.style('error', fg='red', bold=True)}: {printable(message)}", err=True)
    if hint:
        click.echo(f"{click.style('help', fg='green', bold=True)}: {printable(hint)}", err=True)


def _is_of_standard_output(error: OSError) -> bool:
    """Tell whether an error is of writing to standard output: where a file is meant, its name is told."""
    return error.filename is None and error.errno in _CANNOT_BE_WRITTEN


def _let_go_of_standard_output() -> None:
    """Throw away what waits to be written, so that Python does not try it again at the exit."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
