"""What the tests of exports share: releases read and assessed once, golden files, and names that mean harm."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rdflib import DCTERMS, RDF, RDFS, BNode, Literal, URIRef

from osaid_graph.assessment.assess import Examination, examine
from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.model import Triple
from osaid_graph.reading import Reading, Statement
from osaid_graph.vocab import DCAT3, OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
GOLDEN = FIXTURES / "expected" / "exports"
DAY = datetime.date(2026, 11, 23)
BOREALIS = FIXTURES / "releases" / "borealis.yaml"
FAMILY = FIXTURES / "lineage" / "family.ttl"
HOSTILE = FIXTURES / "releases" / "hostile-names.ttl"
#: A release with activities, agents and odd names.
WORKSHOP = FIXTURES / "lineage" / "workshop.ttl"
RELEASES = tuple(sorted((ROOT / "data" / "releases").glob("*.yaml")))
#: Everything there is to export as a network, and as descriptions.
SAMPLES = (*RELEASES, BOREALIS, FAMILY, HOSTILE)
EXPORTED = (*SAMPLES, WORKSHOP)
#: What has one node that is assessed if nobody says which.
ASSESSED = (*RELEASES, BOREALIS, HOSTILE)

#: What names may hold that a format could take for its own, or a terminal, a browser or a spreadsheet for a command.
HOSTILE_NAMES = (
    "<script>alert(1)</script>",
    "\"]]>&'--\\",
    "two\nlines\r\nand a tab\t.",
    "\u202egnp.exe",
    "\x1b[31mred\x07\x7f",
    "\U0001f98a \U000e0041\U0010fffd",
    "=1+1",
    "javascript:alert(1)",
    "prov:type",
    "%% xsd:int",
    " spaces at both ends ",
    '"""',
    "\\",
    "{% raw %} ${x} {{x}}",
    "x" * 10_000,
)


@cache
def release(path: Path) -> Release:
    """Return what a file describes."""
    return load([str(path)])


@cache
def examination(path: Path, subject: str | None = None) -> Examination:
    """Return the assessment of what a file describes, on a fixed day."""
    return examine(release(path), subject=subject, today=DAY)


def material(path: Path, *, assessed: bool | None = None) -> Material:
    """Return a sample of which nothing is carried yet, assessed if it has one node that would be."""
    return Material(release(path), examination(path) if (path in ASSESSED if assessed is None else assessed) else None)


def described(text: str, folder: Path, *, assessed: bool = False) -> Material:
    """Return what Turtle says; the prefix of the ontology is ``o:``."""
    path = folder / "described.ttl"
    path.write_text(f"@prefix o: <https://w3id.org/osaid-graph/ont#> .\n{text}", "utf-8")
    found = load([str(path)])
    return Material(found, examine(found, today=DAY) if assessed else None)


@cache
def written(path: Path, name: str) -> tuple[Material, str]:
    """Return a release with what a format carried of it, and the document in that format; nothing is assessed."""
    ledger = material(path, assessed=False)
    document = writer(name).write(ledger)
    assert isinstance(document, str)
    return ledger, document


def hostile() -> Material:
    """Return a release whose titles and texts mean harm."""
    found = Release()
    statements = []
    for number, text in enumerate(HOSTILE_NAMES):
        node = URIRef(f"https://hostile.example/{number}")
        values = {DCTERMS.title: text, OSAID.provenance: text, DCAT3.version: text, RDFS.comment: text}
        statements += [Statement((node, RDF.type, OSAID.Dataset), 1)]
        statements += [Statement((node, predicate, Literal(value)), 1) for predicate, value in values.items()]
        statements += [Statement((node, OSAID.location, URIRef(f"https://hostile.example/files/{number}")), 1)]
    found.add(Reading(tuple(statements)), "\x1b[31m<b>.ttl", b"", "turtle")
    return Material(found)


def assert_golden(name: str, text: str) -> None:
    """Hold a text to the file of a name, byte for byte; ``OSAID_GRAPH_UPDATE_GOLDEN=1`` rewrites it."""
    path = GOLDEN / name
    if os.environ.get("OSAID_GRAPH_UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()


def unlabelled(triples: Iterable[Triple]) -> set[tuple[str, ...]]:
    """Return statements in words, a text as one line, as readers take it, and a blank node as what is said of it."""
    known = [
        (s, p, Literal(" ".join(o.split()), o.language, o.datatype) if isinstance(o, Literal) else o)
        for s, p, o in triples
    ]
    said: dict[BNode, str] = {}
    for node in {each[0] for each in known if isinstance(each[0], BNode)}:
        said[node] = "[" + ", ".join(sorted(f"{p.n3()} {o.n3()}" for s, p, o in known if s == node)) + "]"
    return {tuple(said.get(term, term.n3()) if isinstance(term, BNode) else term.n3() for term in t) for t in known}
