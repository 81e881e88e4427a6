"""Which statements of judgements the declarations of a document carry."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Judgement
from osaid_graph.vocab import OSAID, token
from osaid_graph.writers.material import Material

#: What an attestation, its claim and its evidence say of a judgement.
_SAID = (
    *(RDF.type, OSAID.judges, OSAID.outcome, OSAID.subject, OSAID.definition, OSAID.independent, OSAID.evidence),
    *(DCTERMS.date, RDFS.comment, PROV.wasAttributedTo),
)
_OF_REVIEWERS = (RDF.type, FOAF.name, OSAID.affiliation)
_OF_EVIDENCE = (OSAID.retrieved, OSAID.sha256)

_Key = tuple[str, str, str, str]


def carry_judgements(material: Material) -> None:
    """Enter as carried what the judgements that count in the assessment of a material say."""
    if material.examination is None:
        return
    results = material.examination.assessment.results
    counted = {_key(judgement) for result in results for judgement in result.judgements if judgement.counted}
    for node in material.nodes(OSAID.Judgement):
        if _stated(material, node) not in counted:
            continue
        for predicate in _SAID:
            for value in material.take(node, predicate):
                inner = {PROV.wasAttributedTo: _OF_REVIEWERS, OSAID.evidence: _OF_EVIDENCE}.get(predicate, ())
                if isinstance(value, IdentifiedNode):
                    for key in inner:
                        material.take(value, key)


def _key(judgement: Judgement) -> _Key:
    return judgement.requirement, judgement.outcome, judgement.date, judgement.reason


def _stated(material: Material, node: IdentifiedNode) -> _Key:
    return (
        _one(material, node, OSAID.judges),
        _one(material, node, OSAID.outcome),
        _one(material, node, DCTERMS.date),
        _one(material, node, RDFS.comment),
    )


def _one(material: Material, node: IdentifiedNode, predicate: URIRef) -> str:
    values = material.peek(node, predicate)
    return next((token(value) if isinstance(value, URIRef) else str(value) for value in values), "")
