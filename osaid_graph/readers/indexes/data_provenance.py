"""Reader of the Data Provenance Collection (``data_summaries/*.json``): one object of dataset records a file.

What a record says is said by the Data Provenance Initiative, except what it gathered from others with their address:
the licence in the card on the Hub, of the repository on GitHub, and on Papers with Code. So one dataset may have four
licences, each said by somebody else. Licences stand in the words of the collection; ``OpenAI`` is one of its words, for
data to which the terms of use of that service apply.

A record is about the dataset on its Hub page. Where several records of a file name one page, each is about some part
of what is there, and is a node of its own: ``<page>#<identifier>``. A page with several records, and a collection, is
a dataset that is made from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import part_of, shortened
from osaid_graph.readers.claims import ClaimWriter
from osaid_graph.readers.fields import Field, Fields
from osaid_graph.readers.indexes.data_provenance_records import SOURCE, Record, page_of
from osaid_graph.readers.json_tree import parse
from osaid_graph.readers.text import decode
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

NAME = "data-provenance"
STATES: frozenset[URIRef] = frozenset(
    (
        OSAID.license, OSAID.location, OSAID.provenance, OSAID.scope, OSAID.characteristics, OSAID.obtained,
        OSAID.labeling, OSAID.derivedFrom, OSAID.hasDocument, OSAID.documentRole,
    )
)  # fmt: skip
#: What every record of the collection has.
_MARKS = frozenset(("Unique Dataset Identifier", "Dataset Name", "Collection"))
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"(\s*:)?)?|[{}\[\]]')
_HEAD = 1 << 16


def sniff(data: bytes) -> bool:
    """Tell whether the text is an object whose first value is a record of the collection."""
    head = data[:_HEAD].decode("utf-8-sig", "replace").lstrip()
    return head.startswith("{") and frozenset(_first_keys(head)) >= _MARKS


def read(data: bytes, name: str) -> Reading:
    """Read the records of a file.

    Raises:
        InputError: Not UTF-8, not JSON, or no record in it.
    """
    fields = Fields(parse(decode(data)))
    records = [(key, record) for key, record in fields.items() if record.is_block and _is_record(record)]
    if not records:
        raise InputError(
            "no record of a dataset: an object of records is expected, each with 'Dataset Name' and 'Collection'",
            "give a file from data_summaries/ of the Data Provenance Collection, or choose another format with --from",
            line=fields.line,
        )
    out = ClaimWriter(SOURCE)
    pages = {key: page_of(record) for key, record in records}
    shared = Counter(pages.values())
    for key, record in records:
        page = pages[key]
        node = _identity(out, key, record, page, page is not None and shared[page] > 1)
        if node is not None:
            Record(out, record, node, page).write()
    return out.reading(fields.unread(alike=("",)))


def _is_record(record: Field) -> bool:
    return any(key in record for key in _MARKS)


def _identity(out: ClaimWriter, key: str, record: Field, page: str | None, shared: bool) -> URIRef | None:
    identifier = record.text("Unique Dataset Identifier") or key.strip()
    if page is None:
        return out.reference(identifier, "datasets", record)
    if not shared:
        return URIRef(page)
    name = re.sub(r"[^\w.-]+", "-", identifier)
    if not name.strip("-"):
        out.repair(f"{shortened(identifier)!r} cannot be a name: left out", record)
        return None
    return out.iri(part_of(page, name), record)


def _first_keys(head: str) -> Iterator[str]:
    """Yield the keys of the first object inside the outermost one, as far as ``head`` goes."""
    depth = 0
    for match in _TOKEN.finditer(head):
        written = match.group()
        if written in "{[":
            depth += 1
        elif written in "}]":
            depth -= 1
            if depth < 2:
                return
        elif depth == 2 and match[2]:
            yield match[1]
