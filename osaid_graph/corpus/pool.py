"""Processes that work side by side: what waits for them is bounded, and they end with whoever started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from osaid_graph.errors import InputError

_Result = TypeVar("_Result")
#: A function and what it is called with.
Job = tuple[Callable[..., _Result], tuple[Any, ...]]


class ProcessEnded(InputError):
    """A process was ended by something else: a person, or a system without memory."""


class Pool(Protocol):
    """Runs jobs."""

    def results(self, jobs: Iterable[Job[_Result]]) -> Iterator[_Result]:
        """Yield what each job returns, in the order they end in; some are taken before the first has ended."""


class Alone:
    """Runs jobs one after the other in this process."""

    def results(self, jobs: Iterable[Job[_Result]]) -> Iterator[_Result]:
        """Yield what each job returns."""
        for function, arguments in jobs:
            yield function(*arguments)


class Processes:
    """Runs jobs in several processes."""

    def __init__(self, executor: ProcessPoolExecutor, number: int) -> None:
        self._executor, self._number = executor, number

    def results(self, jobs: Iterable[Job[_Result]]) -> Iterator[_Result]:
        """Yield what each job returns, in the order they end in.

        Raises:
            ProcessEnded: A process was ended by something else.
        """
        running: set[Future[_Result]] = set()
        try:
            for function, arguments in jobs:
                running.add(self._executor.submit(function, *arguments))
                while len(running) > 2 * self._number:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (each.result() for each in done)
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        except BrokenProcessPool:
            hint = "give --jobs 1 if memory is short; a script that builds has to start below if __name__ == '__main__'"
            raise ProcessEnded("a process that was reading was ended from outside", hint) from None
        except InputError:  # of whoever gives the jobs
            wait(running)
            raise


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # a system that does not tell
        return os.cpu_count() or 1


@contextmanager
def processes(number: int) -> Iterator[Pool]:
    """Start so many processes, and end them; one is this process itself."""
    if number < 2:
        yield Alone()
        return
    executor = ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        yield Processes(executor, number)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in list((executor._processes or {}).values()):
            process.terminate()
        raise
    executor.shutdown()


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
