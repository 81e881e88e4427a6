"""Frozen dataclasses as JSON, and the JSON Schema (2020-12) of what that gives."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from osaid_graph.model import Requirement

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def plain(value: Any) -> Any:
    """Return a value as JSON: of a requirement its id, of a dataclass an object, of a tuple an array."""
    if isinstance(value, Requirement):
        return value.id
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value


def schema(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what :func:`plain` gives of a type; dataclasses are added to ``known`` by their names.

    Raises:
        TypeError: It is a type that has no schema here.
    """
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is Requirement:
        return {"type": "string", "description": "the id of a requirement"}
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema(each, known) for each in arguments]}
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return {"type": "array", "items": schema(arguments[0], known)}
    if origin is tuple:
        each = [schema(argument, known) for argument in arguments]
        return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(arguments[1], known)}
    if isinstance(kind, type) and is_dataclass(kind):
        name = kind.__name__
        if name not in known:
            known[name] = {}  # it may be a part of itself
            hints = get_type_hints(kind)
            members = {field.name: schema(hints[field.name], known) for field in fields(kind)}
            known[name] = {"type": "object", "properties": members, "required": list(members)}
        return {"$ref": f"#/components/schemas/{name}"}
    raise TypeError(f"{kind}: no schema")
