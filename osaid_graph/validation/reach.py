"""How far the rules look: which of them need no more than a node and its neighbours.

A result of such a rule depends on the statements of its focus node and of the values of these alone. So all nodes of a
graph can be validated at once, however many subjects they belong to. Whatever is not known here to look no further,
such as an inverse path, a query or a component of a profile's own, is taken to look at everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from osaid_graph.validation.rules import rules_of, untarget
from osaid_graph.vocab import OSAID

#: Constraints on a value itself, and what a shape says of itself (SHACL, sections 2 and 4).
_OF_VALUE = frozenset(
    getattr(SH, name)
    for name in (
        *("datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive"),
        *("maxInclusive", "minLength", "maxLength", "pattern", "flags", "languageIn", "uniqueLang", "hasValue"),
        *("qualifiedMinCount", "qualifiedMaxCount", "severity", "message", "deactivated", "name", "description"),
        *("order", "group", "defaultValue", "targetClass", "targetNode"),
    )
) | {SH["in"]}
#: Constraints that compare with the values of another property of the same node (section 4.5).
_OF_PAIRS = frozenset((SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals))
_SHAPES = frozenset((SH["not"], SH.node, SH.property, SH.qualifiedValueShape))
_LISTS = frozenset((SH["and"], SH["or"], SH.xone))
#: A node is looked at, and its neighbours.
_NEAR = 2


def near_and_far(shapes: Graph, of_subjects: Collection[URIRef]) -> tuple[Graph, Graph]:
    """Return the shapes twice: with targets for the rules that look no further than neighbours, and for the others.

    Args:
        shapes: The shapes of a version or profile.
        of_subjects: Properties that hold of a whole release, which count only on what is assessed or was a base of
            it: a rule that asks them of other nodes, or of neighbours, is not near.
    """
    near, far = Graph(), Graph()
    near += shapes
    far += shapes
    rules = frozenset(rules_of(shapes))
    for rule in rules:
        untarget(far if _is_near(shapes, rule, rules, of_subjects) else near, rule)
    return near, far


def _is_near(shapes: Graph, rule: URIRef, rules: frozenset[URIRef], of_subjects: Collection[URIRef]) -> bool:
    on_subject = bool(shapes.value(rule, OSAID.onSubject))
    return all(
        depth < _NEAR and (predicate not in of_subjects or (on_subject and depth == 0))
        for depth, predicate in _looks(shapes, rule, rules)
    )


def _looks(shapes: Graph, rule: URIRef, rules: frozenset[URIRef]) -> Iterator[tuple[int, Node]]:
    """Yield the properties a rule looks at with the distance of their node; a distance of ``_NEAR`` for the rest."""
    waiting: list[tuple[Node, int]] = [(rule, 0)]
    seen = set(waiting)
    others = rules - {rule}
    while waiting:
        shape, depth = waiting.pop()
        paths = set(shapes.objects(shape, SH.path))
        yield from ((depth, path) if isinstance(path, URIRef) else (_NEAR, path) for path in paths)
        inner = depth + 1 if paths else depth
        for predicate, value in shapes.predicate_objects(shape):
            if predicate == SH["class"]:
                yield inner, RDF.type
            elif predicate in _OF_PAIRS:
                yield depth, value
            elif predicate == SH.targetSubjectsOf:
                yield 0, value
            elif predicate in _SHAPES | _LISTS:
                parts = list(RdfList(shapes, value)) if predicate in _LISTS else [value]
                if predicate == SH.property and value in others:  # a result of another rule, on whatever refers to it
                    yield _NEAR, value
                new = [(part, inner) for part in parts if (part, inner) not in seen and inner <= _NEAR]
                seen.update(new)
                waiting.extend(new)
            elif not _says_nothing_more(predicate):
                yield _NEAR, predicate


def _says_nothing_more(predicate: Node) -> bool:
    known = predicate in _OF_VALUE or predicate in (SH.path, RDF.type, RDFS.label, RDFS.comment, RDFS.seeAlso)
    return known or (isinstance(predicate, URIRef) and predicate in OSAID)
