"""What the tests of exported bills of materials share: the descriptions they run over, and what is read back."""

from __future__ import annotations

import datetime
import os
from functools import cache
from pathlib import Path

from rdflib import URIRef

from osaid_graph.assessment.assess import Examination, examine
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.readers import reader
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
GOLDEN = FIXTURES / "expected" / "exports"
BOREALIS = FIXTURES / "releases" / "borealis.yaml"
JUDGED = FIXTURES / "releases" / "borealis-judged.yaml"
FAMILY = FIXTURES / "lineage" / "family.ttl"
#: Every shipped release, a clean one, one that judges itself, and a family of models.
INPUTS = [
    *sorted((ROOT / "data" / "releases").glob("*.yaml")),
    *(BOREALIS, JUDGED, FIXTURES / "releases" / "minimal.yaml", FAMILY),
]
DAY = datetime.date(2026, 11, 23)
TURTLE = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://e.example/> .
"""


@cache
def release(path: Path) -> Release:
    """Return what a file describes."""
    return load([str(path)])


@cache
def examination(path: Path, subject: str | None = None) -> Examination:
    """Return the assessment of a file on a fixed day."""
    return examine(release(path), subject=subject, today=DAY)


def described(turtle: str) -> Material:
    """Return the material that a text in Turtle describes."""
    return Material(load(["described.ttl"], instead={Path("described.ttl").resolve(): (TURTLE + turtle).encode()}))


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


def check_golden(name: str, document: str) -> None:
    """Hold a document to a golden file, which ``OSAID_GRAPH_UPDATE_GOLDEN=1`` rewrites."""
    golden = GOLDEN / name
    if os.environ.get("OSAID_GRAPH_UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(document, "utf-8")
    assert document == golden.read_text("utf-8")


def _local(predicate: URIRef) -> str:
    return predicate.rpartition("#")[2].rpartition("/")[2]
