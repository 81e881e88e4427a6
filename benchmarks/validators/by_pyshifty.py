"""pyshifty: shifty, written in Rust. It reads and validates in one call.

Of its two kinds of answer the one that is no graph is asked for, which takes a quarter of the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from prepared_data import TRIPLES

from validators import Results, results
from validators.by_shacl import NOTHING

PACKAGE = "pyshifty"


def load(data: Path, shapes: Path) -> Callable[[], Results]:
    """Read the shapes, and return what reads the data and validates."""
    prepared = import_module("shifty").PreparedValidator(shapes)

    def found() -> Iterator[tuple[str, str, str]]:
        for each in _validated(prepared, data):
            yield from ((each.shape_name, each.focus_node, reason.value) for reason in each.reasons)

    return lambda: results(found())


def loading(data: Path) -> float:
    """Return how long reading the data takes, in seconds."""
    nothing = import_module("shifty").PreparedValidator(NOTHING)
    started = time.perf_counter()
    _validated(nothing, data)
    return time.perf_counter() - started


def _validated(prepared: Any, data: Path) -> Any:
    return prepared.validate_algebra(data / TRIPLES, infer=False, sort_results=False).violations
