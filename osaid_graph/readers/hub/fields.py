"""The fields and tags of a record of the Hub's API: which say something we model, and how much of the rest there is.

Every field and every tag goes through the tables of this module. What has no entry in them, and every value that its
entry cannot use, is counted as unread, so that nothing is passed over: fields under their names, tags by what stands
before their colon where the Hub writes them (``tags[region:]``), all others as ``tags[]``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from rdflib import URIRef

from osaid_graph.identity import Kind
from osaid_graph.readers.hub.record import WEIGHTS, Description, is_weight_file
from osaid_graph.readers.place import At
from osaid_graph.vocab import OSAID

Taker = Callable[[Description, str, At], bool]


def _text(predicate: URIRef, key: str) -> Taker:
    return lambda description, text, at: description.text(predicate, key, text, at)


_BOTH: dict[str, Taker] = {"license": Description.license, "arxiv": Description.paper}
#: What stands before the colon of a tag, or key of a card -> what takes the value.
TAGS: Final[dict[Kind, dict[str, Taker]]] = {
    "models": _BOTH | {"base_model": Description.base, "dataset": Description.trained_on},
    "datasets": _BOTH
    | {
        "source_datasets": Description.source,
        **{key: _text(OSAID.scope, key) for key in ("language", "multilinguality", "size_categories")},
        **{key: _text(OSAID.characteristics, key) for key in ("format", "modality")},
        "annotations_creators": _text(OSAID.labeling, "annotations_creators"),
        "language_creators": _text(OSAID.obtained, "language_creators"),
    },
}
#: Key of a card -> the tag that says the same.
_CARD: Final = {"datasets": "dataset", "dataset": ""}
#: What the Hub writes before the colon of a tag; any other tag is free.
_PREFIXES: Final = frozenset(
    [
        "region",
        "doi",
        "diffusers",
        "template",
        "adapterhub",
        "loss",
        "dataset_size",
        "benchmark",
        "library",
        "task_categories",
        "task_ids",
        "pipeline",
        "model_cls_name",
        "scvi_version",
        "anndata_version",
        "annotated",
        "tissue",
        "deploy",
    ]
).union(*TAGS.values())


def leaves(value: Any) -> int:
    """Return how many values in a value say something: texts, numbers and truths, not nulls and empty texts."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, int | float):
        return 1
    count, stack = 0, [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            stack.extend(each.values())
        elif isinstance(each, list):
            stack.extend(each)
        else:
            count += bool(each.strip()) if isinstance(each, str) else each is not None
    return count


def read_record(record: dict[str, Any], said: Description) -> dict[str, int]:
    """Write what a record says, and return what is left unread: how many values, by field."""
    unread: dict[str, int] = {}
    card = record.get("cardData")
    name_key = said.name_license(card) if isinstance(card, dict) else ""
    for key, value in record.items():
        if key == "tags" and isinstance(value, list):
            _tags(value, said, unread)
        elif key == "cardData" and isinstance(value, dict):
            _card(value, said, unread, name_key)
        elif key == "siblings" and isinstance(value, list):
            _files(value, said, unread)
        elif key != "gated" and not _field(key, value, record, said):
            _count(unread, key, leaves(value))
    if not said.finish(record.get("gated")):
        _count(unread, "gated", leaves(record.get("gated")))
    return unread


def _field(key: str, value: Any, record: dict[str, Any], said: Description) -> bool:
    """Take a field that has one value, and tell whether it was understood."""
    if key in ("id", "modelId"):
        return bool(value == record.get("id", value))
    if key in ("private", "disabled"):
        if value is True:
            said.close(said.at(key))
        return isinstance(value, bool)
    if key == "author" and isinstance(value, str) and value.strip():
        return said.publisher(value.strip(), said.at(key))
    if key == "createdAt" and isinstance(value, str):
        return said.issued(value, said.at(key))
    if key in ("safetensors", "gguf") and value and said.kind == "models":
        said.show_weights(said.at(key))  # the counts themselves are nothing that we model
    elif key == "library_name" and isinstance(value, str) and value in WEIGHTS and said.kind == "models":
        said.show_weights(said.at(key))
        return True
    return False


def _tags(tags: list[Any], said: Description, unread: dict[str, int]) -> None:
    takers, models = TAGS[said.kind], said.kind == "models"
    for number, tag in enumerate(tags):
        if not isinstance(tag, str):
            _count(unread, "tags[]", leaves(tag))
            continue
        prefix, colon, value = tag.partition(":")
        if not colon:
            if models and tag in WEIGHTS:
                said.show_weights(said.at(f"tags[{number}]"))
            else:
                _count(unread, "tags[]", bool(tag.strip()))
            continue
        taker, value = takers.get(prefix), value.strip()
        if taker is None or not value or not taker(said, value, said.at(f"tags[{number}]")):
            _count(unread, f"tags[{prefix}:]" if prefix in _PREFIXES else "tags[]", 1)


def _card(card: dict[str, Any], said: Description, unread: dict[str, int], name_key: str) -> None:
    """Take what the front matter of a card says, as the tags that the Hub makes of it."""
    relation = card.get("base_model_relation")
    for key, value in card.items():
        path = f"cardData.{key}"
        if key == name_key or (key == "base_model_relation" and relation and "base_model" in card):
            continue
        taker = TAGS[said.kind].get(_CARD.get(key, key))
        if key == "pretty_name":
            taker = Description.title
        elif key == "base_model" and said.kind == "models" and isinstance(relation, str):
            taker = _related(relation)
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            text = each.strip() if isinstance(each, str) else ""
            at = said.at(f"{path}[{number}]" if isinstance(value, list) else path)
            if taker is None or not text or not taker(said, text, at):
                _count(unread, path, leaves(each))


def _related(relation: str) -> Taker:
    return lambda description, text, at: description.base(text, at, relation)


def _files(files: list[Any], said: Description, unread: dict[str, int]) -> None:
    for number, file in enumerate(files):
        name = file.get("rfilename") if isinstance(file, dict) else None
        if said.kind == "models" and isinstance(name, str) and is_weight_file(name):
            said.show_weights(said.at(f"siblings[{number}].rfilename"))
            _count(unread, "siblings[]", leaves(file) - 1)
        else:
            _count(unread, "siblings[]", leaves(file))


def _count(unread: dict[str, int], field: str, count: int) -> None:
    if count:
        unread[field] = unread.get(field, 0) + count
