"""The limits every reader keeps, named once, so that a hostile or mistaken input ends in one clear line."""

from __future__ import annotations

from typing import Final

#: Bytes of one document. The largest real description known to us (a manifest of 20,000 datasets) has 9 MB.
MAX_BYTES: Final = 32 * 1024 * 1024
#: Nesting of mappings, lists and blank nodes.
MAX_DEPTH: Final = 64
#: Values a document may hold after its anchors are expanded.
MAX_NODES: Final = 1_000_000
#: Documents one input may import, directly or not.
MAX_IMPORTS: Final = 1_000
