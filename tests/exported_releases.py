"""What the tests of exports of provenance export: the samples, and a release with activities, agents and odd names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import exported
from exported import ROOT, SAMPLES
from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from osaid_graph.graph.load import load
from osaid_graph.graph.release import Release
from osaid_graph.reading import Reading, Statement
from osaid_graph.vocab import DCAT3, OSAID
from osaid_graph.writers import writer
from osaid_graph.writers.material import Material

FIXTURES = ROOT / "tests" / "fixtures"
BOREALIS = ROOT / exported.BOREALIS
FAMILY = ROOT / exported.FAMILY
WORKSHOP = FIXTURES / "lineage" / "workshop.ttl"
EXPORTED = [*(ROOT / name for name in SAMPLES), WORKSHOP]


@cache
def release(path: Path) -> Release:
    """Return a release, which is read once."""
    return load([str(path)])


def material(path: Path) -> Material:
    """Return a release as writers take it, of which nothing is carried yet."""
    return Material(release(path))


@cache
def written(path: Path, name: str) -> tuple[Material, str]:
    """Return a release with what a format carried of it, and the document in that format."""
    ledger = material(path)
    document = writer(name).write(ledger)
    assert isinstance(document, str)
    return ledger, document


#: What names may hold that a format could take for its own, or a terminal or browser for a command.
HOSTILE = (
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


def hostile() -> Material:
    """Return a release whose titles and texts mean harm."""
    release = Release()
    statements = []
    for number, text in enumerate(HOSTILE):
        node = URIRef(f"https://hostile.example/{number}")
        values = {DCTERMS.title: text, OSAID.provenance: text, DCAT3.version: text, RDFS.comment: text}
        statements += [Statement((node, RDF.type, OSAID.Dataset), 1)]
        statements += [Statement((node, predicate, Literal(value)), 1) for predicate, value in values.items()]
        statements += [Statement((node, OSAID.location, URIRef(f"https://hostile.example/files/{number}")), 1)]
    release.add(Reading(tuple(statements)), "\x1b[31m<b>.ttl", b"", "turtle")
    return Material(release)
