"""Reader of Croissant 1.0 and 1.1: dataset descriptions in JSON-LD, with RAI and PROV terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.readers import json_tree
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.croissant.context import condensed, prepared
from osaid_graph.readers.croissant.describe import describe
from osaid_graph.readers.croissant.terms import CR
from osaid_graph.readers.croissant.words import LOCAL
from osaid_graph.readers.rdf import expansion
from osaid_graph.readers.rdf.descriptions import Descriptions
from osaid_graph.readers.rdf.schema_org import SCHEMA
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Scalar
from osaid_graph.reading import Reading
from osaid_graph.sources import Repair
from osaid_graph.vocab import OSAID

NAME = "croissant"
STATES: frozenset[URIRef] = frozenset(
    {
        OSAID.accessConditions,
        OSAID.characteristics,
        OSAID.cleaning,
        OSAID.derivedFrom,
        OSAID.fee,
        OSAID.labeling,
        OSAID.license,
        OSAID.location,
        OSAID.obtained,
        OSAID.processing,
        OSAID.provenance,
        OSAID.scope,
        OSAID.sha256,
        OSAID.subsetOf,
    }
)

_NO_DATASET = (
    "no dataset in it: nothing is of the type sc:Dataset",
    'write "@type": "sc:Dataset" in the description of the dataset',
)
_HEAD = 1 << 20
_MARKS = (b"mlcommons.org/croissant", b"cr:FileObject", b"cr:FileSet", b"cr:RecordSet", b'"recordSet"')
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[{}\[\]:,]', re.DOTALL)
_DATASET = re.compile(rb'"(?:https?://schema\.org/|sc:|schema:|cr:)?Dataset"')
_ELSE = re.compile(rb'"(?:[^"]*[/:#])?(?:MLModel|MachineLearningModel|SpdxDocument|AIPackage)"')


def sniff(data: bytes) -> bool:
    """Tell whether it is JSON of which a block at the top is a dataset, with something of Croissant in it."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"{", b"[")) or not any(mark in head for mark in _MARKS):
        return False
    types, conforms = _at_top(head)
    if any(_ELSE.fullmatch(each) for each in types):
        return False
    return any(_DATASET.fullmatch(each) for each in types) or (not types and conforms)


@dataclass(slots=True)
class _Open:
    """A block or list that has not been closed: whether it is a block at the top, or a list of such."""

    block: bool
    top: bool
    key: bytes = b""
    at_key: bool = True


def _at_top(head: bytes) -> tuple[list[bytes], bool]:
    """Return the classes of the blocks at the top, in ``@graph`` too, and whether one says that it is Croissant."""
    types: list[bytes] = []
    conforms = False
    stack: list[_Open] = []
    for match in _TOKEN.finditer(head):
        token = match.group()
        inner = stack[-1] if stack else None
        if token in (b"{", b"["):
            top = inner is None or (inner.top and (not inner.block or inner.key == b'"@graph"'))
            key = inner.key if inner is not None and inner.top and token == b"[" else b""
            stack.append(_Open(token == b"{", top or key in (b'"@type"', b'"conformsTo"'), key))
        elif token in (b"}", b"]"):
            if stack:
                stack.pop()
        elif inner is None or not inner.top:
            continue
        elif token == b":":
            inner.at_key = False
        elif token == b",":
            inner.at_key = True
        elif inner.block and inner.at_key:
            inner.key = token
        elif inner.key == b'"@type"':
            types.append(token)
        elif inner.key.endswith(b'conformsTo"'):
            conforms = conforms or b"mlcommons.org/croissant" in token
    return types, conforms


def read(data: bytes, name: str) -> Reading:
    """Read a Croissant file.

    Raises:
        InputError: Not UTF-8, not JSON or JSON-LD, or without a dataset; with the line.
    """
    del name  # what it says does not depend on where it lies
    tree, repairs = prepared(json_tree.parse(decode(data)))
    if isinstance(tree, Scalar):
        raise InputError(*_NO_DATASET, line=tree.line)
    linked = expansion.parse(tree, data, LOCAL, mend=True)
    found = Descriptions(linked.statements)
    datasets = found.of_type(SCHEMA.Dataset, CR.Dataset)
    if not datasets:
        raise InputError(*_NO_DATASET, line=tree.line)
    out = ClaimWriter()
    out.repairs.extend((*repairs, *linked.repairs))
    if not any(str(said).endswith("conformsTo") for it in datasets for said in it.predicates):
        out.repairs.append(Repair("it names no version of Croissant (conformsTo): read as 1.1", datasets[0].line))
    unnamed = describe(found, out)
    out.repairs = condensed(out.repairs)
    return out.reading((*found.unread(), *linked.unread.values()), unnamed)
