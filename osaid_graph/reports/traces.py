"""The traces of all findings as one picture: the part of the lineage that leads to a gap."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from osaid_graph.model import Assessment
from osaid_graph.reports import words
from osaid_graph.vocab import OSAID
from osaid_graph.writers.picture import Edge, Node, Picture, edge_kind

#: Nodes that a picture on a page may have; more cannot be told apart.
MAX_NODES: Final = 120


def picture(assessment: Assessment) -> Picture | None:
    """Return the picture of the traces; None where no finding is beyond the subject, or where they are too many.

    A trace tells the names of its nodes and edges, and no classes: every node is drawn alike.
    """
    gaps = Counter((finding.focus, finding.outcome) for finding in assessment.findings)
    labels: dict[str, str] = {assessment.subject: assessment.subject_label}
    edges: dict[Edge, None] = {}
    for finding in assessment.findings:
        labels |= {step.node: step.label for step in finding.trace if step.node not in labels}
        for before, step in pairwise(finding.trace):
            via = words.edge(step)
            edges[Edge(before.node, step.node, via, edge_kind(getattr(OSAID, via.removeprefix("^"))))] = None
    if not edges or len(labels) > MAX_NODES:
        return None
    nodes = tuple(
        Node(
            id=words.plain(id_),
            label=label,
            kind="release" if id_ == assessment.subject else "other",
            not_met=gaps[id_, "not-met"],
            not_evidenced=gaps[id_, "not-evidenced"],
        )
        for id_, label in labels.items()
    )
    return Picture(
        title=f"Where the gaps of {assessment.subject_label} lie",
        description=f"The {len(nodes)} nodes on the traces of {len(assessment.findings)} findings.",
        nodes=nodes,
        edges=tuple(Edge(words.plain(e.source), words.plain(e.target), e.label, e.kind) for e in edges),
    )
