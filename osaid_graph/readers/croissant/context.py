"""What a Croissant file leaves out that JSON-LD needs, put in before it is read: a context, a class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from osaid_graph.readers import json_tree
from osaid_graph.readers.limits import MAX_DEPTH
from osaid_graph.readers.rdf import contexts
from osaid_graph.readers.tree import Mapping, Scalar, Sequence, Value
from osaid_graph.sources import Repair

CONTEXT = "http://mlcommons.org/croissant/1.1"
_OURS = frozenset(("conformsTo", "dct:conformsTo", "distribution", "recordSet"))
#: The terms that what is read depends on; the published contexts themselves leave out some of the others.
_NEEDED = frozenset(("conformsTo", "dataType", "field", "recordSet", "subField"))


def prepared(tree: Value) -> tuple[Value, list[Repair]]:
    """Return a document with Croissant's own context below those it has, and what of that context it needed.

    What a document declares itself keeps its meaning.
    """
    repairs: list[Repair] = []
    if isinstance(tree, Sequence):
        items = [_with_context(each, repairs) if isinstance(each, Mapping) else each for each in tree.items]
        return Sequence(tree.line, tree.column, items), repairs
    return (_with_context(tree, repairs) if isinstance(tree, Mapping) else tree), repairs


def _with_context(block: Mapping, repairs: list[Repair]) -> Mapping:
    own = block.values.get("@context")
    if own is None or (isinstance(own, Scalar) and own.is_null):
        if _expanded(block):
            return block
        repairs.append(Repair(f"no @context: read with that of {CONTEXT}", block.line))
        own = Sequence(block.line, block.column)
    else:
        missing = sorted(_used(block) - _declared(own, 0) - {"@context"}, key=str.casefold)
        if missing:
            line = block.keys["@context"].line
            text = f"@context does not declare {', '.join(missing)}: read as in that of {CONTEXT}"
            repairs.append(Repair(text, line, "@context"))
    below = Scalar(CONTEXT, own.line, own.column, plain=False)
    above = own.items if isinstance(own, Sequence) else [own]
    key = block.keys.get("@context") or Scalar("@context", block.line, block.column, plain=False)
    values: dict[str, Value] = {"@context": Sequence(own.line, own.column, [below, *above])}
    keys = {"@context": key}
    values.update((name, value) for name, value in block.values.items() if name != "@context")
    keys.update((name, value) for name, value in block.keys.items() if name != "@context")
    if not {"@type", "@graph", "type"} & values.keys() and _OURS & values.keys():
        repairs.append(Repair("the dataset has no @type: read as sc:Dataset", block.line))
        values["@type"] = Scalar("sc:Dataset", block.line, block.column, plain=False)
        keys["@type"] = Scalar("@type", block.line, block.column, plain=False)
    return Mapping(block.line, block.column, values, keys)


def _expanded(block: Mapping) -> bool:
    """Tell whether a block has the form in which every key is an IRI, which needs no context."""
    return all("://" in key or key.startswith("@") for key in block.values) and "@graph" not in block.values


def _terms() -> dict[str, Any]:
    """Return the terms and prefixes of Croissant's context; schema.org is the default of any context here."""
    found = contexts.shipped(CONTEXT)
    return found if isinstance(found, dict) else {}


def _used(block: Mapping) -> set[str]:
    """Return what a document must declare: prefixes of Croissant's context in its keys and classes, needed terms."""
    known = _terms()
    used: set[str] = set()
    for name in _names(block):
        prefix, colon, rest = name.partition(":")
        if colon and not rest.startswith("//") and prefix in known:
            used.add(prefix)
        elif name in _NEEDED:
            used.add(name)
    return used


def _names(block: Mapping) -> Iterator[str]:
    """Yield the keys of blocks and the names of classes, outside of contexts and of inline data."""
    stack: list[Value] = [block]
    while stack:
        each = stack.pop()
        if isinstance(each, Sequence):
            stack.extend(each.items)
        elif isinstance(each, Mapping):
            for key, value in each.values.items():
                yield key
                if key in ("@type", "dataType"):
                    kinds = value.items if isinstance(value, Sequence) else [value]
                    yield from (kind.text for kind in kinds if isinstance(kind, Scalar) and ":" in kind.text)
                elif key not in ("@context", "data", "examples"):
                    stack.append(value)


def _declared(context: Value | Any, depth: int) -> set[str]:
    """Return the names that a context declares, those of the shipped contexts that it names among them."""
    if depth > MAX_DEPTH:
        return set()
    if isinstance(context, Sequence):
        return set().union(*(_declared(each, depth + 1) for each in context.items))
    if isinstance(context, Mapping):
        return set(context.values)
    if isinstance(context, Scalar):
        shipped = contexts.shipped(json_tree.plain(context)) if not context.plain else None
        return set(shipped) if isinstance(shipped, dict) else set()
    return set()


def condensed(repairs: list[Repair]) -> list[Repair]:
    """Return repairs with those of identifiers, of which one file may have hundreds, told once."""
    end = "read percent-encoded"
    same = [each for each in repairs if each.text.endswith(end)]
    if len(same) < 2:
        return repairs
    first = Repair(f"{same[0].text}, and {len(same) - 1} more like it", same[0].line, same[0].field)
    return [first if each is same[0] else each for each in repairs if each is same[0] or each not in same]
