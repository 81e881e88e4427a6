"""Work of the engine on a thread of its own: deep enough for what it nests, and left behind when its time is over.

The engine is compiled: it can neither be stopped in the middle of a step nor survive the end of its stack, which on a
thread is as small as half a megabyte on some systems.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from typing import Final

#: Bytes. What :func:`osaid_graph.query.gate.checked` lets pass needs less than a tenth.
_STACK: Final = 64 * 1024 * 1024
#: Seconds between two looks at what the work takes.
_PERIOD: Final = 0.05


class Apart(threading.Thread):
    """Work that somebody waits for. A daemon, so that Python does not wait for it at the end."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(name="osaid-graph query", daemon=True)  # the name by which the command line knows it
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

    def finished(self, seconds: float | None, watch: Callable[[], None] | None = None) -> bool:
        """Start, wait, and tell whether the work was done in time; None waits for ever. Raises what the work raised.

        Args:
            seconds: How long to wait.
            watch: Called again and again meanwhile; what it raises ends the waiting.
        """
        before = threading.stack_size(_STACK)
        try:
            self.start()
        finally:
            threading.stack_size(before)
        if seconds is not None and seconds > threading.TIMEOUT_MAX:
            seconds = None  # longer than the system can count
        if not (self._done.wait(seconds) if watch is None else self._watched(seconds, watch)):
            return False
        if self._error is not None:
            raise self._error
        return True

    def _watched(self, seconds: float | None, watch: Callable[[], None]) -> bool:
        end = math.inf if seconds is None else time.monotonic() + seconds
        while not self._done.wait(max(0.0, min(_PERIOD, end - time.monotonic()))):
            if time.monotonic() >= end:
                return False
            watch()
        return True
