"""What of a graph an assessment looks at: the rest need not be derived, nor copied."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import DCTERMS, PROV, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from osaid_graph.graph.conclusions import ELEMENTS as CONCLUDED
from osaid_graph.graph.ontology import broader_classes
from osaid_graph.graph.references import COMPONENTS, DATA_USE, TRAINED
from osaid_graph.lineage.edges import ELEMENTS, SUBJECTS, components, derivations
from osaid_graph.validation.definition import Rulebook
from osaid_graph.vocab import OSAID

#: Properties that references, scope, terms, completion, outcomes and judgements look at.
_PROPERTIES = frozenset(
    {
        *(RDF.type, RDFS.comment, DCTERMS.date, PROV.wasAttributedTo),
        *DATA_USE,
        *ELEMENTS,
        *components(),
        *derivations(),
        *(OSAID.trainedBy, OSAID.license, OSAID.technique, OSAID.codeRole, OSAID.availability),
        *(OSAID.judges, OSAID.outcome, OSAID.definition, OSAID.subject),
    }
)
#: Classes that they look at.
_CLASSES = frozenset(
    {
        *COMPONENTS.values(),
        *CONCLUDED,
        *TRAINED,
        *SUBJECTS,
        *(OSAID.NotDisclosed, OSAID.NotApplicable, OSAID.UnresolvedReference, OSAID.Judgement, OSAID.License),
    }
)
#: What shapes name properties with beside their paths (SHACL, sections 2.1.3 and 4.5).
_NAMING = (
    *(SH.targetSubjectsOf, SH.targetObjectsOf),
    *(SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals),
)
#: What of a shape whose path is ``rdf:type`` does not depend on classes that it does not name.
_OF_NAMED = frozenset({SH.path, SH.hasValue, SH.message, SH.severity, RDF.type, RDFS.comment, RDFS.label})


@dataclass(frozen=True, slots=True)
class Relevant:
    """The properties and classes that an assessment looks at.

    A class that follows from another is left out where it is none of ``classes``; one that is stated is always kept.
    With ``everything`` all other properties are looked at as well, stated or not.
    """

    properties: frozenset[URIRef]
    classes: frozenset[URIRef]
    everything: bool = False


def relevant(book: Rulebook) -> Relevant:
    """Return what an assessment against a version of the definition looks at.

    That is what its shapes name, what tells whether its requirements concern a node or are waived, and what the steps
    before and after the rules need. A shape that is closed looks at everything (SHACL, section 4.8.1).
    """
    named: set[Node] = {prop for rule in book.definition.rules.values() for prop in rule.looks_at}
    named |= {value for predicate in _NAMING for value in book.shapes.objects(None, predicate)}
    asked = book.definition.requirements.values()
    named |= {each.answered_by for each in asked if each.answered_by is not None}
    properties = {prop for prop in named if isinstance(prop, URIRef)}
    following = {kind for broader in broader_classes().values() for kind in broader}
    classes = {*_CLASSES, *(kind for each in asked for kind in each.applies_to)}
    classes |= following if _counts_classes(book.shapes) else following & set(book.shapes.objects())
    closed = any(str(value) in ("true", "1") for value in book.shapes.objects(None, SH.closed))
    return Relevant(frozenset(properties) | _PROPERTIES, frozenset(classes), closed)


def everything() -> Relevant:
    """Return that all properties and classes are looked at."""
    following = {kind for broader in broader_classes().values() for kind in broader}
    return Relevant(_PROPERTIES, _CLASSES | following, everything=True)


def _counts_classes(shapes: Graph) -> bool:
    """Tell whether a result may depend on a class that no shape names: on how many a node has, or on which."""
    for shape, path in shapes.subject_objects(SH.path):
        if path != RDF.type:
            if RDF.type in _parts(shapes, path):
                return True
        elif not all(_is_of_named(*said) for said in shapes.predicate_objects(shape)):
            return True
    return False


def _is_of_named(predicate: Node, value: Node) -> bool:
    if predicate == SH.minCount:
        return str(value) in ("0", "1")
    return predicate in _OF_NAMED or (isinstance(predicate, URIRef) and predicate in OSAID)


def _parts(shapes: Graph, path: Node) -> set[Node]:
    """Return all that a path is made of."""
    found, waiting = {path}, [path]
    while waiting:
        new = set(shapes.objects(waiting.pop())) - found
        found |= new
        waiting.extend(new)
    return found
