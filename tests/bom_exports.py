"""What the tests of exported bills of materials share: the descriptions they run over, and what is read back."""

from __future__ import annotations

from pathlib import Path

from exported import BOREALIS, FAMILY, FIXTURES, RELEASES
from rdflib import URIRef
from turtle_prefixes import PREFIXES

from osaid_graph.graph.load import load
from osaid_graph.model import Triple
from osaid_graph.readers import reader
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

JUDGED = FIXTURES / "releases" / "borealis-judged.yaml"
#: Every shipped release, a clean one, one that judges itself, and a family of models.
INPUTS = [
    *RELEASES,
    *(BOREALIS, JUDGED, FIXTURES / "releases" / "minimal.yaml", FAMILY),
]
_PREFIXES = f"{PREFIXES}@prefix : <https://e.example/> .\n"


def described(turtle: str) -> Material:
    """Return the material that a text in Turtle describes."""
    return Material(load(["described.ttl"], instead={Path("described.ttl").resolve(): (_PREFIXES + turtle).encode()}))


def written(name: str, material: Material) -> str:
    """Return a document in a format."""
    document = writer(name).write(material)
    assert isinstance(document, str)
    return document


def read_back(name: str, document: str) -> set[Triple]:
    """Return what the reader of a format makes of a document, which it mends nothing in."""
    reading = reader(name.partition("-")[0]).read(document.encode(), "document")
    assert reading.repairs == ()
    assert reading.unnamed == ()
    return {statement.triple for statement in reading.statements}


def losses(material: Material) -> dict[str, int]:
    """Return how many statements of each property a format could not carry, with what was carried in their place."""
    return {" as ".join(filter(None, (_local(loss.predicate), loss.kept))): loss.count for loss in material.losses()}


def _local(predicate: URIRef) -> str:
    return predicate.rpartition("#")[2].rpartition("/")[2]
