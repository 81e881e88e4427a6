"""One writer at a time: a lock that the system lets go of when its holder ends, however that comes about."""

from __future__ import annotations

import datetime
import getpass
import json
import logging
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from osaid_graph.corpus.layout import HOLDER, LOCK
from osaid_graph.errors import InputError, UsageError

#: Told, once, whom a writer waits for.
LOGGER = logging.getLogger(__name__)


@contextmanager
def locked(folder: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of a corpus, which must be a folder.

    Args:
        folder: The corpus.
        wait: Seconds to wait for another writer. That it is waited for, and who that is, goes to :data:`LOGGER`.

    Raises:
        InputError: Another writer holds it, or the folder cannot be written to.
        UsageError: filelock is not installed.
    """
    filelock = _filelock()
    lock = filelock.FileLock(str(folder / LOCK))
    try:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            if wait <= 0:
                raise
            LOGGER.info("%s: waiting up to %g s for another process that writes it%s", folder, wait, _who(folder))
            lock.acquire(timeout=wait)
    except filelock.Timeout:
        hint = "wait for it to end, or give --wait SECONDS"
        raise InputError(f"another process writes this corpus{_who(folder)}", hint, source=str(folder)) from None
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be written to: {why}", "choose another folder", source=str(folder)) from None
    try:
        _sign(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _filelock() -> Any:
    try:
        return import_module("filelock")
    except ImportError:
        hint = "install it with: pip install 'osaid-graph[corpus]'"
        raise UsageError("a corpus needs filelock", hint) from None


def _sign(folder: Path) -> None:
    """Say who writes. That it is of use to nobody is no reason not to write."""
    since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a user id without a name
        user = ""
    holder = {"process": os.getpid(), "user": user, "host": platform.node(), "since": since}
    with suppress(OSError):
        (folder / HOLDER).write_text(json.dumps(holder), "utf-8")


def _who(folder: Path) -> str:
    """Return who writes, as far as that is known."""
    try:
        holder = json.loads((folder / HOLDER).read_text("utf-8"))
        user = f" of {holder['user']}" if holder["user"] else ""
        return f": process {holder['process']}{user} on {holder['host']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
