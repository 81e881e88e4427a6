"""The judgements of the manifest: a reviewer's outcome for a requirement, with author, date, reason and evidence."""

from __future__ import annotations

import re

from rdflib import DCTERMS, PROV, RDFS, Literal, Namespace, URIRef

from osaid_graph.identity import shortened
from osaid_graph.model import Term
from osaid_graph.readers.manifest.blocks import BlockWriter
from osaid_graph.readers.manifest.keys import BLOCKS
from osaid_graph.readers.manifest.values import (
    check_keys,
    date_of,
    document_or_text,
    fail,
    flag_of,
    iri_of,
    kind_of,
    reference_of,
    some_of,
    source_for,
    text_of,
    token_of,
)
from osaid_graph.readers.tree import Mapping, Value
from osaid_graph.reading import StatedSource
from osaid_graph.vocab import DEF, OSAID, REQ

#: What an id of a requirement or of a version of the definition looks like.
ID = r"[a-z0-9][a-z0-9.-]*"


def write_judgement(blocks: BlockWriter, item: Value, subject: URIRef | None) -> None:
    """Write a judgement, on ``subject`` unless it names its own.

    The source of the file is not that of a judgement: whoever describes a release does not say what its reviewers say.

    Raises:
        InputError: It lacks its requirement, outcome, author, date, version or reason, or one of them is malformed.
    """
    if not isinstance(item, Mapping):
        fail(item, f"a judgement must be a block of keys, found {kind_of(item)}", "write - {requirement: ...}")
    check_keys(item, BLOCKS["judgement"], "a judgement")
    for needed in ("requirement", "outcome", "by", "date", "definition", "reason"):
        if needed not in item.values:
            fail(item, f"a judgement has no {needed!r}", "a judgement says who, when, what and why")
    values, source = item.values, source_for(item, None)
    said: list[tuple[URIRef, Term]] = [
        (OSAID.judges, _named(values["requirement"], "requirement", REQ)),
        (OSAID.outcome, token_of(values["outcome"], "outcome", "Outcome")),
        (PROV.wasAttributedTo, blocks.agent(values["by"], source)),
        (DCTERMS.date, date_of(values["date"], "date")),
        (OSAID.definition, _named(values["definition"], "definition", DEF)),
        (RDFS.comment, Literal(text_of(values["reason"], "reason"))),
    ]
    if "independent" in values:
        said.append((OSAID.independent, flag_of(values["independent"], "independent")))
    if "subject" in values:
        said.append((OSAID.subject, reference_of(values["subject"], "subject", "models")))
    elif subject is not None:
        said.append((OSAID.subject, subject))
    for evidence in some_of(values["evidence"], "evidence") if "evidence" in values else ():
        said.append((OSAID.evidence, _evidence(blocks, evidence, source)))
    blocks.out.node(OSAID.Judgement, said, item.line, source)


def _named(value: Value, key: str, namespace: Namespace) -> URIRef:
    """Return the IRI of an id; whether there is such a thing is for the assessment to say."""
    text = text_of(value, key)
    if not re.fullmatch(ID, text, re.ASCII):
        fail(value, f"{key!r} is no id: {shortened(text)!r}", "osaid-graph explain lists the ids of the requirements")
    return namespace[text]


def _evidence(blocks: BlockWriter, item: Value, source: StatedSource | None) -> Term:
    if not isinstance(item, Mapping):
        return document_or_text(item, "evidence")
    check_keys(item, ("url", "retrieved", "sha256"), "'evidence'")
    if "url" not in item.values:
        fail(item, "'evidence' has no 'url'", "write evidence: [{url: https://..., retrieved: YYYY-MM-DD}]")
    iri = iri_of(item.values["url"], "url")
    if "retrieved" in item.values:
        blocks.out.add(iri, OSAID.retrieved, date_of(item.values["retrieved"], "retrieved"), item.line, source)
    if "sha256" in item.values:
        blocks.out.add(iri, OSAID.sha256, Literal(text_of(item.values["sha256"], "sha256")), item.line, source)
    return iri
