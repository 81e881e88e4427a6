"""The JSON Schema of a profile, made from the classes that a profile consists of.

``tools/generate_schema.py`` writes it to ``data/schema/listing.schema.json``.
"""

from __future__ import annotations

import dataclasses
import types
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from osaid_graph.listings.profile import SCHEMA_VERSION, Profile
from osaid_graph.vocab import BASE

SCHEMA_ID: Final = BASE + "schema/listing.schema.json"

Schema = dict[str, Any]
_WORDS: Final = {bool: "boolean", str: "string"}


def schema() -> Schema:
    """Return the schema as plain values: every object is closed and has all its keys."""
    definitions: dict[str, Schema] = {}
    whole = _object(Profile, definitions)
    version = {"description": "The version of this form.", "const": SCHEMA_VERSION}
    whole["properties"] = {"schema_version": version, **whole["properties"]}
    whole["required"] = ["schema_version", *whole["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "profile of a listing",
        **whole,
        "$defs": definitions,
    }


def _object(class_: type, definitions: dict[str, Schema]) -> Schema:
    said = {name: get_args(hint) for name, hint in get_type_hints(class_, include_extras=True).items()}
    return {
        "description": (class_.__doc__ or "").strip(),
        "type": "object",
        "properties": {
            name: {"description": description, **_type(hint, definitions)} for name, (hint, description) in said.items()
        },
        "required": list(said),
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Schema]) -> Schema:
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return {"anyOf": [_type(inner, definitions), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0], definitions)}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        name = hint.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return {"type": "integer", "minimum": 0} if hint is int else {"type": _WORDS[hint]}
