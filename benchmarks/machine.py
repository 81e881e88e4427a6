"""What a measurement depends on, in words; and commands that are watched: their memory, and limits to what they take.

Memory is what Linux tells in ``/proc``; elsewhere none is seen, and no limit of it holds.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

GIB: Final = 1 << 30
_PROC: Final = Path("/proc")
#: How often a process is looked at, in seconds.
_EVERY: Final = 0.02


def setting(packages: Iterable[str]) -> str:
    """Return the command, the day, the machine and the versions of packages, in a line."""
    versions = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package} not installed")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return (
        f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()}; {', '.join(versions)}; {os.getloadavg()[0]:.1f} processes waited before."
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended.

    Attributes:
        seconds: How long it took.
        peak: The most memory that it and its children were seen to hold together, in bytes.
        code: Its exit code.
        limit: Which limit ended it; empty where none did.
    """

    seconds: float
    peak: int
    code: int
    limit: str = ""


def watched(arguments: list[str], output: Path, seconds: float = float("inf"), memory: int = sys.maxsize) -> Ran:
    """Run a command to its end or to a limit.

    Args:
        arguments: The command.
        output: Gets what it writes to standard output and standard error.
        seconds: The most it may take.
        memory: The most that it and its children may hold, in bytes.
    """
    limit, peak = "", 0
    started = time.perf_counter()
    with output.open("wb") as file:
        process = subprocess.Popen(arguments, stdout=file, stderr=subprocess.STDOUT)
        while process.poll() is None and not limit:
            taken = held(process.pid)
            peak = max(peak, taken)
            if time.perf_counter() - started > seconds:
                limit = f"out of time ({seconds:g} s)"
            elif taken > memory:
                limit = f"out of memory ({memory / GIB:.0f} GiB)"
            time.sleep(_EVERY)
        if limit:
            for pid in [*_tree(process.pid)][1:]:
                with suppress(ProcessLookupError):  # it has ended
                    os.kill(pid, 9)
            process.kill()
        code = process.wait()
    return Ran(time.perf_counter() - started, peak, code, limit)


def held(pid: int) -> int:
    """Return the bytes of memory that a process and all that it started hold together."""
    return sum(map(_held, _tree(pid)))


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and all that it started and that still run, each after the one that started it."""
    yield pid
    for children in _PROC.glob(f"{pid}/task/*/children"):
        for child in _read(children).split():
            yield from _tree(int(child))


def _held(pid: int) -> int:
    lines = _read(_PROC / str(pid) / "status").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ProcessLookupError):  # it has ended
        return ""


def _processor() -> str:
    for line in _read(_PROC / "cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
