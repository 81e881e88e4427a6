"""``shacl`` of PyPI: an engine written in Rust. It reads and validates in one call."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from prepared_data import TRIPLES

from validators import Results, results

PACKAGE = "shacl"
#: A shape that looks at nothing: validating with it is reading.
NOTHING: Final = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:x:nothing> a sh:NodeShape ; sh:nodeKind sh:IRI ."


def load(data: Path, shapes: Path) -> Callable[[], Results]:
    """Read the shapes, and return what reads the data and validates."""
    compiled = import_module("shacl").Shapes.from_file(str(shapes))

    def validate() -> Results:
        report = compiled.validate_file(str(data / TRIPLES))
        return results((each.source_shape, each.focus_node, each.value) for each in report.results)

    return validate


def loading(data: Path) -> float:
    """Return how long reading the data takes, in seconds."""
    nothing = import_module("shacl").Shapes.from_turtle(NOTHING)
    started = time.perf_counter()
    nothing.validate_file(str(data / TRIPLES))
    return time.perf_counter() - started
