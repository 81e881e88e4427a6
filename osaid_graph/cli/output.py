"""What the commands share: colour, and output that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import click

from osaid_graph.errors import UsageError


def use_color(choice: str) -> bool:
    """Return whether to colour standard output: as asked, else NO_COLOR, FORCE_COLOR, else whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())


#: Characters of a name that is too long for a file that a message shows.
_LONG = 80


def check_output(output: str | None, inputs: Iterable[str]) -> None:
    """Refuse to write over what was read.

    Raises:
        UsageError: ``output`` is one of ``inputs``, empty, or no name that a file can have.
    """
    if output == "":
        raise UsageError("an empty name of a file to write", "name a file with --output, or leave the option out")
    if output is not None and output != "-" and real(output) in {real_if_any(source) for source in inputs}:
        raise UsageError(f"{output}: is an input", "choose another place with --output")


def real(name: str) -> Path:
    """Return where a name leads, be there a file or not.

    Raises:
        UsageError: It leads nowhere: a circle of links, or a name that no file can have.
    """
    path = Path(name)
    try:
        path.exists()
        return path.resolve()
    except RuntimeError:
        raise UsageError(f"{name}: a link that leads back to itself", "name a file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{name if len(name) < _LONG else name[:_LONG] + '...'}: {why}", "name a file") from None


def real_if_any(name: str) -> Path | None:
    """Return where the name of an input leads; None where that is nowhere, which whoever reads it tells."""
    try:
        return real(name)
    except UsageError:
        return None


def is_stream(output: str) -> bool:
    """Tell whether a name is that of something to write into that is no file to be replaced: a pipe or a device."""
    try:
        mode = Path(output).stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write(content: str | bytes, output: str | None, option: str = "--output") -> None:
    """Write a result to a file, replaced only once it is complete, or to standard output (None or ``-``).

    A file that is there keeps its permissions; a link stays one, and what it leads to is replaced. A pipe or a device
    is written into, and so is standard output under a name of its own, such as ``/dev/stdout``.

    Args:
        content: What to write, as it is: no line end is changed. A text is written in UTF-8.
        output: The file.
        option: The option that names another file, for the hint.

    Raises:
        UsageError: The file cannot be written, or bytes would go to a terminal.
    """
    if output is None or output == "-" or _is_standard_output(output):
        if sys.stdout is None:
            raise UsageError("standard output is closed", f"write to a file with {option}")
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise UsageError("this is no text for a terminal", f"write to a file with {option}, or into a pipe")
        click.echo(content, nl=False, color=True)
        return
    data = content.encode() if isinstance(content, str) else content
    try:
        if is_stream(output):
            with Path(output).open("wb") as file:
                file.write(data)
        else:
            _replace(Path(output).resolve(), lambda file: file.write(data))
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        raise _unwritable(output, error, option) from None


def write_by(fill: Callable[[BinaryIO], object], output: str) -> None:
    """Write a result that is too large to hold into a file, which is replaced once it is complete.

    Args:
        fill: Writes it.
        output: The file; a pipe or a device is written into.

    Raises:
        UsageError: The file cannot be written.
    """
    try:
        if is_stream(output):
            with Path(output).open("wb") as file:
                fill(file)
        else:
            _replace(Path(output).resolve(), fill)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links
        raise _unwritable(output, error, "--output") from None


def _unwritable(output: str, error: Exception, option: str) -> UsageError:
    why = getattr(error, "strerror", None) or "a link that leads back to itself"
    return UsageError(f"{output}: cannot be written: {why}", f"choose another place with {option}")


def _is_standard_output(output: str) -> bool:
    try:
        return os.path.samestat(Path(output).stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # nothing has that name, or standard output is none of the system
        return False


def _replace(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Put a file in the place of another once it is complete; nothing is left behind where that fails."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    whole = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
        whole.chmod(mode)
        whole.replace(target)
    except OSError:
        whole.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def color_option(function: Any) -> Any:
    """Add ``--color`` to a command."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colour the text; auto follows NO_COLOR, FORCE_COLOR and the terminal.",
    )(function)


def report_option(*formats: str, more: str = "") -> Callable[[Any], Any]:
    """Return a decorator that adds ``--format`` to a command that reports; ``more`` ends its help."""
    return click.option(
        "--format",
        "-F",
        "report",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=f"Report format; {more}." if more else "Report format.",
    )


def output_option(function: Any) -> Any:
    """Add ``--output`` to a command."""
    return click.option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead of standard output; whole or not at all.",
    )(function)
