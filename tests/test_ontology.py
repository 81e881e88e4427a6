"""The ontology: every term documented, inside OWL 2 RL, consistent, and every IRI used elsewhere declared.

The profile check follows https://www.w3.org/TR/owl2-profiles/#OWL_2_RL over the RDF serialisation of
https://www.w3.org/TR/owl2-mapping-to-rdf/. It is written here, in the open, with tests that it catches what it should:
no profile checker runs without Java.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from osaid_graph import vocab
from osaid_graph.graph.reasoning import contradictions, owl_rl_closure

ONTOLOGY_FOLDER = Path(__file__).resolve().parent.parent / "ontology"
AXIOMS = ("prov-o", "dcat", "dcterms", "earl")
MAPPINGS = ("spdx3", "fair4ml", "croissant", "mldcat-ap", "schema-org")

BASE = "https://w3id.org/osaid-graph/"
OSAID = Namespace(BASE + "ont#")
CODE = Namespace(BASE + "code#")
REQ = Namespace(BASE + "requirement#")
DEF = Namespace(BASE + "definition#")
SCHEMA = Namespace("https://schema.org/")
VANN = Namespace("http://purl.org/vocab/vann/")

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def _file(name: str) -> Graph:
    return Graph().parse(ONTOLOGY_FOLDER / name, format="turtle")


def _union(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph += _file(name)
    return graph


def _axiom_files() -> tuple[str, ...]:
    return ("osaid.ttl", *(f"alignments/{name}.ttl" for name in AXIOMS))


def _all_files() -> list[str]:
    return sorted(str(path.relative_to(ONTOLOGY_FOLDER)) for path in ONTOLOGY_FOLDER.rglob("*.ttl"))


def _terms() -> list[URIRef]:
    """Return every class and property declared in the namespace of the ontology."""
    kinds = (OWL.Class, *PROPERTY_KINDS)
    return sorted(
        {
            term
            for kind in kinds
            for term in _file("osaid.ttl").subjects(RDF.type, kind)
            if isinstance(term, URIRef) and term.startswith(OSAID)
        }
    )


def _context() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ONTOLOGY_FOLDER / "context.jsonld").read_text("utf-8"))
    context: dict[str, Any] = document["@context"]
    return context


# -- documentation of the terms ------------------------------------------------------------------------------


def test_the_header_says_what_it_is() -> None:
    graph, ontology = _file("osaid.ttl"), URIRef(BASE + "ont")
    assert (ontology, OWL.versionInfo, Literal("0.1.0")) in graph
    assert (ontology, OWL.versionIRI, URIRef(BASE + "ont/0.1.0")) in graph
    assert (ontology, VANN.preferredNamespacePrefix, Literal("osaid")) in graph
    assert (ontology, VANN.preferredNamespaceUri, Literal(str(OSAID))) in graph
    assert (ontology, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in graph
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.issued):
        assert graph.value(ontology, predicate)


@pytest.mark.parametrize("term", _terms(), ids=lambda term: term.removeprefix(OSAID))
def test_a_term_is_documented(term: URIRef) -> None:
    graph = _file("osaid.ttl")
    for predicate in (RDFS.label, SKOS.definition):
        values = list(graph.objects(term, predicate))
        assert len(values) == 1 and isinstance(values[0], Literal) and values[0].language == "en", predicate
    assert list(graph.objects(term, RDFS.isDefinedBy)) == [URIRef(BASE + "ont")]
    sources = list(graph.objects(term, DCTERMS.source))
    assert sources or list(graph.objects(term, SKOS.scopeNote)), "says not which clause it serves"
    for source in sources:
        assert (source, RDF.type, OSAID.Requirement) in _file("definition/requirements.ttl"), source


def test_no_two_terms_of_a_kind_share_label_or_definition() -> None:
    graph = _file("osaid.ttl")
    for predicate in (RDFS.label, SKOS.definition):
        seen = Counter(
            (str(value).casefold(), (term, RDF.type, OWL.Class) in graph)
            for term in _terms()
            for value in graph.objects(term, predicate)
        )
        assert [value for value, count in seen.items() if count > 1] == []


def test_class_names_start_upper_case_and_property_names_lower_case() -> None:
    graph = _file("osaid.ttl")
    for term in _terms():
        name = term.removeprefix(OSAID)
        assert name[0].isupper() == ((term, RDF.type, OWL.Class) in graph), name


def test_the_closed_vocabulary_of_the_package_is_this_ontology() -> None:
    names = {name for name in vocab.OSAID.__annotations__ if not name.startswith("_")}
    assert names == {str(term.removeprefix(OSAID)) for term in _terms()}


# -- structure -----------------------------------------------------------------------------------------------


def test_domain_and_range_are_documentation_only() -> None:
    graph = _union(*_all_files())
    assert not list(graph.subject_objects(RDFS.domain)) and not list(graph.subject_objects(RDFS.range))


def test_the_core_has_no_axiom_that_reaches_outside() -> None:
    graph = _file("osaid.ttl")
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        outside = {value for value in graph.objects(None, predicate) if not str(value).startswith(OSAID)}
        assert outside <= {SKOS.Concept, RDFS.seeAlso}


def test_each_axiom_stands_in_one_place() -> None:
    axioms = Counter(
        (subject, predicate, value)
        for name in _all_files()
        for subject, predicate, value in _file(name)
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf, OWL.disjointWith)
    )
    assert [axiom for axiom, count in axioms.items() if count > 1] == []


@pytest.mark.parametrize("name", [*AXIOMS, *MAPPINGS])
def test_an_alignment_names_what_it_aligns_to(name: str) -> None:
    graph, ontology = _file(f"alignments/{name}.ttl"), URIRef(f"{BASE}alignment/{name}")
    assert (ontology, RDF.type, OWL.Ontology) in graph
    for predicate in (OWL.versionIRI, OWL.versionInfo, DCTERMS.title, DCTERMS.description, DCTERMS.references):
        assert graph.value(ontology, predicate), predicate


def test_the_folder_holds_these_alignments_and_no_other() -> None:
    assert {path.stem for path in (ONTOLOGY_FOLDER / "alignments").iterdir()} == {*AXIOMS, *MAPPINGS}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_entails_nothing(name: str) -> None:
    matches = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
    graph, ontology = _file(f"alignments/{name}.ttl"), URIRef(f"{BASE}alignment/{name}")
    assert {predicate for subject, predicate, _ in graph if subject != ontology} <= matches
    pairs = Counter((subject, value) for subject, _, value in graph if subject != ontology)
    assert [pair for pair, count in pairs.items() if count > 1] == [], "two matches for one pair"


def test_duties_on_parameters_do_not_fall_on_checkpoints() -> None:
    graph = _file("osaid.ttl")
    for term in (OSAID.Checkpoint, OSAID.OptimizerState):
        assert OSAID.Parameters not in set(graph.transitive_objects(term, RDFS.subClassOf))


def test_code_lists_are_complete_and_equal_to_those_of_the_package() -> None:
    graph = _file("codelists.ttl")
    found = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        assert graph.value(scheme, SKOS.prefLabel) and graph.value(scheme, SKOS.definition)
        tokens = []
        for concept in graph.subjects(SKOS.inScheme, scheme):
            assert (concept, RDF.type, SKOS.Concept) in graph and (concept, SKOS.topConceptOf, scheme) in graph
            notation = graph.value(concept, SKOS.notation)
            assert concept == CODE[str(notation)], "the token is the local name"
            for predicate in (SKOS.prefLabel, SKOS.definition):
                value = graph.value(concept, predicate)
                assert isinstance(value, Literal) and value.language == "en"
            tokens.append(str(notation))
        found[str(scheme).removeprefix(CODE)] = set(tokens)
    assert found == {name: set(tokens) for name, tokens in vocab.CODELISTS.items()}
    assert sum(map(len, found.values())) == len(set(graph.subjects(RDF.type, SKOS.Concept))), "a token in two lists"


# -- declared ------------------------------------------------------------------------------------------------


def _declared() -> set[Node]:
    requirements = _file("definition/requirements.ttl")
    codes = _file("codelists.ttl")
    return {
        *_terms(),
        *codes.subjects(RDF.type, SKOS.Concept),
        *codes.subjects(RDF.type, SKOS.ConceptScheme),
        *requirements.subjects(RDF.type, OSAID.Requirement),
        *_file("definition/1.0-rc1.ttl").subjects(RDF.type, OSAID.Definition),
    }


@pytest.mark.parametrize("name", _all_files())
def test_every_iri_of_ours_is_declared(name: str) -> None:
    ours = tuple(str(namespace) for namespace in (OSAID, CODE, REQ, DEF))
    # str(): startswith of rdflib's own terms takes no tuple, and says False rather than so.
    used = {
        term for triple in _file(name) for term in triple if isinstance(term, URIRef) and str(term).startswith(ours)
    }
    assert used, "uses nothing of ours"
    assert used - _declared() == set()


# -- OWL 2 RL ------------------------------------------------------------------------------------------------

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


def test_the_ontology_is_in_owl_2_rl() -> None:
    assert rl_violations(_union(*_axiom_files())) == []


def test_codelists_and_definition_keep_it_there() -> None:
    definition = [name for name in _all_files() if name.startswith("definition/")]
    assert rl_violations(_union(*_axiom_files(), "codelists.ttl", *definition)) == []


PREFIXES = """
@prefix : <https://example.org/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:A a owl:Class . :B a owl:Class . :C a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :d a owl:DatatypeProperty . :n a owl:AnnotationProperty .
"""

OUTSIDE = {
    "existential super-class": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        "super-class",
    ),
    "union as super-class": (":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .", "unionOf"),
    "enumeration as super-class": (":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :i ) ] .", "oneOf"),
    "universal sub-class": (
        "[] a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ; rdfs:subClassOf :A .",
        "sub-class",
    ),
    "negated sub-class": ("[] a owl:Class ; owl:complementOf :B ; rdfs:subClassOf :A .", "complementOf"),
    "minimum cardinality": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
        'owl:minCardinality "1"^^xsd:nonNegativeInteger ] .',
        "minCardinality",
    ),
    "maximum of two": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
        'owl:maxCardinality "2"^^xsd:nonNegativeInteger ] .',
        "0 or 1",
    ),
    "exact cardinality": (
        ':A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:cardinality "1"^^xsd:nonNegativeInteger ] .',
        "cardinality",
    ),
    "self restriction": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ] .",
        "hasSelf",
    ),
    "owl:Thing": ("owl:Thing rdfs:subClassOf :A .", "owl:Thing"),
    "nested in an intersection": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :B [ a owl:Class ; owl:unionOf ( :B :C ) ] ) ] .",
        "unionOf",
    ),
    "universal equivalence": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        "equivalence",
    ),
    "union in a domain": (":p rdfs:domain [ a owl:Class ; owl:unionOf ( :A :B ) ] .", "unionOf"),
    "disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", "disjointUnionOf"),
    "disjoint with a universal": (
        ":A owl:disjointWith [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        "sub-class",
    ),
    "reflexive property": (":p a owl:ReflexiveProperty .", "ReflexiveProperty"),
    "object and annotation property": (":p a owl:AnnotationProperty .", "two kinds"),
    "object and datatype property": (":p a owl:DatatypeProperty .", "two kinds"),
    "class and datatype": (":A a rdfs:Datatype .", "class and datatype"),
    "sub-property of another kind": (":n rdfs:subPropertyOf :p .", "another kind"),
    "undeclared property": (":i :unknown :j .", "not declared"),
    "undeclared class": (":i a :Unknown .", "not declared"),
    "annotation property restricted": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :n ; owl:hasValue :i ] .",
        "not an object property",
    ),
    "transitive datatype property": (":d a owl:TransitiveProperty .", "not an object property"),
    "inverse of an annotation property": (":p owl:inverseOf :n .", "not an object property"),
    "date as range": (":d rdfs:range xsd:date .", "datatype outside RL"),
    "owl:real as range": (":d rdfs:range owl:real .", "datatype outside RL"),
    "enumerated data": (':d rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" ) ] .', "data range"),
    "facets": (
        ":d rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ] .",
        "data range",
    ),
    "date in a data assertion": (':i :d "2024-01-01"^^xsd:date .', "datatype outside RL"),
    "node as data": (":i :d :j .", "datatype property"),
    "literal as object": (':i :p "text" .', "object property"),
    "class expression in no axiom": (":i :n [ a owl:Class ; owl:unionOf ( :A :B ) ] .", "outside an axiom"),
    "functional and transitive": (":p a owl:TransitiveProperty , owl:FunctionalProperty .", "simple role"),
    "asymmetric above a transitive": (
        ":p a owl:AsymmetricProperty . :q a owl:TransitiveProperty ; rdfs:subPropertyOf :p .",
        "simple role",
    ),
    "RDF list as data": (":i :p ( :j ) .", "list outside"),
    "a list without end": (
        ":A owl:intersectionOf :l . [] a owl:AllDisjointClasses ; owl:members :l . :l rdf:first :B ; rdf:rest :l .",
        "runs into itself",
    ),
    "reserved property": (":i rdf:value :j .", "reserved"),
    "a property of plain RDF": (":r a rdf:Property .", "reserved"),
}

INSIDE = {
    "existential sub-class": (
        "[] a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing ; rdfs:subClassOf :A ."
    ),
    "union as sub-class": "[] a owl:Class ; owl:unionOf ( :B :C ) ; rdfs:subClassOf :A .",
    "universal super-class": ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
    "negated super-class": ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
    "at most one": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:onClass :B ; "
        'owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ] .'
    ),
    "chain": ":q owl:propertyChainAxiom ( :p [ owl:inverseOf :p ] ) .",
    "pairwise disjoint": "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
    "transitive and symmetric": ":p a owl:TransitiveProperty , owl:SymmetricProperty .",
    "has value in an equivalence": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :i ] ."
    ),
    "class and individual": ":A a :B .",
    "date in an annotation": ':i :n "2024-01-01"^^xsd:date .',
    "integer range": ":d rdfs:range xsd:integer .",
}


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_the_profile_check_catches(name: str) -> None:
    turtle, expected = OUTSIDE[name]
    found = rl_violations(Graph().parse(data=PREFIXES + turtle, format="turtle"))
    assert any(expected in violation for violation in found), found


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_the_profile_check_lets_pass(name: str) -> None:
    assert rl_violations(Graph().parse(data=PREFIXES + INSIDE[name], format="turtle")) == []


# -- consistency under OWL 2 RL ------------------------------------------------------------------------------

RELEASE = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix def: <https://w3id.org/osaid-graph/definition#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix : <https://example.org/> .
:system a osaid:AISystem ; osaid:hasModel :model ; osaid:hasParameters :weights ; osaid:hasCode :train ;
    osaid:hasDataInformation :card .
:model a osaid:Model ; osaid:hasArchitecture :architecture .
:architecture a osaid:Architecture .
:weights a osaid:Parameters ; osaid:license "Apache-2.0" ; osaid:trainedOn :corpus ; osaid:fineTunedFrom :base ;
    osaid:trainedBy :run ; osaid:hasCheckpoint :early .
:base a osaid:Parameters ; osaid:derivedFrom :base .
:early a osaid:Checkpoint , osaid:Parameters .
:run a osaid:Training ; osaid:usedCode :train ; osaid:usedDataset :corpus .
:train a osaid:Code ; osaid:codeRole code:training ; osaid:revision "59a53e3" .
:card a osaid:DataInformation ; osaid:describes :corpus .
:corpus a osaid:Dataset ; osaid:availability code:public ; osaid:filteredFrom :crawl ; osaid:provenance "two crawls" ;
    osaid:labeling [ a osaid:NotApplicable ; rdfs:comment "self-supervised" ] ;
    osaid:cleaning [ a osaid:NotDisclosed ] .
:crawl a osaid:Dataset .
[] a osaid:Judgement ; osaid:judges req:data-info-sufficient ; osaid:subject :system ; osaid:outcome code:met ;
    osaid:definition def:1.0-rc1 ; prov:wasAttributedTo [ a prov:Agent ] ; osaid:independent true .
"""
EX = Namespace("https://example.org/")


def _closure(*extra: str) -> Graph:
    """Return the OWL 2 RL closure of ontology, codelists, the release and ``extra`` triples in its prefixes."""
    graph = _union(*_axiom_files(), "codelists.ttl")
    graph.parse(data=RELEASE + "\n".join(extra), format="turtle")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return owl_rl_closure(graph)


def test_the_closure_has_no_contradiction_and_says_what_is_meant() -> None:
    graph = _closure()
    assert contradictions(graph) == []
    prov, dcat = Namespace("http://www.w3.org/ns/prov#"), Namespace("http://www.w3.org/ns/dcat#")
    for triple in (
        (EX.weights, OSAID.derivedFrom, EX.base),
        (EX.base, OSAID.sourceOf, EX.weights),
        (EX.weights, prov.wasDerivedFrom, EX.base),
        (EX.weights, OSAID.isComponentOf, EX.system),
        (EX.weights, DCTERMS.isPartOf, EX.system),
        (EX.corpus, OSAID.usedToTrain, EX.weights),
        (EX.corpus, RDF.type, dcat.Dataset),
        (EX.run, prov.used, EX.train),
        (EX.weights, DCTERMS.license, Literal("Apache-2.0")),
    ):
        assert triple in graph, triple
    assert (EX.weights, OSAID.derivedFrom, EX.corpus) not in graph


@pytest.mark.parametrize(
    "triple",
    [
        ":train a osaid:Dataset .",
        ":corpus a osaid:Parameters .",
        ":weights a osaid:Code .",
        ":x a osaid:NotDisclosed , osaid:NotApplicable .",
    ],
)
def test_what_is_disjoint_contradicts(triple: str) -> None:
    assert contradictions(_closure(triple))


# -- JSON-LD -------------------------------------------------------------------------------------------------


def _jsonld(**document: Any) -> Graph:
    return Graph().parse(data=json.dumps({"@context": _context(), **document}), format="json-ld")


def _iris_in(value: Any, context: dict[str, Any]) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _iris_in(inner, context)
    elif isinstance(value, str) and not value.startswith("@"):
        prefix, colon, name = value.partition(":")
        yield context[prefix] + name if colon and isinstance(context.get(prefix), str) and "//" not in name else value


def test_every_iri_of_ours_in_the_context_is_declared() -> None:
    context = _context()
    known = {str(term) for term in _declared()} | {str(namespace) for namespace in (OSAID, CODE, REQ, DEF)}
    used = {iri for iri in _iris_in(context, context) if iri.startswith(BASE)}
    assert used - known == set()


@pytest.mark.parametrize(
    "term", [t for t in _terms() if t.removeprefix(OSAID)[0].isupper()], ids=lambda t: t.removeprefix(OSAID)
)
def test_every_class_can_be_a_type(term: URIRef) -> None:
    graph = _jsonld(id="https://example.org/x", type=term.removeprefix(OSAID))
    assert list(graph) == [(EX.x, RDF.type, term)]


#: Codelist -> the key whose values are its tokens.
TOKEN_KEYS = {
    "AccessManner": "manner",
    "Approval": "approval",
    "Availability": "availability",
    "Check": "check",
    "Clause": "clause",
    "CodeRole": "roles",
    "Completeness": "completeness",
    "Freedom": "restricts",
    "Outcome": "outcome",
    "Strength": "strength",
}


@pytest.mark.parametrize(
    ("scheme", "word"), sorted((scheme, word) for scheme, words in vocab.CODELISTS.items() for word in words)
)
def test_every_token_resolves(scheme: str, word: str) -> None:
    key = TOKEN_KEYS[scheme]
    graph = _jsonld(**{"id": "https://example.org/x", key: [word]})
    assert [value for _, _, value in graph] == [CODE[word]]


@pytest.mark.parametrize(
    "key", ["availability", "completeness", "roles", "license", "labeling", "location", "training-data"]
)
def test_any_statement_may_be_withheld(key: str) -> None:
    graph = _jsonld(**{"id": "https://example.org/x", key: {"type": "NotDisclosed", "comment": "not said"}})
    node = graph.value(None, RDF.type, OSAID.NotDisclosed)
    assert isinstance(node, BNode) and (node, RDFS.comment, Literal("not said")) in graph
    assert [subject for subject, _, value in graph if value == node] == [EX.x]


def test_a_misspelt_key_is_not_lost() -> None:
    assert OSAID["labelling"] in set(_jsonld(id="https://example.org/x", labelling="by hand").predicates())


def test_terms_and_aspects_take_a_string_or_a_node() -> None:
    graph = _jsonld(id="https://example.org/x", license=["MIT", {"id": "https://spdx.org/licenses/MIT"}])
    assert set(graph.objects(EX.x, OSAID.license)) == {Literal("MIT"), URIRef("https://spdx.org/licenses/MIT")}


LONG_FORM: dict[str, Any] = {
    "id": "https://example.org/atlas",
    "type": "AISystem",
    "name": "Atlas",
    "version": "1.2",
    "producer": {"type": "Agent", "name": "Acme Lab"},
    "access": {"type": "AccessConditions", "manner": "click-through", "comment": "asks for a name"},
    "source": "https://example.org/card",
    "model": {"id": "https://example.org/model", "type": "Model"},
    "parameters": {
        "id": "https://example.org/weights",
        "type": "Parameters",
        "license": {"id": "https://spdx.org/licenses/Apache-2.0"},
        "location": "https://example.org/files",
        "checkpoints": {"type": "NotDisclosed"},
        "optimizer-state": {"id": "https://example.org/optimizer", "type": "OptimizerState"},
        "completeness": "complete",
        "fine-tuned-from": "https://example.org/base",
        "adapter-of": "https://example.org/base",
        "quantized-from": "https://example.org/base",
        "merged-from": ["https://example.org/base", "https://example.org/other"],
        "distilled-from": "https://example.org/other",
        "training-data": [
            {
                "id": "https://example.org/webmix#1.0",
                "type": "Dataset",
                "version-of": "https://example.org/webmix",
                "version": "1.0",
                "availability": "public",
                "location": "https://example.org/webmix",
                "withdrawn": "2024-05-01",
                "provenance": "two crawls",
                "scope": "English web pages",
                "characteristics": {"id": "https://example.org/datasheet"},
                "obtained": "crawled",
                "selection": "by language",
                "labeling": {"type": "NotApplicable", "comment": "self-supervised"},
                "cleaning": {"type": "NotDisclosed"},
                "filtered-from": "https://example.org/crawl",
                "subset-of": "https://example.org/pages",
                "derived-from": "https://example.org/seed",
            }
        ],
        "validation-data": ["https://example.org/held-out"],
        "evaluation-data": ["https://example.org/benchmark"],
    },
    "code": [
        {
            "id": "https://example.org/train",
            "type": "Code",
            "roles": ["training", "architecture"],
            "repository": "https://example.org/train.git",
            "revision": "59a53e3",
            "license": "Apache-2.0",
            "arguments": {"id": "https://example.org/config", "type": "Configuration"},
        },
        {"type": "NotApplicable", "roles": ["hyperparameter-search"], "comment": "one run"},
    ],
    "data-information": {
        "id": "https://example.org/paper",
        "type": "DataInformation",
        "document": "https://example.org/paper",
        "describes": ["https://example.org/webmix#1.0"],
    },
    "datasets": [
        {
            "id": "https://example.org/archive",
            "type": "Dataset",
            "availability": "obtainable",
            "obtainable-from": "News Archive Ltd",
            "fee": "EUR 100",
            "agreement": {"id": "https://example.org/agreement"},
        },
        {"id": "https://example.org/wards", "type": "Dataset", "availability": "unshareable", "reason": "patients"},
    ],
    "judgements": [
        {
            "type": "Judgement",
            "requirement": "data-info-sufficient",
            "outcome": "met",
            "by": {"type": "Agent", "name": "R. Viewer", "affiliation": "none"},
            "independent": True,
            "date": "2024-10-01",
            "definition": "1.0-rc1",
            "reason": "rebuilt from it",
            "evidence": [{"url": "https://example.org/report", "retrieved": "2024-09-30", "sha256": "00ff"}],
        }
    ],
}

LONG_FORM_TURTLE = """
@prefix osaid: <https://w3id.org/osaid-graph/ont#> .
@prefix code: <https://w3id.org/osaid-graph/code#> .
@prefix req: <https://w3id.org/osaid-graph/requirement#> .
@prefix def: <https://w3id.org/osaid-graph/definition#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
:atlas a osaid:AISystem ; dcterms:title "Atlas" ; dcat:version "1.2" ; dcterms:source :card ;
    dcterms:publisher [ a prov:Agent ; foaf:name "Acme Lab" ] ;
    osaid:accessConditions [
        a osaid:AccessConditions ; osaid:accessManner code:click-through ; rdfs:comment "asks for a name" ] ;
    osaid:hasModel :model ; osaid:hasParameters :weights ; osaid:hasDataInformation :paper ;
    osaid:hasCode :train , [
        a osaid:NotApplicable ; osaid:codeRole code:hyperparameter-search ; rdfs:comment "one run" ] .
:model a osaid:Model .
:weights a osaid:Parameters ; osaid:license <https://spdx.org/licenses/Apache-2.0> ; osaid:location :files ;
    osaid:hasCheckpoint [ a osaid:NotDisclosed ] ; osaid:hasOptimizerState :optimizer ;
    osaid:completeness code:complete ;
    osaid:fineTunedFrom :base ; osaid:adapterOf :base ; osaid:quantizedFrom :base ; osaid:mergedFrom :base , :other ;
    osaid:distilledFrom :other ; osaid:trainedOn <https://example.org/webmix#1.0> ; osaid:validatedOn :held-out ;
    osaid:evaluatedOn :benchmark .
:optimizer a osaid:OptimizerState .
<https://example.org/webmix#1.0> a osaid:Dataset ; dcterms:isVersionOf :webmix ; dcat:version "1.0" ;
    osaid:availability code:public ; osaid:location :webmix ; osaid:withdrawn "2024-05-01"^^xsd:date ;
    osaid:provenance "two crawls" ; osaid:scope "English web pages" ; osaid:characteristics :datasheet ;
    osaid:obtained "crawled" ; osaid:selection "by language" ;
    osaid:labeling [ a osaid:NotApplicable ; rdfs:comment "self-supervised" ] ;
    osaid:cleaning [ a osaid:NotDisclosed ] ;
    osaid:filteredFrom :crawl ; osaid:subsetOf :pages ; osaid:derivedFrom :seed .
:train a osaid:Code ; osaid:codeRole code:training , code:architecture ;
    osaid:location <https://example.org/train.git> ;
    osaid:revision "59a53e3" ; osaid:license "Apache-2.0" ; osaid:hasConfiguration :config .
:config a osaid:Configuration .
:paper a osaid:DataInformation ; osaid:location :paper ; osaid:describes <https://example.org/webmix#1.0> .
:archive a osaid:Dataset ; osaid:availability code:obtainable ; osaid:obtainableFrom "News Archive Ltd" ;
    osaid:fee "EUR 100" ; osaid:agreement :agreement .
:wards a osaid:Dataset ; osaid:availability code:unshareable ; osaid:unshareableReason "patients" .
[] a osaid:Judgement ; osaid:subject :atlas ; osaid:judges req:data-info-sufficient ; osaid:outcome code:met ;
    prov:wasAttributedTo [ a prov:Agent ; foaf:name "R. Viewer" ; osaid:affiliation "none" ] ;
    osaid:independent true ; dcterms:date "2024-10-01"^^xsd:date ; osaid:definition def:1.0-rc1 ;
    rdfs:comment "rebuilt from it" ; osaid:evidence :report .
:report osaid:retrieved "2024-09-30"^^xsd:date ; osaid:sha256 "00ff" .
"""


def test_the_long_form_gives_the_graph_that_is_meant() -> None:
    found, expected = _jsonld(**LONG_FORM), Graph().parse(data=LONG_FORM_TURTLE, format="turtle")
    difference = {(p, o) for _, p, o in found if not isinstance(o, BNode)} ^ {
        (p, o) for _, p, o in expected if not isinstance(o, BNode)
    }
    assert difference == set()
    assert isomorphic(found, expected)
