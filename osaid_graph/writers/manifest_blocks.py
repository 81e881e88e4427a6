"""Nodes as blocks of the manifest's keys: the inverse of :mod:`osaid_graph.readers.manifest.blocks`, by its tables.

A block has one source for its class, its identity and its plain keys; statements name their own where it differs. A
node that several sources describe has a block for each, where the manifest allows that; else one without a source,
which then speaks for the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from rdflib import DCTERMS, RDF, RDFS, URIRef
from rdflib.term import BNode, IdentifiedNode

from osaid_graph.identity import Kind
from osaid_graph.model import Term
from osaid_graph.readers.manifest.blocks import NODE_KINDS
from osaid_graph.readers.manifest.keys import (
    BLOCKS,
    DATASET_DERIVATIONS,
    LONG_DERIVATIONS,
    PARAMETER_DERIVATIONS,
    Accepts,
    Key,
)
from osaid_graph.readers.manifest.schema import REQUIRED
from osaid_graph.vocab import DCAT3, OSAID
from osaid_graph.writers import manifest_words as words
from osaid_graph.writers.claims import Claim, Claims
from osaid_graph.writers.manifest_identity import Names, dataset_id, identified, placed
from osaid_graph.writers.yaml_layout import Yaml

#: What a block describes. Blocks of nested nodes have the class of the key they stand behind.
KINDS = {
    "system": OSAID.AISystem,
    "model": OSAID.Model,
    "parameters": OSAID.Parameters,
    "code": OSAID.Code,
    "data-information": OSAID.DataInformation,
    "document": OSAID.Document,
    "dataset": OSAID.Dataset,
}
_SOURCED = (Accepts.STATEMENT, Accepts.WORD, Accepts.DERIVATIONS, Accepts.ACCESS, Accepts.NODES)
_ONE = (Accepts.PLAIN, Accepts.DATE, Accepts.COUNT, Accepts.AGENT)


@dataclass(slots=True)
class Item:
    """A value: as it stands alone, as the mapping that can name its source (None if nothing can), and its source."""

    short: Yaml
    long: dict[str, Yaml] | None
    source: str


@dataclass(slots=True)
class Block:
    """A block of keys and its source; ``name`` is its table in ``BLOCKS``."""

    name: str
    source: str
    entries: dict[str, list[Item | Block]] = field(default_factory=dict)

    def add(self, key: str, value: Item | Block) -> None:
        """Add a value of a key."""
        self.entries.setdefault(key, []).append(value)

    def speaks_for_file(self) -> bool:
        """Tell whether it, or anything in it, has no source but the file."""
        inner = [value for values in self.entries.values() for value in values]
        return not self.source or any(_speaks_for_file(value) for value in inner)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the key that leads to it, what it is a part of, and the edges that say so."""

    name: str
    kind: URIRef
    whole: URIRef
    part: str
    links: tuple[Claim, ...] = ()
    repeatable: bool = True
    identified: bool = False
    refs: Kind = "models"


def _speaks_for_file(value: Item | Block) -> bool:
    return value.speaks_for_file() if isinstance(value, Block) else not value.source


@cache
def keys_of(name: str) -> dict[URIRef, tuple[str, Key]]:
    """Return what writes each property in a block: the first key for it, in its short form."""
    found: dict[URIRef, tuple[str, Key]] = {}
    for key_name, key in BLOCKS[name].items():
        if key.iri is None or key_name in LONG_DERIVATIONS or (name == "dataset" and key_name == "version"):
            continue
        found.setdefault(key.iri, (key_name, key))
        if key.accepts is Accepts.DERIVATIONS:
            kinds = DATASET_DERIVATIONS if name == "dataset" else PARAMETER_DERIVATIONS
            found.update(dict.fromkeys(kinds.values(), (key_name, key)))
    return found


def role_of(name: str) -> URIRef | None:
    """Return the property of the roles that a block cannot do without."""
    return BLOCKS[name]["roles"].iri if "roles" in REQUIRED.get(name, ()) else None


class BlockBuilder:
    """Builds the blocks of nodes from claims."""

    def __init__(self, claims: Claims, names: Names) -> None:
        self.claims = claims
        self.names = names
        self.release: set[str] = set()  # the system, model and parameters: a document is none of them

    def blocks(self, node: IdentifiedNode, place: Place) -> list[Block]:
        """Return the blocks that describe a node; none where the manifest has no name for it."""
        kinds = {kind for kind in self.claims.types(node) if isinstance(kind, URIRef) and kind in OSAID}
        if kinds and place.kind not in kinds:
            return []
        iri = self.names.of(node, place.whole, place.part)
        if not place.repeatable:
            self.release.add(str(iri))
        keys = keys_of(place.name)
        plain: list[Claim] = list(place.links)
        stated: list[Claim] = []
        for claim in self.claims.of(node):
            _, key = keys.get(claim.predicate, ("", None))
            versions = (DCAT3.version, DCTERMS.isVersionOf) if place.name == "dataset" else ()
            if key is not None and key.accepts in _SOURCED:
                stated.append(claim)
            elif key or claim.predicate in versions or (claim.predicate, claim.value) == (RDF.type, place.kind):
                plain.append(claim)
        found: list[Block] = []
        for source, said, values in _groups(plain, stated, place):
            found += self._group(iri, place, source, said, values, again=bool(found))
        return found

    def _group(
        self, iri: URIRef, place: Place, source: str, plain: list[Claim], stated: list[Claim], *, again: bool
    ) -> list[Block]:
        """Return the blocks of what one source says: one, and one more for each further value of a single key."""
        keys = keys_of(place.name)
        identity = self._identity(iri, place, [*plain, *stated], again=again)
        if identity is None:
            return []
        found = [_block(place.name, source, identity)]
        for claim in plain:
            key_name, key = keys.get(claim.predicate, ("", None))
            value = None if key is None else self._plain(key, claim)
            if value is None or key is None:
                continue
            item = Item(value, None, source)
            free = next((b for b in found if key.accepts not in _ONE or key_name not in b.entries), None)
            if free is None and place.repeatable:
                free = _block(place.name, source, self._identity(iri, place, plain, again=True) or {})
                free.entries |= {"roles": found[0].entries["roles"]} if role_of(place.name) else {}
                found.append(free)
            if free is not None and item not in free.entries.get(key_name, ()):
                free.add(key_name, item)
        for claim in stated:
            key_name, key = keys[claim.predicate]
            for said in self._stated(iri, place, key_name, key, claim):
                if isinstance(said, Block) and said.speaks_for_file():
                    found[0].source = ""  # what is in a block and has no source of its own has that of the block
                if isinstance(said, Block) or said.long or said.source == source:
                    found[0].add(key_name, said)
        return found

    def _identity(self, iri: URIRef, place: Place, said: list[Claim], *, again: bool) -> dict[str, Yaml] | None:
        if place.name == "dataset":
            return dataset_id(iri, said)
        if again or place.identified:
            return identified(iri)
        if place.name in ("code", "data-information", "document"):
            shunned = self.release if place.name == "document" else frozenset[str]()
            named = placed(iri, said, revised=place.name == "code", shunned=shunned)
            if named is not None:
                return named
        part, role = place.part, role_of(place.name)
        if role is not None:
            codelist = BLOCKS[place.name]["roles"].codelist
            roles = [word for c in said if c.predicate == role and (word := words.word(c.value, codelist))]
            part = f"{place.name}-{'-'.join(dict.fromkeys(roles))}"
        return self.names.part(iri, place.whole, part)

    def _plain(self, key: Key, claim: Claim) -> Yaml | None:
        match key.accepts:
            case Accepts.AGENT:
                return words.agent(self.claims, claim.value, claim.source)
            case Accepts.DATE:
                return words.date(claim.value)
            case Accepts.COUNT:
                return words.count(claim.value)
            case Accepts.WORDS:
                return words.word(claim.value, key.codelist)
            case Accepts.REFERENCES:
                target = self.target(claim.value)
                return None if target is None else words.reference(str(target), "datasets")
        return words.plain_text(claim.value)

    def target(self, value: Term) -> URIRef | None:
        """Return the IRI of what is referred to."""
        return value if isinstance(value, URIRef) else self.names.given.get(value) if isinstance(value, BNode) else None

    def _stated(self, iri: URIRef, place: Place, key_name: str, key: Key, claim: Claim) -> Iterator[Item | Block]:
        if key.accepts is Accepts.NODES:
            yield from self._nodes(iri, key_name, key, claim)
            return
        form = self._form(place, key, claim)
        if form is not None:
            yield Item(form[0], form[1], claim.source)

    def _form(self, place: Place, key: Key, claim: Claim) -> words.Form | None:
        silence = words.silence(self.claims, claim.value)
        if key.accepts is Accepts.ACCESS:
            return words.access(self.claims, claim.value)
        if key.accepts is Accepts.DERIVATIONS:
            if silence:
                return silence if claim.predicate == OSAID.derivedFrom else None
            return self._derivation(place.refs, claim)
        if silence:
            return silence if silence[0] != "not-disclosed" else ("not-disclosed", {"value": "not-disclosed"})
        word = key.accepts is Accepts.WORD
        text = words.word(claim.value, key.codelist) if word else words.document_or_text(claim.value)
        return None if text is None else (text, {"value": text})

    def _derivation(self, refs: Kind, claim: Claim) -> words.Form | None:
        target = self.target(claim.value)
        text = None if target is None else words.reference(str(target), refs)
        if text is None:
            return None
        kinds = DATASET_DERIVATIONS if refs == "datasets" else PARAMETER_DERIVATIONS
        kind = next((word for word, iri in kinds.items() if iri == claim.predicate), None)
        return ({kind: text}, {kind: text}) if kind else (text, {"ref": text})

    def _nodes(self, iri: URIRef, key_name: str, key: Key, claim: Claim) -> Iterator[Item | Block]:
        """Yield a configuration, checkpoint or the like in the shortest form that says all of it."""
        node, kind = claim.value, NODE_KINDS[key_name]
        silence = words.silence(self.claims, node)
        if silence:
            yield Item(*silence, claim.source)
            return
        if not isinstance(node, IdentifiedNode):
            return
        said = {(c.predicate, c.value) for c in self.claims.of(node)}
        sources = {c.source for c in self.claims.of(node)}
        place = words.address(node)
        if place and said == {(RDF.type, kind), (OSAID.location, node)} and sources == {claim.source}:
            yield Item(place, {"id": words.reference(place, "models") or place, "location": place}, claim.source)
            return
        comments = [o for p, o in said if p == RDFS.comment]
        text = words.document_or_text(comments[0]) if len(comments) == 1 else None
        if text and isinstance(node, BNode) and said == {(RDF.type, kind), (RDFS.comment, comments[0])}:
            yield Item(text, None, claim.source)
            return
        links = tuple(c for c in self.claims.of(claim.subject) if (c.predicate, c.value) == (claim.predicate, node))
        if links[0] == claim:  # the same edge from another source is in the links
            yield from self.blocks(node, Place(key.block, kind, iri, key_name, links))


def _block(name: str, source: str, identity: dict[str, Yaml]) -> Block:
    block = Block(name, source)
    for key, value in identity.items():
        block.add(key, Item(value, None, source))
    return block


def _groups(plain: list[Claim], stated: list[Claim], place: Place) -> list[tuple[str, list[Claim], list[Claim]]]:
    """Return what each block says: its source, its plain claims, and the statements it holds."""
    by_source: dict[str, list[Claim]] = {}
    for claim in plain:
        by_source.setdefault(claim.source, []).append(claim)
    if not place.repeatable:
        return [(_one_source(by_source, stated), plain, stated)]
    needed = {link.predicate for link in place.links} | ({role} if (role := role_of(place.name)) else set())
    whole = {s: said for s, said in by_source.items() if needed <= {c.predicate for c in said}}
    if by_source and not whole:  # what a block cannot do without is said by different sources
        said = {c.predicate for c in plain}
        return [("", plain, stated)] if needed <= said else []
    by_source = whole
    if not by_source:
        by_source = {stated[0].source: []} if stated else {}
    if not by_source:
        return []
    main = max(by_source, key=lambda source: len(by_source[source]))
    own = [claim for claim in stated if not claim.source]
    if own and "" not in by_source:
        if needed:
            return [("", plain, stated)]
        by_source[""] = []
    order = [main, *(source for source in by_source if source != main)]
    held = {source: [] if source else own for source in order} if "" in order else {}
    held[main] = [claim for claim in stated if claim.source or not main]
    return [(source, by_source[source], held.get(source, [])) for source in order]


def _one_source(plain: dict[str, list[Claim]], stated: list[Claim]) -> str:
    """Return the source of a block that can only be there once: one that says all its plain keys say, else the file."""
    if "" in plain or any(not claim.source for claim in stated):
        return ""
    whole = {(c.predicate, c.value) for said in plain.values() for c in said}
    full = [source for source, said in plain.items() if {(c.predicate, c.value) for c in said} == whole]
    counts = {source: sum(claim.source == source for claim in stated) for source in full}
    return max(full, key=lambda source: counts[source]) if full else ""
