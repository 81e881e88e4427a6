"""Which of the formats written in YAML a text is in, told by its top-level keys: each text is in one of them at most.

The file names are free in all of them, and they share keys: the manifest and the index of systems both have
``system`` and ``code``.
"""

from __future__ import annotations

import re
from typing import Final

from osaid_graph.readers.manifest.keys import MANIFEST
from osaid_graph.readers.text import has_front_matter

#: Bytes that are looked at. The descriptions people write by hand are smaller.
HEAD: Final = 1 << 16
#: What the European Open Source AI Index asks of each system, in its order: the keys that a manifest has not.
INDEX_BLOCKS: Final = (
    "datasources_basemodel",
    "datasources_endmodel",
    "weights_basemodel",
    "weights_endmodel",
    "trainingcode",
    "hardware_architecture",
    "preprint",
    "paper",
    "modelcard",
    "datasheet",
    "licenses",
)
_KEY = re.compile(r"""^(["']?)([A-Za-z][\w -]{0,60}?)\1[ \t]*:(?=[ \t\r\n]|$)""", re.MULTILINE)


def is_mot(data: bytes) -> bool:
    """Tell whether a text has the two top-level keys of the Model Openness Tool."""
    return _is_mot(_keys(data))


def is_osai_index(data: bytes) -> bool:
    """Tell whether a text has a ``system`` and something that the European Open Source AI Index asks of one."""
    return _is_osai_index(_keys(data))


def is_manifest(data: bytes) -> bool:
    """Tell whether a text has a top-level key of ``osaid.yaml`` and is in neither of the others, nor in Markdown."""
    keys = _keys(data)
    return (
        bool(keys & MANIFEST.keys()) and not has_front_matter(data) and not _is_mot(keys) and not _is_osai_index(keys)
    )


def _is_mot(keys: frozenset[str]) -> bool:
    return keys >= {"framework", "release"}


def _is_osai_index(keys: frozenset[str]) -> bool:
    return "system" in keys and not keys.isdisjoint(INDEX_BLOCKS)


def _keys(data: bytes) -> frozenset[str]:
    head = data[:HEAD].decode("utf-8-sig", "replace").replace("\r", "\n")
    return frozenset(match[2] for match in _KEY.finditer(head))
