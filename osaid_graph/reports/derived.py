"""The derived labels in every report format, so marked that nobody takes one for the verdict."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rdflib import PROV, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import printable
from osaid_graph.labels import ConditionState, DerivedLabel, Label
from osaid_graph.model import Assessment
from osaid_graph.reports.terminal import WIDTH
from osaid_graph.vocab import LABEL, OSAID

#: The words that stand before the labels in a text report.
HEADING = "derived from the same facts, not part of the definition"
_UNSAID = "nothing is said"


# -- text ------------------------------------------------------------------------------------------------------------


def lines(assessment: Assessment, *, verbose: bool) -> Iterator[str]:
    """Yield the labels as text: the one reached and what the next lacks; ``verbose``, every condition on its line."""
    if assessment.derived:
        yield f"  {HEADING}:"
    for derived in assessment.derived:
        yield from _wrapped(f"{derived.scheme.title}: {_reached(derived)}{_wanted(derived)}", 4)
        if verbose:
            for label in derived.scheme.labels:
                yield f"      {label.label}"
                for state in (state for state in derived.states if state.condition in label.conditions):
                    yield from _wrapped(_line(state), 8)


def summaries(assessment: Assessment) -> Iterator[str]:
    """Yield a line for each scheme: the label reached, and what the next one lacks."""
    return (f"{derived.scheme.title}: {_reached(derived)}{_wanted(derived)}" for derived in assessment.derived)


def _reached(derived: DerivedLabel) -> str:
    return derived.reached.label if derived.reached else "none"


def _wanted(derived: DerivedLabel) -> str:
    if derived.next is None:
        return ""
    groups = groupby(derived.missing, key=_standing)
    found = (f"{', '.join(state.condition.label for state in states)} ({why})" for why, states in groups)
    return f"; for {derived.next.label}: {', '.join(found)}"


def _standing(state: ConditionState) -> str:
    """Return a state in words, with its reason unless that is only that nothing is said."""
    word = state.state.replace("-", " ")
    return word if state.why in ("", _UNSAID) else f"{word}, {state.why}"


def _line(state: ConditionState) -> str:
    optional = "" if state.condition.required else ", optional"
    key = "" if state.state == "satisfied" else f" [{state.condition.key}]"
    return f"{state.condition.label}{optional}: {_standing(state)}{key}"


def _wrapped(text: str, indent: int) -> list[str]:
    lead = " " * indent
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=lead + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


# -- JSON ------------------------------------------------------------------------------------------------------------


def values(assessment: Assessment) -> list[dict[str, Any]]:
    """Return the labels as plain values for JSON."""
    return [_value(derived) for derived in assessment.derived]


def _value(derived: DerivedLabel) -> dict[str, Any]:
    scheme = derived.scheme
    return {
        "scheme": scheme.id,
        "title": scheme.title,
        "date": scheme.date,
        "sources": list(scheme.sources),
        "note": scheme.note,
        "reached": _named(derived.reached),
        "next": _named(derived.next),
        "missing": [state.condition.id for state in derived.missing],
        "conditions": [
            {
                "id": state.condition.id,
                "of": next(label.id for label in scheme.labels if state.condition in label.conditions),
                "label": state.condition.label,
                "asks": state.condition.asks,
                "required": state.condition.required,
                "state": state.state,
                "why": state.why,
                "key": state.condition.key,
            }
            for state in derived.states
        ],
    }


def _named(label: Label | None) -> dict[str, str] | None:
    return None if label is None else {"id": label.id, "label": label.label}


# -- Turtle ----------------------------------------------------------------------------------------------------------


def describe(graph: Graph, assessment: Assessment, report: URIRef, subject: IdentifiedNode) -> None:
    """Add a node for every derived label: an ``osaid:DerivedLabel`` derived from the report, and no result of it."""
    if assessment.derived:
        graph.bind("label", LABEL)
    for derived in assessment.derived:
        node = URIRef(f"{report}:label:{derived.scheme.id}")
        graph.add((node, RDF.type, OSAID.DerivedLabel))
        graph.add((node, PROV.wasDerivedFrom, report))
        graph.add((node, OSAID.subject, subject))
        graph.add((node, OSAID.labelScheme, LABEL[derived.scheme.id]))
        graph.add((node, RDFS.label, Literal(f"{derived.scheme.title}: {_reached(derived)}", lang="en")))
        graph.add((node, RDFS.comment, Literal(derived.scheme.note, lang="en")))
        if derived.reached:
            graph.add((node, OSAID.reaches, LABEL[derived.reached.id]))
        if derived.next:
            graph.add((node, OSAID.nextLabel, LABEL[derived.next.id]))
        for state in derived.missing:
            edge = OSAID.contradicts if state.state == "contradicted" else OSAID.leavesOpen
            graph.add((node, edge, LABEL[state.condition.id]))
