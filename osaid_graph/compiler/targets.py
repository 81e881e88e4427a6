"""Targets of shapes: the nodes that a shape is about (SHACL, section 2.1.3)."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.model import Term


@dataclass(frozen=True, slots=True)
class TargetClass:
    """The instances of a class, and of those below it."""

    iri: URIRef


@dataclass(frozen=True, slots=True)
class TargetNode:
    """A term, whether the data has it or not."""

    term: Term


@dataclass(frozen=True, slots=True)
class TargetSubjectsOf:
    """All that have a property."""

    predicate: URIRef


@dataclass(frozen=True, slots=True)
class TargetObjectsOf:
    """All that are values of a property."""

    predicate: URIRef


Target = TargetClass | TargetNode | TargetSubjectsOf | TargetObjectsOf
