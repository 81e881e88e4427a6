"""``docs/schemas.md``: the JSON Schemas that are shipped, and what the documents hold that they are of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.docs.markdown import code, link, page, prose, slug, table

SCHEMAS = Path(__file__).resolve().parents[2] / "data" / "schema"
_HEAD = """# JSON Schemas

What osaid-graph reads and writes as JSON or YAML, each with its schema (JSON Schema 2020-12). Of reports, keys are only
ever added, and `schema_version` tells when. Tests hold what is written against them."""


def schemas_page() -> str:
    """Return the page."""
    known = [(file, json.loads(file.read_text("utf-8"))) for file in sorted(SCHEMAS.glob("*.json"))]
    listed = ((link(prose(each["title"]), f"#{slug(file.name)}"), prose(each["description"])) for file, each in known)
    return page(_HEAD, table(("schema", "of"), listed), *(part for each in known for part in _section(*each)))


def _section(file: Path, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {file.name}"
    yield f"{prose(schema['description'])} The whole schema: {link(code(file.name), f'../data/schema/{file.name}')}."
    required = schema.get("required", ())
    rows = (
        (code(key), prose(_kind(each, schema)), "yes" if key in required else "", prose(each.get("description", "")))
        for key, each in schema.get("properties", {}).items()
    )
    yield table(("key", "type", "required", "what it holds"), rows)


def _kind(value: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return what a value is, in a word or two."""
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return ", ".join(f"`{each}`" for each in value["enum"])
    choices = value.get("oneOf") or value.get("anyOf")
    if choices:
        return " or ".join(dict.fromkeys(_kind(each, schema) for each in choices))
    kind = value.get("type", "any")
    if kind == "array" and isinstance(value.get("items"), Mapping):
        return f"list of {_kind(value['items'], schema)}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
