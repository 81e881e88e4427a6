"""The entities of a crate, each once under its ``@id``, and those that others refer to: licences and agents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from rdflib import DCTERMS, FOAF, PROV, RDF, XSD, BNode, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import canonical, short
from osaid_graph.model import Term
from osaid_graph.readers.manifest.keys import PLACEHOLDERS
from osaid_graph.readers.works.addresses import identifier
from osaid_graph.vocab import OSAID
from osaid_graph.writers.material import Material

#: An entity, or what is known of it so far.
Entity = dict[str, object]


class Entities:
    """The entities of one crate, in the order they were first named."""

    def __init__(self) -> None:
        self._by_id: dict[str, Entity] = {}

    def add(self, id_: str, kind: str) -> Entity:
        """Return the entity of an id, which is of a kind unless it was given another before."""
        return self._by_id.setdefault(id_, {"@id": id_, "@type": kind})

    def all(self) -> list[Entity]:
        """Return every entity; what nobody named is called by its IRI in short, because a crate asks for names."""
        for id_, entity in self._by_id.items():
            entity.setdefault("name", short(id_))
        return list(self._by_id.values())

    def of_type(self, kind: str) -> list[str]:
        """Return the ids of the entities of a type."""
        return [id_ for id_, entity in self._by_id.items() if entity["@type"] == kind]

    def licence(self, value: Term) -> Entity | None:
        """Return a reference to terms: those of an address by it, others by the words that they are given in."""
        if isinstance(value, URIRef) and is_global(value):
            self.add(str(value), "CreativeWork").setdefault("name", str(value))
            return {"@id": str(value)}
        text = plain(value)
        if not text or text.casefold() in PLACEHOLDERS or identifier(text) is not None:
            return None
        id_ = f"#licence-{_digest(text)}"
        self.add(id_, "CreativeWork").update({"name": text, "identifier": text})
        return {"@id": id_}

    def agent(self, material: Material, node: IdentifiedNode, predicate: URIRef, value: Term) -> Entity | None:
        """Return a reference to a person or organisation; one of which it is not told which is an organisation."""
        if not isinstance(value, IdentifiedNode) or (value, RDF.type, OSAID.NotDisclosed) in material.graph:
            return None
        names = [each for each in material.peek(value, FOAF.name) if plain(each)]
        if not is_global(value) and not (isinstance(value, BNode) and names):
            return None
        person = {PROV.Person, FOAF.Person} & set(material.graph.objects(value, RDF.type))
        id_ = f"#agent-{_digest(str(names[0]))}" if isinstance(value, BNode) else str(value)
        entity = self.add(id_, "Person" if person else "Organization")
        if names and is_name(names[0], id_):
            entity["name"] = str(names[0])
            material.carry(value, FOAF.name, names[0])
        material.carry(node, predicate, value)
        material.carry(value, RDF.type, PROV.Agent)
        return {"@id": id_}


def agents(entities: Entities, material: Material, node: IdentifiedNode, entity: Entity) -> None:
    """Write who made a thing and who publishes it."""
    for predicate, key in ((DCTERMS.creator, "author"), (DCTERMS.publisher, "publisher")):
        found = [entities.agent(material, node, predicate, each) for each in material.peek(node, predicate)]
        put(entity, key, [each for each in found if each])


def put(entity: Entity, key: str, values: Sequence[object]) -> None:
    """Write values under a key: one as it is, several as a list, none not at all."""
    if values:
        entity[key] = values[0] if len(values) == 1 else list(values)


def is_global(node: Term) -> bool:
    """Tell whether a node has an IRI that names it in any crate, in the spelling that the reader gives back."""
    return isinstance(node, URIRef) and identifier(node) == node and canonical(str(node)) == str(node)


def plain(value: Term) -> str:
    """Return the words of a text; empty for anything else."""
    is_text = isinstance(value, Literal) and not value.language and value.datatype in (None, XSD.string)
    return str(value) if is_text and value.strip() else ""


def is_name(value: Term, id_: str) -> bool:
    """Tell whether a value is a name, which its IRI in short is not."""
    return bool(plain(value)) and str(value) != short(id_)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
