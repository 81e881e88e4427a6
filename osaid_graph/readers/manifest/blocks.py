"""Blocks of the manifest's keys as statements: for every key of a block, what :mod:`.keys` says it writes."""

from __future__ import annotations

from collections import Counter

from rdflib import FOAF, PROV, RDF, RDFS, Literal, URIRef
from rdflib.term import IdentifiedNode

from osaid_graph.identity import Kind, part_of
from osaid_graph.model import Term
from osaid_graph.readers.manifest.keys import BLOCKS, DATASET_DERIVATIONS, PARAMETER_DERIVATIONS, Accepts, Key
from osaid_graph.readers.manifest.values import (
    check_keys,
    claims_in,
    count_of,
    date_of,
    fail,
    iri_of,
    is_document,
    items_of,
    lead_of,
    reference_of,
    silence_in,
    some_of,
    source_for,
    statements_in,
    text_of,
    token_of,
)
from osaid_graph.readers.statements import StatementWriter
from osaid_graph.readers.tree import Mapping, Value
from osaid_graph.reading import ShortForm, StatedSource
from osaid_graph.vocab import CODELISTS, OSAID

#: Keys that describe nodes of their own -> the class of these.
NODE_KINDS = {
    "arguments": OSAID.Configuration,
    "checkpoints": OSAID.Checkpoint,
    "optimizer-state": OSAID.OptimizerState,
    "listing": OSAID.Listing,
}


class BlockWriter:
    """Writes the statements of blocks into ``out``."""

    def __init__(self, out: StatementWriter) -> None:
        self.out = out
        self._parts: Counter[str] = Counter()

    def part(self, whole: URIRef, name: str) -> URIRef:
        """Return an IRI for one more ``name`` of ``whole`` that has no identity of its own; never the same twice."""
        iri = part_of(whole, name)
        self._parts[iri] += 1
        number = self._parts[iri]
        return URIRef(iri if number == 1 else f"{iri}-{number}")

    def write(
        self, iri: URIRef, kind: URIRef, block: Mapping, name: str, default: StatedSource | None, refs: Kind
    ) -> None:
        """Write the class of a node and every key of its block.

        Args:
            iri: The node.
            kind: Its class.
            block: Its keys and values.
            name: The name of the block in :data:`~osaid_graph.readers.manifest.keys.BLOCKS`.
            default: The source of what the block does not attribute itself.
            refs: What a bare ``org/name`` in it refers to.

        Raises:
            InputError: An unknown key, or a value its key does not accept.
        """
        keys = BLOCKS[name]
        check_keys(block, keys, f"{name!r}")
        source = source_for(block, default)
        self.out.add(iri, RDF.type, kind, block.line, source)
        for key_name, value in block.values.items():
            key = keys[key_name]
            if key.iri is not None:
                self._key(iri, key_name, key, value, source, refs)

    def identity(self, block: Mapping, whole: URIRef, name: str) -> URIRef:
        """Return the IRI a block gives itself, else one for it as the ``name`` of ``whole``.

        Raises:
            InputError: Its ``id`` is no reference.
        """
        return reference_of(block.values["id"], "id", "models") if "id" in block.values else self.part(whole, name)

    def _key(self, iri: URIRef, name: str, key: Key, value: Value, source: StatedSource | None, refs: Kind) -> None:
        match key.accepts:
            case Accepts.STATEMENT:
                for said, line, said_by in statements_in(value, name, source, self.out):
                    self.out.add(iri, key.writes, said, line, said_by)
            case Accepts.WORD:
                self._tokens_with_sources(iri, name, key, value, source)
            case Accepts.DERIVATIONS:
                self._derivations(iri, name, value, source, refs)
            case Accepts.REFERENCES:
                for item in items_of(value):
                    self.out.add(iri, key.writes, reference_of(item, name, refs), item.line, source)
            case Accepts.ACCESS:
                self._access(iri, value, source)
            case Accepts.NODES:
                self._nodes(iri, name, key, value, source)
            case Accepts.AGENT:
                self.out.add(iri, key.writes, self.agent(value, source), value.line, source)
            case Accepts.DATE:
                self.out.add(iri, key.writes, date_of(value, name), value.line, source)
            case Accepts.COUNT:
                self.out.add(iri, key.writes, count_of(value, name), value.line, source)
            case Accepts.WORDS:
                for item in some_of(value, name):
                    self.out.add(iri, key.writes, token_of(item, name, key.codelist), item.line, source)
            case _:
                self.out.add(iri, key.writes, Literal(text_of(value, name)), value.line, source)

    def _tokens_with_sources(
        self, iri: URIRef, name: str, key: Key, value: Value, default: StatedSource | None
    ) -> None:
        for item, stated, source in claims_in(value, name, default):
            silence = silence_in(stated, f"a statement of {name!r}")
            said: Term = (
                self.out.silence(*silence, item.line, source) if silence else token_of(stated, name, key.codelist)
            )
            self.out.add(iri, key.writes, said, item.line, source)

    def _derivations(self, iri: URIRef, name: str, value: Value, default: StatedSource | None, refs: Kind) -> None:
        kinds = DATASET_DERIVATIONS if refs == "datasets" else PARAMETER_DERIVATIONS
        for item in items_of(value):
            source = source_for(item, default)
            silence = silence_in(item, f"an entry of {name!r}")
            if silence:
                node = self.out.silence(*silence, item.line, source)
                self.out.add(iri, OSAID.derivedFrom, node, item.line, source)
                continue
            if not isinstance(item, Mapping):
                self.out.add(iri, OSAID.derivedFrom, reference_of(item, name, refs), item.line, source)
                continue
            words = [word for word in item.values if word != "source"]
            check_keys(item, (*kinds, "ref", "source"), f"an entry of {name!r}")
            if len(words) != 1:
                fail(
                    item,
                    f"an entry of {name!r} names one kind of derivation, found {len(words) or 'none'}",
                    f"write - {{{next(iter(kinds))}: org/name}}",
                )
            predicate = kinds.get(words[0], OSAID.derivedFrom)
            for target in some_of(item.values[words[0]], words[0]):
                self.out.add(iri, predicate, reference_of(target, name, refs), item.line, source)

    def _access(self, iri: URIRef, value: Value, default: StatedSource | None) -> None:
        for item in some_of(value, "access"):
            source = source_for(item, default)
            manner, said = item, list[tuple[URIRef, Term]]()
            if isinstance(item, Mapping):
                check_keys(item, ("manner", "comment", "source"), "'access'")
                if "manner" not in item.values:
                    fail(item, "'access' has no 'manner'", "one of: " + ", ".join(CODELISTS["AccessManner"]))
                manner = item.values["manner"]
                if "comment" in item.values:
                    said.append((RDFS.comment, Literal(text_of(item.values["comment"], "comment"))))
            said.append((OSAID.accessManner, token_of(manner, "access", "AccessManner")))
            node = self.out.node(OSAID.AccessConditions, said, item.line, source)
            self.out.add(iri, OSAID.accessConditions, node, item.line, source)

    def _nodes(self, iri: URIRef, name: str, key: Key, value: Value, default: StatedSource | None) -> None:
        """Write configurations, checkpoints and the like: a URL, a text, a silence or a block of its own."""
        for item in some_of(value, name):
            source = source_for(item, default)
            silence = silence_in(item, f"an entry of {name!r}")
            if silence:
                node: IdentifiedNode = self.out.silence(*silence, item.line, source)
            elif isinstance(item, Mapping):
                block_iri = self.identity(item, iri, name)
                self.write(block_iri, NODE_KINDS[name], item, key.block, default, "models")
                node = block_iri
            else:
                node = self._described_by(NODE_KINDS[name], item, name, source)
                key_of = "location" if is_document(item) else "comment"
                self.out.short.append(ShortForm(node, lead_of(value, name), key_of, text_of(item, name)))
            self.out.add(iri, key.writes, node, item.line, source)

    def _described_by(self, kind: URIRef, item: Value, name: str, source: StatedSource | None) -> IdentifiedNode:
        """Write a node of which an address or a text is all that is said."""
        if not is_document(item):
            return self.out.node(kind, [(RDFS.comment, Literal(text_of(item, name)))], item.line, source)
        node = iri_of(item, name)
        self.out.add(node, RDF.type, kind, item.line, source)
        self.out.add(node, OSAID.location, node, item.line, source)
        return node

    def agent(self, value: Value, source: StatedSource | None) -> IdentifiedNode:
        """Write an agent, given by name or as a block, and return its node.

        Raises:
            InputError: The block has no name, or unknown keys.
        """
        if not isinstance(value, Mapping):
            return self.out.node(PROV.Agent, [(FOAF.name, Literal(text_of(value, "name")))], value.line, source)
        check_keys(value, ("name", "id", "affiliation"), "an agent")
        if "name" not in value.values:
            fail(value, "an agent has no 'name'", "write {name: ...}")
        said: list[tuple[URIRef, Term]] = [(FOAF.name, Literal(text_of(value.values["name"], "name")))]
        if "affiliation" in value.values:
            said.append((OSAID.affiliation, Literal(text_of(value.values["affiliation"], "affiliation"))))
        if "id" not in value.values:
            return self.out.node(PROV.Agent, said, value.line, source)
        iri = iri_of(value.values["id"], "id")
        for predicate, term in [(RDF.type, PROV.Agent), *said]:
            self.out.add(iri, predicate, term, value.line, source)
        return iri
