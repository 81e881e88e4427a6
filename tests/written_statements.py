"""Statements of a reading as lines that a person can read and a file beside a fixture can hold."""

from __future__ import annotations

from rdflib import Literal
from rdflib.term import Node

from osaid_graph.reading import Reading

PREFIXES = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/ns/dcat#": "dcat:",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://xmlns.com/foaf/0.1/": "foaf:",
    "https://w3id.org/osaid-graph/ont#": "osaid:",
    "https://w3id.org/osaid-graph/code#": "code:",
    "https://huggingface.co/": "hub:",
}


def short(node: Node) -> str:
    """Return a node with its namespace as a prefix."""
    text = str(node)
    for namespace, prefix in PREFIXES.items():
        if not isinstance(node, Literal) and text.startswith(namespace):
            return prefix + text.removeprefix(namespace)
    return node.n3()


def written(reading: Reading) -> list[str]:
    """Return every statement with its line, its field and who says it."""
    return [
        f"{each.line} {each.field} | {' '.join(map(short, each.triple))} | {each.source.url if each.source else ''}"
        for each in reading.statements
    ]


def plain(reading: Reading) -> set[str]:
    """Return the statements alone."""
    return {" ".join(map(short, each.triple)) for each in reading.statements}
