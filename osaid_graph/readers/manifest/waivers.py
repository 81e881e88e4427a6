"""The waivers of the manifest: gaps that need not fail a run before a day, with the reason. They answer nothing."""

from __future__ import annotations

import re

from rdflib import PROV, RDFS, Literal, URIRef

from osaid_graph.identity import shortened
from osaid_graph.model import Term
from osaid_graph.readers.manifest.blocks import BlockWriter
from osaid_graph.readers.manifest.judgements import ID
from osaid_graph.readers.manifest.keys import BLOCKS
from osaid_graph.readers.manifest.values import (
    check_keys,
    date_of,
    fail,
    kind_of,
    reference_of,
    source_for,
    text_of,
)
from osaid_graph.readers.tree import Mapping, Value
from osaid_graph.vocab import OSAID, REQ, RULE


def write_waiver(blocks: BlockWriter, item: Value, top: URIRef) -> None:
    """Write a waiver of ``top``, the release of the manifest, after all that it may be about.

    The source of the file is not that of a waiver: what it says is of whoever writes the file.

    Raises:
        InputError: It lacks its requirement, reason or day, one of them is malformed, or it is not clear which node it
            is on.
    """
    if not isinstance(item, Mapping):
        fail(item, f"a waiver must be a block of keys, found {kind_of(item)}", "write - {requirement: ...}")
    check_keys(item, BLOCKS["waiver"], "a waiver")
    for needed in ("requirement", "reason", "until"):
        if needed not in item.values:
            fail(item, f"a waiver has no {needed!r}", "a waiver says of what, why, and until when")
    values, source = item.values, source_for(item, None)
    said: list[tuple[URIRef, Term]] = [
        (OSAID.waivesGapOf, _waived(values["requirement"])),
        (RDFS.comment, Literal(text_of(values["reason"], "reason"))),
        (OSAID.waivedUntil, date_of(values["until"], "until")),
    ]
    if "on" in values:
        said.append((OSAID.waivesGapAt, _node(blocks, values["on"])))
    if "by" in values:
        said.append((PROV.wasAttributedTo, blocks.agent(values["by"], source)))
    node = blocks.out.node(OSAID.GapWaiver, said, item.line, source)
    blocks.out.add(top, OSAID.gapWaiver, node, item.line, source)


def _waived(value: Value) -> URIRef:
    """Return the IRI of a requirement, or of a rule, whose id has a full stop; whether it exists is not looked at."""
    text = text_of(value, "requirement")
    if not re.fullmatch(ID, text, re.ASCII):
        fail(value, f"'requirement' is no id: {shortened(text)!r}", "osaid-graph explain lists the ids")
    return (RULE if "." in text else REQ)[text]


def _node(blocks: BlockWriter, value: Value) -> URIRef:
    """Return the node that a waiver is on: ``org/name`` is the dataset or the model of that name in the file."""
    found = dict.fromkeys((reference_of(value, "on", "datasets"), reference_of(value, "on", "models")))
    if len(found) > 1:
        named = {term for statement in blocks.out.statements for term in (statement.triple[0], statement.triple[2])}
        found = dict.fromkeys(iri for iri in found if iri in named)
    if len(found) != 1:
        how = "both a dataset and a model" if found else "nothing in this file"
        fail(value, f"'on' names {how}: {shortened(text_of(value, 'on'))!r}", "write its address in full")
    return next(iter(found))
