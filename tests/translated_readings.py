"""What readers make of documents, as text that a person can hold against the document."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, BNode, Literal
from rdflib.term import Node

from osaid_graph.reading import Reading
from osaid_graph.vocab import CODE, DCAT3, OSAID

PREFIXES = {
    "osaid:": str(OSAID._NS),
    "code:": str(CODE),
    "dcterms:": str(DCTERMS),
    "rdf:": str(RDF),
    "rdfs:": str(RDFS),
    "prov:": str(PROV._NS),
    "foaf:": str(FOAF),
    "dcat:": str(DCAT3._NS),
}


def shown(term: Node) -> str:
    """Return a term in few words."""
    if isinstance(term, BNode):
        return "_:" + str(term)[:7]
    if isinstance(term, Literal):
        return repr(str(term))
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return prefix + str(term).removeprefix(namespace)
    return f"<{term}>"


def translated(reading: Reading) -> str:
    """Return the statements of a reading, then what was left unread and what was put right."""
    lines = [
        " | ".join(
            (
                str(each.line),
                each.field,
                " ".join(shown(term) for term in each.triple),
                *((str(each.graph),) if each.graph else ()),
            )
        )
        for each in reading.statements
    ]
    lines += [f"unread {each.line} | {each.field} | {each.count}" for each in reading.unread]
    lines += [f"repair {each.line} | {each.field} | {each.text}" for each in reading.repairs]
    lines += [f"unnamed {each.node} | {each.kind} | {each.title}" for each in reading.unnamed]
    return "\n".join(lines) + "\n"
