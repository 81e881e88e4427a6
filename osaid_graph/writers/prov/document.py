"""A release as a document of the PROV data model: a bundle for each source, and the provenance of the bundles.

What PROV has a relation for is that relation, with our property as its type; everything else that is said of a node is
an attribute of its record, by the name it has in its vocabulary. Circles of derivation, and what is no relation by the
kinds of its ends, are attributes too: in our words they can be told, in those of PROV they cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.model import Term, Triple
from osaid_graph.readers.prov.records import NODES
from osaid_graph.writers.material import Material
from osaid_graph.writers.prov.bundles import bundles
from osaid_graph.writers.prov.names import Names
from osaid_graph.writers.prov.relations import Kinds, Relation, canonical

if TYPE_CHECKING:
    from prov.identifier import QualifiedName
    from prov.model import ProvBundle, ProvDocument

_PROV = str(PROV._NS)
#: Datatypes whose values PROV takes for names of things.
_NAMES = frozenset((XSD.anyURI, XSD.QName, URIRef(_PROV + "QUALIFIED_NAME")))
#: Properties of PROV-O -> the attributes that PROV reserves for the same.
_RESERVED = {RDFS.label: "label", PROV.atLocation: "location", PROV.value: "value"}
#: A specialization has no attributes to tell its meaning by: it stands beside the statement.
_BESIDE = {DCTERMS.isVersionOf: PROV.specializationOf}


def document(material: Material) -> ProvDocument:
    """Return the release as a document of the ``prov`` library, and enter what it says as carried."""
    from prov.model import ProvDocument

    found = bundles(material)
    names, kinds = Names(), Kinds(found)
    result = ProvDocument()
    described = {triple[0] for triples in (found.provenance, *found.said.values()) for triple in triples}
    _Container(result, names, kinds, described).write(found.provenance)
    for name, triples in found.said.items():
        container = _Container(result.bundle(names.of(name)), names, kinds, described)
        for triple in container.write(triples):
            material.carry(*triple)
    return result


class _Container:
    """Writes the records of a document or of a bundle."""

    def __init__(self, bundle: ProvBundle, names: Names, kinds: Kinds, described: set[Any]) -> None:
        self._bundle, self._names, self._kinds, self._described = bundle, names, kinds, described
        self._attributes: dict[IdentifiedNode, list[tuple[QualifiedName, Any]]] = {}
        self._relations: dict[Relation, None] = {}
        self._written: list[Triple] = []

    def write(self, triples: list[Triple]) -> list[Triple]:
        """Write statements; return those that the records say, relations told from their canonical end."""
        for triple in map(canonical, triples):
            relation = self._kinds.relation(triple)
            if relation is not None:
                self._relations[relation] = None
                self._written.append(triple)
            elif self._attribute(triple):
                self._written.append(triple)
            if triple[1] in _BESIDE and (beside := self._kinds.relation((triple[0], _BESIDE[triple[1]], triple[2]))):
                self._relations[beside] = None
        for relation in self._relations:
            self._attributes.setdefault(relation.subject, [])
            self._attributes.setdefault(relation.value, [])
        self._records(triples)
        return self._written

    def _records(self, triples: list[Triple]) -> None:
        from prov.constants import PROV_N_MAP, PROV_TYPE
        from prov.model import PROV_REC_CLS

        records = {word: kind for kind, word in PROV_N_MAP.items()}
        titles = {s: v for s, p, v in reversed(triples) if p == DCTERMS.title and isinstance(v, Literal)}
        labelled = {subject for subject, predicate, _ in triples if predicate == RDFS.label}
        for node, attributes in self._attributes.items():
            kind = records[self._kinds.of(node)]
            title = titles.get(node)
            label = [] if node in labelled or title is None else [(self._name("label"), _literal(title, self._names))]
            self._bundle.new_record(kind, self._names.of(node), None, [*label, *attributes])
        for relation in self._relations:
            first, second = PROV_REC_CLS[records[relation.kind]].FORMAL_ATTRIBUTES[:2]
            ends = [(first, self._names.of(relation.subject)), (second, self._names.of(relation.value))]
            meanings = [relation.meaning] if relation.meaning is not None else []
            meanings += [PROV.Revision] if self._kinds.is_revision(relation) else []
            types = [(PROV_TYPE, self._names.of(meaning)) for meaning in dict.fromkeys(meanings)]
            self._bundle.new_record(records[relation.kind], None, ends, types)

    def _attribute(self, triple: Triple) -> bool:
        """Enter a statement as an attribute of its subject; tell whether it can be one."""
        subject, predicate, value = triple
        attributes = self._attributes.setdefault(subject, [])
        if predicate == RDF.type:
            if not isinstance(value, URIRef):
                return False
            if value == NODES[self._kinds.of(subject)] and not isinstance(subject, BNode):
                return True  # the kind of the record says it
            attributes.append((self._name("type"), self._names.of(value)))
            return True
        if predicate in _RESERVED and (predicate != RDFS.label or isinstance(value, Literal)):
            name = self._name(_RESERVED[predicate])
        elif predicate.startswith(_PROV):
            return False
        else:
            name = self._names.of(predicate)
        written = self._value(value)
        if written is None:
            return False
        attributes.append((name, written))
        return True

    def _name(self, local: str) -> QualifiedName:
        return self._names.of(_PROV + local)

    def _value(self, value: Term) -> Any:
        from prov.identifier import Identifier

        if isinstance(value, Literal):
            return None if value.datatype in _NAMES else _literal(value, self._names)
        if isinstance(value, BNode) or value in self._described or self._names.knows(str(value)):
            return self._names.of(value)
        return Identifier(str(value))


def _literal(value: Literal, names: Names) -> Any:
    from prov.model import Literal as Typed

    if value.language:
        return Typed(str(value), None, value.language)
    if value.datatype is None or value.datatype == XSD.string:
        return str(value)
    return Typed(str(value), names.of(value.datatype))
