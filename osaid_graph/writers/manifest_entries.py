"""The top-level entries of a manifest: the release, its parts, the data it used, datasets and judgements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from rdflib import URIRef
from rdflib.term import BNode, IdentifiedNode

from osaid_graph.identity import NAMED, resolve
from osaid_graph.model import Term
from osaid_graph.readers.manifest.keys import BLOCKS, MANIFEST
from osaid_graph.vocab import CODELISTS, OSAID
from osaid_graph.writers import manifest_words as words
from osaid_graph.writers.claims import Claim, Claims
from osaid_graph.writers.manifest_blocks import KINDS, Block, BlockBuilder, Item, Place, keys_of
from osaid_graph.writers.manifest_identity import Names
from osaid_graph.writers.manifest_judgements import judgements
from osaid_graph.writers.manifest_waivers import waivers
from osaid_graph.writers.yaml_layout import Yaml

_TOP = ("system", "model", "parameters")
_DATA = ("training-data", "validation-data", "evaluation-data")


class Entries:
    """The top-level entries of a manifest, in the order in which they are read."""

    def __init__(self, claims: Claims, names: Names, subject: IdentifiedNode | None) -> None:
        self.claims = claims
        self.names = names
        self.subject = subject
        self.builder = BlockBuilder(claims, names)
        self.found: dict[str, list[Item | Block]] = {}

    def all(self) -> dict[str, list[Item | Block]]:
        """Return the values of each key.

        A system without an identity is named by its title; what cannot be named is left out.
        """
        top = None if self.subject is None else self._top_iri(self.subject)
        self._name_datasets(top)
        if self.subject is not None and top is not None:
            holder = self._release(self.subject, top)
            if holder is not None:
                for name in _DATA:
                    self._put(name, self._used(holder, name))
        self._put("datasets", [block for node in self._datasets() for block in self._dataset(node, top)])
        self._put("judgements", list(judgements(self.claims, top)))
        self._put("waivers", list(waivers(self.claims, top)))
        return self.found

    def _put(self, name: str, values: list[Item | Block]) -> None:
        if values:
            self.found[name] = values

    def _top_iri(self, subject: IdentifiedNode) -> URIRef:
        if isinstance(subject, URIRef):
            return subject
        titles = [
            words.plain_text(c.value)
            for c in self.claims.of(subject)
            if keys_of("system").get(c.predicate, ("",))[0] == "name"
        ]
        slug = URIRef(_named(next((title for title in titles if title), "this release")))
        self.names.given[BNode(subject)] = slug
        return slug

    def _name_datasets(self, top: URIRef | None) -> None:
        """Give an identity to blank nodes that are datasets, before anything refers to them."""
        for node in self.claims.subjects():
            if isinstance(node, BNode) and OSAID.Dataset in self.claims.types(node):
                self.names.of(node, top or URIRef(_named("these data")), "dataset")

    # -- the release and its parts ---------------------------------------------------------------------------

    def _release(self, subject: IdentifiedNode, top: URIRef) -> IdentifiedNode | None:
        """Write the release and its parts; return the node that was trained, None if the release has no name."""
        outer = next((name for name in _TOP if KINDS[name] in self.claims.types(subject)), self._outer(subject))
        place = Place(outer, KINDS[outer], top, outer, repeatable=False, identified=True)
        self._put(outer, list(self.builder.blocks(subject, place)))
        if outer not in self.found:
            return None
        holder = subject
        for name in _TOP[_TOP.index(outer) + 1 :]:
            if name == "model" and self._is_beside_parameters(subject):
                continue
            holder = self._part(top, holder, name)
        self._put("code", self._by_role(subject, "code", top))
        self._put("data-information", self._data_information(subject, top))
        self._put("documents", self._by_role(subject, "documents", top))
        return holder

    def _outer(self, subject: IdentifiedNode) -> str:
        edges = {claim.predicate for claim in self.claims if claim.value == subject}
        return next((name for name in ("parameters", "model") if MANIFEST[name].writes in edges), "system")

    def _edges(self, node: IdentifiedNode, name: str) -> list[Claim]:
        return [claim for claim in self.claims.of(node) if claim.predicate == MANIFEST[name].writes]

    def _has_parts(self, node: IdentifiedNode, name: str) -> bool:
        return any(words.silence(self.claims, claim.value) is None for claim in self._edges(node, name))

    def _is_beside_parameters(self, subject: IdentifiedNode) -> bool:
        """Tell whether there is a model apart from the parameters: a manifest with both says the model has them."""
        models = [claim.value for claim in self._edges(subject, "model")]
        leads_on = any(isinstance(m, IdentifiedNode) and self._has_parts(m, "parameters") for m in models)
        return self._has_parts(subject, "parameters") and self._has_parts(subject, "model") and not leads_on

    def _part(self, top: URIRef, holder: IdentifiedNode, name: str) -> IdentifiedNode:
        """Write the model or parameters of ``holder``; return the node, or ``holder`` where none is described."""
        edges = self._edges(holder, name)
        for claim in edges:
            if words.silence(self.claims, claim.value) is None and isinstance(claim.value, IdentifiedNode):
                links = tuple(edge for edge in edges if edge.value == claim.value)
                place = Place(name, KINDS[name], top, name, links, repeatable=False)
                blocks = self.builder.blocks(claim.value, place)
                if blocks:
                    self._put(name, list(blocks))
                    return claim.value
        for claim in edges:
            silence = words.silence(self.claims, claim.value)
            if silence:
                self._put(name, [Item(*silence, claim.source)])
                break
        return holder

    # -- code, documents and data -----------------------------------------------------------------------

    def _by_role(self, subject: IdentifiedNode, name: str, top: URIRef) -> list[Item | Block]:
        """Return the entries of ``code`` or ``documents``: blocks, and silences with the roles they are about."""
        block, found = MANIFEST[name].block, list[Item | Block]()
        for claim in self._edges(subject, name):
            silence = words.silence(self.claims, claim.value)
            if silence:
                found += self._silence(claim, silence, block)
            else:
                found += self._linked(claim, Place(block, KINDS[block], top, block))
        return found

    def _silence(self, claim: Claim, silence: words.Form, block: str) -> Iterator[Item]:
        role = BLOCKS[block]["roles"]
        roles = words.silent_roles(self.claims, claim.value, role.writes)
        said: dict[str, Yaml] = {"roles": list(roles), **silence[1]}
        if set(roles) == set(CODELISTS[role.codelist]) and silence[0] == "not-disclosed":
            yield Item("not-disclosed", said, claim.source)
        elif roles:
            yield Item(said, said, claim.source)

    def _linked(self, claim: Claim, place: Place) -> list[Block]:
        """Return the blocks of the node an edge leads to; none where the same edge from another source has them."""
        if not isinstance(claim.value, IdentifiedNode):
            return []
        same = [c for c in self.claims.of(claim.subject) if (c.predicate, c.value) == (claim.predicate, claim.value)]
        if same[0] != claim:
            return []
        linked = Place(place.name, place.kind, place.whole, place.part, tuple(same), refs=place.refs)
        return self.builder.blocks(claim.value, linked)

    def _data_information(self, subject: IdentifiedNode, top: URIRef) -> list[Item | Block]:
        found: list[Item | Block] = []
        place = Place("data-information", OSAID.DataInformation, top, "data-information", refs="datasets")
        for claim in self._edges(subject, "data-information"):
            silence = words.silence(self.claims, claim.value)
            if silence:
                found.append(Item(*silence, claim.source))
            else:
                found += self._linked(claim, place)
        return found

    def _used(self, holder: IdentifiedNode, name: str) -> list[Item | Block]:
        found: list[Item | Block] = []
        for claim in self._edges(holder, name):
            silence = words.silence(self.claims, claim.value)
            target = self.builder.target(claim.value)
            text = None if target is None else words.reference(str(target), "datasets")
            if silence:
                found.append(Item(*silence, claim.source))
            elif text:
                found.append(Item(text, {"ref": text}, claim.source))
        return found

    def _datasets(self) -> list[IdentifiedNode]:
        """Return the datasets to describe: all of them, or those within reach where the graph has other releases."""
        every = [node for node in self.claims.subjects() if self._is_dataset(node)]
        near = self._within_reach()
        releases = {KINDS[name] for name in _TOP}
        others = [node for node in self.claims.subjects() if self.claims.types(node) & releases and node not in near]
        return [node for node in every if node in near] if others and self.subject is not None else every

    def _is_dataset(self, node: IdentifiedNode) -> bool:
        if isinstance(node, BNode):
            return node in self.names.given and OSAID.Dataset in self.claims.types(node)
        return OSAID.Dataset in self.claims.types(node) or (node in self._data and not self._has_class(node))

    @cached_property
    def _data(self) -> set[Term]:
        uses = {*(MANIFEST[name].writes for name in _DATA), OSAID.filteredFrom, OSAID.subsetOf}
        return {claim.value for claim in self.claims if claim.predicate in uses}

    def _has_class(self, node: IdentifiedNode) -> bool:
        return any(kind in OSAID for kind in self.claims.types(node) if isinstance(kind, URIRef))

    def _within_reach(self) -> set[IdentifiedNode]:
        near: set[IdentifiedNode] = set()
        waiting = [] if self.subject is None else [self.subject]
        while waiting:
            node = waiting.pop()
            if node not in near:
                near.add(node)
                waiting += [c.value for c in self.claims.of(node) if isinstance(c.value, IdentifiedNode)]
        return near

    def _dataset(self, node: IdentifiedNode, top: URIRef | None) -> list[Block]:
        whole = top or URIRef(_named("these data"))
        return self.builder.blocks(node, Place("dataset", OSAID.Dataset, whole, "dataset", refs="datasets"))


def _named(title: str) -> str:
    return resolve(title, "models") if any(c.isalnum() for c in title) else f"{NAMED}this-release"
