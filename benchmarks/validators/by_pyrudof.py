"""pyrudof: rudof, written in Rust."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from prepared_data import TRIPLES

from validators import Results, results

PACKAGE = "pyrudof"


def load(data: Path, shapes: Path) -> Callable[[], Results]:
    """Read data and shapes, and return what validates."""
    pyrudof = import_module("pyrudof")
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data / TRIPLES, format=pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(shapes)

    def validate() -> Results:
        return results((each.source_shape, each.focus_node, each.value) for each in rudof.validate_shacl())

    return validate
