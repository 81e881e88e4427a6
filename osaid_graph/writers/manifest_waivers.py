"""Waivers as blocks of the manifest: the inverse of :mod:`osaid_graph.readers.manifest.waivers`."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import PROV, RDF, RDFS, URIRef
from rdflib.term import BNode

from osaid_graph.errors import InputError
from osaid_graph.identity import resolve
from osaid_graph.model import Term
from osaid_graph.vocab import OSAID, REQ, RULE
from osaid_graph.writers import manifest_words as words
from osaid_graph.writers.claims import Claims
from osaid_graph.writers.manifest_blocks import Block, Item
from osaid_graph.writers.yaml_layout import Yaml

_NEEDED = (OSAID.waivesGapOf, RDFS.comment, OSAID.waivedUntil)


def waivers(claims: Claims, top: URIRef | None) -> Iterator[Block]:
    """Yield the waivers of ``top``, once for each who states it; other things have none in a manifest."""
    if top is None:
        return
    for edge in claims.of(top):
        if edge.predicate == OSAID.gapWaiver and isinstance(edge.value, BNode):
            keys = _keys(claims, edge.value, edge.source)
            if keys is not None:
                block = Block("waiver", edge.source)
                for name, value in keys.items():
                    block.add(name, Item(value, None, edge.source))
                yield block


def _keys(claims: Claims, node: BNode, source: str) -> dict[str, Yaml] | None:
    """Return the keys of a waiver as ``source`` states it; None where it lacks some, or says what no key says."""
    said: dict[URIRef, list[Term]] = {}
    for claim in claims.of(node):
        if claim.source == source:
            said.setdefault(claim.predicate, []).append(claim.value)
    known = {*_NEEDED, RDF.type, OSAID.waivesGapAt, PROV.wasAttributedTo}
    if any(p not in known or len(values) != 1 for p, values in said.items()) or not set(_NEEDED) <= set(said):
        return None
    one = {predicate: values[0] for predicate, values in said.items()}
    keys: dict[str, Yaml | None] = {"requirement": _id(one[OSAID.waivesGapOf])}
    if OSAID.waivesGapAt in one:
        keys["on"] = _reference(one[OSAID.waivesGapAt])
    keys |= {"reason": words.plain_text(one[RDFS.comment]), "until": words.date(one[OSAID.waivedUntil])}
    if PROV.wasAttributedTo in one:
        keys["by"] = words.agent(claims, one[PROV.wasAttributedTo], source)
    written = {name: value for name, value in keys.items() if value is not None}
    return written if len(written) == len(keys) else None


def _reference(value: Term) -> str | None:
    """Return an IRI that is read as itself, whatever the node is."""
    text = str(value)
    try:
        return text if {resolve(text, "datasets"), resolve(text, "models")} == {text} else None
    except InputError:
        return None


def _id(value: Term) -> str | None:
    return next((str(value).removeprefix(space) for space in (str(REQ), str(RULE)) if value.startswith(space)), None)
