"""What people found of a release: the judgements that name it, by requirement, and what they come to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.assessment.judgements import recorded
from osaid_graph.errors import InputError
from osaid_graph.graph.labels import label, said
from osaid_graph.model import Definition
from osaid_graph.query.terms import graph_of
from osaid_graph.server.nodes import Nodes
from osaid_graph.vocab import OSAID

#: Judgements on a release that are read.
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody found of a requirement.

    Attributes:
        outcome: What that is.
        by: Who found it.
        date: On which day.
        definition: Against which version of the definition.
        reason: Why.
        evidence: On what it rests.
        counts: Whether it is against the version that is assessed against here, and so counts.
    """

    outcome: str
    by: str
    date: str
    definition: str
    reason: str
    evidence: tuple[str, ...]
    counts: bool


def judged_on(nodes: Nodes, iri: str, definition: Definition, today: datetime.date) -> dict[str, tuple[Judged, ...]]:
    """Return the judgements that name a release, by the requirement they are on: those that count first, then by day.

    Args:
        nodes: What is said of nodes.
        iri: The release.
        definition: The version that was assessed against.
        today: The day of the assessment: what is wrong by then does not count, and is left out.
    """
    found = nodes.referring(iri, str(OSAID.subject), _MOST)
    if not found:
        return {}
    graph = graph_of(triple for node in found for triple in nodes.around(node))
    for named in set(graph.objects(None, OSAID.subject)):  # a judgement has to be on something that can be judged
        graph += graph_of(nodes.triples(str(named)))
    judged: dict[str, list[Judged]] = {}
    for node in sorted(
        (node for node in set(graph.subjects(OSAID.judges)) if isinstance(node, IdentifiedNode)), key=str
    ):
        try:
            read = recorded(graph, node, definition, today)
        except InputError:
            continue
        by = nodes.called(read.author) if isinstance(read.author, URIRef) else label(graph, read.author)
        evidence = tuple(sorted(said(graph, each) for each in graph.objects(node, OSAID.evidence)))
        counts = read.definition == definition.id
        one = Judged(read.outcome, by, read.date, read.definition, read.reason, evidence, counts)
        judged.setdefault(read.requirement, []).append(one)
    return {
        id_: tuple(sorted(each, key=lambda one: (not one.counts, one.date, one.by))) for id_, each in judged.items()
    }


def agreements(judged: Mapping[str, tuple[Judged, ...]]) -> dict[str, str]:
    """Return what the judgements that count say of each requirement, or that they are ``disputed``.

    Args:
        judged: The judgements by requirement.
    """
    said = {id_: {each.outcome for each in of_one if each.counts} for id_, of_one in judged.items()}
    return {id_: min(each) if len(each) == 1 else "disputed" for id_, each in said.items() if each}
