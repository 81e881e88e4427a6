"""The records of the PROV data model, whatever notation they stand in, as statements of PROV-O.

The W3C Notes PROV-JSON and PROV-N write the same records; PROV-O is what they are in RDF (PROV-O, section 3). A record
with attributes of its own, such as a role, becomes a qualified relation beside the plain one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from rdflib import PROV, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.errors import InputError
from osaid_graph.identity import BLANK, MAX_IRI, NAMED, shortened
from osaid_graph.model import Term
from osaid_graph.readers.place import At
from osaid_graph.readers.prov.meanings import MEANINGS, meant
from osaid_graph.readers.rdf.terms import checked
from osaid_graph.reading import Statement
from osaid_graph.sources import Repair

_NS = str(PROV._NS)
BUILT_IN = {"prov": _NS, "xsd": str(XSD), "xsi": "http://www.w3.org/2001/XMLSchema-instance#"}
#: Kinds of record that describe a node -> its class.
NODES: dict[str, URIRef] = {"entity": PROV.Entity, "activity": PROV.Activity, "agent": PROV.Agent}


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of record that links two nodes: its property, its arguments in order, and its qualified form."""

    predicate: URIRef
    arguments: tuple[str, ...]
    qualified: URIRef | None = None
    influence: URIRef | None = None


#: Kind of record -> what it is; the first argument is the subject, the second the object.
RELATIONS: dict[str, Relation] = {
    "wasGeneratedBy": Relation(
        PROV.wasGeneratedBy, ("entity", "activity", "time"), PROV.qualifiedGeneration, PROV.activity
    ),
    "used": Relation(PROV.used, ("activity", "entity", "time"), PROV.qualifiedUsage, PROV.entity),
    "wasInformedBy": Relation(
        PROV.wasInformedBy, ("informed", "informant"), PROV.qualifiedCommunication, PROV.activity
    ),
    "wasStartedBy": Relation(
        PROV.wasStartedBy, ("activity", "trigger", "starter", "time"), PROV.qualifiedStart, PROV.entity
    ),
    "wasEndedBy": Relation(PROV.wasEndedBy, ("activity", "trigger", "ender", "time"), PROV.qualifiedEnd, PROV.entity),
    "wasInvalidatedBy": Relation(
        PROV.wasInvalidatedBy, ("entity", "activity", "time"), PROV.qualifiedInvalidation, PROV.activity
    ),
    "wasDerivedFrom": Relation(
        PROV.wasDerivedFrom,
        ("generatedEntity", "usedEntity", "activity", "generation", "usage"),
        PROV.qualifiedDerivation,
        PROV.entity,
    ),
    "wasAttributedTo": Relation(PROV.wasAttributedTo, ("entity", "agent"), PROV.qualifiedAttribution, PROV.agent),
    "wasAssociatedWith": Relation(
        PROV.wasAssociatedWith, ("activity", "agent", "plan"), PROV.qualifiedAssociation, PROV.agent
    ),
    "actedOnBehalfOf": Relation(
        PROV.actedOnBehalfOf, ("delegate", "responsible", "activity"), PROV.qualifiedDelegation, PROV.agent
    ),
    "wasInfluencedBy": Relation(
        PROV.wasInfluencedBy, ("influencee", "influencer"), PROV.qualifiedInfluence, PROV.influencer
    ),
    "specializationOf": Relation(PROV.specializationOf, ("specificEntity", "generalEntity")),
    "alternateOf": Relation(PROV.alternateOf, ("alternate1", "alternate2")),
    "hadMember": Relation(PROV.hadMember, ("collection", "entity")),
}
#: Further arguments -> the property of the qualified relation that says them.
_FURTHER = {
    "time": PROV.atTime,
    "plan": PROV.hadPlan,
    "activity": PROV.hadActivity,
    "starter": PROV.hadActivity,
    "ender": PROV.hadActivity,
    "generation": PROV.hadGeneration,
    "usage": PROV.hadUsage,
}
#: Attributes that PROV-O has another name for; the class of a node is its type.
_ATTRIBUTES = {"label": RDFS.label, "location": PROV.atLocation, "role": PROV.hadRole}
_NAMES = frozenset((_NS + "QUALIFIED_NAME", str(XSD) + "QName", str(XSD) + "anyURI"))


_NOWHERE = At()
#: IRIs that stand for blank nodes: ours, and those of anybody who follows RDF 1.1, section 3.5.
_SKOLEM = re.compile(rf"(?:{re.escape(BLANK)}|https?://[^/]+/\.well-known/genid/)(?P<label>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an attribute as written; ``datatype`` is a qualified name, empty for a plain text."""

    text: str
    datatype: str = ""
    language: str = ""
    at: At = _NOWHERE


@dataclass(frozen=True, slots=True)
class Record:
    """One record: what kind, its identifier, its arguments and attributes by name, and where it stands."""

    kind: str
    name: str
    at: At
    arguments: Mapping[str, Value] = field(default_factory=dict)
    attributes: tuple[tuple[str, Value], ...] = ()


class Records:
    """Turns records into statements.

    Attributes:
        statements: What was said, in the order it stands.
        repairs: What was put right on the way.
    """

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.repairs: list[Repair] = []
        self._blank = 0
        self._told: set[str] = set()

    def add(self, record: Record, prefixes: Mapping[str, str]) -> None:
        """Add what a record says, its names expanded with the prefixes in force."""
        if record.kind in NODES:
            self._add_node(record, prefixes)
        else:
            self._add_relation(record, RELATIONS[record.kind], prefixes)

    def expand(self, name: str, prefixes: Mapping[str, str], at: At) -> URIRef:
        """Return the IRI of a qualified name.

        A name that has no declared prefix stays what it is, an IRI or a plain name, and that is told once.
        """
        prefix, colon, local = name.partition(":")
        if colon and prefix in prefixes:
            return self._iri(prefixes[prefix] + local, at)
        if colon and (local.startswith("//") or prefix.casefold() == "urn"):
            return self._iri(name, at)
        if not colon and "default" in prefixes:
            return self._iri(prefixes["default"] + name, at)
        if prefix not in self._told:
            self._told.add(prefix)
            what = f"the prefix {shortened(prefix)!r} is" if colon else f"a namespace for {shortened(name)!r} is"
            self.repairs.append(Repair(f"{what} not declared: taken for a name of its own", at.line, at.path))
        return self._iri(NAMED + quote(name, safe="-._~", errors="replace"), at)

    def _iri(self, text: str, at: At) -> URIRef:
        mended = quote(text.strip(), safe="/:?#@!$&'()*+,;=%~[]", errors="replace")[:2000]
        try:
            return _checked_node(URIRef(text))
        except InputError as error:
            self.repairs.append(Repair(f"{error.message}: read percent-encoded", at.line, at.path))
        try:
            return _checked_node(URIRef(mended))
        except InputError:
            return URIRef(NAMED + quote(text, safe="-._~", errors="replace")[:2000])

    def _node(self, name: str, prefixes: Mapping[str, str], at: At) -> IdentifiedNode:
        if name.startswith("_:"):
            return BNode("prov-" + quote(name[2:], safe="", errors="replace"))
        return _unless_skolem(self.expand(name, prefixes, at))

    def _add_node(self, record: Record, prefixes: Mapping[str, str]) -> None:
        node = self._node(record.name, prefixes, record.at)
        if isinstance(node, URIRef) or record.name.startswith("_:"):
            self._say(node, RDF.type, NODES[record.kind], record.at)
        for argument, predicate in (("startTime", PROV.startedAtTime), ("endTime", PROV.endedAtTime)):
            if argument in record.arguments:
                value = record.arguments[argument]
                self._say(node, predicate, Literal(value.text, datatype=XSD.dateTime), value.at)
        self._attributes(node, record, prefixes)

    def _add_relation(self, record: Record, relation: Relation, prefixes: Mapping[str, str]) -> None:
        first, second = (record.arguments.get(name) for name in relation.arguments[:2])
        if first is None:
            return
        subject = self._node(first.text, prefixes, first.at)
        value = self._node(second.text, prefixes, second.at) if second is not None else None
        place = second.at if second is not None else record.at
        if value is not None:
            self._say(subject, relation.predicate, value, place)
        attributes = []
        for name, kind in record.attributes:
            narrower = meant(record.kind, self._term(name, kind, prefixes)) if name == "prov:type" else None
            if narrower is not None and value is not None:
                self._say(subject, narrower, value, kind.at)
            if narrower not in MEANINGS:
                attributes.append((name, kind))
        record = replace(record, attributes=tuple(attributes))
        further = [(name, record.arguments[name]) for name in relation.arguments[2:] if name in record.arguments]
        if relation.qualified is None or relation.influence is None or not (further or record.attributes):
            return
        self._blank += 1
        blank = BNode(f"prov-relation-{self._blank}")
        node = blank if not record.name or record.name.startswith("_:") else self._node(record.name, prefixes, place)
        self._say(subject, relation.qualified, node, place)
        if value is not None:
            self._say(node, relation.influence, value, place)
        for name, argument in further:
            said: Term = (
                Literal(argument.text, datatype=XSD.dateTime)
                if name == "time"
                else self._node(argument.text, prefixes, argument.at)
            )
            self._say(node, _FURTHER[name], said, argument.at)
        self._attributes(node, record, prefixes)

    def _attributes(self, node: IdentifiedNode, record: Record, prefixes: Mapping[str, str]) -> None:
        for name, value in record.attributes:
            predicate = self.expand(name, prefixes, value.at)
            term = self._term(name, value, prefixes)
            if predicate == URIRef(_NS + "type") and isinstance(term, URIRef):
                predicate = RDF.type
            elif predicate.startswith(_NS):
                predicate = _ATTRIBUTES.get(predicate.removeprefix(_NS), predicate)
            self._say(node, predicate, term, value.at)

    def _term(self, name: str, value: Value, prefixes: Mapping[str, str]) -> Term:
        """Return a value: a name is an IRI, and so is a type that is written as a text but is a declared name."""
        datatype = str(self.expand(value.datatype, prefixes, value.at)) if value.datatype else ""
        if datatype == str(XSD) + "anyURI":
            return self._iri(value.text, value.at)
        if datatype in _NAMES:
            return self._node(value.text, prefixes, value.at)
        prefix, colon, local = value.text.partition(":")
        if not datatype and name == "prov:type" and colon and prefix in prefixes and local and " " not in local:
            return self.expand(value.text, prefixes, value.at)
        if value.language:
            language = value.language.strip().casefold()
            if (
                all(part.isalnum() and part.isascii() for part in language.split("-"))
                and language.partition("-")[0].isalpha()
            ):
                return Literal(value.text, lang=language)
            return Literal(value.text)
        return Literal(value.text, datatype=URIRef(datatype)) if datatype else Literal(value.text)

    def _say(self, subject: IdentifiedNode, predicate: URIRef, value: Term, at: At) -> None:
        try:
            triple = checked(subject, predicate, value)
        except InputError as error:
            self.repairs.append(Repair(f"{error.message}: left out", at.line, at.path))
            return
        self.statements.append(Statement(triple, at.line, graph=at.graph, field=at.path))


def _unless_skolem(iri: URIRef) -> IdentifiedNode:
    """Return the blank node that an IRI stands for, which is known by its attributes alone; any other IRI as it is."""
    found = _SKOLEM.fullmatch(iri)
    return BNode("prov-" + quote(found["label"], safe="", errors="replace")) if found else iri


def _checked_node(iri: URIRef) -> URIRef:
    subject, _, _ = checked(iri, RDF.type, PROV.Entity)
    return URIRef(subject)


def prefixes_of(declared: Iterable[tuple[str, str]], outer: Mapping[str, str] = BUILT_IN) -> dict[str, str]:
    """Return the prefixes in force where some are declared within others.

    Raises:
        InputError: One stands for more than an IRI can hold: so would every name that is written with it.
    """
    own = dict(declared)
    long = next((name for name, iri in own.items() if len(iri) > MAX_IRI), None)
    if long is not None:
        raise InputError(
            f"the prefix {shortened(long)!r} stands for too long an IRI", f"at most {MAX_IRI:,} characters"
        )
    return {**outer, **own}
