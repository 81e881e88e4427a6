"""A check that a graph is inside OWL 2 RL.

It follows https://www.w3.org/TR/owl2-profiles/#OWL_2_RL over the RDF serialisation of
https://www.w3.org/TR/owl2-mapping-to-rdf/. It is written here, in the open, with tests that it catches what it should
(``test_owl_rl.py``): no profile checker runs without Java.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

RL_DATATYPES = frozenset(
    {RDF.PlainLiteral, RDF.langString, RDF.XMLLiteral, RDFS.Literal}  # langString: RDF 1.1's name for tagged text
    | {
        XSD[name]
        for name in [
            "decimal",
            "integer",
            "nonNegativeInteger",
            "nonPositiveInteger",
            "positiveInteger",
            "negativeInteger",
            "long",
            "int",
            "short",
            "byte",
            "unsignedLong",
            "unsignedInt",
            "unsignedShort",
            "unsignedByte",
            "float",
            "double",
            "string",
            "normalizedString",
            "token",
            "language",
            "Name",
            "NCName",
            "NMTOKEN",
            "boolean",
            "hexBinary",
            "base64Binary",
            "anyURI",
            "dateTime",
            "dateTimeStamp",
        ]
    }
)
BUILT_IN_ANNOTATIONS = frozenset(
    {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated, OWL.priorVersion}
    | {OWL.backwardCompatibleWith, OWL.incompatibleWith}
)
HEADER = frozenset({OWL.imports, OWL.versionIRI})
DECLARATIONS = frozenset({OWL.Class, *PROPERTY_KINDS, OWL.NamedIndividual, OWL.Ontology, RDFS.Datatype})
OBJECT_CHARACTERISTICS = frozenset(
    {OWL.InverseFunctionalProperty, OWL.SymmetricProperty, OWL.AsymmetricProperty, OWL.IrreflexiveProperty}
    | {OWL.TransitiveProperty}
)
#: Axioms that OWL 2 DL allows of simple properties only.
FOR_SIMPLE_ONLY = frozenset(
    {OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.AsymmetricProperty, OWL.IrreflexiveProperty}
)
#: Predicates that are parts of class expressions and of axioms written as nodes; they are read from their node.
PARTS = frozenset(
    {OWL.onProperty, OWL.onProperties, OWL.onClass, OWL.onDataRange, OWL.onDatatype, OWL.withRestrictions}
    | {OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf, OWL.cardinality, OWL.minCardinality}
    | {OWL.maxCardinality, OWL.qualifiedCardinality, OWL.minQualifiedCardinality, OWL.maxQualifiedCardinality}
    | {OWL.intersectionOf, OWL.unionOf, OWL.complementOf, OWL.datatypeComplementOf, OWL.oneOf, OWL.members}
    | {OWL.distinctMembers, OWL.sourceIndividual, OWL.assertionProperty, OWL.targetIndividual, OWL.targetValue}
    | {OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget, RDF.first, RDF.rest}
)
AXIOM_NODES = frozenset(
    {OWL.AllDisjointClasses, OWL.AllDisjointProperties, OWL.AllDifferent, OWL.NegativePropertyAssertion}
    | {OWL.Axiom, OWL.Annotation}
)


def _reserved(term: Node) -> bool:
    """Tell whether a term is of the reserved vocabulary of OWL 2 (XSD apart, whose terms are datatypes)."""
    return isinstance(term, URIRef) and str(term).startswith((str(OWL), str(RDF), str(RDFS)))


class RLCheck:
    """Walks a graph as an OWL 2 ontology and notes every construct outside the RL profile of OWL 2 DL.

    Checked: the kind of every class, property and datatype (declared, one kind, no punning of properties, none of
    classes with datatypes); sub- and super-class expressions by position; equivalence; the axioms that RL lacks
    (disjoint unions, reflexivity); data ranges; datatypes of literals in data assertions; simple roles where DL asks
    for them. Literals in annotations carry no semantics in OWL and may have any datatype.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.found: list[str] = []
        self.visited: set[Node] = set()
        self.classes = {*graph.subjects(RDF.type, OWL.Class), OWL.Nothing} - set(self._blank(OWL.Class))
        self.datatypes = set(graph.subjects(RDF.type, RDFS.Datatype)) - set(self._blank(RDFS.Datatype))
        self.kinds = {kind: set(graph.subjects(RDF.type, kind)) for kind in PROPERTY_KINDS}
        self.kinds[OWL.AnnotationProperty] |= BUILT_IN_ANNOTATIONS

    def _blank(self, kind: URIRef) -> Iterator[Node]:
        return (node for node in self.graph.subjects(RDF.type, kind) if isinstance(node, BNode))

    def run(self) -> list[str]:
        """Return the violations, sorted."""
        self._punning()
        for subject, predicate, value in self.graph:
            self._triple(subject, predicate, value)
        self._unplaced()
        self._simple_roles()
        return sorted(set(self.found))

    def note(self, what: str, *terms: Node) -> None:
        """Note a violation about ``terms``."""
        self.found.append(
            " ".join([what, *(term.n3() if isinstance(term, URIRef | Literal) else "[]" for term in terms)])
        )

    # -- kinds

    def _punning(self) -> None:
        for index, kind in enumerate(PROPERTY_KINDS):
            for other in PROPERTY_KINDS[index + 1 :]:
                for term in self.kinds[kind] & self.kinds[other]:
                    self.note("property of two kinds:", term)
        for term in self.classes & self.datatypes:
            self.note("class and datatype:", term)

    def kind(self, term: Node) -> URIRef | None:
        """Return the kind a property is declared of; note where it has none."""
        for kind in PROPERTY_KINDS:
            if term in self.kinds[kind]:
                return kind
        self.note("property not declared:", term)
        return None

    def _object_property(self, term: Node) -> None:
        """Check an object property expression: a declared object property or the inverse of one."""
        if isinstance(term, BNode):
            self.visited.add(term)
            inverse = self.graph.value(term, OWL.inverseOf)
            if inverse is None or isinstance(inverse, BNode):
                self.note("not an object property expression:", term)
                return
            term = inverse
        if self.kind(term) not in (OWL.ObjectProperty, None):
            self.note("not an object property:", term)

    # -- axioms, triple by triple

    def _triple(self, subject: Node, predicate: Node, value: Node) -> None:
        axioms: dict[Node, Callable[[Node, Node], None]] = {
            RDF.type: self._type,
            RDFS.subClassOf: self._sub_class,
            OWL.equivalentClass: self._equivalent_class,
            OWL.disjointWith: self._disjoint,
            RDFS.subPropertyOf: self._sub_property,
            OWL.equivalentProperty: self._same_kind,
            OWL.propertyDisjointWith: self._same_kind,
            OWL.inverseOf: self._inverse,
            OWL.propertyChainAxiom: self._chain,
            RDFS.domain: self._domain,
            RDFS.range: self._range,
            OWL.hasKey: self._key,
        }
        if predicate in axioms:
            axioms[predicate](subject, value)
        elif predicate in (OWL.sameAs, OWL.differentFrom):
            if isinstance(value, Literal):
                self.note("a literal is no individual:", value)
        elif predicate in HEADER:
            if (subject, RDF.type, OWL.Ontology) not in self.graph:
                self.note("header property outside a header:", predicate)
        elif predicate in PARTS:
            if predicate not in (RDF.first, RDF.rest) and not isinstance(subject, BNode):
                self.note("construct on a named node:", subject, predicate)
        elif predicate not in BUILT_IN_ANNOTATIONS and _reserved(predicate):
            self.note("outside RL or reserved:", predicate)
        else:
            self._assertion(predicate, value)

    def _assertion(self, predicate: Node, value: Node) -> None:
        kind = self.kind(predicate)
        if kind == OWL.ObjectProperty and isinstance(value, Literal):
            self.note("literal as value of object property", predicate)
        if kind == OWL.DatatypeProperty:
            if not isinstance(value, Literal):
                self.note("node as value of datatype property", predicate)
            elif value.datatype is not None and value.datatype not in RL_DATATYPES:
                self.note("literal of a datatype outside RL:", value)

    def _type(self, subject: Node, value: Node) -> None:
        if value in DECLARATIONS or (value == OWL.Restriction and isinstance(subject, BNode)):
            return
        if value in OBJECT_CHARACTERISTICS:
            self._object_property(subject)
        elif value == OWL.FunctionalProperty:
            if self.kind(subject) == OWL.AnnotationProperty:
                self.note("characteristic of an annotation property:", subject)
        elif value == OWL.AllDisjointClasses:
            for member in self._list(self.graph.value(subject, OWL.members)):
                self.sub(member)
        elif value == OWL.AllDisjointProperties:
            for member in self._list(self.graph.value(subject, OWL.members)):
                self.kind(member)
        elif value == OWL.AllDifferent:
            members = self.graph.value(subject, OWL.members) or self.graph.value(subject, OWL.distinctMembers)
            list(self._list(members))
        elif value not in AXIOM_NODES:
            if _reserved(value):
                self.note("outside RL or reserved:", value)
            else:
                self.sup(value)

    def _sub_class(self, subject: Node, value: Node) -> None:
        self.sub(subject)
        self.sup(value)

    def _equivalent_class(self, subject: Node, value: Node) -> None:
        if subject in self.datatypes:
            self.data_range(value)
        else:
            self.equivalent(subject)
            self.equivalent(value)

    def _disjoint(self, subject: Node, value: Node) -> None:
        self.sub(subject)
        self.sub(value)

    def _sub_property(self, subject: Node, value: Node) -> None:
        if isinstance(subject, BNode) or isinstance(value, BNode):
            self._object_property(subject)
            self._object_property(value)
        elif self.kind(subject) != self.kind(value):
            self.note("sub-property of another kind:", subject, value)

    def _same_kind(self, subject: Node, value: Node) -> None:
        kind = self.kind(subject)
        if kind != self.kind(value) or kind == OWL.AnnotationProperty:
            self.note("equivalence or disjointness across kinds:", subject, value)

    def _inverse(self, subject: Node, value: Node) -> None:
        if isinstance(subject, URIRef):
            self._object_property(subject)
        self._object_property(value)

    def _chain(self, subject: Node, value: Node) -> None:
        self._object_property(subject)
        for member in self._list(value):
            self._object_property(member)

    def _domain(self, subject: Node, value: Node) -> None:
        if self.kind(subject) != OWL.AnnotationProperty:
            self.sup(value)

    def _range(self, subject: Node, value: Node) -> None:
        kind = self.kind(subject)
        if kind == OWL.ObjectProperty:
            self.sup(value)
        elif kind == OWL.DatatypeProperty:
            self.data_range(value)

    def _key(self, subject: Node, value: Node) -> None:
        self.sub(subject)
        for member in self._list(value):
            if self.kind(member) == OWL.AnnotationProperty:
                self.note("annotation property in a key:", member)

    # -- class expressions (sections 4.2.3 of the profiles), data ranges, lists

    def _list(self, head: Node | None) -> Iterator[Node]:
        if head is None:
            self.note("a list is missing")
            return
        while head is not None and head != RDF.nil:
            if head in self.visited:
                self.note("a list that is shared or runs into itself")
                return
            self.visited.add(head)
            first = self.graph.value(head, RDF.first)
            if first is not None:
                yield first
            head = self.graph.value(head, RDF.rest)

    def _named(self, node: Node) -> bool:
        """Check a named class; tell whether ``node`` is one."""
        if isinstance(node, BNode):
            self.visited.add(node)
            return False
        if node == OWL.Thing:
            self.note("owl:Thing in a class axiom")
        elif node not in self.classes:
            self.note("class not declared:", node)
        return True

    def sub(self, node: Node) -> None:
        """Check a sub-class expression."""
        if self._named(node):
            return
        if (node, RDF.type, OWL.Restriction) in self.graph:
            self._restriction(node, "sub")
        elif (members := self._operand(node, OWL.intersectionOf, OWL.unionOf)) is not None:
            for member in self._list(members):
                self.sub(member)
        elif (individuals := self.graph.value(node, OWL.oneOf)) is not None:
            list(self._list(individuals))
        else:
            self.note("not a sub-class expression of RL:", *self._head(node))

    def sup(self, node: Node) -> None:
        """Check a super-class expression."""
        if self._named(node):
            return
        if (node, RDF.type, OWL.Restriction) in self.graph:
            self._restriction(node, "super")
        elif (members := self._operand(node, OWL.intersectionOf)) is not None:
            for member in self._list(members):
                self.sup(member)
        elif (negated := self.graph.value(node, OWL.complementOf)) is not None:
            self.sub(negated)
        else:
            self.note("not a super-class expression of RL:", *self._head(node))

    def equivalent(self, node: Node) -> None:
        """Check an expression of a class equivalence."""
        if self._named(node):
            return
        members = self._operand(node, OWL.intersectionOf)
        if members is not None:
            for member in self._list(members):
                self.equivalent(member)
        elif (node, RDF.type, OWL.Restriction) in self.graph and self.graph.value(node, OWL.hasValue) is not None:
            self._restriction(node, "equivalence")
        else:
            self.note("not an expression RL allows in an equivalence:", *self._head(node))

    def _operand(self, node: Node, *operators: URIRef) -> Node | None:
        return next((v for o in operators if (v := self.graph.value(node, o)) is not None), None)

    def _head(self, node: Node) -> list[Node]:
        """Return the predicates of an expression, to name it by."""
        return sorted(set(self.graph.predicates(node)) - {RDF.type}, key=str)

    def _restriction(self, node: Node, position: str) -> None:
        prop = self.graph.value(node, OWL.onProperty)
        if prop is None:
            self.note("a restriction without owl:onProperty")
            return
        data = self.kind(prop) == OWL.DatatypeProperty if isinstance(prop, URIRef) else False
        if not data:
            self._object_property(prop)
        some, only = self.graph.value(node, OWL.someValuesFrom), self.graph.value(node, OWL.allValuesFrom)
        if self.graph.value(node, OWL.hasValue) is not None:
            return
        if position == "sub" and some is not None:
            self._filler(some, data, self.sub, thing=True)
        elif position == "super" and only is not None:
            self._filler(only, data, self.sup, thing=False)
        elif position == "super" and (bound := self._operand(node, OWL.maxCardinality, OWL.maxQualifiedCardinality)):
            if str(bound) not in ("0", "1"):
                self.note("a maximum other than 0 or 1:", bound)
            filler = self._operand(node, OWL.onClass, OWL.onDataRange)
            if filler is not None:
                self._filler(filler, data, self.sub, thing=True)
        else:
            self.note(f"restriction outside RL as {position}-class:", *self._head(node))

    def _filler(self, filler: Node, data: bool, check: Callable[[Node], None], thing: bool) -> None:
        if data:
            self.data_range(filler)
        elif not (thing and filler == OWL.Thing):
            check(filler)

    def data_range(self, node: Node) -> None:
        """Check a data range: a datatype of RL or an intersection of such."""
        if isinstance(node, BNode):
            self.visited.add(node)
            members = self._operand(node, OWL.intersectionOf)
            if members is None:
                self.note("not a data range of RL:", *self._head(node))
                return
            for member in self._list(members):
                self.data_range(member)
        elif node not in RL_DATATYPES and node not in self.datatypes:
            self.note("datatype outside RL:", node)

    # -- the whole

    def _unplaced(self) -> None:
        """Note class expressions and lists that stand in no axiom: OWL gives them no meaning."""
        for node in set(self.graph.subjects(RDF.first)) - self.visited:
            self.note("list outside an axiom:", node)
        for kind in (OWL.Restriction, OWL.Class):
            for node in self._blank(kind):
                if node not in self.visited:
                    self.note("class expression outside an axiom:", *self._head(node))

    def _simple_roles(self) -> None:
        complex_ = set(self.graph.subjects(RDF.type, OWL.TransitiveProperty))
        complex_ |= set(self.graph.subjects(OWL.propertyChainAxiom, None))
        while True:
            wider = {v for p in complex_ for v in self.graph.objects(p, RDFS.subPropertyOf)}
            wider |= {v for p in complex_ for v in self.graph.objects(p, OWL.inverseOf)}
            wider |= {v for p in complex_ for v in self.graph.subjects(OWL.inverseOf, p) if isinstance(v, URIRef)}
            if wider <= complex_:
                break
            complex_ |= wider
        for term in complex_:
            characteristics = set(self.graph.objects(term, RDF.type)) & FOR_SIMPLE_ONLY
            counted = any(
                self._operand(node, OWL.maxCardinality, OWL.maxQualifiedCardinality) is not None
                for node in self.graph.subjects(OWL.onProperty, term)
            )
            disjoint = (term, OWL.propertyDisjointWith, None) in self.graph
            if characteristics or counted or disjoint:
                self.note("simple role needed:", term)


def rl_violations(graph: Graph) -> list[str]:
    """Return what in ``graph`` is outside OWL 2 RL."""
    return RLCheck(graph).run()
