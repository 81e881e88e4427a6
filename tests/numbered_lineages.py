"""Lineages for tests: drawn from numbers, by hypothesis, and the family of ``tests/fixtures/lineage``."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from osaid_graph.assessment.assess import prepare
from osaid_graph.graph.load import load_apart
from osaid_graph.lineage.artifacts import lineage_of
from osaid_graph.lineage.index import CLASSES, NO_DAY, Adjacency, Columns, Lineage, properties
from osaid_graph.vocab import OSAID

FAMILY = Path(__file__).parent / "fixtures" / "lineage" / "family.ttl"
HUB = "https://huggingface.co/"
#: Numbers of properties.
TRAINED, VALIDATED, EVALUATED, DERIVED, TUNED, SUBSET = (
    properties().index(prop)
    for prop in (
        OSAID.trainedOn,
        OSAID.validatedOn,
        OSAID.evaluatedOn,
        OSAID.derivedFrom,
        OSAID.fineTunedFrom,
        OSAID.subsetOf,
    )
)
MODEL, DATASET = CLASSES.index(OSAID.Model), CLASSES.index(OSAID.Dataset)
Drawn = frozenset[tuple[int, int, int]]


@cache
def family() -> Lineage:
    """Return the lineage of the family."""
    return read(FAMILY)


def read(*paths: Path) -> Lineage:
    """Return the lineage of what some files describe together."""
    release, dumps = load_apart([str(path) for path in paths])
    return lineage_of(prepare(release), release, dumps)


def m(name: str) -> str:
    """Return the IRI of a model of the family."""
    return f"{HUB}acme/{name}"


def d(name: str) -> str:
    """Return the IRI of a dataset of the family."""
    return f"{HUB}datasets/acme/{name}"


def short(iri: str) -> str:
    """Return an IRI of the family by its last part."""
    return iri.removeprefix(HUB).removeprefix("datasets/").removeprefix("acme/").removeprefix("urn:osaid:name:")


def numbered(
    arrows: Iterable[tuple[int, int, int]],
    size: int = 8,
    *,
    classes: Iterable[int] | None = None,
    described: Iterable[int] | None = None,
    issued: Iterable[int] | None = None,
    licenses: Mapping[int, tuple[str, ...]] | None = None,
    withdrawn: Mapping[int, str] | None = None,
) -> Lineage:
    """Return a lineage of models named ``urn:0``, ``urn:1``, ... with edges (made, made from, property)."""
    columns = Columns(
        iris=tuple(f"urn:{number}" for number in range(size)),
        classes=bytes(classes if classes is not None else [MODEL] * size),
        described=bytes(described if described is not None else [1] * size),
        issued=array("i", issued if issued is not None else [NO_DAY] * size),
        licenses=dict(licenses or {}),
        withdrawn=dict(withdrawn or {}),
    )
    return Lineage(columns, Adjacency.of(size, sorted(set(arrows))))


def arrows(size: int = 8, kinds: tuple[int, ...] = (TRAINED, TUNED, EVALUATED)) -> st.SearchStrategy[Drawn]:
    """Draw edges between ``range(size)``: circles, self-loops and several kinds between the same two occur."""
    number = st.integers(0, size - 1)
    return st.frozensets(st.tuples(number, number, st.sampled_from(kinds)), max_size=3 * size)


def known(lineage: Lineage) -> dict[str, Any]:
    """Return all that is known of a lineage, by what it is, to be compared."""
    columns = lineage.columns
    return {
        **{name: list(getattr(columns, name)) for name in ("iris", "classes", "described", "issued")},
        **{name: dict(getattr(columns, name)) for name in ("licenses", "withdrawn", "labels", "versions", "aliases")},
        "edges": list(lineage.arrows()),
        "turned": [list(lineage.down.ends(number)) for number in range(len(lineage))],
        "said": [lineage.sources(at) for at in range(len(lineage.up))],
        "numbers": dict(lineage.numbers),
    }
