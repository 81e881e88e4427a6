"""The Hub's lists as JSON Lines, a record a line, read one after the other: memory does not grow with the list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, Final

from rdflib import URIRef

from osaid_graph.errors import InputError
from osaid_graph.identity import HUB, Kind, shortened
from osaid_graph.readers.hub import kind as hub_kind
from osaid_graph.readers.hub.fields import leaves, read_record
from osaid_graph.readers.hub.record import RELATIONS, Description, reference, split_base, split_source
from osaid_graph.readers.json_tree import TOO_DEEP
from osaid_graph.readers.streams import Link, Record
from osaid_graph.sources import Repair
from osaid_graph.vocab import OSAID

#: How a line can hold an escape that gives no text: half of a surrogate pair, or NUL.
_ESCAPE: Final = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")
_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
_ID: Final = re.compile(rb'"(?:id|modelId)"\s*:\s*"([^"\\]*)"')


def records(
    lines: Iterable[bytes], assume: Kind | None = None, wanted: Container[str] | None = None
) -> Iterator[Record]:
    """Yield what each line says.

    Args:
        lines: Lines of JSON; empty ones are passed over.
        assume: What records are of that do not tell it themselves (:mod:`.kind`).
        wanted: IRIs of the records to yield; all where it is None. Lines of others are not parsed.

    Raises:
        InputError: A line is no JSON object, or does not tell what it is of and ``assume`` is None; with the line.
    """
    for number, line in enumerate(lines, 1):
        if wanted is not None and not _may_be_wanted(line, wanted):
            continue
        found = record(line, number, assume)
        if found is not None and (wanted is None or found.id in wanted):
            yield found


def record(line: bytes, number: int, assume: Kind | None = None) -> Record | None:
    """Return what one line says; None for an empty one.

    Raises:
        InputError: It is no JSON object, or does not tell what it is of and ``assume`` is None; with the line.
    """
    parsed = parse(line, number)
    return None if parsed is None else record_of(parsed, assume, number)


def links(lines: Iterable[bytes], assume: Kind | None = None) -> Iterator[Link]:
    """Yield what each record is of and what it was made from, which is all that a walk through the lineage takes.

    Records whose id is none of a repository are left out, as they are by :func:`records`.

    Args:
        lines: Lines of JSON; empty ones are passed over.
        assume: What a record is of that does not tell; where it is None, nothing else is said of one.

    Raises:
        InputError: A line is no JSON object, with the line.
    """
    for number, line in enumerate(lines, 1):
        record = parse(line, number)
        if record is None:
            continue
        tags = tags_of(record)
        kind = hub_kind.kind_of(record, tags) or assume
        iri = hub_kind.page(id_of(record), kind or "models")
        if iri is None:
            continue
        yield Link(iri, None, ()) if kind is None else _link(iri, kind, record, tags)


def _link(iri: str, kind: Kind, record: dict[str, Any], tags: list[str]) -> Link:
    edges: list[tuple[URIRef, str]] = []
    licenses: list[str] = []
    for prefix, value in _said(record, tags, kind):
        if prefix == "license":
            licenses.append(value)
        elif (edge := _edge(prefix, value)) is not None:
            edges.append(edge)
    issued = record.get("createdAt")
    return Link(iri, kind, tuple(edges), tuple(licenses), issued if isinstance(issued, str) else "")


def assumed(name: str, counts: Mapping[Kind | None, int]) -> Kind | None:
    """Return what records are of that do not tell it: what the name of their file says, else what most others are."""
    difference = counts.get("models", 0) - counts.get("datasets", 0)
    most: Kind | None = None if not difference else "models" if difference > 0 else "datasets"
    return hub_kind.named(name) or most


def record_of(
    record: dict[str, Any],
    assume: Kind | None,
    line: int,
    line_of: Callable[[str], int] | None = None,
    prefix: str = "",
) -> Record:
    """Return what one record says.

    Raises:
        InputError: It does not tell what it is of, and ``assume`` is None.
    """
    told = hub_kind.kind_of(record, tags_of(record))
    kind = told or assume
    if kind is None:
        hint = "call the file models.json or datasets.json, or leave the record out"
        raise InputError("a record that does not tell whether it is of a model or of a dataset", hint, line=line)
    id_ = id_of(record)
    iri = hub_kind.page(id_, kind)
    if iri is None:
        what = f"the id {shortened(id_)!r} is none of a repository" if id_ else "a record without an id"
        unread = {key: count for key, value in record.items() if (count := leaves(value))}
        return Record("", kind, (), line, unread, (Repair(f"{what}: left out", line, f"{prefix}id"),), told is None)
    said = Description(kind, iri, line_of or (lambda path: line), prefix)
    unread = read_record(record, said)
    reading = said.out.reading()
    return Record(iri, kind, reading.statements, line, unread, reading.repairs, told is None)


def parse(line: bytes, number: int) -> dict[str, Any] | None:
    """Return the JSON object of a line; None for an empty one.

    Raises:
        InputError: It is none, with the line.
    """
    hint = "JSON Lines have one record a line: leave the line out, or fetch the file again"
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        if not text:
            return None
        record = _decoder.decode(text)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start + 1} of the line", "save it as UTF-8", line=number) from None
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON at column {error.colno}: {error.msg}", hint, line=number) from None
    except RecursionError:
        raise InputError(*TOO_DEEP, line=number) from None
    except _DuplicateKey as error:
        raise InputError(f"duplicate key {shortened(str(error))!r}", "keep one", line=number) from None
    except ValueError:
        raise InputError("not valid JSON: a number of too many digits", "write it as a text", line=number) from None
    if not isinstance(record, dict):
        raise InputError("a line of JSON that is no object", hint, line=number)
    if _ESCAPE.search(line) and any(_NO_TEXT.search(text) for text in _texts(record)):
        raise InputError("an escape for a character that no text holds", "delete it", line=number)
    return record


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in a value, keys too."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


class _DuplicateKey(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateKey(next(key for number, key in enumerate(keys) if key in keys[:number]))
    return found


_decoder = json.JSONDecoder(object_pairs_hook=_object)


def tags_of(record: dict[str, Any]) -> list[str]:
    """Return the tags of a record that are texts."""
    tags = record.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def id_of(record: dict[str, Any]) -> str:
    """Return the id of a record; empty where it has none."""
    id_ = record.get("id", record.get("modelId"))
    return id_.strip() if isinstance(id_, str) else ""


def _may_be_wanted(line: bytes, wanted: Container[str]) -> bool:
    """Tell whether a line, known to be well-formed, can be a wanted record, without parsing it."""
    found = _ID.findall(line)
    return not found or any(
        HUB + prefix + text in wanted
        for each in found
        for text in (each.decode("utf-8", "replace").strip(),)
        for prefix in ("", "datasets/")
    )


def _said(record: dict[str, Any], tags: list[str], kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield what tags and card say of origins and terms, as :class:`Description` reads them: prefix and value."""
    card = record.get("cardData")
    for tag in tags:
        prefix, _, value = tag.partition(":")
        if prefix in _LINKS[kind]:
            yield prefix, value.strip()
    if isinstance(card, dict):
        for key, prefix in _CARD_LINKS[kind].items():
            values = card.get(key)
            for each in values if isinstance(values, list) else [values]:
                if isinstance(each, str):
                    yield prefix, each.strip()


def _edge(prefix: str, value: str) -> tuple[URIRef, str] | None:
    """Return the edge that a tag says, None where it names nothing."""
    prop = _TRAINED_ON if prefix == "dataset" else _DERIVED_FROM
    if prefix == "base_model":
        relation, value = split_base(value)
        prop = RELATIONS.get(relation, _DERIVED_FROM)
    elif prefix == "source_datasets":
        value = split_source(value)
    found = reference(value, "models" if prefix == "base_model" else "datasets") if value else None
    return (prop, str(found)) if isinstance(found, str) else None


# Looked up once: a closed namespace looks at its terms for each use of one.
_TRAINED_ON, _DERIVED_FROM = OSAID.trainedOn, OSAID.derivedFrom
_LINKS: Final[dict[Kind, tuple[str, ...]]] = {
    "models": ("base_model", "dataset", "license"),
    "datasets": ("source_datasets", "license"),
}
_CARD_LINKS: Final[dict[Kind, dict[str, str]]] = {
    "models": {"base_model": "base_model", "datasets": "dataset", "license": "license"},
    "datasets": {"source_datasets": "source_datasets", "license": "license"},
}
