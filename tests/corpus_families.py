"""Families of releases, drawn: nodes related in any way, with terms, silence, waivers and judgements on them."""

from __future__ import annotations

from hypothesis import strategies as st
from lineage_graphs import EX, node, related
from rdflib import DCTERMS, PROV, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from osaid_graph.lineage.edges import SUBJECTS
from osaid_graph.validation.definition import definition
from osaid_graph.vocab import CODE, DEF, OSAID, REQ

#: Nodes that say that nothing is said, and why.
REFUSED, WAIVED = URIRef(EX + "refused"), URIRef(EX + "waived")
TOLD = Literal("told")
#: What may be said of a node.
SAID: tuple[tuple[URIRef, Node], ...] = (
    *((OSAID.license, value) for value in (Literal("MIT"), Literal("proprietary"), Literal("llama2"), REFUSED)),
    *((OSAID.availability, CODE[code]) for code in ("public", "obtainable", "unshareable")),
    *((prop, TOLD) for prop in (OSAID.provenance, OSAID.scope, OSAID.characteristics, OSAID.obtained)),
    *((prop, value) for prop in (OSAID.selection, OSAID.labeling, OSAID.cleaning) for value in (WAIVED, TOLD)),
    *((OSAID.fee, value) for value in (WAIVED, Literal("10 EUR"))),
    *((OSAID.location, value) for value in (URIRef(EX + "place"), REFUSED)),
    *((OSAID.codeRole, CODE[role]) for role in ("training", "inference", "tokenizer", "architecture")),
    *((OSAID.hasConfiguration, value) for value in (WAIVED, REFUSED)),
    *((OSAID.technique, CODE[technique]) for technique in ("rule-based", "rule-based", "machine-learning")),
    (DCTERMS.title, Literal("a title")),
)
#: Code that is waived, by its role.
WAIVERS = tuple(URIRef(f"{EX}no-{role}") for role in ("training", "tokenizer", "inference"))
#: Requirements that judgements may be on.
JUDGED = ("freedoms-manner", "data-info-scope", "data-info-sufficient", "component-code", "code-complete-run")


@st.composite
def families(draw: st.DrawFn, size: int = 10) -> Graph:
    """Draw a graph as documents state it; nodes ``000`` to ``009`` are systems, models, parameters, data or code."""
    graph = draw(related(size))
    numbers = st.integers(0, size - 1)
    graph.add((node(0), RDF.type, OSAID.AISystem))
    for subject, kind in ((REFUSED, OSAID.NotDisclosed), (WAIVED, OSAID.NotApplicable)):
        graph.add((subject, RDF.type, kind))
        graph.add((subject, RDFS.comment, Literal("because")))
    for waiver in WAIVERS:
        graph.add((waiver, RDF.type, OSAID.NotApplicable))
        graph.add((waiver, OSAID.codeRole, CODE[waiver.rpartition("-")[2]]))
    for number, said in draw(st.sets(st.tuples(numbers, st.sampled_from(SAID)), max_size=4 * size)):
        graph.add((node(number), *said))
    for number, waiver in draw(st.sets(st.tuples(numbers, st.sampled_from(WAIVERS)), max_size=size)):
        graph.add((node(number), OSAID.hasCode, waiver))
    subjects = sorted({each for kind in SUBJECTS for each in graph.subjects(RDF.type, kind)})  # type: ignore[type-var]
    for number in range(draw(st.integers(0, 5))):
        judge(draw, graph, number, subjects)
    return graph


def judge(draw: st.DrawFn, graph: Graph, number: int, subjects: list[Node]) -> None:
    """Add a judgement on nothing in particular, or on some of the subjects."""
    judgement = URIRef(f"{EX}judgement-{number}")
    outcome = draw(st.sampled_from(("met", "not-met", "not-applicable")))
    version = draw(st.sampled_from((definition().iri, definition().iri, DEF["1.0"])))
    graph.add((judgement, RDF.type, OSAID.Judgement))
    graph.add((judgement, OSAID.judges, REQ[draw(st.sampled_from(JUDGED))]))
    graph.add((judgement, OSAID.outcome, CODE[outcome]))
    graph.add((judgement, OSAID.definition, version))
    graph.add((judgement, DCTERMS.date, Literal("2025-01-01")))
    graph.add((judgement, RDFS.comment, Literal("looked at")))
    graph.add((judgement, PROV.wasAttributedTo, BNode("reviewer")))
    for subject in draw(st.sets(st.sampled_from(subjects), max_size=2)):
        graph.add((judgement, OSAID.subject, subject))
