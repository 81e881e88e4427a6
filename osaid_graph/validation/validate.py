"""Run the rules over a graph with pySHACL, the reference engine. The only module that imports it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term
from osaid_graph.validation.rules import rules_of
from osaid_graph.vocab import token

_SAMPLE = URIRef("urn:osaid:sample")


@dataclass(frozen=True, slots=True)
class Result:
    """One ``sh:ValidationResult``: the rule that fired, on which node, for which value, by which constraint."""

    rule: str
    focus: IdentifiedNode
    value: Term | None
    component: URIRef


def validate(graph: Graph, shapes: Graph) -> list[Result]:
    """Return the results of the rules of ``shapes`` on ``graph``, sorted by rule, focus and value.

    The graph is used as it is: nothing is inferred here (:func:`osaid_graph.graph.ontology.entail` has been run).
    """
    import pyshacl

    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, inference="none", advanced=False)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL returned {type(report).__name__} in place of a report")
    rules = set(rules_of(shapes))
    results = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        # A result of a SPARQL-based constraint names its shape as the source too (SHACL, section 5.3.1).
        rule = report.value(node, SH.sourceShape)
        focus = report.value(node, SH.focusNode)
        if isinstance(rule, URIRef) and rule in rules and isinstance(focus, IdentifiedNode):
            value = cast(Term | None, report.value(node, SH.value))
            component = cast(URIRef, report.value(node, SH.sourceConstraintComponent))
            # A node shape reports the focus itself as the value, which says nothing about it.
            about_focus = report.value(node, SH.resultPath) is None
            results.append(Result(token(rule), focus, None if about_focus else value, component))
    return sorted(results, key=lambda result: (result.rule, str(result.focus), str(result.value)))


def wrong_with(shapes: Graph) -> str:
    """Return why a graph of shapes is no valid SHACL, in one line; empty where nothing is wrong.

    The shapes are run once, each on a node of its own accord, whatever its targets are and whatever it is a part of, so
    that every constraint is loaded. Then they are held against the shapes of SHACL itself
    (https://www.w3.org/TR/shacl/#shacl-shacl).
    """
    import pyshacl
    from pyshacl.shapes_graph import ShapesGraph

    targeting, sample = Graph(), _sample(shapes)
    targeting += shapes
    with _without_log():
        try:
            for shape in ShapesGraph(targeting).shapes:
                targeting.add((shape.node, SH.targetNode, _SAMPLE))
            for meta_shacl, run in ((False, targeting), (True, shapes)):
                _, report, text = pyshacl.validate(
                    sample, shacl_graph=run, meta_shacl=meta_shacl, inference="none", advanced=False
                )
                if not isinstance(report, Graph):  # pySHACL returns some of what it raises in place of a report
                    return _reason(text.removeprefix("Validation Failure - "))
        except Exception as error:  # whatever malformed shapes and queries cause in pySHACL and rdflib escapes
            return _reason(str(error))
    return ""


def _sample(shapes: Graph) -> Graph:
    """Return a node with a value of either kind for every IRI the shapes name, which includes all of their paths."""
    sample = Graph()
    for name in shapes.objects():
        if isinstance(name, URIRef):
            sample.add((_SAMPLE, name, _SAMPLE))
            sample.add((_SAMPLE, name, Literal("sample")))
    return sample


@contextlib.contextmanager
def _without_log() -> Iterator[None]:
    """Keep pySHACL and rdflib from logging what they raise or cannot convert; they write it to the terminal."""
    loggers = [logging.getLogger(name) for name in ("pyshacl-validate", "rdflib.term")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _reason(text: str) -> str:
    """Return what a report of pySHACL says is wrong, without the report around it."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line.removeprefix("Message: ") for line in lines if line.startswith("Message: ")]
    focus = [line.removeprefix("Focus Node: ") for line in lines if line.startswith("Focus Node: ")]
    if said:
        return f"{focus[0]}: {said[0]}" if focus else said[0]
    return next((line for line in lines if line), "it cannot be loaded")
