"""The JSON Schema of ``osaid.yaml`` (draft 2020-12), built from the tables of :mod:`.keys`.

``tools/generate_schema.py`` writes it to ``data/schema/osaid.schema.json``, where editors find it: they complete the
keys and the words of the codelists, explain them, and mark what the reader would refuse. The schema looks at shapes and
words; what takes more than one place to see (imports, dates in the future) is for the reader and the assessment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from osaid_graph.readers.manifest.judgements import ID
from osaid_graph.readers.manifest.keys import (
    BLOCKS,
    DATASET_DERIVATIONS,
    MANIFEST,
    PARAMETER_DERIVATIONS,
    Accepts,
    Key,
)
from osaid_graph.vocab import BASE, CODELISTS

SCHEMA_ID = BASE + "schema/osaid.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: The keys that a block cannot do without. ``model`` and ``parameters`` need an ``id`` only where no ``system`` gives
#: them one, which the schema of the whole file says.
REQUIRED: dict[str, tuple[str, ...]] = {
    "system": ("id",),
    "dataset": ("id",),
    "code": ("roles",),
    "document": ("roles",),
    "judgement": ("requirement", "outcome", "by", "date", "definition", "reason"),
    "waiver": ("requirement", "reason", "until"),
}
#: The blocks that may say, in the place of all else, that there is nothing for their roles.
REFUSED_BY_ROLE = ("code", "document")
#: What a reviewer may find; ``osaid_graph.assessment.judgements`` holds the same (a test compares them).
JUDGEABLE = ("met", "not-met", "not-applicable")

Schema = dict[str, Any]

#: RFC 3987 forbids these in an IRI (:func:`osaid_graph.identity.checked_iri`).
_NOT_IN_IRI = r'\s<>"{}|\\^`'
_SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:"
_WITHOUT_HOST = "https?:(?!//[^/?#])"

_TITLES = {
    "system": "AI system",
    "model": "model",
    "parameters": "parameters",
    "training-state": "checkpoint or optimizer state",
    "code": "code, by role",
    "configuration": "arguments and settings",
    "data-information": "data information",
    "document": "document, by kind",
    "dataset": "dataset",
    "listing": "listing of a dataset",
    "judgement": "judgement",
    "waiver": "waiver of gaps",
}


def schema(requirements: Sequence[str] = (), definitions: Sequence[str] = ()) -> Schema:
    """Return the schema as plain values.

    Args:
        requirements: The ids that a judgement may name; any text if empty.
        definitions: The versions of the definition to offer for a judgement. It may name any other as well, such as
            the draft that a published review was made against: it is shown then, and not counted.
    """
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ID,
        "title": "osaid.yaml",
        "description": "The description of an AI release for an assessment against the Open Source AI Definition.",
        "type": "object",
        "properties": {name: _described(key, _top_level(name, key)) for name, key in MANIFEST.items()},
        "additionalProperties": False,
        "anyOf": _belongs_to_a_release(),
        "$defs": {
            **_values(),
            **{_block_name(name): _block(name, keys, requirements, definitions) for name, keys in BLOCKS.items()},
        },
    }


# -- values ----------------------------------------------------------------------------------------------------------


def _values() -> dict[str, Schema]:
    text = _ref("text")
    source = {"source": {"description": "Who says this.", **_ref("source")}}
    return {
        # YAML 1.2 reads 1.5 or 2024 as a number; the reader takes every scalar as the text it was written as.
        "text": {"type": ["string", "number"], "pattern": r"\S"},
        "text-or-url": {
            "description": "A text, or a URL of the document that says it.",
            "type": ["string", "number"],
            "pattern": rf"^(?!{_SCHEME}//\S*[<>\"{{}}|\\^`])[\s\S]*\S",
            "not": _silence("[Aa]pplicable"),
        },
        "url": {"type": "string", "pattern": f"^(?!{_WITHOUT_HOST}){_SCHEME}[^{_NOT_IN_IRI}]*$"},
        "count": {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d{1,18}$"},
        "date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "reference": {
            "description": "An absolute IRI, org/name on the Hub, a known name, or a name of your own; "
            "name@version for one version.",
            "type": ["string", "number"],
            "pattern": "[A-Za-z0-9]",
            "not": _silence("([Dd]isclosed|[Aa]pplicable)"),
        },
        "references": _one_or_more(_ref("reference"), least=0),
        "source": {
            "anyOf": [
                _ref("url"),
                _object({"url": _ref("url"), "title": text, "retrieved": _ref("date")}, required=("url",)),
            ]
        },
        "silence": {
            "description": "not-disclosed: it is refused, and so not met. not-applicable: it does not apply, and why.",
            "anyOf": [{"const": "not-disclosed"}, *_silences(source)],
        },
        "statement": _one_or_more(
            {
                "anyOf": [
                    _ref("text-or-url"),
                    _ref("silence"),
                    _object({"value": _ref("text-or-url"), **source}, required=("value",)),
                ]
            }
        ),
        "agent": {
            "anyOf": [
                text,
                _object({"name": text, "id": _ref("url"), "affiliation": text}, required=("name",)),
            ]
        },
        "access": _one_or_more(
            {
                "anyOf": [
                    _words("AccessManner"),
                    _object({"manner": _words("AccessManner"), "comment": text, **source}, required=("manner",)),
                ]
            }
        ),
        "evidence": _one_or_more(
            {
                "anyOf": [
                    _ref("text-or-url"),
                    _object({"url": _ref("url"), "retrieved": _ref("date"), "sha256": text}, required=("url",)),
                ]
            }
        ),
        "datasets": _one_or_more(
            {
                "anyOf": [
                    _ref("reference"),
                    _ref("silence"),
                    _object({"ref": _ref("reference"), **source}, required=("ref",)),
                    _ref("dataset-block"),
                ]
            }
        ),
        "dataset-derivations": _derivations(DATASET_DERIVATIONS, source),
        "parameter-derivations": _derivations(PARAMETER_DERIVATIONS, source),
    }


def _silence(what: str) -> Schema:
    """Return the schema of a text that is one of the manifest's silences, however it is spelt."""
    return {"type": "string", "pattern": rf"^\s*[Nn]ot[-_ ]{what}\s*$"}


def _silences(source: Schema) -> list[Schema]:
    return [
        _object({"not-disclosed": {"anyOf": [_ref("text"), {"type": "null"}]}, **source}, required=("not-disclosed",)),
        _object({"not-applicable": _ref("text"), **source}, required=("not-applicable",)),
    ]


def _derivations(kinds: Iterable[str], source: Schema) -> Schema:
    targets = _one_or_more(_ref("reference"))
    named = [_object({kind: targets, **source}, required=(kind,)) for kind in (*kinds, "ref")]
    return _one_or_more({"anyOf": [_ref("reference"), _ref("silence"), *named]}, least=0)


# -- blocks ----------------------------------------------------------------------------------------------------------


def _block(name: str, keys: dict[str, Key], requirements: Sequence[str], definitions: Sequence[str]) -> Schema:
    known: dict[str, Sequence[str]] = {}
    if name == "judgement":
        known = {"requirement": requirements, "outcome": JUDGEABLE}
    properties = {
        key_name: _described(
            key, {"enum": list(known[key_name])} if known.get(key_name) else _accepted(name, key_name, key)
        )
        for key_name, key in keys.items()
    }
    if name == "judgement" and definitions:
        offered = {"anyOf": [{"enum": list(definitions)}, {"type": "string", "pattern": f"^{ID}$"}]}
        properties["definition"] = _described(keys["definition"], offered)
    block = {"title": _TITLES[name], **_object(properties, required=REQUIRED.get(name, ()))}
    if name in REFUSED_BY_ROLE:
        block["dependentSchemas"] = {
            silence: {"propertyNames": {"enum": [silence, "roles", "source"]}}
            for silence in ("not-disclosed", "not-applicable")
        }
    return block


def _accepted(block: str, name: str, key: Key) -> Schema:
    match key.accepts:
        case Accepts.STATEMENT:
            return _ref("statement")
        case Accepts.WORD:
            return _stated_word(key.codelist)
        case Accepts.WORDS:
            return _one_or_more(_words(key.codelist))
        case Accepts.DERIVATIONS:
            return _ref("dataset-derivations" if block == "dataset" else "parameter-derivations")
        case Accepts.NODES if not key.block:
            return _ref("evidence")
        case Accepts.NODES:
            return _one_or_more({"anyOf": [_ref("text-or-url"), _ref("silence"), _ref(_block_name(key.block))]})
        case Accepts.PLAIN if name in ("id", "subject", "on"):
            return _ref("reference")
        case Accepts.PLAIN if (block, name) == ("waiver", "requirement"):
            return {"type": "string", "pattern": f"^{ID}$"}
        case Accepts.PLAIN if name == "not-disclosed":
            return {"anyOf": [_ref("text"), {"type": "null"}]}
        case Accepts.FLAG:
            return {"type": "boolean"}
    simple = {
        Accepts.PLAIN: "text",
        Accepts.DATE: "date",
        Accepts.COUNT: "count",
        Accepts.ACCESS: "access",
        Accepts.AGENT: "agent",
        Accepts.REFERENCES: "references",
        Accepts.SOURCE: "source",
    }
    return _ref(simple[key.accepts])


def _top_level(name: str, key: Key) -> Schema:
    match key.accepts:
        case Accepts.IMPORTS:
            return _entries(_ref("text"))
        case Accepts.DATASETS:
            return _ref("datasets")
        case Accepts.BLOCK:
            return _ref(_block_name(key.block))
        case Accepts.PART:
            return {"anyOf": [_ref(_block_name(key.block)), _ref("silence")]}
        case Accepts.BLOCKS:
            block = _ref(_block_name(key.block))
            refusable = {"anyOf": [block, {"const": "not-disclosed"}]}
            return _entries(refusable if name in ("code", "documents") else block)
    return _accepted("", name, key)


def _belongs_to_a_release() -> list[Schema]:
    """Return what a file may be about: the first of system, model and parameters, with an id; or what needs none."""
    whole = ("system", "model", "parameters")
    identified = {"type": "object", "required": ["id"]}
    shared = ("imports", "source", "datasets", "judgements")
    return [
        *(
            {"required": [name], "properties": {**dict.fromkeys(whole[:number], False), name: identified}}
            for number, name in enumerate(whole)
        ),
        {"properties": dict.fromkeys((name for name in MANIFEST if name not in shared), False)},
    ]


# -- pieces ----------------------------------------------------------------------------------------------------------


def _described(key: Key, accepted: Schema) -> Schema:
    meaning = key.meaning[0].upper() + key.meaning[1:]
    return {"description": f"{meaning}. Accepts {key.accepts.value}.", **accepted}


def _object(properties: Schema, required: Iterable[str] = ()) -> Schema:
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if needed := list(required):
        found["required"] = needed
    return found


def _one_or_more(item: Schema, least: int = 1) -> Schema:
    """Return one value or a list of them. An empty list says nothing; where it says "none", ``least`` is 0."""
    return {"anyOf": [item, {"type": "array", "items": item, **({"minItems": least} if least else {})}]}


def _entries(item: Schema) -> Schema:
    """Return the entries of a top-level key, which may be none."""
    return {"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]}


def _stated_word(codelist: str) -> Schema:
    words = _words(codelist)
    value = {"anyOf": [words, {"const": "not-disclosed"}]}
    source = {"description": "Who says this.", **_ref("source")}
    stated = _object({"value": value, "source": source}, required=("value",))
    return _one_or_more({"anyOf": [words, _ref("silence"), stated]})


def _words(codelist: str) -> Schema:
    return {"enum": list(CODELISTS[codelist])}


def _block_name(name: str) -> str:
    return f"{name}-block"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
