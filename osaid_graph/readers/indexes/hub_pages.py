"""Pages of the Hugging Face Hub: which repository an address of the Hub leads into."""

from __future__ import annotations

import re

from osaid_graph.identity import HUB

_PAGE = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/([^?#\s]*)(?:[?#]\S*)?", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
#: First segments of addresses that lead to no model.
_NO_MODEL = frozenset(
    ("api", "blog", "chat", "collections", "datasets", "docs", "learn", "models", "organizations", "papers", "posts",
     "spaces", "tasks", "users")
)  # fmt: skip


def model_at(address: str) -> str | None:
    """Return the IRI of the model whose repository an address leads into; None for any other address.

    >>> model_at("https://huggingface.co/acme/atlas/tree/main")
    'https://huggingface.co/acme/atlas'
    >>> model_at("https://huggingface.co/docs/transformers") is None
    True
    """
    steps = _steps(address)
    if len(steps) < 2 or steps[0] in _NO_MODEL or not all(map(_NAME.fullmatch, steps[:2])):
        return None
    return HUB + "/".join(steps[:2])


def dataset_at(address: str) -> str | None:
    """Return the IRI of the dataset whose repository an address leads into; None for any other address.

    >>> dataset_at("hf.co/datasets/acme/webmix/viewer/default")
    'https://huggingface.co/datasets/acme/webmix'
    >>> dataset_at("https://huggingface.co/datasets/gsm8k")
    'https://huggingface.co/datasets/gsm8k'
    """
    steps = _steps(address)
    if len(steps) < 2 or steps[0] != "datasets" or not all(map(_NAME.fullmatch, steps[1:3])):
        return None
    return HUB + "/".join(steps[:3])


def _steps(address: str) -> list[str]:
    found = _PAGE.fullmatch(address.strip())
    return [step for step in found[1].split("/") if step] if found else []
