"""Run the rules over a graph with pySHACL, the reference engine. The only module that imports it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term
from osaid_graph.validation.definition import shapes
from osaid_graph.vocab import RULE, token


@dataclass(frozen=True, slots=True)
class Result:
    """One ``sh:ValidationResult``: the rule that fired, on which node, for which value, by which constraint."""

    rule: str
    focus: IdentifiedNode
    value: Term | None
    component: URIRef


def validate(graph: Graph) -> list[Result]:
    """Return the results of all rules on ``graph``, sorted by rule, focus and value.

    The graph is used as it is: nothing is inferred here (:func:`osaid_graph.graph.ontology.entail` has been run).
    """
    import pyshacl

    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), inplace=True, inference="none", advanced=False)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL returned {type(report).__name__} in place of a report")
    results = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        rule = report.value(node, SH.sourceShape)
        focus = report.value(node, SH.focusNode)
        if isinstance(rule, URIRef) and rule.startswith(RULE) and isinstance(focus, IdentifiedNode):
            value = cast(Term | None, report.value(node, SH.value))
            component = cast(URIRef, report.value(node, SH.sourceConstraintComponent))
            # A node shape reports the focus itself as the value, which says nothing about it.
            about_focus = report.value(node, SH.resultPath) is None
            results.append(Result(token(rule), focus, None if about_focus else value, component))
    return sorted(results, key=lambda result: (result.rule, str(result.focus), str(result.value)))
