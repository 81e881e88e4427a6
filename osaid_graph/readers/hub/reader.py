"""Reader of what the Hugging Face Hub's API gives of models and datasets: one record, an array, or JSON Lines.

``GET /api/models/<id>`` and ``/api/datasets/<id>`` give one record, ``/api/models`` and ``/api/datasets`` an array;
dumps of the whole Hub are JSON Lines, which :mod:`.stream` reads one after the other (``STREAM``). What a record
says is in :mod:`.record`, whether it is of a model or of a dataset in :mod:`.kind`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.readers import json_tree
from osaid_graph.readers.hub import kind as hub_kind
from osaid_graph.readers.hub import stream as hub_stream
from osaid_graph.readers.hub.sniffing import is_lines, is_record
from osaid_graph.readers.place import below as longer
from osaid_graph.readers.streams import Record, Stream, reading_of
from osaid_graph.readers.text import decode
from osaid_graph.readers.tree import Mapping, Sequence, Value, children
from osaid_graph.reading import Reading
from osaid_graph.vocab import OSAID

NAME = "hub-list"
#: Reads JSON Lines of any length.
STREAM: Stream = hub_stream

#: Every property of the ontology that this reader can write.
STATES: Final[frozenset[URIRef]] = frozenset(
    (
        *(OSAID.hasParameters, OSAID.license, OSAID.location, OSAID.trainedOn, OSAID.hasDocument, OSAID.documentRole),
        *(OSAID.derivedFrom, OSAID.fineTunedFrom, OSAID.adapterOf, OSAID.mergedFrom, OSAID.quantizedFrom),
        *(OSAID.accessConditions, OSAID.accessManner, OSAID.availability, OSAID.provenance, OSAID.scope),
        *(OSAID.characteristics, OSAID.labeling, OSAID.obtained),
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
        written = data.split(b"\n")
        assume = hub_stream.assumed(name, Counter(link.kind for link in hub_stream.links(written)))
        return reading_of(hub_stream.records(written, assume))
    tree = json_tree.parse(decode(data))
    items: list[Value] = tree.items if isinstance(tree, Sequence) else [tree]
    if not items or not all(isinstance(item, Mapping) for item in items):
        hint = "give one record of the Hub's API, or an array of them"
        raise InputError("not a list of the Hub: a record is a JSON object", hint, line=tree.line)
    lines: dict[str, int] = {}
    reading = reading_of(_records(items, isinstance(tree, Sequence), name, lines))
    return replace(reading, unread=tuple(replace(each, line=lines[each.field]) for each in reading.unread))


def _records(items: list[Value], in_list: bool, name: str, lines: dict[str, int]) -> Iterator[Record]:
    """Yield what records say, and note in ``lines`` where what they leave unread stands first."""
    plain = [json_tree.plain(item) for item in items]
    assume = hub_stream.assumed(name, Counter(hub_kind.kind_of(each, hub_stream.tags_of(each)) for each in plain))
    for number, (item, each) in enumerate(zip(items, plain, strict=True)):
        place = _Lines(item)
        record = hub_stream.record_of(each, assume, item.line, place.of, f"[{number}]." if in_list else "")
        for field in record.unread:
            lines.setdefault(field, place.of(field.partition("[")[0]))
        yield record


class _Lines:
    """The lines of all paths in a record."""

    def __init__(self, record: Value) -> None:
        self.first = record.line
        self.by_path: dict[str, int] = {}
        waiting = [(record, "")]
        while waiting:
            value, path = waiting.pop()
            if isinstance(value, Mapping):
                inner = [(longer(path, key), each) for key, each in value.values.items()]
                self.by_path.update(
                    (below, key.line) for (below, _), key in zip(inner, value.keys.values(), strict=True)
                )
            else:
                inner = [(f"{path}[{number}]", each) for number, each in enumerate(children(value))]
                self.by_path.update((below, each.line) for below, each in inner)
            waiting.extend((each, below) for below, each in inner)

    def of(self, path: str) -> int:
        """Return the line of a path."""
        return self.by_path.get(path, self.first)
