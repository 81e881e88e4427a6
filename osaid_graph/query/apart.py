"""Work of the engine on a thread of its own: deep enough for what it nests, and left behind when its time is over.

The engine is compiled: it can neither be stopped in the middle of a step nor survive the end of its stack, which on a
thread is as small as half a megabyte on some systems.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

#: Bytes. What :func:`osaid_graph.query.gate.checked` lets pass needs less than a tenth.
_STACK: Final = 64 * 1024 * 1024


class Apart(threading.Thread):
    """Work that somebody waits for. A daemon, so that Python does not wait for it at the end."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(name="query", daemon=True)
        self._work = work
        self._done = threading.Event()
        self._error: BaseException | None = None

    def run(self) -> None:
        """Do the work; called by the thread."""
        try:
            self._work()
        except BaseException as error:  # a panic of the engine is no Exception; raised again in the thread that waits
            self._error = error
        self._done.set()

    def finished(self, seconds: float | None) -> bool:
        """Start, wait, and tell whether the work was done in time; None waits for ever. Raises what the work raised."""
        before = threading.stack_size(_STACK)
        try:
            self.start()
        finally:
            threading.stack_size(before)
        if seconds is not None and seconds > threading.TIMEOUT_MAX:
            seconds = None  # longer than the system can count
        if not self._done.wait(seconds):
            return False
        if self._error is not None:
            raise self._error
        return True
