"""What the files and the records of a Croissant dataset are like, put into words that say what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import RDF, Literal, URIRef

from osaid_graph.readers.croissant.terms import CR
from osaid_graph.readers.croissant.words import DESCRIPTIONS, NAMES, local_name, seen, values, words
from osaid_graph.readers.rdf.descriptions import Description, Descriptions, Said
from osaid_graph.readers.rdf.schema_org import SCHEMA

_FILLER = re.compile(r"Column '.*' from the Hugging Face parquet file\.?", re.DOTALL)
#: Fields of a record set that are named; the others are counted.
MAX_FIELDS = 40
_MAX_NESTED = 8


def parts(it: Description) -> list[Description]:
    """Return the files, file sets and record sets of a dataset; that it has them is read."""
    found = [said.description for said in it.get(SCHEMA.distribution, CR.recordSet)]
    return [each for each in found if each is not None]


def record_set(said: Said, found: Descriptions) -> str:
    """Return what a record set is called and described as, and its fields with their types; empty without fields."""
    it = said.description
    if it is None:
        return ""
    fields = _fields(it, found, CR.field, _called(it), 0, {it.node})
    if not fields:
        return ""
    described = " ".join(it.text(*DESCRIPTIONS).split())
    it.get(RDF.type)
    of = [kind for each in it.get(CR.dataType) if (kind := _type(each))]
    name = " ".join(each for each in ("record set", _called(it), f"({', '.join(of)})" if of else "") if each)
    return f"{name}: {described.rstrip('.')}. Fields: {fields}" if described else f"{name}: {fields}"


def formats(files: Iterable[Description], found: Descriptions) -> list[tuple[str, Said]]:
    """Return the encoding formats of files, each once, with the place that first says it."""
    first: dict[str, Said] = {}
    for it in files:
        for said in values(it, found, SCHEMA.encodingFormat):
            text = words(said, found)
            if text:
                first.setdefault(text, said)
    return list(first.items())


def _fields(
    it: Description, found: Descriptions, predicate: URIRef, within: str, depth: int, told_of: set[object]
) -> str:
    told: list[str] = []
    fields = [each for each in (said.description for said in it.get(predicate)) if each and each.node not in told_of]
    told_of.update(each.node for each in fields)
    for each in fields[:MAX_FIELDS]:
        each.get(RDF.type)
        name = _called(each).removeprefix(f"{within}/") or "unnamed"
        types = ", ".join(kind for said in each.get(CR.dataType) if (kind := _type(said)))
        inner = ""
        if depth < _MAX_NESTED:
            inner = _fields(each, found, CR.subField, _called(each), depth + 1, told_of)
        described = " ".join(_described(each, found).split()).rstrip(".;")
        shape = "; ".join(text for text in (types, inner) if text)
        told.append((f"{name} ({shape})" if shape else name) + (f": {described}" if described else ""))
    if len(fields) > MAX_FIELDS:
        told.append(f"and {len(fields) - MAX_FIELDS} more")
    return "; ".join(told)


def _described(it: Description, found: Descriptions) -> str:
    """Return the description of a field; what the Hub fills in says nothing, and stays unread."""
    filled = any(_FILLER.fullmatch(str(each.triple[2]).strip()) for each in seen(it, found, *DESCRIPTIONS))
    return "" if filled else it.text(*DESCRIPTIONS)


def _called(it: Description) -> str:
    name = it.text(*NAMES)
    return name or (local_name(it.node) if isinstance(it.node, URIRef) else "")


def _type(said: Said) -> str:
    """Return the last part of the IRI of a data type, without its prefix where the context left it a text."""
    if isinstance(said.term, Literal) and " " in said.text:
        return said.text
    text = said.text.rstrip("/#")
    for mark in ("#", "/", ":"):
        text = text.rpartition(mark)[2]
    return text
