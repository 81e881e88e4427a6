"""A version of the definition as a standard of CycloneDX, so that a declaration can name its requirements."""

from __future__ import annotations

from rdflib import SKOS, URIRef

from osaid_graph.graph.ontology import codelists
from osaid_graph.model import Definition, Requirement
from osaid_graph.vocab import CODE


def standard(definition: Definition) -> dict[str, object]:
    """Return a definition: a heading for each clause, below it the requirements.

    The parent of a requirement is the narrowest one of its clause that includes it, else the heading of the clause.
    """
    requirements = list(definition.requirements.values())
    clauses = list(dict.fromkeys(requirement.clause for requirement in requirements))
    listed: list[dict[str, object]] = [_heading(clause) for clause in clauses]
    listed += [_requirement(requirement, _parent(requirement, requirements)) for requirement in requirements]
    found: dict[str, object] = {
        "bom-ref": str(definition.iri),
        "name": definition.title,
        "version": definition.version,
        "requirements": listed,
    }
    if definition.source.startswith(("http://", "https://")):
        found["externalReferences"] = [{"type": "website", "url": definition.source}]
    return found


def _heading(clause: str) -> dict[str, object]:
    concept = CODE[clause]
    titles = [str(label) for label in codelists().objects(concept, SKOS.prefLabel)]
    texts = [str(text) for text in codelists().objects(concept, SKOS.definition)]
    heading: dict[str, object] = {
        "bom-ref": str(concept),
        "identifier": f"clause-{clause}",
        "title": min(titles, default=clause),
    }
    if texts:
        heading["descriptions"] = texts
    return heading


def _requirement(requirement: Requirement, parent: URIRef) -> dict[str, object]:
    """Return a requirement: the words of the definition as its text, ours as its descriptions."""
    ours = [text for text in (requirement.definition, requirement.rationale, requirement.satisfied_by) if text]
    return {
        "bom-ref": str(requirement.iri),
        "identifier": requirement.id,
        "title": requirement.label,
        "text": requirement.quote,
        "descriptions": ours,
        "parent": str(parent),
        "properties": [
            {"name": "osaid:strength", "value": requirement.strength},
            *({"name": "osaid:check", "value": check} for check in requirement.checks),
        ],
    }


def _parent(requirement: Requirement, others: list[Requirement]) -> URIRef:
    including = [
        each
        for each in others
        if requirement.id in each.includes
        and each.clause == requirement.clause
        and len(each.includes) > len(requirement.includes)
    ]
    if not including:
        return CODE[requirement.clause]
    return min(including, key=lambda each: len(each.includes)).iri
