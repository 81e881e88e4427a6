"""Judgements as blocks of the manifest: the inverse of :mod:`osaid_graph.readers.manifest.judgements`."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, PROV, RDF, RDFS, URIRef
from rdflib.term import BNode

from osaid_graph.model import Term
from osaid_graph.vocab import DEF, OSAID, REQ
from osaid_graph.writers import manifest_words as words
from osaid_graph.writers.claims import Claims
from osaid_graph.writers.manifest_blocks import Block, Item
from osaid_graph.writers.yaml_layout import Yaml
from osaid_graph.writers.yaml_text import Word

_NEEDED = (OSAID.judges, OSAID.outcome, PROV.wasAttributedTo, DCTERMS.date, OSAID.definition, RDFS.comment)


def judgements(claims: Claims, top: URIRef | None) -> Iterator[Block]:
    """Yield the judgements, once for each who states it; one without a subject is read as being on ``top``."""
    for node in claims.subjects():
        if isinstance(node, BNode) and OSAID.Judgement in claims.types(node):
            for source in dict.fromkeys(claim.source for claim in claims.of(node)):
                keys = _keys(claims, node, top, source)
                if keys is not None:
                    block = Block("judgement", source)
                    for name, value in keys.items():
                        block.add(name, Item(value, None, source))
                    yield block


def _keys(claims: Claims, node: BNode, top: URIRef | None, source: str) -> dict[str, Yaml] | None:
    """Return the keys of a judgement; None where it lacks some, or says what no key says."""
    said: dict[URIRef, list[Term]] = {}
    for predicate, value in dict.fromkeys((claim.predicate, claim.value) for claim in claims.of(node)):
        said.setdefault(predicate, []).append(value)
    evidence, subject = said.pop(OSAID.evidence, []), said.get(OSAID.subject, [])
    known = {*_NEEDED, RDF.type, OSAID.subject, OSAID.independent}
    if any(p not in known or len(values) != 1 for p, values in said.items()) or not set(_NEEDED) <= set(said):
        return None
    if top is not None and not subject:
        return None
    one = {predicate: values[0] for predicate, values in said.items()}
    keys: dict[str, Yaml | None] = {"requirement": _id(one[OSAID.judges], str(REQ))}
    if subject and subject[0] != top:
        keys["subject"] = words.reference(str(subject[0]), "models")
    keys |= {
        "outcome": words.word(one[OSAID.outcome], "Outcome"),
        "by": words.agent(claims, one[PROV.wasAttributedTo], source),
        "date": words.date(one[DCTERMS.date]),
        "definition": _id(one[OSAID.definition], str(DEF)),
        "reason": words.plain_text(one[RDFS.comment]),
    }
    if OSAID.independent in one:
        keys["independent"] = words.flag(one[OSAID.independent])
    if evidence:
        shown = [_evidence(claims, value, source) for value in evidence]
        keys["evidence"] = [value for value in shown if value is not None] if None not in shown else None
    written = {name: value for name, value in keys.items() if value is not None}
    return written if len(written) == len(keys) else None


def _id(value: Term, namespace: str) -> str | None:
    return str(value).removeprefix(namespace) if value.startswith(namespace) else None


def _evidence(claims: Claims, value: Term, source: str) -> Yaml | None:
    text = words.document_or_text(value)
    said = {claim.predicate: claim.value for claim in claims.of(value) if claim.source == source}
    if text is None or not isinstance(value, URIRef):
        return text
    block: dict[str, Yaml] = {"url": text}
    if (day := words.date(said[OSAID.retrieved]) if OSAID.retrieved in said else None) is not None:
        block["retrieved"] = Word(day)
    if (digest := words.plain_text(said[OSAID.sha256]) if OSAID.sha256 in said else None) is not None:
        block["sha256"] = digest
    return block if len(block) > 1 else text
