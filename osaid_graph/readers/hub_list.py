"""Reader of what the Hugging Face Hub's API gives of models and datasets: one record, an array, or JSON Lines.

``GET /api/models/<id>`` and ``/api/datasets/<id>`` give one record, ``/api/models`` and ``/api/datasets`` an array;
dumps of the whole Hub are JSON Lines, which :mod:`.hub_stream` reads one after the other (``STREAM``). What a record
says is in :mod:`.hub_record`, whether it is of a model or of a dataset in :mod:`.hub_kind`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import Kind
from osaid_graph.readers import hub_kind, hub_stream, json_tree
from osaid_graph.readers.hub_sniff import is_lines, is_record
from osaid_graph.readers.streams import Record, Stream
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Sequence, Value, children
from osaid_graph.reading import Reading, Statement
from osaid_graph.sources import Repair, Unread
from osaid_graph.vocab import CODE, OSAID

NAME = "hub-list"
#: Reads JSON Lines of any length.
STREAM: Stream = hub_stream

#: Every term of the ontology, and every role, that this reader can write.
STATES: Final[frozenset[URIRef]] = frozenset(
    (
        *(OSAID.Model, OSAID.Parameters, OSAID.Dataset, OSAID.Document, OSAID.AccessConditions),
        *(OSAID.NotDisclosed, OSAID.NotApplicable),
        *(OSAID.hasParameters, OSAID.license, OSAID.location, OSAID.trainedOn, OSAID.hasDocument, OSAID.documentRole),
        *(OSAID.derivedFrom, OSAID.fineTunedFrom, OSAID.adapterOf, OSAID.mergedFrom, OSAID.quantizedFrom),
        *(OSAID.accessConditions, OSAID.accessManner, OSAID.availability, OSAID.provenance, OSAID.scope),
        *(OSAID.characteristics, OSAID.labeling, OSAID.obtained),
        *(CODE["research-paper"], CODE["gated"], CODE["ungated"], CODE["public"], CODE["obtainable"]),
    )
)


def sniff(data: bytes) -> bool:
    """Tell whether it is JSON whose first record has the keys of the Hub's API."""
    return is_record(data)


def read(data: bytes, name: str) -> Reading:
    """Read all records of a document.

    Raises:
        InputError: Not UTF-8, not JSON or a duplicate key, no record in it, or records that do not tell whether they
            are of models or of datasets where neither the name of the file nor another record does.
    """
    if is_lines(data):
        lines = data.split(b"\n")
        assume = hub_kind.named(name) or majority(link.kind for link in hub_stream.links(lines))
        return reading_of(hub_stream.records(lines, assume))
    tree = json_tree.parse(decode(data))
    items = tree.items if isinstance(tree, Sequence) else [tree]
    if not items or not all(isinstance(item, Mapping) for item in items):
        hint = "give one record of the Hub's API, or an array of them"
        raise InputError("not a list of the Hub: a record is a JSON object", hint, line=tree.line)
    return reading_of(_records(items, isinstance(tree, Sequence), name))


def majority(kinds: Iterable[Kind | None]) -> Kind | None:
    """Return what most of the records are of that tell it; None where as many say the one as the other."""
    counts = Counter(kinds)
    difference = counts["models"] - counts["datasets"]
    return None if not difference else "models" if difference > 0 else "datasets"


def reading_of(records: Iterable[Record]) -> Reading:
    """Return what records say together; what they leave unread is added up, and so is what was assumed of them."""
    statements: list[Statement] = []
    unread: dict[str, Unread] = {}
    repairs: list[Repair] = []
    assumed: list[Record] = []
    for record in records:
        statements.extend(record.statements)
        repairs.extend(record.repairs)
        if record.assumed and record.id:
            assumed.append(record)
        for field, count in record.unread.items():
            before = unread.get(field)
            unread[field] = Unread(field, count + before.count, before.line) if before else Unread(field, count, record.line)
    if assumed:
        first = assumed[0]
        which = f"{len(assumed):,} records do" if len(assumed) > 1 else "a record does"
        text = f"{which} not tell whether of a model or of a dataset: taken for {first.kind}, as the file has them"
        repairs.append(Repair(text, first.line))
    return Reading(tuple(statements), unread=tuple(unread.values()), repairs=tuple(repairs))


def _records(items: list[Value], in_list: bool, name: str) -> Iterator[Record]:
    plain = [json_tree.plain(item) for item in items]
    assume = hub_kind.named(name) or majority(
        hub_kind.kind_of(record, hub_stream.tags_of(record)) for record in plain
    )
    for number, (item, record) in enumerate(zip(items, plain, strict=True)):
        lines = _lines(item)
        yield hub_stream.record_of(
            record, assume, item.line, lambda path, lines=lines, item=item: lines.get(path, item.line),  # type: ignore[misc]
            f"[{number}]." if in_list else "",
        )


def _lines(record: Value) -> dict[str, int]:
    """Return the line of every path in a record."""
    found: dict[str, int] = {}
    waiting = [(record, "")]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, Mapping):
            for key, inner in value.values.items():
                below = f"{path}.{key}" if path else key
                found[below] = value.keys[key].line
                waiting.append((inner, below))
        else:
            for number, inner in enumerate(children(value)):
                found[f"{path}[{number}]"] = inner.line
                waiting.append((inner, f"{path}[{number}]"))
    return found
