"""How much memory this process takes, so that a query is left before it takes all there is."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from mmap import PAGESIZE
from pathlib import Path
from typing import Final

from osaid_graph.errors import UsageError

_STATM: Final = Path("/proc/self/statm")


def resident() -> int:
    """Return the bytes of memory that this process takes; where the system only tells the most it ever took, that.

    Raises:
        UsageError: The system tells neither.
    """
    with suppress(OSError, ValueError, IndexError):
        return int(_STATM.read_text("ascii").split()[1]) * PAGESIZE
    try:
        usage = import_module("resource")
    except ImportError:
        raise UsageError("this system does not tell how much memory a process takes", "give --memory 0") from None
    return int(usage.getrusage(usage.RUSAGE_SELF).ru_maxrss)  # in bytes on macOS, the one that has no /proc
